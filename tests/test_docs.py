"""The pages know every word the program knows."""

from pathlib import Path
from typing import get_args

import pytest

from assessor.domain.kinds import KINDS, Kind
from assessor.domain.mapping import EvidenceKind
from assessor.domain.scorecard import MissingKind, Status
from assessor.paths import INSTANCE_SETTING


@pytest.fixture(scope="module")
def vocabulary(project_root: Path) -> str:
    page = (project_root / "docs" / "vocabulary.md").read_text()
    return " ".join(page.split()).lower()


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_the_vocabulary_names_every_kind_of_item(vocabulary: str, kind: Kind) -> None:
    assert kind.label.lower() in vocabulary


@pytest.mark.parametrize("word", [*get_args(Status), *get_args(MissingKind)])
def test_the_vocabulary_explains_every_status_and_every_way_to_be_missing(
    vocabulary: str, word: str
) -> None:
    assert f"| {word.replace('_', ' ')} | " in vocabulary


@pytest.mark.parametrize("word", get_args(EvidenceKind))
def test_the_vocabulary_names_every_kind_of_evidence(vocabulary: str, word: str) -> None:
    assert word in vocabulary


@pytest.mark.parametrize("page", ["docs/index.md", "instance/README.md"])
def test_the_setting_of_the_instance_folder_is_documented(project_root: Path, page: str) -> None:
    assert f"`{INSTANCE_SETTING}" in (project_root / page).read_text()


def test_every_page_of_the_documentation_can_be_reached_from_its_index(project_root: Path) -> None:
    index = (project_root / "docs" / "index.md").read_text()
    pages = {page.name for page in (project_root / "docs").glob("*.md")} - {"index.md"}
    assert {page for page in pages if f"]({page}" not in index} == set()


def test_every_decision_is_listed(project_root: Path) -> None:
    folder = project_root / "docs" / "decisions"
    listed = (folder / "README.md").read_text()
    decisions = {page.name for page in folder.glob("*.md")} - {"README.md"}
    assert {page for page in decisions if f"]({page})" not in listed} == set()
