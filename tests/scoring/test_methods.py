"""Each method by a case that can be redone with a pencil."""

import csv
import math
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from assessor.domain.instrument import Instrument, Page, Rating
from assessor.domain.kinds import Answer
from assessor.domain.mapping import Method
from assessor.domain.scorecard import Score
from assessor.scoring import WaveAnswers, frame_from_answers
from assessor.scoring.methods import METHODS, opportunity_index
from tests.scoring.sample_library import PATRONS, column, indicator, items, patrons, scale, total

REFERENCES = Path(__file__).parent.parent / "references"


FIVE = ("c1", "c2", "c3", "c4", "c5")


def five_items(people: list[list[int | None]]) -> WaveAnswers:
    """Five items on 1 to 6, the last two reverse-worded."""
    ratings = tuple(
        Rating(kind="rating", key=key, text=key, scale="six", reversed=key in ("c4", "c5"))
        for key in FIVE
    )
    instrument = Instrument(
        key="people",
        title="People",
        scales=(scale("six", 1, 6),),
        pages=(Page(key="one", items=ratings),),
    )
    rows = [dict(zip(FIVE, answers, strict=True)) for answers in people]
    return WaveAnswers(instrument, frame_from_answers(instrument, rows))


def test_there_is_a_rule_for_every_method_a_mapping_may_name() -> None:
    assert set(METHODS) == set(get_args(Method))


def same(score: Score, value: float, n: int) -> None:
    assert score.value == pytest.approx(value, abs=1e-12)
    assert score.n == n


def test_a_mean_is_in_points_with_the_interval_of_t() -> None:
    score = total(indicator(), patrons(column("ease", [5, 4, 4, 2, 1, 4])))
    same(score, 20 / 6, 6)
    # s = 1.50555, s/√6 = 0.614636; t(0.975; 5) = 2.570582
    assert score.standard_error == pytest.approx(0.6146362971528592)
    assert score.low == pytest.approx(20 / 6 - 2.5705818366147395 * 0.6146362971528592)
    assert score.degrees_of_freedom == 5
    assert score.unit == "points"
    assert (score.scale_low, score.scale_high) == (1, 5)
    assert score.unit_value == pytest.approx((20 / 6 - 1) / 4)


def test_a_reverse_worded_item_is_turned_on_its_scale() -> None:
    score = total(indicator("one", "mean", items("lost")), patrons(column("lost", [1, 1, 2, 2, 5])))
    same(score, (5 + 5 + 4 + 4 + 1) / 5, 5)


def test_a_top_box_counts_the_best_point_and_two_boxes_the_two_best() -> None:
    answers = patrons(column("ease", [5, 5, 4, 3, 1]))
    same(total(indicator("one", "top_box"), answers), 0.4, 5)
    same(total(indicator("one", "top_two_box"), answers), 0.6, 5)


def test_the_best_points_of_a_descending_scale_are_its_lowest_numbers() -> None:
    answers = patrons(column("waits", [1, 1, 2, 4, 5]))
    same(total(indicator("one", "top_box", items("waits")), answers), 0.4, 5)
    same(total(indicator("one", "top_two_box", items("waits")), answers), 0.6, 5)


def test_the_best_points_of_a_reverse_worded_item_are_its_worst_wording() -> None:
    answers = patrons(column("lost", [1, 1, 1, 2, 5]))
    same(total(indicator("one", "top_box", items("lost")), answers), 0.6, 5)
    same(total(indicator("one", "top_two_box", items("lost")), answers), 0.8, 5)


def test_a_share_counts_the_codes_named_of_one_choice_several_choices_and_points() -> None:
    several = patrons(column("used", [["loans", "help"], ["rooms"], ["help"], None, ["loans"]]))
    card = indicator("one", "share", items("used", codes=("help", "rooms")))
    assert total(card, several, minimum_group=3).value == 0.75
    one = patrons(column("role", ["students", "students", "staff", "visitors", "alumni"]))
    same(total(indicator("one", "share", items("role", codes=("students",))), one), 0.4, 5)
    # Codes name what was chosen: a reverse-worded item is not turned for them.
    point = patrons(column("lost", [4, 5, 1, 1, 2]))
    same(total(indicator("one", "share", items("lost", codes=("4", "5"))), point), 0.4, 5)


def test_a_net_promoter_score_is_promoters_less_detractors_in_percent() -> None:
    score = total(
        indicator("one", "net_promoter", items("recommend")),
        patrons(column("recommend", [10, 9, 8, 7, 6, 0, 9, 10])),
    )
    same(score, 100 * (4 - 2) / 8, 8)
    assert (score.unit, score.scale_low, score.scale_high) == ("net_promoter", -100, 100)
    assert score.unit_value == pytest.approx((25 + 100) / 200)
    # √((p + q − (p − q)²) / (n − 1))
    assert score.standard_error == pytest.approx(100 * math.sqrt((0.75 - 0.0625) / 7))


LEVELS: list[Mapping[str, Answer]] = [
    {"quiet.minimum": 5, "quiet.desired": 8, "quiet.perceived": 6},
    {"quiet.minimum": 6, "quiet.desired": 9, "quiet.perceived": 6},
    {"quiet.minimum": 4, "quiet.desired": 7, "quiet.perceived": 9},
    {"quiet.minimum": 9, "quiet.desired": 9, "quiet.perceived": None},
    {"quiet.minimum": "NA", "quiet.desired": "NA", "quiet.perceived": "NA"},
    {"quiet.minimum": 5, "quiet.desired": 7, "quiet.perceived": 5},
    {"quiet.minimum": 5, "quiet.desired": 7, "quiet.perceived": 4},
]


