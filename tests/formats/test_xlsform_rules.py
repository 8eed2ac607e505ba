"""What pyxform, XLSForm's reference converter, accepts or refuses, Assessor does too."""

import pytest
from pyxform.xls2xform import convert

from assessor.formats.xlsform import read_xlsform
from tests.formats.xlsform_forms import ACCEPTED
from tests.formats.xlsform_refused import REFUSED


def lines(form: str) -> str:
    """The form without the indentation it has in the table."""
    return "\n".join(line.strip() for line in form.strip().splitlines())


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_form_that_pyxform_accepts_becomes_an_instrument(name: str) -> None:
    form = lines(ACCEPTED[name])
    convert(form, file_type=".md")

    imported = read_xlsform(form.encode(), "form.md")

    assert imported.problems == ()
    assert imported.instrument is not None


@pytest.mark.parametrize("name", REFUSED)
def test_a_form_that_pyxform_refuses_is_refused_with_the_place_and_what_to_do(name: str) -> None:
    code, table = REFUSED[name]
    form = lines(table)
    with pytest.raises(Exception):  # noqa: B017  of several classes
        convert(form, file_type=".md")

    imported = read_xlsform(form.encode(), "form.md")

    assert imported.instrument is None
    assert f"xlsform.{code}" in {problem.code for problem in imported.problems}
    for problem in imported.problems:
        assert problem.file == "form.md"
        assert problem.line is not None
        assert "row" in problem.where
        assert problem.message.endswith((".", "?", "!"))


def test_conditions_that_wait_for_one_another_are_refused() -> None:
    form = lines("""
        | survey | | | | |
        |        | type | name | label | relevant |
        |        | text | a    | A     | ${b} = 1 |
        |        | text | b    | B     | ${a} = 1 |
    """)

    problems = read_xlsform(form.encode(), "form.md").problems

    assert [(p.code, p.line) for p in problems] == [("xlsform.cycle", 2)]


@pytest.mark.parametrize(
    "form",
    [
        "| survey | | | |\n| | type | name | label |",
        "| survey | | |\n| | type | name |\n| | start | s |",
    ],
)
def test_a_form_that_asks_nothing_is_refused(form: str) -> None:
    problems = read_xlsform(form.encode(), "form.md").problems

    assert [p.code for p in problems] == ["xlsform.nothing-to-ask"]


def test_all_mistakes_of_a_form_are_named_at_once() -> None:
    form = lines("""
        | survey | | | | |
        |        | type         | name | label | relevant |
        |        | tekst        | a    | A     |          |
        |        | select_one x | 1    | B     | ${z} = 1 |
        |        | text         | c    |       |          |
    """)

    problems = read_xlsform(form.encode(), "form.md").problems

    assert {(p.code, p.line) for p in problems} == {
        ("xlsform.unknown-type", 2),
        ("xlsform.bad-name", 3),
        ("xlsform.no-choices", 3),
        ("xlsform.unknown-reference", 3),
        ("xlsform.no-label", 4),
    }
