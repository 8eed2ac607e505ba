"""Answers of people who do not exist, the same on every machine.

Each person has a group, a mood that colours everything they say (so that answers hang together as
real ones do), and what is true of them. From these and the table of `opinions` comes one answer
an item: a mean, the group's distance from it, the mood, and chance. People skip items, more of
them towards the end. The numbers of one person depend on nobody else's, so that an interrupted
demonstration goes on where it stopped.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np

from assessor.actions.demonstration.opinions import (
    SHIFTS,
    TRAITS,
    Chosen,
    Counted,
    Levels,
    Opinion,
    Rated,
    Recommended,
    Ticked,
    Weighed,
    Written,
    Years,
)
from assessor.domain.instrument import NOT_APPLICABLE, Column, Instrument
from assessor.domain.kinds import columns_of_item

SEED = 2024
SKIPPED_FIRST, SKIPPED_LAST = 0.01, 0.06
"""The share of people who skip an item of the first page, and of the last."""
MOOD = 0.6
"""How much of what people differ in is mood: 0 nothing, 1 everything."""

Raw = dict[str, object]
"""Column name → value, as a browser posts it."""


@dataclass(frozen=True)
class Person:
    """Somebody who answers. `year` is 0 for 2024 and 1 for every later one."""

    group: str
    year: int
    mood: float
    traits: frozenset[str]
    chance: np.random.Generator

    def about(self, owner: str, numbers: Years, spread: float) -> float:
        """What this person would say on an endless scale."""
        shift = SHIFTS.get((self.group, owner), (0.0, 0.0))[self.year]
        own = MOOD * self.mood + (1 - MOOD**2) ** 0.5 * self.chance.standard_normal()
        return float(numbers[self.year] + shift + spread * own)

    def does(self, share: float) -> bool:
        return bool(self.chance.random() < share)


def answers(
    instrument: Instrument,
    opinions: Mapping[str, Opinion],
    *,
    period: int,
    number: int,
    group: str,
) -> dict[str, Raw]:
    """All answers of the wave's person `number`: page key → column name → value.

    An item that the table has no opinion on is a KeyError: a new item needs a new row there.
    """
    person = _person(instrument.key, period, number, group)
    said: dict[str, Raw] = {}
    last = max(len(instrument.pages) - 1, 1)
    for place, page in enumerate(instrument.pages):
        skips = SKIPPED_FIRST + (SKIPPED_LAST - SKIPPED_FIRST) * place / last
        raw: Raw = {}
        for item in page.items:
            owners: dict[str, list[Column]] = {}
            for column in columns_of_item(item):
                owners.setdefault(column.owner, []).append(column)
            for owner, columns in owners.items():
                if owner == instrument.group_item:
                    raw[owner] = group
                elif not person.does(skips):
                    raw.update(_SAY[type(opinions[owner])](person, owner, columns, opinions[owner]))
        said[page.key] = raw
    return said


def _person(instrument: str, period: int, number: int, group: str) -> Person:
    place = int.from_bytes(instrument.encode(), "big") % 1_000_003
    chance = np.random.default_rng([SEED, period, place, number])
    mood = float(chance.standard_normal())
    traits = frozenset(
        trait for trait, shares in TRAITS.items() if chance.random() < shares.get(group, shares[""])
    )
    return Person(group, 0 if period <= SEED else 1, mood, traits, chance)


def _rated(person: Person, owner: str, columns: list[Column], opinion: Opinion) -> Raw:
    said = cast(Rated, opinion)
    if (said.only and said.only not in person.traits) or person.does(said.na):
        return {owner: NOT_APPLICABLE}
    point = _point(person.about(owner, said.mean, said.spread), 5)
    # The table speaks of better and worse; a reversed item is agreed to by who feels worse.
    return {owner: str(6 - point if columns[0].reversed else point)}


def _levels(person: Person, owner: str, columns: list[Column], opinion: Opinion) -> Raw:
    said = cast(Levels, opinion)
    if person.does(said.na):
        return {owner: NOT_APPLICABLE}
    minimum = said.minimum + 1.2 * person.chance.standard_normal()
    desired = minimum + max(0.0, said.desired - said.minimum + person.chance.standard_normal())
    perceived = person.about(owner, said.perceived, 1.6)
    levels = {"minimum": minimum, "desired": desired, "perceived": perceived}
    return {f"{owner}.{use}": str(_point(level, 9)) for use, level in levels.items()}


def _weighed(person: Person, owner: str, columns: list[Column], opinion: Opinion) -> Raw:
    said = cast(Weighed, opinion)
    if person.does(said.na):
        return {owner: NOT_APPLICABLE}
    importance = said.importance + 0.75 * person.chance.standard_normal()
    performance = person.about(owner, said.performance, 0.75)
    return {
        f"{owner}.importance": str(_point(importance, 5)),
        f"{owner}.performance": str(_point(performance, 5)),
    }


def _chosen(person: Person, owner: str, columns: list[Column], opinion: Opinion) -> Raw:
    shares = cast(Chosen, opinion).shares
    weights = np.array([share[person.year] for share in shares.values()])
    place = int(np.searchsorted(np.cumsum(weights / weights.sum()), person.chance.random()))
    return {owner: list(shares)[min(place, len(shares) - 1)]}


def _ticked(person: Person, owner: str, columns: list[Column], opinion: Opinion) -> Raw:
    said = cast(Ticked, opinion)
    codes = [code for code, share in said.shares.items() if person.does(share[person.year])]
    return {owner: codes[: said.most] or [said.none]}


def _recommended(person: Person, owner: str, columns: list[Column], opinion: Opinion) -> Raw:
    said = cast(Recommended, opinion)
    value = round(person.about(owner, said.mean, said.spread))
    return {owner: str(min(max(value, 0), 10))}


def _counted(person: Person, owner: str, columns: list[Column], opinion: Opinion) -> Raw:
    mean = cast(Counted, opinion).mean[person.year]
    return {owner: f"{round(2 * person.chance.exponential(mean)) / 2:g}"}


def _written(person: Person, owner: str, columns: list[Column], opinion: Opinion) -> Raw:
    said = cast(Written, opinion)
    if not person.does(said.share):
        return {}
    return {owner: said.texts[int(person.chance.integers(len(said.texts)))]}


def _point(value: float, points: int) -> int:
    return min(max(round(value), 1), points)


_SAY: dict[type[Opinion], Callable[[Person, str, list[Column], Opinion], Raw]] = {
    Rated: _rated,
    Levels: _levels,
    Weighed: _weighed,
    Chosen: _chosen,
    Ticked: _ticked,
    Recommended: _recommended,
    Counted: _counted,
    Written: _written,
}