def test_a_gap_is_the_mean_of_the_respondents_own_differences() -> None:
    adequacy = total(indicator("one", "adequacy_gap", items("quiet")), patrons(LEVELS))
    superiority = total(indicator("one", "superiority_gap", items("quiet")), patrons(LEVELS))
    same(adequacy, (1 + 0 + 5 + 0 - 1) / 5, 5)
    same(superiority, (-2 - 3 + 2 - 2 - 3) / 5, 5)
    # The respondent who rated the minimum only would pull the difference of printed means down.
    assert adequacy.value != pytest.approx(30 / 5 - 34 / 6)
    assert adequacy.excluded == {"not_applicable": 1, "skipped": 1}
    assert (adequacy.unit, adequacy.scale_low, adequacy.scale_high) == ("gap", -8, 8)
    assert adequacy.unit_value == pytest.approx((1 / 8 + 1) / 2)


def test_a_gap_on_a_scale_whose_best_is_its_lowest_number_is_counted_towards_the_best() -> None:
    upside_down = PATRONS.model_copy(
        update={"scales": (*PATRONS.scales[:2], scale("service", 1, 9, descending=True))}
    )
    wave = WaveAnswers(upside_down, frame_from_answers(upside_down, LEVELS))
    same(total(indicator("one", "adequacy_gap", items("quiet")), wave), -1, 5)


def test_a_performance_gap_is_importance_less_performance() -> None:
    rows = [{"space.importance": i, "space.performance": p} for i, p in [(5, 3), (4, 4), (3, 5)]]
    card = indicator("one", "performance_gap", items("space"), direction="lower")
    score = total(card, patrons(rows), minimum_group=3)
    same(score, 0, 3)
    assert score.unit_value == 0.5


def test_an_opportunity_index_adds_what_importance_exceeds_satisfaction_by() -> None:
    assert opportunity_index(np.array([9.0, 5.0]), np.array([6.0, 8.0])).tolist() == [12, 5]
    rows = [{"space.importance": i, "space.performance": p} for i, p in [(5, 1), (5, 5), (3, 4)]]
    score = total(indicator("one", "opportunity", items("space")), patrons(rows), minimum_group=3)
    # From 0 to 1: (1 + 1)/2, (1 + 0)/2, (0.5 + 0)/2
    same(score, (1 + 0.5 + 0.25) / 3, 3)
    assert (score.unit, score.scale_low, score.scale_high) == ("index", 0, 1)


def test_a_scale_needs_at_least_half_of_its_items_from_a_respondent() -> None:
    rows: list[dict[str, Answer]] = [
        {"ease": 5, "calm": 4, "lost": 2},
        {"ease": 3, "calm": None, "lost": 5},
        {"ease": 5, "calm": None, "lost": None},
        {"ease": "NA", "calm": 2, "lost": None},
        {"ease": 4, "calm": 4, "lost": None},
    ]
    card = indicator("one", "scale", items("ease", "calm", "lost"))
    score = total(card, patrons(rows), minimum_group=3)
    same(score, ((5 + 4 + 4) / 3 + (3 + 1) / 2 + 4) / 3, 3)
    assert score.excluded == {"skipped": 2}


def test_a_scale_score_is_that_of_r_for_two_thousand_people() -> None:
    """Five items on 1 to 6, two of them reverse-worded; three answers are half of five."""
    with (REFERENCES / "conscientious.csv").open(newline="") as file:
        people = [[int(a) if a.isdigit() else None for a in row] for row in csv.reader(file)][1:]
    with (REFERENCES / "conscientious_expected.csv").open(newline="") as file:
        expected = {row["stat"]: float(row["value"]) for row in csv.DictReader(file)}
    score = total(indicator("one", "scale", items(*FIVE, instrument="people")), five_items(people))
    assert score.n == expected["score_half_n"]
    assert score.value == pytest.approx(expected["score_half_mean"], rel=1e-12)
    assert score.standard_error is not None
    deviation = score.standard_error * math.sqrt(expected["score_half_n"])
    assert deviation == pytest.approx(expected["score_half_sd"], rel=1e-12)


def test_a_mean_over_several_items_is_each_respondents_mean_first() -> None:
    rows: list[dict[str, Answer]] = [{"ease": 4, "calm": None} for _ in range(5)]
    rows[0] = {"ease": 5, "calm": 1}
    score = total(indicator("one", "mean", items("ease", "calm")), patrons(rows))
    same(score, (3 + 4 * 4) / 5, 5)


def test_a_share_over_several_items_is_each_respondents_share_first() -> None:
    rows: list[dict[str, Answer]] = [{"ease": 5, "calm": 1}, {"ease": 5, "calm": 5}] * 3
    score = total(indicator("one", "top_box", items("ease", "calm")), patrons(rows))
    same(score, 0.75, 6)


@pytest.mark.parametrize(
    ("method", "owner", "why"),
    [
        ("mean", "used", "no points"),
        ("mean", "quiet", "several scales"),
        ("mean", "nothing", "no item"),
        ("net_promoter", "ease", "0 to 10"),
        ("adequacy_gap", "ease", "perceived"),
        ("top_box", "role", "no points"),
        ("share", "used", "which answers"),
        ("ratio", "ease", "does not read"),
    ],
)
def test_what_a_method_cannot_read_is_not_measured_and_says_why(
    method: Method, owner: str, why: str
) -> None:
    rows: list[dict[str, Answer]] = [{"ease": 4, "used": ["help"], "role": "staff"}] * 6
    score = total(indicator("one", method, items(owner)), patrons(rows))
    assert score.status == "not_measured"
    assert score.value is None
    assert why in score.reason
