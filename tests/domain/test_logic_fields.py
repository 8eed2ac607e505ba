"""Rows of fields say what an expression says, or leave it alone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.domain.logic import parse, surroundings
from assessor.domain.logic_fields import (
    COMPARISONS,
    Condition,
    Conditions,
    conditions_of,
    expression_of,
)
from tests.domain.editing.samples import sample


@pytest.mark.parametrize(
    ("expression", "rows"),
    [
        ("", ()),
        ("${role} = 'adult'", (Condition("role", "is", "adult"),)),
        ("3 < ${visits}", (Condition("visits", "more", "3"),)),
        ("${visits} >= -2", (Condition("visits", "at_least", "-2"),)),
        ("${why} != ''", (Condition("why", "answered"),)),
        ("not(selected(${role}, 'child'))", (Condition("role", "includes_not", "child"),)),
        (". <= 99", (Condition(".", "at_most", "99"),)),
        (
            "${visits} > 3 and ${role} = 'adult'",
            (Condition("visits", "more", "3"), Condition("role", "is", "adult")),
        ),
    ],
)
def test_an_expression_reads_as_rows_and_is_written_back(
    expression: str, rows: tuple[Condition, ...]
) -> None:
    found = conditions_of(expression)
    assert found is not None
    assert found.rows == rows
    written = expression_of(found, sample())
    assert conditions_of(written) == found


@pytest.mark.parametrize(
    "expression",
    [
        "${visits} > 3 and (${role} = 'adult' or ${why} = '')",
        "${visits} + 1 > 3",
        "${visits} > ${role}",
        "not(${visits} > 3)",
        "today() > '2026-01-01'",
        "${visits",
        "selected(${role}, 'two words ')",
    ],
)
def test_what_rows_cannot_say_stays_an_expression(expression: str) -> None:
    assert conditions_of(expression) is None


CONDITION = st.builds(
    Condition,
    st.sampled_from(["visits", "role", "why", "."]),
    st.sampled_from(COMPARISONS),
    st.sampled_from(["adult", "3", "-1.5", "it's", "2026-01-02", 'a "b"', "NA"]),
)


@given(
    st.builds(
        Conditions,
        st.lists(CONDITION, min_size=2, max_size=4).map(tuple),
        st.sampled_from(["and", "or"]),
    ),
    st.dictionaries(
        st.sampled_from(["visits", "role", "why"]), st.sampled_from([1.0, 3.0, "adult", ""])
    ),
)
def test_rows_survive_being_written_and_mean_the_same(
    conditions: Conditions, values: dict[str, str | float]
) -> None:
    written = expression_of(conditions, sample())
    found = conditions_of(written)
    assert found is not None
    assert found.joined == conditions.joined
    again = expression_of(found, sample())
    around = surroundings(values, on=date(2026, 1, 1), itself="adult")
    assert parse(written).holds(around) == parse(again).holds(around)
