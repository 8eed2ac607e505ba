"""What a score says against its target."""

import pytest

from assessor.domain.mapping import Target
from assessor.domain.scorecard import Status
from assessor.scoring.status import Interval, Levels, status_of, worst_of
from tests.scoring.sample_library import column, indicator, items, patrons, scored, total

#   low, high, target, partial, lower is better, status
CASES: list[tuple[float, float, float, float | None, bool, Status]] = [
    (4.1, 4.5, 4.0, None, False, "met"),
    (4.0, 4.5, 4.0, None, False, "met"),
    (3.9, 4.1, 4.0, None, False, "too_close_to_call"),
    (3.9, 4.0, 4.0, None, False, "too_close_to_call"),
    (3.5, 3.9, 4.0, None, False, "not_met"),
    (4.0, 4.0, 4.0, None, False, "met"),
    # with a lesser level
    (4.1, 4.5, 4.0, 3.5, False, "met"),
    (3.6, 3.9, 4.0, 3.5, False, "partly_met"),
    (3.5, 3.9, 4.0, 3.5, False, "partly_met"),
    (3.6, 4.1, 4.0, 3.5, False, "too_close_to_call"),
    (3.4, 3.6, 4.0, 3.5, False, "too_close_to_call"),
    (3.4, 4.1, 4.0, 3.5, False, "too_close_to_call"),
    (3.0, 3.4, 4.0, 3.5, False, "not_met"),
    # lower is better: everything in the mirror
    (1.0, 1.9, 2.0, None, True, "met"),
    (1.0, 2.0, 2.0, None, True, "met"),
    (1.9, 2.1, 2.0, None, True, "too_close_to_call"),
    (2.1, 2.5, 2.0, None, True, "not_met"),
    (2.1, 2.5, 2.0, 3.0, True, "partly_met"),
    (2.9, 3.1, 2.0, 3.0, True, "too_close_to_call"),
    (3.1, 3.5, 2.0, 3.0, True, "not_met"),
]


@pytest.mark.parametrize(("low", "high", "target", "partial", "lower", "status"), CASES)
def test_the_whole_interval_decides(
    low: float, high: float, target: float, partial: float | None, lower: bool, status: Status
) -> None:
    assert status_of(Interval(low, high), Levels(target, partial, lower)) == status


def test_the_worst_of_several_groups_is_no_better_than_the_least_of_their_ends() -> None:
    groups = [Interval(3, 5), Interval(2, 6), Interval(3.5, 4)]
    assert worst_of(groups, lower_is_better=False) == Interval(2, 4)
    assert worst_of(groups, lower_is_better=True) == Interval(3.5, 6)


def test_too_few_answers_are_not_enough_evidence_whatever_they_say() -> None:
    score = total(indicator(target=2, minimum_n=10), patrons(column("ease", [5] * 9)))
    assert score.status == "not_enough_evidence"
    assert score.reason == "9 answers; at least 10 are needed."
    assert score.value == 5
    assert total(indicator(target=2), patrons(column("ease", [5] * 10))).status == "met"


def test_too_wide_an_interval_is_not_enough_evidence() -> None:
    answers = patrons(column("ease", [5, 4, 5, 3, 5, 4, 5, 5, 2, 5]))
    assert total(indicator(target=2), answers).status == "met"
    wide = total(indicator(target=2, maximum_margin=0.5), answers)
    assert wide.status == "not_enough_evidence"
    assert "±0.5" in wide.reason


def test_what_has_no_target_is_shown_and_says_so() -> None:
    score = total(indicator(), patrons(column("ease", [4, 5] * 10)))
    assert (score.status, score.value, score.reason) == ("no_target", 4.5, "No target is set.")


def test_a_scale_whose_best_is_its_lowest_number_is_better_lower_without_saying_so() -> None:
    score = total(
        indicator("one", "mean", items("waits"), target=2), patrons(column("waits", [1, 1, 2] * 10))
    )
    assert score.status == "met"
    assert score.unit_value == pytest.approx(1 - (4 / 3 - 1) / 4)


def test_with_a_target_for_each_group_the_worst_group_decides() -> None:
    rows = column("ease", [5] * 30 + [2, 3] * 10)
    answers = patrons(rows, ["students"] * 30 + ["staff"] * 20)
    assert total(indicator(target=4), answers).status == "too_close_to_call"
    card = indicator(target=Target(value=4, each_group=True))
    result = scored(card, answers)
    assert result.score.status == "not_met"
    assert "worst group" in result.score.reason
    assert [g.score.status for g in result.groups] == ["met", "not_met"]


def test_a_withheld_group_does_not_decide_and_is_mentioned() -> None:
    rows = column("ease", [5, 4] * 15 + [1] * 4 + [1] * 8 + [5] * 30)
    groups = ["students"] * 30 + ["alumni"] * 4 + ["visitors"] * 8 + ["staff"] * 30
    result = scored(indicator(target=Target(value=4, each_group=True)), patrons(rows, groups))
    assert result.score.status == "met"
    assert "2 groups" in result.score.reason


def test_without_groups_no_group_reaches_a_target_for_each_group() -> None:
    card = indicator(target=Target(value=2, each_group=True))
    score = total(card, patrons(column("ease", [5, 4] * 10)))
    assert score.status == "not_enough_evidence"
    assert "group" in score.reason


def test_responses_that_name_no_group_do_not_decide_for_each_group() -> None:
    rows = column("ease", [5, 4] * 15 + [1] * 10)
    card = indicator(target=Target(value=4, each_group=True))
    result = scored(card, patrons(rows, [*["students"] * 30, *[None] * 10]))
    assert [group.score.status for group in result.groups] == ["met", "not_met"]
    assert result.score.status == "met"
