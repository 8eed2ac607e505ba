"""Each person is asked only some of the items, and the estimate is that of asking all of them."""

import random

import numpy as np
import pytest

from assessor.domain.arrangement import left_out
from assessor.domain.folder import LibraryFolder
from assessor.domain.instrument import Instrument
from assessor.domain.kinds import Answer
from assessor.domain.mapping import Indicator, Method
from assessor.domain.mapping import Mapping as PlanMapping
from assessor.domain.scorecard import IndicatorScore
from assessor.scoring import WaveAnswers, frame_from_answers, score
from tests.scoring.sample_library import PLAN, items

NINE = {"key": "nine", "points": [{"value": v} for v in range(1, 10)], "worst": 1, "best": 9}
CORE = "prompt"
REST = ("careful", "willing", "knowing", "patient", "fair", "near", "open", "sure")
ALL = (CORE, *REST)
# The core item is answered unlike the others: who counted it too often would be far off.
LEVEL = dict(zip(ALL, (8, 5, 5, 4, 4, 3, 3, 4, 5), strict=True))


def lite(**sampling: object) -> Instrument:
    """One item that everybody is asked, and eight of which each person is asked some."""
    row = {"kind": "rating", "scale": "nine"}
    given = {
        "key": "patrons",
        "title": "Service",
        "scales": [NINE],
        "pages": [{"key": "one", "items": [row | {"key": key, "text": key} for key in ALL]}],
    }
    if sampling:
        given["samplings"] = [{"key": "affect", "items": list(REST)} | sampling]
    return Instrument.model_validate(given)


def people(instrument: Instrument, number: int, seed: int) -> list[dict[str, Answer]]:
    """Answers of people drawn by chance, each asked what the sampling leaves them."""
    chance = random.Random(seed)
    rows: list[dict[str, Answer]] = []
    for _person in range(number):
        mood = chance.gauss(0, 1)
        skipped = left_out(instrument, chance.getrandbits(40))
        rows.append(
            {
                key: min(9, max(1, round(LEVEL[key] + mood + chance.gauss(0, 0.8))))
                for key in ALL
                if key not in skipped
            }
        )
    return rows


def scored(
    instrument: Instrument,
    rows: list[dict[str, Answer]],
    *keys: str,
    method: Method = "scale",
) -> IndicatorScore:
    card = Indicator(
        key="one", element="1.1", name="One", method=method, evidence=(items(*(keys or ALL)),)
    )
    mapping = PlanMapping(plan=PLAN.key, indicators=(card,))
    folder = LibraryFolder(plan=PLAN, mapping=mapping, instruments=(instrument,))
    answers = WaveAnswers(instrument, frame_from_answers(instrument, rows))
    return score(folder, [answers]).indicators[0]


@pytest.fixture(scope="module")
def truth() -> float:
    """What asking everybody everything gives, over very many people."""
    found = scored(lite(), people(lite(), 20_000, seed=1)).score.value
    assert found is not None
    return found


@pytest.mark.parametrize("sampling", [{"ask": 2}, {"share": 0.25}], ids=["two of eight", "25 %"])
def test_the_estimate_is_that_of_asking_everything(truth: float, sampling: dict[str, int]) -> None:
    instrument = lite(**sampling)
    runs = [scored(instrument, people(instrument, 150, seed)).score for seed in range(100, 220)]
    values = np.array([run.value for run in runs], dtype=float)
    held = [(run.low or 0) <= truth <= (run.high or 0) for run in runs]
    error = values.std(ddof=1) / np.sqrt(len(values))
    assert abs(values.mean() - truth) < 3.5 * error + 0.01
    assert np.mean(held) >= 0.9


def test_the_core_item_alone_would_be_far_off(truth: float) -> None:
    instrument = lite(ask=2)
    rows = people(instrument, 2_000, seed=3)
    plain = np.mean([np.mean([v for v in row.values() if isinstance(v, int)]) for row in rows])
    assert plain > truth + 0.8  # the mean of each person's own answers leans to the core item
    assert scored(instrument, rows).score.value == pytest.approx(truth, abs=0.1)


def test_an_item_asked_of_a_quarter_says_of_whom_it_was_asked() -> None:
    instrument = lite(ask=2)
    rows = people(instrument, 400, seed=5)
    asked = sum("fair" in row for row in rows)
    found = scored(instrument, rows, "fair", method="mean")
    assert found.score.n == asked
    assert found.score.excluded == {"not_sampled": 400 - asked}
    assert found.asked_share == 0.25
    assert found.items[0].asked_share == 0.25
    assert found.items[0].missing == {"not_sampled": 400 - asked}


def test_half_of_the_items_means_half_of_those_that_were_asked() -> None:
    instrument = lite(ask=3)
    rows: list[dict[str, Answer]] = [
        {"prompt": 8, "fair": 5, "near": None, "open": None},  # two of the four asked
        {"prompt": 8, "fair": None, "near": None, "open": None},  # one of four
    ]
    whole: dict[str, Answer] = {"prompt": 7, "fair": 5, "near": 4, "sure": 6}
    rows += [whole] * 6
    found = scored(instrument, rows)
    assert found.score.n == 7
    assert found.score.excluded == {"skipped": 1}


def test_without_a_sampling_a_column_that_is_absent_was_not_asked_for_another_reason() -> None:
    without: dict[str, Answer] = {"prompt": 5}
    rows = [without] * 6 + [without | {"fair": 3}] * 6
    assert scored(lite(), rows, "fair", method="mean").score.excluded == {"not_asked": 6}


def test_what_logic_leaves_out_is_told_from_what_chance_leaves_out() -> None:
    given = lite(ask=2).model_dump(mode="json")
    given["pages"][0]["items"].insert(0, {"kind": "yes_no", "key": "came", "text": "Came?"})
    for item in given["pages"][0]["items"][2:]:
        item["relevant"] = "${came} = 'yes'"
    instrument = Instrument.model_validate(given)
    absent: dict[str, Answer] = {"came": "no", "prompt": 5}
    came = absent | {"came": "yes", "open": 4}
    rows = [absent] * 5 + [came | {"near": 4}] * 6 + [came | {"fair": 4}] * 7
    found = scored(instrument, rows, "fair", method="mean").score
    assert found.n == 7
    assert found.excluded == {"not_asked": 5, "not_sampled": 6}


def test_versions_that_spread_items_otherwise_are_weighed_by_their_own_design(
    truth: float,
) -> None:
    whole, some = lite(), lite(ask=2)
    card = Indicator(key="one", element="1.1", name="One", method="scale", evidence=(items(*ALL),))
    mapping = PlanMapping(plan=PLAN.key, indicators=(card,))
    folder = LibraryFolder(plan=PLAN, mapping=mapping, instruments=(some,))
    waves = [
        WaveAnswers(
            one, frame_from_answers(one, people(one, 1_500, seed)), version=seed, fielding="w"
        )
        for seed, one in ((1, whole), (2, some))
    ]
    found = score(folder, waves).indicators[0]
    assert found.score.value == pytest.approx(truth, abs=0.08)
    assert found.asked_share == pytest.approx((1 + 0.25) / 2)
