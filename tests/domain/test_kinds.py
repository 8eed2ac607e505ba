"""Every kind of item: its columns, and which values are answers to it."""

from typing import get_args

import pytest

from assessor.domain.answers import check_answers
from assessor.domain.instrument import Item
from assessor.domain.kinds import KINDS, columns, columns_of_item, na_label
from assessor.domain.readings import Refusal, number_within
from tests.domain.checks.samples import instrument, item, with_item
from tests.item_samples import instrument_of

SOUND = instrument()


def read(column: str, value: object) -> object:
    """The stored answer, or the code of the refusal."""
    checked = check_answers(SOUND, {column: value})
    assert checked.value is not None
    if checked.problems:
        assert checked.value[column] is None
        return checked.problems[0].code
    return checked.value[column]


def test_the_table_holds_every_kind_that_an_item_can_have() -> None:
    union = get_args(get_args(Item)[0])
    assert {kind.model for kind in KINDS.values()} == set(union)
    for name, kind in KINDS.items():
        assert get_args(kind.model.model_fields["kind"].annotation) == (name,)
        assert kind.label


def test_columns_are_named_by_item_row_and_use() -> None:
    assert [c.name for c in columns(SOUND)] == [
        "quiet",
        "light",
        "prompt.minimum",
        "prompt.desired",
        "prompt.perceived",
        "worth.importance",
        "worth.performance",
        "came",
        "used",
        "recommend",
        "visits",
        "hours",
        "comment",
        "place",
    ]


def test_a_column_says_what_it_answers() -> None:
    column = next(c for c in columns(SOUND) if c.name == "prompt.desired")
    assert (column.owner, column.item_key, column.use, column.scale) == (
        "prompt",
        "service",
        "desired",
        "nine",
    )
    assert (column.kind, column.text) == ("rating_matrix", "Prompt answers")


def test_a_row_inherits_the_base_of_its_matrix_unless_it_has_its_own() -> None:
    rows = [{"key": "a", "text": "A"}, {"key": "b", "text": "B", "base": "borrowers"}]
    service = with_item(item("service", rows=rows, base="visitors", scales=(), scale="nine")).item(
        "a"
    )
    assert service is not None
    assert [c.base for c in columns_of_item(service)] == ["visitors", "borrowers"]


def test_some_kinds_offer_not_applicable() -> None:
    offering = {name for name, kind in KINDS.items() if "na" in kind.model.model_fields}
    assert offering == {"rating", "rating_matrix", "likelihood", "yes_no", "semantic_differential"}
    for one in (next(instrument_of(name).items()) for name in KINDS):
        offered = one.model_copy(update={"na": "Does not apply"})
        assert bool(na_label(offered)) == (one.kind in offering)


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("quiet", 4, 4),
        ("quiet", "4", 4),
        ("quiet", " 4 ", 4),
        ("quiet", "4.0", 4),
        ("quiet", 4.0, 4),
        ("quiet", "6", "answer.not-on-scale"),
        ("quiet", "0", "answer.not-on-scale"),
        ("quiet", "4.5", "answer.not-on-scale"),
        ("quiet", "four", "answer.not-on-scale"),
        ("quiet", "²", "answer.not-on-scale"),
        ("quiet", True, "answer.not-on-scale"),
        ("quiet", "NA", "answer.not-on-scale"),
        ("came", "yes", "yes"),
        ("came", ["yes"], "yes"),
        ("came", ["yes", "no"], "answer.one-only"),
        ("came", "Yes", "answer.not-an-option"),
        ("used", "loan;desk", ["desk", "loan"]),
        ("used", ["loan"], ["loan"]),
        ("used", "desk;desk", ["desk"]),
        ("used", ";", None),
        ("used", "desk;roof", "answer.not-an-option"),
        ("used", "none", ["none"]),
        ("used", "none;desk", "answer.exclusive"),
        ("recommend", "10", 10),
        ("recommend", "11", "answer.not-on-scale"),
        ("visits", "31", 31),
        ("visits", "32", "answer.too-large"),
        ("visits", "-1", "answer.too-small"),
        ("visits", "1.5", "answer.not-a-number"),
        ("visits", "1e3", "answer.not-a-number"),
        ("comment", " a\r\nb ", "a\nb"),
        ("comment", "a\x00b", "ab"),
        ("comment", "\x08 a", "a"),
        ("comment", "\x08", None),
        ("comment", "\ud800a", "a"),
        ("comment", "x" * 4001, "answer.too-long"),
        ("comment", "x" * 4000, "x" * 4000),
        ("quiet", "", None),
        ("quiet", None, None),
        ("used", [], None),
    ],
)
def test_what_is_an_answer_is_stored_and_what_is_not_is_refused(
    column: str, value: object, expected: object
) -> None:
    assert read(column, value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1.5", 1.5),
        ("1,5", 1.5),
        ("1,500", None),
        ("nan", None),
        ("inf", None),
        ("1e400", None),
        ("2", 2),
    ],
)
def test_a_number_with_decimals_is_finite(value: str, expected: float | None) -> None:
    decimal = with_item(item("hours", whole=False))
    checked = check_answers(decimal, {"hours": value})
    assert checked.value is not None
    assert checked.value["hours"] == expected
    assert bool(checked.problems) == (expected is None)


def test_no_more_choices_than_allowed() -> None:
    limited = with_item(item("used", max_choices=1))
    checked = check_answers(limited, {"used": "desk;loan"})
    assert [p.code for p in checked.problems] == ["answer.too-many"]
    assert "at most 1" in checked.problems[0].message


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("12,5", 12.5), ("-0,125", -0.125), (",5", 0.5), ("12,50", 12.5), ("1234,567", 1234.567)],
)
def test_a_decimal_comma_is_read_as_one(typed: str, meant: float) -> None:
    assert number_within(typed, None, None, whole=False) == meant


@pytest.mark.parametrize("typed", ["1,234", "10,000", "1,234,5", "1.234,5", "12,", ",", "1,2e3"])
def test_a_number_that_could_be_another_is_refused(typed: str) -> None:
    assert isinstance(number_within(typed, None, None, whole=False), Refusal)
