"""Skipped, not applicable and not asked are three things, and none of them is a zero."""

import numpy as np
import pytest

from assessor.scoring import WaveAnswers, frame_from_answers
from tests.scoring.sample_library import (
    PATRONS,
    column,
    indicator,
    items,
    patrons,
    scored,
    total,
)


def test_missing_answers_are_counted_by_their_reason_and_leave_the_value_alone() -> None:
    score = total(indicator(), patrons(column("ease", [5, 4, None, "NA", "NA", 3, 4, 4])))
    assert score.value == 4
    assert score.n == 5
    assert score.excluded == {"not_applicable": 2, "skipped": 1}


def test_a_column_that_is_absent_was_not_asked() -> None:
    score = total(indicator(), patrons(column("calm", [5, 4, 4, 4, 4])))
    assert score.status == "not_measured"
    assert score.value is None
    assert score.excluded == {"not_asked": 5}
    assert score.n == 0


def test_a_response_that_was_not_asked_what_others_were_is_told_from_one_that_skipped() -> None:
    rows = [*column("ease", [4] * 6), *column("calm", [3, 3]), *column("ease", [None])]
    score = total(indicator(), patrons(rows))
    assert (score.n, score.excluded) == (6, {"not_asked": 2, "skipped": 1})


def test_everybody_saying_not_applicable_is_not_measured() -> None:
    score = total(indicator(target=3), patrons(column("ease", ["NA"] * 12)))
    assert score.status == "not_measured"
    assert score.value is None
    assert score.excluded == {"not_applicable": 12}


def test_no_wave_and_an_empty_wave_are_not_measured_with_the_reason() -> None:
    for waves in ((), (patrons([]),)):
        result = scored(indicator(target=3), *waves)
        assert result.score.status == "not_measured"
        assert result.score.reason == "There are no answers to “patrons”."
        assert result.items[0].text == "It is easy."
        assert result.items[0].n == 0


def test_counts_are_shown_from_the_smallest_group_up() -> None:
    shown = scored(indicator(), patrons(column("ease", [5, 5, 4, 4, 1, None, "NA"]))).items[0]
    assert (shown.n, shown.missing) == (5, {"not_applicable": 1, "skipped": 1})
    assert sum(option.count or 0 for option in shown.counts) == 5
    hidden = scored(indicator(), patrons(column("ease", [5, 5, 4, 4, None, "NA"]))).items[0]
    assert hidden.suppressed
    assert (hidden.n, hidden.missing) == (None, {})
    assert {option.count for option in hidden.counts} == {None}


def test_several_choices_are_counted_one_by_one() -> None:
    rows = column("used", [["loans", "help"], ["help"], None, ["rooms"], ["loans"], ["loans"]])
    card = indicator("one", "share", items("used", codes=("help",)))
    item = scored(card, patrons(rows)).items[0]
    assert {o.code: o.count for o in item.counts} == {"loans": 3, "rooms": 1, "help": 2}
    assert item.n == 5


def test_a_gap_shows_the_counts_of_both_its_scales() -> None:
    found = scored(indicator("one", "adequacy_gap", items("quiet")), patrons([]))
    assert [item.column for item in found.items] == ["quiet.minimum", "quiet.perceived"]


def test_numbers_are_read_alike_however_the_frame_holds_them() -> None:
    frame = frame_from_answers(PATRONS, column("ease", [4, 5, 3, 5, 4, None]))
    expected = total(indicator(), WaveAnswers(PATRONS, frame))
    for kind in ("float64", "Int64", "string", "category"):
        cells = (
            frame["ease"].astype("Int64").astype("string") if kind == "string" else frame["ease"]
        )
        other = frame.assign(ease=cells.astype(kind))
        assert total(indicator(), WaveAnswers(PATRONS, other)) == expected


def test_a_frame_needs_a_group_and_a_weight_for_every_row() -> None:
    with pytest.raises(ValueError, match="2 rows, but 1 values of group"):
        frame_from_answers(PATRONS, column("ease", [1, 2]), ["students"])


def test_a_response_names_its_group_by_its_own_answer_unless_told() -> None:
    frame = frame_from_answers(
        PATRONS, column("role", ["students", "staff", None]), [None, "visitors", None]
    )
    assert frame["group"].tolist() == ["students", "visitors", None]


def test_scoring_leaves_its_input_as_it_was() -> None:
    wave = patrons(column("ease", [4, None, "NA", 5, 3, 2]), weights=[1, 2, 3, 0, 1, 2])
    before = wave.frame.copy(deep=True)
    total(indicator(), wave)
    assert wave.frame.equals(before)


def test_weights_that_are_no_weights_are_refused() -> None:
    for weight in (-1.0, np.nan, np.inf):
        with pytest.raises(ValueError, match="weights"):
            total(indicator(), patrons(column("ease", [1, 2]), weights=[1.0, weight]))


def test_a_response_of_weight_nothing_is_left_out_altogether() -> None:
    weights = [1.0] * 6 + [0.0]
    with_it = total(indicator(), patrons(column("ease", [5, 4, 3, 2, 4, None, 1]), weights=weights))
    without = total(indicator(), patrons(column("ease", [5, 4, 3, 2, 4, None]), weights=[1.0] * 6))
    assert with_it == without
