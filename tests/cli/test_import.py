"""`assessor import` and `assessor export`: two files or none, and a word about all that is lost."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assessor.cli.main import main
from assessor.formats.instrument_file import read_instrument_file, write_instrument_file
from tests.formats.everything import everything

FORM = """
| survey | | | |
|        | type     | name | label |
|        | text     | a    | A     |
|        | geopoint | g    | G     |
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "form.md"
    path.write_text(FORM)
    return path


def test_a_form_becomes_an_instrument_with_a_report(form: Path, tmp_path: Path) -> None:
    out, report = tmp_path / "form.yaml", tmp_path / "losses.json"

    result = run("import", form, "--out", out, "--report", report)

    assert result.exit_code == 0
    assert "1 of 2 questions" in result.output
    assert read_instrument_file(out.read_bytes()).ok
    losses = json.loads(report.read_text())
    assert losses["format"] == "xlsform"
    assert losses["counts"]["questions"] == [2, 1]
    assert [(one["outcome"], one["item"]) for one in losses["losses"]] == [("lost", "g")]


def test_a_form_with_problems_writes_nothing(form: Path, tmp_path: Path) -> None:
    out, report = tmp_path / "form.yaml", tmp_path / "losses.json"
    form.write_text(FORM.replace("geopoint", "unheard"))

    result = run("import", form, "--out", out, "--report", report)

    assert result.exit_code == 1
    assert "form.md:3" in result.output
    assert "xlsform.unknown-type" in result.output
    assert not out.exists()
    assert not report.exists()


def test_where_one_file_cannot_be_written_neither_is(form: Path, tmp_path: Path) -> None:
    out = tmp_path / "form.yaml"
    out.write_text("as it was")

    result = run("import", form, "--out", out, "--report", tmp_path / "nowhere" / "losses.json")

    assert result.exit_code == 1
    assert out.read_text() == "as it was"
    assert {path.name for path in tmp_path.iterdir()} == {"form.md", "form.yaml"}


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("form.md",),
        ("form.md", "--out", "a.yaml", "--format", "word"),
        ("form.md", "--out", "a.yaml", "--report", "a.yaml"),
    ],
)
def test_wrong_usage_is_status_2(arguments: tuple[str, ...]) -> None:
    assert run("import", *arguments).exit_code == 2


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"hello", b"PK\x03\x04", b"{}", b"a: 1"])
@pytest.mark.parametrize("name", ["x", "x.xlsx", "x.csv", "x.yaml", "x.lss", "x.qsf"])
def test_what_is_no_questionnaire_is_a_problem(content: bytes, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    result = run("import", path, "--out", tmp_path / "out.yaml")

    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert not (tmp_path / "out.yaml").exists()


@pytest.mark.parametrize(("wanted", "suffix"), [("xlsform", ".xlsx"), ("yaml", ".yaml")])
def test_what_is_exported_can_be_imported_again(wanted: str, suffix: str, tmp_path: Path) -> None:
    own, there = tmp_path / "own.yaml", tmp_path / f"there{suffix}"
    own.write_bytes(write_instrument_file(everything()))

    assert run("export", own, "--to", wanted, "--out", there).exit_code == 0
    assert run("import", there, "--out", tmp_path / "back.yaml").exit_code == 0

    back = read_instrument_file((tmp_path / "back.yaml").read_bytes())
    assert back.value == everything()
    assert back.value.languages == everything().languages


def test_an_export_says_what_the_other_tool_will_not_see(tmp_path: Path) -> None:
    own, report = tmp_path / "own.yaml", tmp_path / "losses.json"
    own.write_bytes(write_instrument_file(everything()))

    result = run("export", own, "--to", "xlsform", "--out", tmp_path / "a.xlsx", "--report", report)

    assert result.exit_code == 0
    assert "quota" in {loss["about"] for loss in json.loads(report.read_text())["losses"]}
