"""Riverbend with its instruments published."""

from pathlib import Path

import pytest

from assessor.domain.instrument import Instrument
from tests.web.conftest import Cast
from tests.web.riverbend import load_riverbend, riverbend_folder


@pytest.fixture(scope="session")
def populated(
    populated: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory, project_root: Path
) -> tuple[Path, Cast]:
    """The cast at a Riverbend that has its instruments; the stranger's library has none."""
    return load_riverbend(populated, tmp_path_factory.mktemp("asking") / "site", project_root)


@pytest.fixture(scope="session")
def patrons(project_root: Path) -> Instrument:
    """Riverbend's instrument for patrons."""
    found = riverbend_folder(project_root).instrument("patrons")
    assert found is not None
    return found
