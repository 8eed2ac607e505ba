"""`assessor site import-answers` takes in answers of other tools, all or none."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assessor.actions.instruments import publish_instrument, save_instrument_draft
from assessor.actions.libraries import create_library
from assessor.cli.main import main
from assessor.formats.instrument_file import read_instrument_file
from assessor.formats.limesurvey import read_limesurvey
from assessor.store import answers, fielding
from tests.cli.sites import database_of

CSV = "When,role,recommend\n2024-03-01,student,9\n2024-03-02,college_staff,3\n"
WAVE = ("--title", "Desk", "--period", "2024", "--from", "Counted at the desk")


@pytest.fixture
def site(own_instance_folder: Path, project_root: Path) -> Path:
    """A site whose library has published Riverbend's questions for patrons."""
    assert CliRunner().invoke(main, ["site", "migrate"]).exit_code == 0
    path = project_root / "surveys" / "riverbend" / "patrons.yaml"
    patrons = read_instrument_file(path.read_bytes(), path.name).unwrap()
    with database_of(own_instance_folder):
        library_id = create_library("town", "Town").unwrap()
        save_instrument_draft(library_id, patrons).unwrap()
        publish_instrument(library_id, "patrons").unwrap()
    return own_instance_folder


def take(file: Path, *more: str, instrument: str = "patrons") -> Result:
    command = ["site", "import-answers", instrument, str(file), *WAVE, *more]
    return CliRunner().invoke(main, command)


def waves(site: Path) -> list[int]:
    """How many responses each wave has."""
    with database_of(site):
        return sorted(len(answers.answered(wave.id).rows) for wave in fielding.waves(1))


def test_a_file_becomes_a_closed_wave_once(site: Path, tmp_path: Path) -> None:
    file = tmp_path / "desk.csv"
    file.write_text(CSV)
    done = take(file)
    assert done.exit_code == 0, done.output
    assert "2 responses" in done.output
    assert waves(site) == [2]
    again = take(file)
    assert again.exit_code == 1
    assert "taken in before" in again.output
    assert take(file, "--again").exit_code == 0
    assert waves(site) == [2, 2]


def test_the_map_is_written_looked_at_and_given_back(site: Path, tmp_path: Path) -> None:
    file, column_map = tmp_path / "desk.csv", tmp_path / "map.json"
    file.write_text(CSV.replace("student", "S"))
    assert take(file).exit_code == 1
    assert take(file, "--write-map", str(column_map)).exit_code == 0
    assert waves(site) == []
    content = json.loads(column_map.read_text())
    role = next(use for use in content["columns"] if use["column"] == "role")
    role["values"] = {"S": "student"}
    column_map.write_text(json.dumps(content))
    done = take(file, "--map", str(column_map))
    assert done.exit_code == 0, done.output
    assert waves(site) == [2]


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", CSV.replace(",9", ",99"), "role\ngiant\n"])
def test_what_cannot_be_read_stores_nothing(site: Path, tmp_path: Path, content: str) -> None:
    file = tmp_path / "desk.csv"
    file.write_text(content)
    done = take(file)
    assert done.exit_code == 1
    assert done.output.strip()
    assert waves(site) == []


def test_a_map_that_is_none_says_so(site: Path, tmp_path: Path) -> None:
    file, column_map = tmp_path / "desk.csv", tmp_path / "map.json"
    file.write_text(CSV)
    column_map.write_text('{"columns": 3}')
    done = take(file, "--map", str(column_map))
    assert done.exit_code == 1
    assert "no map of columns" in done.output


def test_the_answers_of_an_archive_come_under_the_keys_of_its_questionnaire(
    site: Path, shared_folder: Path
) -> None:
    file = (
        shared_folder / "formats" / "limesurvey" / "survey_archive_RemoteControlExportResponses.lsa"
    )
    imported = read_limesurvey(file.read_bytes(), file.name)
    assert imported.instrument is not None
    assert imported.answers
    with database_of(site):
        save_instrument_draft(1, imported.instrument).unwrap()
        publish_instrument(1, imported.instrument.key).unwrap()
    done = take(file, instrument=imported.instrument.key)
    assert done.exit_code == 0, done.output
    assert waves(site) == [len(imported.answers)]
