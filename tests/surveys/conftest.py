"""One library's folder after the other, and the catalogue."""

import pytest

from assessor.domain.catalogue import CatalogueItems, CatalogueScales
from assessor.domain.folder import LibraryFolder
from assessor.formats.catalogue_file import read_catalogue_items_file, read_catalogue_scales_file
from tests.surveys.libraries import LIBRARIES, SURVEYS, library


@pytest.fixture(scope="session")
def scales() -> CatalogueScales:
    return read_catalogue_scales_file((SURVEYS / "catalogue/scales.yaml").read_bytes()).unwrap()


@pytest.fixture(scope="session")
def items(scales: CatalogueScales) -> CatalogueItems:
    data = (SURVEYS / "catalogue/items.yaml").read_bytes()
    return read_catalogue_items_file(data, scales=scales).unwrap()


@pytest.fixture(params=LIBRARIES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def folder(name: str) -> LibraryFolder:
    return library(name)
