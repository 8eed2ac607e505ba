"""`assessor score`: files in, a scorecard file out, or the reasons and nothing written."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft7Validator

from assessor.cli.main import main
from assessor.domain.scorecard import Scorecard
from assessor.formats.folder import write_folder
from assessor.formats.schemas import schema_of
from tests.scoring.sample_library import CARDS, SAMPLE, folder

HEADER = "role,ease,calm,lost,quiet.minimum,quiet.perceived,recommend,used"


def csv_of(rows: list[dict[str, object]], header: str = HEADER) -> str:
    def cell(value: object) -> str:
        if isinstance(value, list):
            return ";".join(value)
        return "" if value is None else str(value)

    lines = [",".join(cell(row.get(name)) for name in header.split(",")) for row in rows]
    return "\n".join([header, *lines]) + "\n"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """The small library as files."""
    made = tmp_path / "library"
    made.mkdir()
    for name, data in write_folder(folder(*CARDS)).items():
        (made / name).write_bytes(data)
    return made


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    file = tmp_path / "answers.csv"
    file.write_text(csv_of([dict(row) for row in SAMPLE]))
    return file


def run(*arguments: object) -> Result:
    # By way of the root, as on a command line: click keeps the options of the first call.
    return CliRunner().invoke(main, ["score", *(str(argument) for argument in arguments)])


def test_a_folder_and_its_answers_become_a_scorecard(
    library: Path, answers: Path, tmp_path: Path
) -> None:
    out = tmp_path / "scorecard.json"
    result = run(library, "--answers", answers, "--period", "2025", "--out", out)
    assert result.exit_code == 0, result.output
    scorecard = Scorecard.model_validate_json(out.read_bytes())
    assert scorecard.period == "2025"
    assert scorecard.waves[0].responses == 60
    assert scorecard.indicators[0].score.n == 60
    assert "1.1" in result.stdout
    assert "60 responses to patrons" in result.stdout
    again = run(library, "--answers", answers, "--period", "2025", "--out", "-")
    assert again.stdout_bytes == out.read_bytes()
    assert "60 responses" in again.stderr


def test_the_file_is_as_its_published_schema_says(
    library: Path, answers: Path, tmp_path: Path, project_root: Path
) -> None:
    out = tmp_path / "scorecard.json"
    run(library, "--answers", answers, "--out", out)
    published = json.loads((project_root / "docs/schemas/scorecard.schema.json").read_bytes())
    assert published == json.loads(json.dumps(schema_of(Scorecard)))
    Draft7Validator.check_schema(published)
    Draft7Validator(published).validate(json.loads(out.read_bytes()))


def test_an_answers_file_without_a_row_gives_a_scorecard_of_nothing_measured(
    library: Path, tmp_path: Path
) -> None:
    empty, out = tmp_path / "empty.csv", tmp_path / "scorecard.json"
    empty.write_text(HEADER + "\n")
    result = run(library, "--answers", empty, "--out", out)
    assert result.exit_code == 0, result.output
    scorecard = Scorecard.model_validate_json(out.read_bytes())
    assert {element.score.status for element in scorecard.elements} == {"not_measured"}


def test_weights_and_groups_of_the_file_count(library: Path, tmp_path: Path) -> None:
    file, out = tmp_path / "answers.csv", tmp_path / "scorecard.json"
    rows: list[dict[str, object]] = [
        {"ease": 5, "group": "staff", "weight": 3},
        {"ease": 1, "group": "students", "weight": 1},
    ] * 10
    file.write_text(csv_of(rows, "ease,group,weight"))
    assert run(library, "--answers", file, "--out", out).exit_code == 0
    scorecard = Scorecard.model_validate_json(out.read_bytes())
    assert scorecard.indicators[0].score.value == 4
    assert [group.group for group in scorecard.indicators[0].groups] == ["students", "staff"]


def test_two_files_are_two_waves(library: Path, answers: Path, tmp_path: Path) -> None:
    staff, out = tmp_path / "staff.csv", tmp_path / "scorecard.json"
    staff.write_text("heard\n4\n5\n3\n")
    result = run(library, "--answers", answers, "--answers", f"staff={staff}", "--out", out)
    assert result.exit_code == 0, result.output
    waves = Scorecard.model_validate_json(out.read_bytes()).waves
    assert [(wave.instrument, wave.responses) for wave in waves] == [("patrons", 60), ("staff", 3)]


def test_another_plan_file_takes_the_place_of_the_folders(
    library: Path, answers: Path, tmp_path: Path
) -> None:
    plan, out = tmp_path / "edition.yaml", tmp_path / "scorecard.json"
    text = (library / "plan.yaml").read_text()
    plan.write_text(text.replace("A small plan", "The next edition"))
    (library / "plan.yaml").unlink()
    result = run(library, "--answers", answers, "--plan", plan, "--out", out)
    assert result.exit_code == 0, result.output
    assert Scorecard.model_validate_json(out.read_bytes()).title == "The next edition"
    plan.write_text("key: small\nelements: 3\n")
    wrong = run(library, "--answers", answers, "--plan", plan, "--out", "-")
    assert wrong.exit_code == 1
    assert "edition.yaml" in wrong.stderr


def test_wrong_input_is_named_and_leaves_the_old_scorecard_alone(
    library: Path, answers: Path, tmp_path: Path
) -> None:
    out = tmp_path / "scorecard.json"
    out.write_text("the old one")
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("ease,calm\n9,2\nyes,3\n")
    unknown = tmp_path / "unknown.csv"
    unknown.write_text("eese\n4\n")
    broken = tmp_path / "broken"
    shutil.copytree(library, broken)
    (broken / "mapping.yaml").write_text("plan: small\nindicators: [{key: a, element: nine}]\n")
    for arguments, expected in (
        ((library, "--answers", wrong), ("wrong.csv:2", "wrong.csv:3")),
        ((library, "--answers", unknown), ("eese", "ease")),
        ((library, "--answers", tmp_path / "none.csv"), ("no such file",)),
        ((library, "--answers", tmp_path), ("folder",)),
        ((library, "--answers", f"nobody={answers}"), ("nobody", "patrons")),
        ((tmp_path / "nowhere", "--answers", answers), ("nowhere",)),
        ((broken, "--answers", answers), ("mapping.yaml",)),
        ((library, "--answers", answers, "--plan", tmp_path / "none.yaml"), ("no such file",)),
    ):
        result = run(*arguments, "--out", out)
        assert result.exit_code == 1, (arguments, result.output)
        assert result.stdout == ""
        for words in expected:
            assert words in result.stderr, (arguments, result.stderr)
        assert out.read_text() == "the old one"


def test_a_place_that_cannot_be_written_is_named(
    library: Path, answers: Path, tmp_path: Path
) -> None:
    result = run(library, "--answers", answers, "--out", tmp_path / "no" / "folder.json")
    assert result.exit_code == 1
    assert "make its folder first" in result.stderr.replace("\n", " ")
    assert not list(tmp_path.glob(".*"))


def test_wrong_usage_ends_with_two(library: Path) -> None:
    assert run(library, "--out", "-").exit_code == 2
