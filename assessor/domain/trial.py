"""An instrument tried on robots before a person is asked: where they go, and what nobody sees.

Every robot walks through the instrument by the rules of a patron's pages. The same seed gives the
same robots.
"""

import random
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from assessor.domain.answers import answer_item
from assessor.domain.checks.duration import item_seconds, reading_seconds
from assessor.domain.instrument import (
    MATRIX_KINDS,
    Calculated,
    Hidden,
    Instrument,
    Item,
    Page,
)
from assessor.domain.logic import parse
from assessor.domain.problems import Value
from assessor.domain.readings import all_options
from assessor.domain.robot import Robot
from assessor.domain.route import Answers, Asking, Person, Route, Walk, follow

ATTEMPTS = 40
"""How often a robot tries to answer an item before it gives up."""
MOST_RESPONDENTS = 100_000
PATHS_TOLD = 20


class PageTrial(Value):
    """One page: how many saw it, and how many seconds it took them on average."""

    key: str
    title: str
    seen: int
    seconds: float


Decides = Literal["page", "ending", "quota", "item", "required", "row"]
"""What a piece of logic decides about; `required` is whether an item needs an answer."""


class Condition(Value):
    """A piece of logic, with what it decides about: the key of a page, an ending, an item."""

    decides: Decides
    key: str
    expression: str


class ConditionTrial(Condition):
    """A piece of logic that always came out the same: `never` is "true" or "false"."""

    never: Literal["true", "false"]


class PathTaken(Value):
    """A sequence of pages, and how many took it."""

    pages: tuple[str, ...]
    taken: int


class Trial(Value):
    """What became of the robots.

    `completed` sent their answers; `ended` were led out, by the ending's key; `stuck` found no
    answer that passes, by item key. Times are estimates in minutes. `paths` are the commonest.
    """

    instrument: str
    respondents: int
    seed: int
    completed: int
    ended: dict[str, int]
    stuck: dict[str, int]
    minutes_median: float | None
    minutes_most: float | None
    pages: tuple[PageTrial, ...]
    unseen_pages: tuple[str, ...]
    unseen_items: tuple[str, ...]
    unseen_rows: tuple[str, ...]
    unoffered_options: tuple[str, ...]
    endings_not_reached: tuple[str, ...]
    one_sided: tuple[ConditionTrial, ...]
    paths: tuple[PathTaken, ...]
    distinct_paths: int


@dataclass
class _Counts:
    items: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    options: set[str] = field(default_factory=set)
    pages: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    ended: Counter[str] = field(default_factory=Counter)
    stuck: Counter[str] = field(default_factory=Counter)
    paths: Counter[tuple[str, ...]] = field(default_factory=Counter)
    minutes: list[float] = field(default_factory=list)
    truths: dict[Condition, set[bool]] = field(default_factory=dict)


def try_instrument(
    instrument: Instrument, respondents: int, *, seed: int = 1, on: date
) -> tuple[Trial, list[Answers]]:
    """Send `respondents` robots through the instrument; their report, and the answers they sent."""
    counts = _Counts()
    rows: list[Answers] = []
    reading = _page_reading(instrument)
    for number in range(respondents):
        chance = random.Random(f"{seed}/{number}")
        route, stuck = _one(instrument, chance, on)
        if stuck:
            counts.stuck[stuck] += 1
            continue
        _count(instrument, route, counts, reading)
        if route.ending is not None:
            counts.ended[route.ending.key] += 1
        else:
            rows.append(route.answers)
    return _trial(instrument, respondents, seed, len(rows), counts), rows


def _one(instrument: Instrument, chance: random.Random, on: date) -> tuple[Route, str]:
    """One robot's route, and the key of the item it could not answer, if any."""
    robot = Robot(instrument, chance)
    stuck: list[str] = []

    def answer(walk: Walk, page: Page, item: Item, asking: Asking) -> None:
        for attempt in range(ATTEMPTS):
            raw = robot.answer(item, asking, attempt)
            if not answer_item(walk, page, item, asking, raw):
                return
        # Leaving it out is what a person would do next.
        if answer_item(walk, page, item, asking, {}):
            stuck.append(item.key)

    person = Person(on=on, seed=chance.getrandbits(32))
    route = follow(instrument, {}, person, read=answer)
    seen = {item.key for page in instrument.pages if page.key in route.pages for item in page.items}
    held_up = [key for key in stuck if key in seen]
    return route, held_up[0] if held_up and route.ending is None else ""


