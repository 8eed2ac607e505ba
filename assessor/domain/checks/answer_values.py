"""A few answers that stand for all that an item can have, so that logic can be tried out.

Where an item has few answers, all of them are tried. Of numbers, days and texts those are tried on
which an expression can turn: what it compares them with, and what lies just below and above.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from itertools import combinations, permutations
from math import ceil, floor

from assessor.domain.answer_types import is_whole
from assessor.domain.checks.places import Known
from assessor.domain.instrument import (
    NOT_APPLICABLE,
    ConstantSum,
    DateItem,
    Instrument,
    Likelihood,
    MultipleChoice,
    Ranking,
    RepeatingGroup,
    SemanticDifferential,
    TimeItem,
)
from assessor.domain.kinds import na_label
from assessor.domain.logic import Call, Parsed
from assessor.domain.logic_functions import LogicValue, as_number, as_text

FEW = 40
"""As many answers as are all tried."""
MOST_SUBSETS = 5
_COMPARED = frozenset({"=", "!=", "<", "<=", ">", ">=", "selected"})
_PLAIN = frozenset({"and", "or", "not", "boolean", "if"})
NOWHERE = "¶"
"""A text that no expression compares with."""


@dataclass(frozen=True)
class Constants:
    """What expressions compare with, and the keys they use in any other way."""

    numbers: frozenset[float]
    texts: frozenset[str]
    used_otherwise: frozenset[str]


class Certainty(IntEnum):
    """SURE: all answers, or all that make a difference. LIKELY: numbers that are calculated with,
    of which some are tried. OPEN: texts that are searched or joined, of which nobody can tell.
    """

    OPEN = 0
    LIKELY = 1
    SURE = 2


@dataclass(frozen=True)
class Domain:
    """`values`: what is tried, and what the outcome then says of all answers."""

    values: tuple[LogicValue, ...]
    certainty: Certainty


def constants_of(expressions: Iterable[Parsed], more: Iterable[str] = ()) -> Constants:
    """What the expressions compare with; `more` are texts that they meet in other ways."""
    numbers: set[float] = {0.0}
    texts: set[str] = set(more)
    otherwise: set[str] = set()
    for parsed in expressions:
        _gather(parsed.tree, numbers, texts, otherwise)
    return Constants(frozenset(numbers), frozenset(texts), frozenset(otherwise))


def _gather(call: Call, numbers: set[float], texts: set[str], otherwise: set[str]) -> None:
    if call.name == "number" and call.is_literal:
        numbers.add(float(call.value))
    if call.name == "text":
        texts.add(str(call.value))
        number = as_number(str(call.value))
        if number == number:
            numbers.add(number)
    is_compared = call.name in _COMPARED and any(
        part.is_literal or part.name == "bare" for part in call.parts
    )
    for part in call.parts:
        _gather(part, numbers, texts, otherwise)
        if part.name in {"reference", "self"} and not is_compared and call.name not in _PLAIN:
            otherwise.add(str(part.value) if part.name == "reference" else ".")


def domain_of(instrument: Instrument, known: Known, constants: Constants) -> Domain:
    """The answers to try, unanswered among them."""
    values, is_whole_domain = _answers(instrument, known, constants)
    na = [NOT_APPLICABLE] if na_label(known.item) else []
    listed = tuple(dict.fromkeys(["", *values, *na]))
    if is_whole_domain or known.key not in constants.used_otherwise:
        return Domain(listed, Certainty.SURE)
    is_figure = known.value in {"number", "day", "time"}
    return Domain(listed, Certainty.LIKELY if is_figure else Certainty.OPEN)


def _answers(
    instrument: Instrument, known: Known, constants: Constants
) -> tuple[list[LogicValue], bool]:
    item = known.item
    match known.value:
        case "choice":
            codes = list(known.codes or ())
            if len(codes) <= FEW:
                return list(codes), True
            named = [code for code in codes if code in constants.texts]
            rest = next((code for code in codes if code not in constants.texts), codes[0])
            return [*named, rest], False
        case "choices" if isinstance(item, Ranking):
            return _rankings(item)
        case "choices":
            return _subsets(known, constants)
        case "number":
            return _numbers(instrument, known, constants)
        case "day":
            return _days(item, constants), False
        case "time":
            return _times(item, constants), False
        case "files":
            return [NOWHERE], True
        case _:
            return [*sorted(constants.texts), *_figures(constants), NOWHERE], False


def _figures(constants: Constants) -> list[str]:
    """Numbers that somebody may type into a text."""
    return [as_text(n + d) for n in sorted(constants.numbers) for d in (-1.0, 0.0, 1.0)]


def _rankings(item: Ranking) -> tuple[list[LogicValue], bool]:
    codes = [option.code for option in item.options]
    if len(codes) <= 4:
        orders = [order for n in range(1, len(codes) + 1) for order in permutations(codes, n)]
        return [" ".join(order) for order in orders], True
    return [" ".join([*codes[n:], *codes[:n]]) for n in range(min(len(codes), FEW))], False


def _subsets(known: Known, constants: Constants) -> tuple[list[LogicValue], bool]:
    item = known.item
    codes = [code for code in known.codes or () if code != NOT_APPLICABLE]
    is_all = len(codes) <= MOST_SUBSETS
    if not is_all:
        named = [code for code in codes if code in constants.texts][:MOST_SUBSETS]
        others = [code for code in codes if code not in constants.texts]
        codes = [*named, *others[: max(1, MOST_SUBSETS - len(named))]]
    exclusive = set(item.exclusive) if isinstance(item, MultipleChoice) else set()
    least = (item.min_choices if isinstance(item, MultipleChoice) else None) or 1
    most = (item.max_choices if isinstance(item, MultipleChoice) else None) or len(codes)
    chosen = [
        subset
        for n in range(1, len(codes) + 1)
        for subset in combinations(codes, n)
        if (n == 1 and set(subset) <= exclusive)
        or (not exclusive & set(subset) and n <= most and (n >= least or not is_all))
    ]
    return [" ".join(subset) for subset in chosen], is_all


def _numbers(
    instrument: Instrument, known: Known, constants: Constants
) -> tuple[list[LogicValue], bool]:
    item, column = known.item, known.column
    scale = instrument.scale(column.scale) if column and column.scale else None
    if scale is not None:
        return list(scale.values), True
    if isinstance(item, SemanticDifferential):
        return list(range(1, item.points + 1)), True
    if isinstance(item, Likelihood):
        return list(range(11)), True
    low, high = _bounds(item)
    whole = is_whole(item)
    if whole and low is not None and high is not None and high - low < FEW:
        return list(range(round(low), round(high) + 1)), True
    near = (-1, 0, 1) if whole else (-0.5, 0, 0.5)
    around = {end(n) for n in constants.numbers for end in (floor, ceil)} if whole else set()
    tried = {n + d for n in (around or constants.numbers) for d in near}
    tried |= {bound for bound in (low, high) if bound is not None}
    tried |= {-1e6} if low is None else set()
    tried |= {1e6} if high is None else set()
    inside = sorted(n for n in tried if (low is None or n >= low) and (high is None or n <= high))
    fitting = [n for n in inside if not whole or n == round(n)]
    return [int(n) if n == round(n) else n for n in fitting], False


def _bounds(item: object) -> tuple[float | None, float | None]:
    if isinstance(item, Ranking):
        return 1, item.places or len(item.options)
    if isinstance(item, ConstantSum):
        return 0, item.total
    if isinstance(item, RepeatingGroup):
        return 0, item.most
    return getattr(item, "minimum", None), getattr(item, "maximum", None)


def _days(item: object, constants: Constants) -> list[LogicValue]:
    days = [day for day in map(_day, constants.texts) if day is not None]
    first = _day(item.earliest) if isinstance(item, DateItem) and item.earliest else None
    last = _day(item.latest) if isinstance(item, DateItem) and item.latest else None
    near = {day + timedelta(n) for day in days for n in (-1, 0, 1) if 2 < day.year < 9998}
    tried = near | {first or date(1900, 1, 1), last or date(2200, 1, 1)}
    kept = [d for d in tried if (first is None or d >= first) and (last is None or d <= last)]
    return [day.isoformat() for day in sorted(kept)]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _times(item: object, constants: Constants) -> list[LogicValue]:
    first = (item.earliest if isinstance(item, TimeItem) else None) or "00:00"
    last = (item.latest if isinstance(item, TimeItem) else None) or "23:59"
    named = [t for t in constants.texts if len(t) == 5 and as_number(t) == as_number(t)]
    near = {_clock(round(as_number(t) * 1440) + n) for t in named for n in (-1, 0, 1)}
    return [time for time in sorted(near | {first, last}) if first <= time <= last]


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
