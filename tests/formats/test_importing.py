"""The tables of formats: what a file is, is told by its content and not by its name."""

from pathlib import Path

import pytest

from assessor.formats import exporting, importing
from assessor.formats.instrument_file import write_instrument_file
from tests.formats.everything import everything

FOLDERS = {"limesurvey": "limesurvey", "qsf": "qualtrics", "redcap": "redcap", "xlsform": "xlsform"}


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_sample_is_told_by_its_content(folder: str, shared_folder: Path) -> None:
    wanted = FOLDERS[folder]
    if not importing.FORMATS[wanted].is_there:
        pytest.skip(f"there is no reader for {wanted} yet")
    for path in sorted((shared_folder / "formats" / folder).iterdir()):
        found = importing.format_of(path.read_bytes(), "file")
        assert found is not None, path.name
        assert found.name == wanted, path.name


@pytest.mark.parametrize("row", exporting.formats_there(), ids=lambda row: row.name)
def test_what_is_exported_is_told_by_its_content(row: exporting.ExportFormat) -> None:
    data, _report = row.write(everything())

    found = importing.format_of(data, "file")

    assert found is not None
    assert found.name == row.name


@pytest.mark.parametrize("name", importing.FORMATS)
def test_every_reader_survives_any_other_file(name: str) -> None:
    row = importing.FORMATS[name]
    if not row.is_there:
        pytest.skip(f"there is no reader for {name} yet")
    for data in (b"", b"PK\x03\x04", b"\xff\xfe\x00", b"<a/>", b"{}", b"a,b\n1,2", b"- 1"):
        assert row.read(data, "file").instrument is None


def test_own_files_lose_nothing() -> None:
    imported = importing.import_instrument(write_instrument_file(everything()), "own.yaml")

    assert imported.instrument == everything()
    assert imported.report.losses == ()
    assert all(there == kept for there, kept in imported.report.counts.values())
