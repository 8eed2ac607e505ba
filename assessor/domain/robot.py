"""A made-up respondent: chooses at random among what an item allows, and nothing else.

It knows the kinds of item and the values that logic asks about, so that rare branches are met; what
it answers goes through the same check as everybody's.
"""

import random
import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from assessor.domain.instrument import (
    NOT_APPLICABLE,
    OTHER,
    ChoiceMatrix,
    Column,
    Consent,
    ConstantSum,
    DateItem,
    EntryGrid,
    Hidden,
    Instrument,
    ItemBase,
    LongTextItem,
    MultipleChoice,
    Number,
    Ranking,
    RepeatingGroup,
    SemanticDifferential,
    ShortText,
    Slider,
    TimeItem,
    WithOptions,
)
from assessor.domain.kinds import columns_of_item, na_label
from assessor.domain.readings import all_options
from assessor.domain.route import Asking

SKIPS = 0.04
"""The share of items that are skipped although they need no answer to go on."""
NOT_FOR_ME = 0.05
_NUMBER = re.compile(r"(?<![\w.{])-?\d+(?:\.\d+)?(?![\w}])")
_TEXT = re.compile(r"'([^'${}]{1,60})'|\"([^\"${}]{1,60})\"")

Raw = dict[str, object]
Choose = Callable[["Robot", Any, Asking], Raw]  # Any: each row takes a model of its own


