"""Riverbend's targets are such that plausible answers lead to every status there is."""

import functools
import random
from collections import Counter
from typing import get_args

from assessor.domain.answers import check_answers
from assessor.domain.instrument import (
    Column,
    Instrument,
    Likelihood,
    MultipleChoice,
    Rated,
    SingleChoice,
)
from assessor.domain.kinds import Answer, columns
from assessor.domain.scorecard import Scorecard, Status
from assessor.scoring.frames import WaveAnswers, frame_from_answers
from assessor.scoring.score import score
from tests.surveys.libraries import library

SEED = 1847
PATRONS = {
    "adult": 220,
    "family": 120,
    "senior": 110,
    "student": 160,
    "college_staff": 40,
    "newcomer": 4,
}
STAFF = {
    "public_services": 18,
    "collections": 9,
    "learning": 7,
    "digital": 7,
    "special_collections": 3,
    "administration": 8,
}
ONLY = {
    "confident_find": {"student"},
    "confident_judge": {"student"},
    "confident_cite": {"student"},
    "reading_together": {"family"},
    "understood": {"newcomer"},
}
# Where people stand on an item, from the worst end (0) to the best (1).
BETTER = {
    "belong_place": 0.85,
    "belong_welcome": 0.86,
    "belong_outside": 0.14,
    "website_ease": 0.6,
    "app_ease": 0.71,
}
GENERAL = 0.68
USES = {"minimum": 0.6, "desired": 0.85, "perceived": 0.67, "importance": 0.8, "performance": 0.68}


def answer_of(
    instrument: Instrument, column: Column, role: str, chance: random.Random
) -> object | None:
    item = instrument.item(column.owner)
    if role not in ONLY.get(column.owner, {role}):
        return "NA"
    if chance.random() < 0.04:
        return None
    match item:
        case Rated():
            scale = instrument.scale(column.scale or "")
            assert scale is not None
            centre = USES.get(column.use or "", BETTER.get(column.owner, GENERAL))
            place = min(1.0, max(0.0, chance.gauss(centre, 0.22)))
            return scale.values[round(place * (len(scale.values) - 1))]
        case Likelihood():
            return min(10, max(0, round(chance.gauss(8.2, 1.8))))
        case SingleChoice() | MultipleChoice():
            return chance.choice(item.options).code
        case _:
            return None


def wave(instrument: Instrument, groups: dict[str, int], chance: random.Random) -> WaveAnswers:
    rows: list[dict[str, Answer]] = []
    asked = columns(instrument)
    for role, size in groups.items():
        for _ in range(size):
            raw = {c.name: answer_of(instrument, c, role, chance) for c in asked}
            raw[instrument.group_item or ""] = role
            rows.append(check_answers(instrument, raw).unwrap())
    return WaveAnswers(instrument, frame_from_answers(instrument, rows))


@functools.cache
def scorecard() -> Scorecard:
    chance = random.Random(SEED)
    folder = library("riverbend")
    sizes = {"patrons": PATRONS, "staff": STAFF}
    return score(folder, [wave(i, sizes[i.key], chance) for i in folder.instruments])


def test_plausible_answers_lead_to_every_status() -> None:
    found = Counter(one.score.status for one in scorecard().indicators)
    # Every indicator of a shipped library has a target, so "no target" cannot come up.
    assert set(found) == set(get_args(Status)) - {"no_target"}


def test_the_tiny_group_is_withheld_and_the_others_are_shown() -> None:
    belonging = scorecard().indicator("belonging")
    assert belonging is not None
    shown = {group.group: not group.score.suppressed for group in belonging.groups}
    assert not shown["newcomer"]
    assert shown["adult"]
    assert shown["student"]


def test_every_survey_item_of_the_mapping_is_read_by_its_method() -> None:
    for one in scorecard().indicators:
        if one.indicator.evidence_kind == "solicited":
            # What four newcomers say is withheld, which is an answer too.
            assert one.score.n or one.score.suppressed, f"{one.indicator.key}: {one.score.reason}"
