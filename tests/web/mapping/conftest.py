"""Riverbend with its folder loaded, as a librarian finds it."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assessor.actions.folders import load_folder
from assessor.domain.folder import LibraryFolder
from assessor.domain.mapping import Mapping
from assessor.formats.folder import read_folder
from assessor.store import documents
from tests.web.conftest import Cast, csrf_token


@pytest.fixture(scope="session")
def folder(project_root: Path) -> LibraryFolder:
    return read_folder(project_root / "surveys" / "riverbend").unwrap()


@pytest.fixture
def library_id(cast: Cast) -> int:
    return cast.librarian.library_id


@pytest.fixture
def loaded(site: Flask, library_id: int, folder: LibraryFolder) -> int:
    """The library, with plan, mapping and instruments in their first editions."""
    with site.app_context():
        load_folder(library_id, folder).unwrap()
    return library_id


@pytest.fixture
def token(librarian: FlaskClient) -> str:
    return csrf_token(librarian, "/mapping/upload")


def mapping_of(site: Flask, library_id: int) -> tuple[Mapping, int]:
    """The mapping in force and its edition."""
    with site.app_context():
        stored = documents.current_mapping(library_id, "riverbend")
        assert stored is not None
        return stored.mapping, stored.edition