def _count(
    instrument: Instrument, route: Route, counts: _Counts, reading: dict[str, float]
) -> None:
    pages = _until_the_end(route)
    counts.paths[pages] += 1
    total = reading[""]
    for page in instrument.pages:
        if page.key not in pages:
            continue
        seconds = reading[page.key]
        for item in page.items:
            asking = route.asked.get(item.key)
            if asking is None:
                continue
            counts.items[item.key] += 1
            counts.rows.update(asking.rows)
            counts.options.update(f"{item.key}.{code}" for code in _offered(item, asking))
            share = len(asking.rows) / len(item.rows) if isinstance(item, MATRIX_KINDS) else 1.0
            seconds += item_seconds(item) * share
        counts.pages[page.key] += 1
        counts.seconds[page.key] += seconds
        total += seconds
    counts.minutes.append(total / 60)
    for condition in conditions(instrument):
        walk = Walk(instrument, Person(on=date(2000, 1, 1)), {}, values=route.values)
        counts.truths.setdefault(condition, set()).add(
            parse(condition.expression).holds(walk.surroundings())
        )


def _until_the_end(route: Route) -> tuple[str, ...]:
    if route.ended_after is None or route.ended_after not in route.pages:
        return route.pages
    return route.pages[: route.pages.index(route.ended_after) + 1]


def conditions(instrument: Instrument) -> list[Condition]:
    """Every piece of logic that decides what is seen or needed."""
    known = instrument.worked_out
    if "conditions" not in known:
        known["conditions"] = [
            Condition(decides=decides, key=key, expression=text)
            for decides, key, text in _expressions(instrument)
            if text
        ]
    listed: list[Condition] = known["conditions"]
    return listed


def _expressions(instrument: Instrument) -> Iterator[tuple[Decides, str, str]]:
    for page in instrument.pages:
        yield "page", page.key, page.relevant
    for ending in instrument.endings:
        yield "ending", ending.key, ending.when
    for quota in instrument.quotas:
        yield "quota", quota.key, quota.when
    for item in instrument.items():
        yield "item", item.key, item.relevant
        yield "required", item.key, item.required_when
        for row in getattr(item, "rows", ()):
            yield "row", row.key, row.relevant


def _offered(item: Item, asking: Asking) -> tuple[str, ...]:
    codes = tuple(option.code for option in all_options(item))
    return codes if asking.options is None else asking.options


def _page_reading(instrument: Instrument) -> dict[str, float]:
    """Seconds to read what stands around the items: of each page, and ("") of the welcome."""
    found = {page.key: reading_seconds(page.introduction) for page in instrument.pages}
    return {"": reading_seconds(instrument.introduction), **found}


def _trial(
    instrument: Instrument, respondents: int, seed: int, completed: int, counts: _Counts
) -> Trial:
    visible = [i for i in instrument.items() if not isinstance(i, Hidden | Calculated)]
    options = [f"{item.key}.{o.code}" for item in visible for o in all_options(item)]
    rows = [r.key for i in visible if isinstance(i, MATRIX_KINDS) for r in i.rows]
    minutes = sorted(counts.minutes)
    return Trial(
        instrument=instrument.key,
        respondents=respondents,
        seed=seed,
        completed=completed,
        ended=dict(sorted(counts.ended.items())),
        stuck=dict(counts.stuck.most_common()),
        minutes_median=statistics.median(minutes) if minutes else None,
        minutes_most=minutes[-1] if minutes else None,
        pages=tuple(
            PageTrial(
                key=page.key,
                title=page.title,
                seen=counts.pages[page.key],
                seconds=counts.seconds[page.key] / counts.pages[page.key]
                if counts.pages[page.key]
                else 0.0,
            )
            for page in instrument.pages
        ),
        unseen_pages=tuple(p.key for p in instrument.pages if not counts.pages[p.key]),
        unseen_items=tuple(item.key for item in visible if not counts.items[item.key]),
        unseen_rows=tuple(row for row in rows if not counts.rows[row]),
        unoffered_options=tuple(name for name in options if name not in counts.options),
        endings_not_reached=tuple(
            one.key for one in instrument.endings if one.when and not counts.ended[one.key]
        ),
        one_sided=tuple(
            ConditionTrial(**condition.model_dump(), never="true" if truths == {False} else "false")
            for condition, truths in counts.truths.items()
            if len(truths) == 1
        ),
        paths=tuple(
            PathTaken(pages=pages, taken=taken)
            for pages, taken in counts.paths.most_common(PATHS_TOLD)
        ),
        distinct_paths=len(counts.paths),
    )
