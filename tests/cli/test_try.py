"""Commands on one instrument's file: try it, translate it, print it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from assessor.cli.main import main

RIVERBEND = "surveys/riverbend"


def run(*arguments: str | int | Path) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(map(str, arguments)))
    return result.exit_code, result.output


@pytest.fixture
def patrons(project_root: Path) -> Path:
    return project_root / RIVERBEND / "patrons.yaml"


def test_robots_leave_answers_that_can_be_scored(
    patrons: Path, tmp_path: Path, project_root: Path
) -> None:
    answers, report = tmp_path / "robots.csv", tmp_path / "trial.json"
    status, said = run("try", patrons, "--respondents", 60, "--out", answers, "--report", report)
    assert status == 0, said
    assert "60 of 60 robots sent their answers." in said
    assert json.loads(report.read_text())["completed"] == 60
    scorecard = tmp_path / "scorecard.json"
    library = project_root / RIVERBEND
    status, said = run("score", library, "--answers", answers, "--out", scorecard)
    assert status == 0, said
    assert json.loads(scorecard.read_text())["waves"][0]["responses"] == 60


def test_an_instrument_nobody_gets_through_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "hard.yaml"
    path.write_text(
        "key: hard\ntitle: Hard\npages:\n- key: p\n  items:\n"
        "  - key: age\n    kind: number\n    text: Age?\n    required: true\n"
        "    minimum: 1\n    maximum: 5\n    constraint: string-length(.) > 10\n"
    )
    status, said = run("try", path, "--respondents", 5)
    assert status == 1
    assert "5 robots found no answer to `age`" in said or "constraint" in said


def test_texts_leave_and_come_back(patrons: Path, tmp_path: Path) -> None:
    po, out = tmp_path / "de.po", tmp_path / "patrons.yaml"
    assert run("translate", patrons, "--to", "de", "--out", po)[0] == 0
    text = po.read_text().replace('msgid "No"\nmsgstr ""', 'msgid "No"\nmsgstr "Nein"')
    po.write_text(text)
    status, said = run("translate", patrons, "--from", po, "--out", out)
    assert status == 0, said
    assert "de: " in said
    assert out.read_text().startswith("# yaml-language-server")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["translate", "nowhere.yaml"], 1),
        (["translate", RIVERBEND, "--to", "de"], 2),
        (["translate", "x.yaml", "--to", "de", "--from", "y.po"], 2),
        (["try", "nowhere.yaml"], 1),
        (["try", "nowhere.yaml", "--respondents", "0"], 2),
        (["print", "nowhere.yaml", "--out", "x.pdf"], 1),
    ],
)
def test_what_cannot_be_done_writes_nothing(
    arguments: list[str], status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*arguments)[0] == status
    assert list(tmp_path.iterdir()) == []


def test_a_questionnaire_is_printed_and_an_unknown_language_is_not(
    patrons: Path, tmp_path: Path
) -> None:
    out = tmp_path / "q.pdf"
    status, said = run("print", patrons, "--out", out)
    assert status == 0, said
    assert out.read_bytes().startswith(b"%PDF-")
    assert run("print", patrons, "--out", tmp_path / "x.pdf", "--language", "fi")[0] == 1
    assert not (tmp_path / "x.pdf").exists()
