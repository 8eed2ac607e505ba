"""Whose plan it is, told from what the document itself says."""

import pytest

from assessor.planning.read import read_text

GOALS = "Goal 1: Lend more books\nGoal 2: Open for longer\nGoal 3: Teach more classes\n"


@pytest.mark.parametrize(
    ("ending", "title"),
    [
        ("Library Services\n\nwww.example.org/library\nlibrary@example.org\n", "Library Services"),
        ("Hillcrest Library\nwww.example.org/library\n", "Hillcrest Library"),
        ("Thank you for reading.\nlibrary@example.org\n", "notes"),
    ],
)
def test_a_document_without_a_title_is_named_by_who_signs_it(ending: str, title: str) -> None:
    read = read_text(f"{GOALS}\n{ending}", "notes.txt").value
    assert read is not None
    assert read.reading.title == title


def test_a_library_that_signs_without_a_name_gets_its_parents() -> None:
    prose = "Our part in Northmoor College Dublin has grown."
    text = f"{GOALS}\n{prose}\n\nLibrary Services\nwww.example.org\n"
    read = read_text(text, "notes.txt").value
    assert read is not None
    assert read.reading.title == "Northmoor College Dublin Library Services"
