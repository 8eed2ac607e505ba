"""Conditions of the older sort, array filters and the relevance of rows."""

import pytest

from assessor.domain.instrument import Instrument
from assessor.formats.foreign import Imported
from tests.formats.limesurvey_surveys import Q, imported, instrument, lost, table


def relevance_of(found: Imported, key: str) -> str:
    assert found.instrument is not None
    asked = found.instrument.item(key)
    assert asked is not None
    return asked.relevant


def condition(field: str, value: str, method: str = "==", scenario: str = "1") -> dict[str, str]:
    return {
        "qid": "11",
        "cfieldname": field,
        "method": method,
        "value": value,
        "scenario": scenario,
    }


def with_conditions(first: Q, *conditions: dict[str, str], script: str = "1") -> Imported:
    more = table("conditions", conditions)
    return imported(first, Q("Last", "S", relevance=script), more=more)


PICK = Q("Pick", "L", (), [("A1", "One"), ("A2", "Two")])
MANY = Q("Many", "M", [("a", "A"), ("b", "B")])


@pytest.mark.parametrize(
    ("first", "conditions", "expression"),
    [
        (PICK, [condition("7X1X10", "A1")], "${pick} = 'A1'"),
        (
            PICK,
            [condition("7X1X10", "A1"), condition("7X1X10", "A2")],
            "${pick} = 'A1' or ${pick} = 'A2'",
        ),
        (
            PICK,
            [condition("7X1X10", "A1", "!="), condition("7X1X10", "A2", "!=")],
            "${pick} != 'A1' and ${pick} != 'A2'",
        ),
        (
            PICK,
            [condition("7X1X10", "A1"), condition("7X1X10", "A2", scenario="2")],
            "${pick} = 'A1' or ${pick} = 'A2'",
        ),
        (PICK, [condition("7X1X10", " ")], "${pick} = ''"),
        (PICK, [condition("7X1X10", "", "!=")], "${pick} != ''"),
        (MANY, [condition("+7X1X10a", "Y")], "selected(${many}, 'a')"),
        (MANY, [condition("7X1X10", "b")], "selected(${many}, 'b')"),
        (MANY, [condition("7X1X10", "b", "!=")], "not(selected(${many}, 'b'))"),
        (
            MANY,
            [condition("+7X1X10a", "Y"), condition("+7X1X10b", "Y")],
            "selected(${many}, 'a') and selected(${many}, 'b')",
        ),
        (Q("Age", "N"), [condition("7X1X10", "3", ">=")], "${age} >= 3"),
        (Q("Word", "S"), [condition("7X1X10", "/^a/", "RX")], "regex(${word}, '^a')"),
        (Q("Sure", "Y"), [condition("7X1X10", "Y")], "${sure} = 'yes'"),
        (
            Q("Arr", "F", [("r1", "R")], [("x", "X")]),
            [condition("7X1X10r1", "x")],
            "${arr_r1} = 'x'",
        ),
        (
            Q("Num", "K", [("n1", "N"), ("n2", "N")]),
            [condition("7X1X10n1", "@7X1X10n2@", "<")],
            "${num_n1} < ${num_n2}",
        ),
    ],
)
def test_conditions_of_the_older_sort(
    first: Q, conditions: list[dict[str, str]], expression: str
) -> None:
    found = with_conditions(first, *conditions)

    assert relevance_of(found, "last") == expression


@pytest.mark.parametrize(
    "bad",
    [
        condition("{TOKEN:ATTRIBUTE_1}", "x"),
        condition("7X1X99", "x"),
        condition("7X1X10", "{TOKEN:EMAIL}"),
        condition("7X1X10", "b", "a<b"),
    ],
)
def test_conditions_without_a_counterpart_are_lost(bad: dict[str, str]) -> None:
    found = with_conditions(PICK, bad)

    assert relevance_of(found, "last") == ""
    assert bad["cfieldname"] in lost(found, "relevance")[0]


def test_conditions_help_where_their_expression_cannot_be_read() -> None:
    found = with_conditions(PICK, condition("7X1X10", "A1"), script="9X9X9.NAOK == 1")

    assert relevance_of(found, "last") == "${pick} = 'A1'"


def rows_of(whole: Instrument, key: str) -> list[str]:
    asked = whole.item(key)
    parts = getattr(asked, "rows", None) or getattr(asked, "options")  # noqa: B009
    return [part.relevant for part in parts]


def test_an_array_filter_shows_what_was_chosen() -> None:
    rows = [("a", "A"), ("b", "B"), ("z", "Z")]
    whole = instrument(MANY, Q("Arr", "C", rows, attributes={"array_filter": "Many"}))

    assert rows_of(whole, "arr") == ["selected(${many}, 'a')", "selected(${many}, 'b')", ""]


def test_an_array_filter_leaves_out_what_was_chosen() -> None:
    attributes = {"array_filter_exclude": "Pick"}
    whole = instrument(PICK, Q("Next", "L", (), [("A1", "x"), ("B", "y")], attributes=attributes))

    assert rows_of(whole, "next") == ["${pick} != 'A1'", ""]


def test_an_array_filter_shows_what_was_answered_or_ranked() -> None:
    source = Q("Num", "Q", [("a", "A"), ("b", "B")])
    ranked = Q("Rank", "R", (), [("a", "A"), ("b", "B")])
    rows = [("a", "A"), ("b", "B")]
    whole = instrument(
        source,
        ranked,
        Q("One", "A", rows, attributes={"array_filter": "Num"}),
        Q("Two", "A", rows, attributes={"array_filter": "Rank"}),
        Q("Both", "A", rows, attributes={"array_filter": "Num;Rank"}),
    )

    assert rows_of(whole, "one") == ["${num_a} != ''", "${num_b} != ''"]
    assert rows_of(whole, "two") == ["selected(${rank}, 'a')", "selected(${rank}, 'b')"]
    assert rows_of(whole, "both")[0] == "${num_a} != '' and selected(${rank}, 'a')"


def test_what_was_left_out_stays_left_out_in_a_cascade() -> None:
    rows = [("a", "A"), ("b", "B")]
    whole = instrument(
        MANY,
        Q("Second", "M", rows, attributes={"array_filter_exclude": "Many"}),
        Q("Third", "M", rows, attributes={"array_filter_exclude": "Second"}),
    )

    assert rows_of(whole, "third")[0] == (
        "not(selected(${second}, 'a')) and not(selected(${many}, 'a'))"
    )


def test_a_filter_of_an_unknown_question_is_lost() -> None:
    found = imported(Q("Arr", "C", [("a", "A")], attributes={"array_filter": "Nobody"}))

    assert lost(found, "array filter") == ["Nobody"]


def test_rows_have_relevance_of_their_own() -> None:
    rows = [("a", "A"), ("b", "B")]
    scripts = {"a": 'Many_a == "Y"', "b": 'self.sq_a == "Y"'}
    found = imported(MANY, Q("Arr", "C", rows, sub_relevance=scripts))

    assert found.instrument is not None
    assert rows_of(found.instrument, "arr") == ["selected(${many}, 'a')", ""]
    assert lost(found, "row relevance") == ['self.sq_a == "Y"']
