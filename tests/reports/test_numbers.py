"""Rounding happens in one place and reads the same everywhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.domain.scorecard import Unit
from assessor.reports.numbers import (
    MINUS,
    NARROW,
    between,
    day,
    interval_text,
    number,
    percent,
    plain,
    value_text,
)


@pytest.mark.parametrize(
    ("value", "unit", "printed"),
    [
        (0.62, "index", "62 of 100"),
        (0.285, "share", f"29{NARROW}%"),
        (0.125, "share", f"13{NARROW}%"),
        (0.0, "share", f"0{NARROW}%"),
        (1.0, "share", f"100{NARROW}%"),
        (4.0, "points", "4.00"),
        (4.125, "points", "4.13"),
        (23.4, "net_promoter", "+23"),
        (-23.5, "net_promoter", f"{MINUS}24"),
        (-0.4, "net_promoter", "0"),
        (0.354, "gap", "+0.35"),
        (-0.354, "gap", f"{MINUS}0.35"),
        (128450, "count", f"128{NARROW}450"),
        (12.5, "count", "12.5"),
        (12.5, "ratio", "12.50"),
        (None, "points", "–"),
    ],
)
def test_a_value_is_printed_as_its_unit_asks(value: float | None, unit: Unit, printed: str) -> None:
    assert value_text(value, unit) == printed


def test_a_half_is_rounded_away_from_zero_on_the_digits_as_printed() -> None:
    # In binary 0.285 × 100 lies a little under 28.5.
    assert percent(0.285) == f"29{NARROW}%"
    assert number(2.675, 2) == "2.68"
    assert number(-2.675, 2) == f"{MINUS}2.68"


def test_nothing_is_ever_minus_nothing() -> None:
    assert number(-0.001, 2, signed=True) == "0.00"


def test_intervals_are_short_in_a_figure_and_long_in_a_sentence() -> None:
    assert interval_text(0.61, 0.68, "share") == f"61–68{NARROW}%"
    assert between(0.61, 0.68, "share") == f"between 61{NARROW}% and 68{NARROW}%"
    assert interval_text(-5, 12, "net_promoter") == f"{MINUS}5 to +12"
    assert interval_text(None, None, "share") == ""


def test_ticks_have_no_more_decimals_than_they_need() -> None:
    assert [plain(v) for v in (1.0, 2.5, 2.25)] == ["1", "2.5", "2.25"]


def test_a_date_is_spelled_out_and_any_other_text_is_left_alone() -> None:
    assert day("2025-10-01") == "1\u00a0October\u00a02025"
    assert day("autumn") == "autumn"


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(["share", "gap", "count"]))
def test_no_number_is_too_large_or_small_to_print(value: float, unit: Unit) -> None:
    printed = value_text(value, unit)
    assert printed
    assert "-" not in printed
