"""Every code of a survey's files stands for what the reader finds in the plan's own document."""

from pathlib import Path

import pytest

from assessor.domain.plan import Element, Reading
from assessor.planning.read import read_plan
from tests.surveys.libraries import SURVEYS, library
from tests.surveys.test_own_words import REAL


def reading_of(document: Path) -> Reading:
    return read_plan(document.read_bytes(), document.name).unwrap().reading


def shape(elements: tuple[Element, ...]) -> list[tuple[str, str, str | None]]:
    return [(element.code, element.level, element.parent) for element in elements]


@pytest.mark.parametrize("name", REAL)
def test_the_skeleton_is_what_is_read_from_the_real_document(
    name: str, shared_folder: Path
) -> None:
    reading = reading_of(shared_folder / "plans" / f"{name}.txt")
    assert shape(library(name).plan.elements) == shape(reading.elements)


@pytest.mark.parametrize("name", REAL)
def test_every_code_of_the_mapping_is_in_the_real_document(name: str, shared_folder: Path) -> None:
    reading = reading_of(shared_folder / "plans" / f"{name}.txt")
    known = {element.code for element in reading.elements}
    levels = {element.level for element in reading.elements}
    mapping = library(name).mapping
    assert {indicator.element for indicator in mapping.indicators} <= known
    assert {entry.element for entry in mapping.not_measured if entry.element} <= known
    assert {entry.level for entry in mapping.not_measured if entry.level} <= levels
    assert set(mapping.weights) <= known


def test_riverbends_plan_is_what_is_read_from_its_document() -> None:
    reading = reading_of(SURVEYS / "riverbend" / "plan.txt")
    plan = library("riverbend").plan
    assert [element.model_copy(update={"doubt": None}) for element in reading.elements] == [
        *plan.elements
    ]
    assert not [element.doubt for element in reading.elements if element.doubt]
    assert reading.statements == plan.statements
    assert reading.period == plan.period
    assert reading.title == plan.title
