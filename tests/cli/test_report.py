"""`assessor report` turns a scorecard file into a page, or says why not and writes nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from assessor.cli.main import main
from tests.reports import samples


@pytest.fixture
def scorecard(tmp_path: Path) -> Path:
    path = tmp_path / "scorecard.json"
    path.write_text(samples.normal().model_dump_json(), "utf-8")
    return path


def run(*arguments: str | Path, stdin: bytes | None = None) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["report", *map(str, arguments)], input=stdin)
    return result.exit_code, result.output


def test_a_scorecard_becomes_a_page(scorecard: Path, tmp_path: Path) -> None:
    out = tmp_path / "scorecard.html"
    status, said = run(scorecard, "--out", out)
    assert status == 0
    assert said.startswith("Of 18 outcomes, ")
    assert out.read_text("utf-8").startswith("<!doctype html>")


def test_it_reads_and_prints_where_a_pipe_asks_for_it(scorecard: Path) -> None:
    status, said = run("-", "--out", "-", stdin=scorecard.read_bytes())
    assert status == 0
    assert said.startswith("<!doctype html>")
    assert said.rstrip().endswith("</html>")


def test_a_broken_file_is_explained_and_nothing_is_written(tmp_path: Path) -> None:
    broken, out = tmp_path / "broken.json", tmp_path / "scorecard.html"
    broken.write_text('{"format": "assessor-scorecard/9"}')
    status, said = run(broken, "--out", out)
    assert status == 1
    assert "Compute it again with this program" in said
    assert not out.exists()


def test_an_earlier_page_survives_a_failure(tmp_path: Path) -> None:
    broken, out = tmp_path / "broken.json", tmp_path / "scorecard.html"
    broken.write_text("{")
    out.write_text("last year's")
    assert run(broken, "--out", out)[0] == 1
    assert out.read_text() == "last year's"
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == [
        "broken.json",
        "scorecard.html",
    ]


@pytest.mark.parametrize("missing", ["nowhere.json", "."])
def test_a_file_that_cannot_be_read_is_named(missing: str, tmp_path: Path) -> None:
    status, said = run(tmp_path / missing, "--out", tmp_path / "out.html")
    assert status == 1
    assert str(tmp_path) in said


def test_a_place_that_cannot_be_written_is_named(scorecard: Path, tmp_path: Path) -> None:
    status, said = run(scorecard, "--out", tmp_path / "no" / "such" / "folder.html")
    assert status == 1
    assert "cannot be written" in said


@pytest.mark.parametrize("arguments", [[], ["x.json"], ["x.json", "--out", "y", "--theme", "red"]])
def test_wrong_usage_is_status_two(arguments: list[str]) -> None:
    assert run(*arguments)[0] == 2


def test_two_runs_write_the_same_bytes(scorecard: Path, tmp_path: Path) -> None:
    pages = []
    for seed in ("1", "2"):
        out = tmp_path / f"{seed}.html"
        subprocess.run(
            [sys.executable, "-m", "assessor", "report", str(scorecard), "--out", str(out)],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C", "TZ": f"UTC{seed}"},
        )
        pages.append(out.read_bytes())
    assert pages[0] == pages[1]
