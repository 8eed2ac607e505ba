"""The plans belong to their libraries: what we ship holds their shape, never their sentences."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from assessor.domain.folder import LibraryFolder
from tests.surveys.libraries import LIBRARIES, SURVEYS, library

REAL = [name for name in LIBRARIES if name != "riverbend"]
RUN = 8
"""So many words in a row are somebody's sentence."""

COUNTED = {
    "priorities": "priority",
    "goals": "goal",
    "outcomes": "outcome",
    "deliverables": "deliverable",
    "context_points": "context point",
    "directions": "direction",
    "action_areas": "action area",
    "strategies": "strategy",
    "commitments": "commitment",
}


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.lower().replace("’", "'").replace("'", ""))
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def texts(value: Any) -> Iterator[str]:
    # Any: whatever a YAML file holds.
    if isinstance(value, dict):
        for entry in value.values():
            yield from texts(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from texts(entry)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("name", REAL)
def test_no_sentence_of_a_real_plan_is_in_its_folder(name: str, shared_folder: Path) -> None:
    theirs = runs((shared_folder / "plans" / f"{name}.txt").read_text(encoding="utf-8"))
    assert len(theirs) > 100
    for file in sorted((SURVEYS / name).glob("*.yaml")):
        content = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
        for text in texts(content):
            copied = runs(text) & theirs
            assert not copied, f"{file.name}: {' '.join(min(copied))}"


@pytest.mark.parametrize("name", REAL)
def test_the_skeleton_has_as_many_elements_as_a_careful_reader_counts(
    name: str, shared_folder: Path
) -> None:
    truth = truth_of(name, shared_folder / "plans" / "truth.yaml")
    folder: LibraryFolder = library(name)
    found = Counter(element.level for element in folder.plan.elements)
    expected = {level: total(truth[key]) for key, level in COUNTED.items() if key in truth}
    values = truth.get("values")
    if isinstance(values, dict):
        expected["value group"] = values["groups"]
        expected["value"] = total(values["statements"])
    elif values is not None:
        expected["value"] = values
    assert dict(found) == expected


def truth_of(name: str, file: Path) -> dict[str, Any]:
    """The counts of one document; its quirks are prose, and not always YAML."""
    block = file.read_text(encoding="utf-8").split(f"\n{name}.txt:\n")[1]
    counts = block.split("\n\n")[0].split("  quirks:")[0]
    truth: dict[str, Any] = YAML(typ="safe").load(counts)
    return truth


def total(counts: Any) -> int:
    # Any: a number, or lists of numbers nested by parent.
    return sum(total(count) for count in counts) if isinstance(counts, list) else int(counts)
