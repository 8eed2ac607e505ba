"""Up the plan: weights, coverage, levels, and an interval that knows who answered what."""

import math

import numpy as np
import pytest

from assessor.domain.instrument import Number
from assessor.domain.kinds import Answer
from assessor.domain.mapping import MilestoneEvidence, NotMeasured, SeriesEvidence, Target
from assessor.domain.plan import Element, Plan
from assessor.domain.scorecard import ElementScore, Scorecard
from assessor.scoring import WaveAnswers, frame_from_answers, score
from tests.scoring.sample_library import (
    PATRONS,
    column,
    element_score,
    folder,
    indicator,
    items,
    patrons,
    staff,
)

SERIES = SeriesEvidence(kind="series", series="gate_count")


def element(scorecard: Scorecard, code: str) -> ElementScore:
    found = scorecard.element(code)
    assert found is not None
    return found


def answers(*, ease: int, calm: int, n: int = 40) -> list[dict[str, Answer]]:
    """Answers whose means are `ease` and `calm`, one half a point up, the other down."""
    return [{"ease": ease + s, "calm": calm + s} for s in [1, -1] * (n // 2)]


def test_indicators_of_an_element_count_by_their_weights() -> None:
    cards = (
        indicator("a", target=4, weight=3, baseline=2),
        indicator("b", "mean", items("calm"), target=Target(value=3, partial=2.5), baseline=1),
    )
    outcome = element(score(folder(*cards), [patrons(answers(ease=4, calm=2))]), "1.1")
    assert outcome.score.value == pytest.approx(0.75 * 0.75 + 0.25 * 0.25)
    assert outcome.target == pytest.approx(0.75 * 0.75 + 0.25 * 0.5)
    assert outcome.baseline == pytest.approx(0.75 * 0.25 + 0.25 * 0)
    # Without a lesser level of its own, an indicator's target stands for it.
    assert outcome.partial == pytest.approx(0.75 * 0.75 + 0.25 * 0.375)
    assert outcome.coverage == 1
    assert (outcome.score.unit, outcome.score.n) == ("index", 40)
    assert outcome.indicators == ("a", "b")


def test_child_elements_count_by_the_mappings_weights_and_own_indicators_as_one_child() -> None:
    cards = (
        indicator("own", "mean", items("heard", instrument="staff"), element="1", target=4),
        indicator("a", target=4),
        indicator("b", "mean", items("calm"), element="1.2", target=4),
    )
    waves = [patrons(answers(ease=4, calm=2)), staff(column("heard", [4, 2] * 10))]
    result = score(folder(*cards, weights={"1.1": 2}), waves)
    assert element(result, "1").score.value == pytest.approx((0.5 + 2 * 0.75 + 0.25) / 4)
    assert element(result, "1.1").weight == 2
    assert result.plan_score is not None
    assert result.plan_score.coverage == pytest.approx(0.5)


def test_the_interval_of_a_composite_uses_that_the_same_people_answered() -> None:
    rows: list[dict[str, Answer]] = [
        {"ease": e, "calm": c} for e, c in [(1, 2), (5, 4), (4, 4), (2, 1), (3, 5), (5, 5)] * 5
    ]
    cards = (indicator("a"), indicator("b", "mean", items("calm")))
    found = element_score(score(folder(*cards), [patrons(rows)]), "1.1")
    own = np.array([(r["ease"] - 1 + r["calm"] - 1) / 8 for r in rows])  # type: ignore[operator]
    assert found.value == pytest.approx(own.mean())
    assert found.standard_error == pytest.approx(own.std(ddof=1) / math.sqrt(30))
    assert found.degrees_of_freedom == 29


def test_an_element_on_one_indicator_has_its_status_and_its_interval() -> None:
    card = indicator("a", "top_two_box", target=0.5)
    result = score(folder(card), [patrons(column("ease", [5] * 13 + [2] * 7))])
    own = result.indicators[0].score
    assert element_score(result, "1.1").status == own.status == "too_close_to_call"
    assert element_score(result, "1.1").low == pytest.approx(own.low)
    assert element_score(result, "1").high == pytest.approx(own.high)


def test_a_lower_is_better_indicator_is_turned_on_its_way_up() -> None:
    card = indicator("a", "share", items("role", codes=("staff",)), direction="lower", target=0.3)
    roles = column("role", ["staff"] * 5 + ["students"] * 35)
    outcome = element(score(folder(card), [patrons(roles)]), "1.1")
    assert outcome.score.value == pytest.approx(1 - 5 / 40)
    assert outcome.target == pytest.approx(0.7)
    assert outcome.score.low is not None
    assert outcome.score.high is not None
    assert outcome.score.low < 0.875 < outcome.score.high
    assert outcome.score.status == "met"


def test_what_was_not_measured_lends_its_weight_and_lowers_the_coverage() -> None:
    cards = (
        indicator("a", target=4, weight=3),
        indicator("late", "milestone", MilestoneEvidence(kind="milestone", milestone="Open")),
        indicator("b", "count", SERIES, element="1.2"),
    )
    result = score(folder(*cards), [patrons(answers(ease=4, calm=2))])
    assert element(result, "1.1").score.value == pytest.approx(0.75)
    assert element(result, "1.1").coverage == pytest.approx(0.75)
    assert element(result, "1").coverage == pytest.approx(0.375)
    assert "Less than half" in element(result, "1").score.reason
    assert element(result, "1.2").score.status == "not_measured"
    assert element(result, "1.2").not_measured_reason == (
        "No figures have been entered for “gate_count”."
    )
    assert element(result, "2.1").not_measured_reason == "No indicator is tied to it."
    assert result.plan_score is not None
    assert result.plan_score.coverage == pytest.approx(0.1875)


def test_too_few_answers_below_an_element_are_not_enough_evidence_for_it() -> None:
    result = score(folder(indicator("a", target=4)), [patrons(column("ease", [5] * 7))])
    found = element(result, "1.1")
    assert (found.score.status, found.score.value) == ("not_enough_evidence", None)
    assert found.coverage == 0


def test_an_indicator_without_a_target_stands_back_where_others_have_one() -> None:
    cards = (indicator("a", target=4), indicator("b", "mean", items("calm")))
    found = element(score(folder(*cards), [patrons(answers(ease=4, calm=2))]), "1.1")
    assert found.score.value == pytest.approx(0.75)
    assert found.target == pytest.approx(0.75)
    assert found.coverage == 1


def test_without_any_target_the_value_stands_and_nothing_is_claimed() -> None:
    cards = (indicator("a"), indicator("b", "mean", items("calm")))
    found = element(score(folder(*cards), [patrons(answers(ease=4, calm=2))]), "1.1")
    assert found.score.value == pytest.approx(0.5)
    assert (found.score.status, found.target) == ("no_target", None)


def test_a_level_that_is_not_measured_is_not_scored_and_has_no_weight() -> None:
    plan = Plan(
        key="small",
        title="A plan",
        elements=(
            Element(code="1", level="priority", text="One"),
            Element(code="1.1", level="deliverable", text="D", parent="1"),
            Element(code="1.1.a", level="context point", text="C", parent="1.1"),
            Element(code="1.2", level="deliverable", text="E", parent="1"),
        ),
    )
    listed = (
        NotMeasured(level="context point", reason="It says why, not what."),
        NotMeasured(element="1.2", reason="The museum measures it."),
    )
    library = folder(indicator("a", target=3), plan=plan, not_measured=listed)
    result = score(library, [patrons(answers(ease=4, calm=2))])
    context, deliverable = element(result, "1.1.a"), element(result, "1.2")
    assert (context.scored, context.not_measured_reason) == (False, "It says why, not what.")
    assert (deliverable.scored, deliverable.coverage) == (True, 0)
    assert deliverable.not_measured_reason == "The museum measures it."
    assert element(result, "1.1").coverage == 1
    assert element(result, "1").coverage == 0.5


def test_an_element_of_weight_nothing_changes_nothing_above_it() -> None:
    cards = (indicator("a", target=4), indicator("b", "mean", items("calm"), element="1.2"))
    waves = [patrons(answers(ease=4, calm=2))]
    found = element(score(folder(*cards, weights={"1.2": 0}), waves), "1")
    assert found.score.value == pytest.approx(0.75)
    assert found.coverage == 1


def test_instruments_count_equally_whatever_their_numbers() -> None:
    card = indicator("a", "mean", items("ease"), items("heard", instrument="staff"), target=3)
    waves = [patrons(answers(ease=4, calm=2, n=100)), staff(column("heard", [2, 3] * 10))]
    found = score(folder(card), waves).indicators[0].score
    assert found.value == pytest.approx((4 + 2.5) / 2)
    assert found.n == 120
    first, second = 1 / 99 * 100 / 100, 0.25 * 20 / 19 / 20
    assert found.standard_error == pytest.approx(math.sqrt((first + second) / 4))


def test_the_total_is_not_the_mean_of_the_groups() -> None:
    rows = column("ease", [5] * 30 + [2] * 10)
    wave = patrons(rows, ["students"] * 30 + ["staff"] * 10)
    found = score(folder(indicator("a")), [wave]).indicators[0]
    assert [group.score.value for group in found.groups] == [5, 2]
    assert found.score.value == 4.25


def test_a_number_without_stated_ends_is_shown_and_does_not_go_up() -> None:
    number = Number(kind="number", key="visits", text="How often?", minimum=0)
    page = PATRONS.pages[0]
    asked = PATRONS.model_copy(
        update={"pages": (page.model_copy(update={"items": (*page.items, number)}),)}
    )
    frame = frame_from_answers(asked, column("visits", [1, 2, 3] * 5))
    result = score(folder(indicator("a", "mean", items("visits"))), [WaveAnswers(asked, frame)])
    assert result.indicators[0].score.value == 2
    assert result.indicators[0].score.unit_value is None
    assert "does not go up" in element(result, "1.1").not_measured_reason


def test_an_element_on_one_indicator_fails_with_its_worst_group() -> None:
    rows = column("ease", [5] * 90 + [2, 3] * 5)
    card = indicator("a", target=Target(value=4, each_group=True))
    result = score(folder(card), [patrons(rows, ["students"] * 90 + ["staff"] * 10)])
    assert element(result, "1.1").score.value == pytest.approx((4.75 - 1) / 4)
    assert element(result, "1.1").score.status == "not_met"


def test_the_n_of_an_element_is_everybody_who_answered_anything_below_it() -> None:
    rows = [*column("ease", [4, 5] * 10), *column("calm", [4, 5] * 15)]
    cards = (indicator("a", target=4), indicator("b", "mean", items("calm"), target=4))
    found = element_score(score(folder(*cards), [patrons(rows)]), "1.1")
    assert (found.n, found.degrees_of_freedom) == (50, 49)
