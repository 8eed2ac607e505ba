"""What the README tells a stranger to do does what it says."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from assessor.cli.main import main
from assessor.settings import SETTINGS

LARGEST_PICTURE = 250_000


@pytest.fixture(scope="module")
def readme(project_root: Path) -> str:
    return (project_root / "README.md").read_text()


def blocks(page: str, heading: str) -> list[str]:
    """The shell blocks below a heading, up to the next."""
    part = page.split(f"{heading}\n", 1)[1].split("\n#", 1)[0]
    return re.findall(r"```sh\n(.*?)```", part, re.DOTALL)


def test_the_lines_on_files_end_in_a_scorecard(
    readme: str, project_root: Path, tmp_path: Path
) -> None:
    (lines,) = blocks(readme, "### On files")
    (tmp_path / "docs").symlink_to(project_root / "docs")
    activated = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", lines.replace(". .venv/bin/activate\n", "")],
        cwd=tmp_path,
        env={**os.environ, "PATH": activated},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "No problems in 3 files." in ran.stdout
    page = (tmp_path / "scorecard.html").read_text()
    for told in ("Visitors are offered help", "1 is met", "We keep no addresses"):
        assert told in page


def test_every_command_and_option_that_it_names_is_there(readme: str) -> None:
    named = re.findall(r"assessor((?: [a-z]+)+)", readme)
    assert {words.split()[0] for words in named} >= {"plan", "check", "score", "report", "site"}
    for words in {tuple(words.split()[:2]) for words in named}:
        depth = 2 if words[0] in {"plan", "site"} else 1
        shown = CliRunner().invoke(main, [*words[:depth], "--help"])
        assert shown.exit_code == 0, words


def test_every_setting_that_the_pages_name_is_one(project_root: Path) -> None:
    known = {setting.name for setting in SETTINGS} | {"ASSESSOR_NEW_PASSWORD"}
    for page in [project_root / "README.md", *(project_root / "docs").glob("*.md")]:
        assert set(re.findall(r"ASSESSOR_[A-Z_]+", page.read_text())) <= known, page.name


def test_pictures_are_small_and_each_is_shown(project_root: Path, readme: str) -> None:
    pictures = sorted((project_root / "docs" / "pictures").glob("*.webp"))
    assert pictures
    for picture in pictures:
        assert picture.stat().st_size < LARGEST_PICTURE, picture.name
        assert f"docs/pictures/{picture.name}" in readme