class Robot:
    """One respondent after the other, each from a seed of its own."""

    def __init__(self, instrument: Instrument, chance: random.Random) -> None:
        self.instrument = instrument
        self.chance = chance
        self.numbers, self.texts = _constants(instrument)

    def answer(self, item: ItemBase, asking: Asking, attempt: int = 0) -> Raw:
        """Raw answers to one item. Later attempts skip nothing and try what logic mentions."""
        if not asking.required and attempt == 0 and self.chance.random() < SKIPS:
            return {}
        choose = CHOOSERS[str(getattr(item, "kind"))]  # noqa: B009  every model declares its kind
        return choose(self, item, asking)

    def code(self, codes: tuple[str, ...]) -> str | None:
        return self.chance.choice(codes) if codes else None

    def number(self, low: float | None, high: float | None, whole: bool) -> float | int:
        """Within the bounds; every fourth time a number that the instrument's logic mentions."""
        bottom = low if low is not None else min(0.0, (high or 0.0) - 10)
        top = high if high is not None else max(bottom + 20, 20.0)
        mentioned = [n + d for n in self.numbers for d in (-1, 0, 1) if bottom <= n + d <= top]
        if mentioned and self.chance.random() < 0.25:
            value = self.chance.choice(mentioned)
        else:
            value = self.chance.uniform(bottom, top)
        if not whole:
            return round(value, 2) if bottom <= round(value, 2) <= top else bottom
        return max(int(-(-bottom // 1)), min(int(top // 1), round(value)))

    def words(self, longest: int) -> str:
        if self.texts and self.chance.random() < 0.2:
            return self.chance.choice(self.texts)[:longest]
        words = ("The", "robot", "has", "no", "opinion", "about", "this", "library")
        many = self.chance.randint(2, 8)
        return " ".join(self.chance.choice(words) for _ in range(many))[:longest].strip()


def _constants(instrument: Instrument) -> tuple[list[float], list[str]]:
    """The numbers and texts that the instrument's logic compares with."""
    expressions = [page.relevant for page in instrument.pages]
    expressions += [ending.when for ending in instrument.endings]
    expressions += [quota.when for quota in instrument.quotas]
    for item in instrument.items():
        expressions += [item.relevant, item.required_when, item.constraint]
        expressions += [row.relevant for row in getattr(item, "rows", ())]
        expressions.append(getattr(item, "calculation", ""))
    joined = "\n".join(one for one in expressions if one)
    numbers = sorted({float(found) for found in _NUMBER.findall(_TEXT.sub("", joined))})
    texts = sorted({one or other for one, other in _TEXT.findall(joined)})
    return numbers[:200], texts[:200]


def _offered(item: ItemBase, asking: Asking) -> tuple[str, ...]:
    codes = tuple(option.code for option in all_options(item))
    return codes if asking.options is None else tuple(c for c in codes if c in asking.options)


def _single(robot: Robot, item: WithOptions, asking: Asking) -> Raw:
    code = robot.code(_offered(item, asking))
    raw: Raw = {} if code is None else {item.key: code}
    return raw | ({f"{item.key}.{OTHER}": robot.words(60)} if code == OTHER else {})


def _multiple(robot: Robot, item: MultipleChoice, asking: Asking) -> Raw:
    offered = _offered(item, asking)
    alone = [code for code in item.exclusive if code in offered]
    if alone and robot.chance.random() < 0.1:
        return {item.key: [robot.chance.choice(alone)]}
    together = [code for code in offered if code not in item.exclusive]
    if not together:
        return {item.key: alone[:1]}
    most = min(item.max_choices or len(together), len(together))
    least = min(max(item.min_choices or 1, 1), most)
    codes = robot.chance.sample(together, robot.chance.randint(least, most))
    raw: Raw = {item.key: codes}
    return raw | ({f"{item.key}.{OTHER}": robot.words(60)} if OTHER in codes else {})


def _yes_no(robot: Robot, item: ItemBase, asking: Asking) -> Raw:
    if na_label(item) and robot.chance.random() < NOT_FOR_ME:
        return {item.key: NOT_APPLICABLE}
    return {item.key: robot.chance.choice(("yes", "no"))}


def _ranking(robot: Robot, item: Ranking, asking: Asking) -> Raw:
    offered = list(_offered(item, asking))
    robot.chance.shuffle(offered)
    places = item.places or len(offered)
    return {f"{item.key}.{code}": n for n, code in enumerate(offered[:places], start=1)}


def _sum(robot: Robot, item: ConstantSum, asking: Asking) -> Raw:
    cuts = sorted(robot.chance.randint(0, item.total) for _ in item.options[1:])
    ends = [0, *cuts, item.total]
    parts = [after - before for before, after in pairwise(ends)]
    return {f"{item.key}.{o.code}": part for o, part in zip(item.options, parts, strict=True)}


def _rated(robot: Robot, item: ItemBase, asking: Asking) -> Raw:
    raw: Raw = {}
    asked = set(asking.columns)
    owners: dict[str, list[Column]] = {}
    for column in columns_of_item(item):
        if column.name in asked:
            owners.setdefault(column.owner, []).append(column)
    for columns in owners.values():
        if na_label(item) and robot.chance.random() < NOT_FOR_ME:
            raw |= {column.name: NOT_APPLICABLE for column in columns}
            continue
        for column in columns:
            scale = robot.instrument.scale(column.scale or "")
            if scale is not None:
                raw[column.name] = robot.chance.choice(scale.values)
    return raw


def _choices(robot: Robot, item: ChoiceMatrix, asking: Asking) -> Raw:
    codes = _offered(item, asking)
    raw: Raw = {}
    for row in asking.rows:
        if codes:
            many = robot.chance.randint(1, len(codes)) if item.multiple else 1
            raw[row] = robot.chance.sample(codes, many)
    return raw


def _entries(robot: Robot, item: EntryGrid, asking: Asking) -> Raw:
    if item.entry == "text":
        return {name: robot.words(item.max_length) for name in asking.columns}
    return {name: robot.number(item.minimum, item.maximum, item.whole) for name in asking.columns}


def _pairs(robot: Robot, item: SemanticDifferential, asking: Asking) -> Raw:
    return {row: robot.chance.randint(1, item.points) for row in asking.rows}


def _likelihood(robot: Robot, item: ItemBase, asking: Asking) -> Raw:
    if na_label(item) and robot.chance.random() < NOT_FOR_ME:
        return {item.key: NOT_APPLICABLE}
    return {item.key: robot.chance.randint(0, 10)}


def _slider(robot: Robot, item: Slider, asking: Asking) -> Raw:
    steps = int((item.maximum - item.minimum) / item.step + 1e-9)
    return {item.key: item.minimum + robot.chance.randint(0, max(steps, 0)) * item.step}


def _number(robot: Robot, item: Number, asking: Asking) -> Raw:
    return {item.key: robot.number(item.minimum, item.maximum, item.whole)}


def _date(robot: Robot, item: DateItem, asking: Asking) -> Raw:
    first = date.fromisoformat(item.earliest) if item.earliest else date(2000, 1, 1)
    last = date.fromisoformat(item.latest) if item.latest else max(first, date(2026, 12, 31))
    days = robot.chance.randint(0, max((last - first).days, 0))
    return {item.key: (first + timedelta(days=days)).isoformat()}


def _time(robot: Robot, item: TimeItem, asking: Asking) -> Raw:
    first, last = item.earliest or "00:00", item.latest or "23:59"
    low, high = (int(t[:2]) * 60 + int(t[3:]) for t in (first, last))
    minute = robot.chance.randint(low, max(low, high))
    return {item.key: f"{minute // 60:02}:{minute % 60:02}"}


def _text(robot: Robot, item: ShortText | LongTextItem, asking: Asking) -> Raw:
    return {item.key: robot.words(item.max_length)}


def _email(robot: Robot, item: ItemBase, asking: Asking) -> Raw:
    return {item.key: f"robot{robot.chance.randint(1, 10**6)}@example.org"}


def _file(robot: Robot, item: ItemBase, asking: Asking) -> Raw:
    return {item.key: [f"{robot.chance.getrandbits(128):032x}"]} if asking.required else {}


def _consent(robot: Robot, item: Consent, asking: Asking) -> Raw:
    agrees = asking.required or robot.chance.random() < 0.9
    return {item.key: "yes"} if agrees else {}


def _hidden(robot: Robot, item: Hidden, asking: Asking) -> Raw:
    code = robot.code(item.values)
    return {item.key: code} if code is not None and robot.chance.random() < 0.8 else {}


def _repeated(robot: Robot, item: RepeatingGroup, asking: Asking) -> Raw:
    raw: Raw = {}
    least = max(item.least, 1 if asking.required else 0)
    for number in range(1, robot.chance.randint(least, max(least, min(item.most, 3))) + 1):
        for one in item.items:
            names = tuple(column.name for column in columns_of_item(one))
            answers = robot.answer(one, Asking(names, required=one.required), attempt=1)
            raw |= {f"{name}.{number}": value for name, value in answers.items()}
    return raw


def _nothing(robot: Robot, item: ItemBase, asking: Asking) -> Raw:
    return {}


CHOOSERS: dict[str, Choose] = {
    "single_choice": _single,
    "dropdown": _single,
    "multiple_choice": _multiple,
    "yes_no": _yes_no,
    "ranking": _ranking,
    "constant_sum": _sum,
    "rating": _rated,
    "rating_matrix": _rated,
    "choice_matrix": _choices,
    "entry_grid": _entries,
    "semantic_differential": _pairs,
    "likelihood": _likelihood,
    "slider": _slider,
    "number": _number,
    "date": _date,
    "time": _time,
    "short_text": _text,
    "long_text": _text,
    "email": _email,
    "file": _file,
    "consent": _consent,
    "hidden": _hidden,
    "calculated": _nothing,
    "repeating_group": _repeated,
    "text_block": _nothing,
}
"""How the robot answers each kind; a test holds the table against the kinds there are."""
