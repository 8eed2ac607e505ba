"""The page on files shows files that work."""

import re
from pathlib import Path
from typing import get_args

import pytest

from assessor.domain.kinds import KINDS
from assessor.domain.mapping import Method
from assessor.formats.answers_csv import read_answers_csv
from assessor.formats.folder import read_files
from assessor.formats.schemas import SCHEMAS


@pytest.fixture(scope="module")
def files_page(project_root: Path) -> str:
    return (project_root / "docs" / "files.md").read_text()


def test_the_examples_are_one_sound_library_with_answers(files_page: str) -> None:
    blocks = [block.encode() for block in re.findall(r"```yaml\n(.*?)```", files_page, re.DOTALL)]
    files = dict(zip(("plan.yaml", "mapping.yaml", "patrons.yaml"), blocks, strict=True))
    library = read_files(files)
    assert library.problems == ()
    (answers,) = re.findall(r"```csv\n(.*?)```", files_page, re.DOTALL)
    read = read_answers_csv(answers.encode(), "answers.csv", library.unwrap().instruments)
    assert read.problems == ()
    rows = read.unwrap()["patrons"].rows
    assert rows[0]["used"] == ["desk", "loan"]
    assert rows[1]["prompt.minimum"] == "NA"


def test_it_names_every_method_kind_and_schema(files_page: str) -> None:
    for word in (*get_args(Method), *KINDS):
        assert f"`{word}`" in files_page
    for name in SCHEMAS:
        assert f"schemas/{name}" in files_page
