"""Every function that logic may call, one row each, and the conversions of XPath 1.0.

Adding a function is a row and a test; the documentation's list and the checks are made from here.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

import regex

LogicValue = str | float | bool
PATTERN_SECONDS = 0.1
"""How long one pattern may take; one that takes longer matches nothing."""

_NUMBER = re.compile(r"\s*-?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(T.*)?")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True)
class Surroundings:
    """What an expression sees: answers by key, the day, and where it stands.

    `itself` is the answer that a constraint is about, `attributes` those of the option that a
    filter looks at. `labels` gives the words of an option: key, code → label.
    """

    values: Mapping[str, LogicValue]
    on: date
    itself: LogicValue
    attributes: Mapping[str, str]
    labels: Callable[[str, str], str]

    def value(self, key: str) -> LogicValue:
        """The answer to an item; the empty text where there is none."""
        return self.values.get(key, "")


Thunk = Callable[[Surroundings], LogicValue]
Result = Literal["truth", "number", "text", "any"]


@dataclass(frozen=True)
class Function:
    """`nargs`: how many values it takes, or the fewest and the most (None: any number).

    `lazy` functions decide which of their values to work out.
    """

    nargs: int | tuple[int, int | None]
    result: Result
    sentence: str
    work: Callable[[Surroundings, Sequence[LogicValue]], LogicValue] | None = None
    lazy: Callable[[Surroundings, Sequence[Thunk]], LogicValue] | None = None


def as_text(value: LogicValue) -> str:
    """XPath's string(): 4.0 is "4", NaN is "NaN"."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return str(value)
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    # XPath writes no exponents.
    return str(int(value)) if value == int(value) else f"{Decimal(repr(value)):f}"


def as_number(value: LogicValue) -> float:
    """XPath's number(); NaN for no number.

    As in ODK a day counts the days since 1970-01-01; a time of day is its part of a day.
    """
    if isinstance(value, bool | int | float):
        return float(value)
    if _NUMBER.fullmatch(value):
        return float(value)
    if _DAY.fullmatch(value):
        try:
            return float((date.fromisoformat(value[:10]) - date(1970, 1, 1)).days)
        except ValueError:
            return math.nan
    clock = _CLOCK.fullmatch(value)
    return (int(clock[1]) * 60 + int(clock[2])) / 1440 if clock else math.nan


def as_boolean(value: LogicValue) -> bool:
    """XPath's boolean(): 0, NaN and the empty text are false."""
    if isinstance(value, str):
        return value != ""
    return bool(value) and not (isinstance(value, float) and math.isnan(value))


def compared(sign: str, left: LogicValue, right: LogicValue) -> bool:
    """XPath's comparison: as truths, else as numbers, else as texts."""
    if sign in {"=", "!="}:
        if isinstance(left, bool) or isinstance(right, bool):
            same = as_boolean(left) == as_boolean(right)
        elif isinstance(left, int | float) or isinstance(right, int | float):
            same = as_number(left) == as_number(right)
        else:
            same = left == right
        return same if sign == "=" else not same
    a, b = as_number(left), as_number(right)
    match sign:
        case "<":
            return a < b
        case "<=":
            return a <= b
        case ">":
            return a > b
        case _:
            return a >= b


def _codes(value: LogicValue) -> list[str]:
    return as_text(value).split()


def _if(s: Surroundings, parts: Sequence[Thunk]) -> LogicValue:
    return parts[1](s) if as_boolean(parts[0](s)) else parts[2](s)


def _coalesce(s: Surroundings, parts: Sequence[Thunk]) -> LogicValue:
    for part in parts:
        value = part(s)
        if as_text(value) not in {"", "NaN"}:
            return value
    return ""


def _selected_at(_s: Surroundings, v: Sequence[LogicValue]) -> LogicValue:
    codes, place = _codes(v[0]), as_number(v[1])
    return codes[int(place)] if 0 <= place < len(codes) else ""


def _choice_name(s: Surroundings, v: Sequence[LogicValue]) -> LogicValue:
    key = re.sub(r"^\$\{\s*|\s*\}$", "", as_text(v[1]))
    return ", ".join(s.labels(key, code) for code in _codes(v[0]))


def _round(_s: Surroundings, v: Sequence[LogicValue]) -> LogicValue:
    value, places = as_number(v[0]), as_number(v[1]) if len(v) > 1 else 0.0
    if not math.isfinite(value) or not abs(places) <= 15 or abs(value) > 1e15:
        return value
    factor = 10.0 ** int(places)
    return _half_up(value * factor) / factor


def _half_up(value: float) -> float:
    """XPath rounds halves up, also below zero."""
    if not math.isfinite(value):
        return value
    below = math.floor(value)
    return float(below + 1 if value - below >= 0.5 else below)


def _whole(value: float) -> float:
    return float(math.trunc(value)) if math.isfinite(value) else value


def _numbers(values: Sequence[LogicValue]) -> list[float]:
    """The values that are there, as numbers."""
    return [as_number(value) for value in values if value != ""]


def _extreme(pick: Callable[[list[float]], float], values: Sequence[LogicValue]) -> float:
    numbers = _numbers(values)
    return pick(numbers) if numbers and not any(map(math.isnan, numbers)) else math.nan


def _power(a: float, b: float) -> float:
    try:
        found = a**b
    except (OverflowError, ZeroDivisionError):
        return math.nan
    return found if isinstance(found, float) else math.nan


def _matches(text: str, pattern: str) -> bool:
    try:
        return regex.search(pattern, text[:20_000], timeout=PATTERN_SECONDS) is not None
    except (regex.error, TimeoutError, OverflowError, RecursionError):
        return False


def _substring(_s: Surroundings, v: Sequence[LogicValue]) -> LogicValue:
    """XPath's substring(): places count from 1, and are rounded."""
    text, start = as_text(v[0]), _half_up(as_number(v[1]))
    length = _half_up(as_number(v[2])) if len(v) > 2 else math.inf
    return "".join(c for i, c in enumerate(text, 1) if start <= i < start + length)


def _substr(_s: Surroundings, v: Sequence[LogicValue]) -> LogicValue:
    """ODK's substr(): places count from 0."""
    text, start = as_text(v[0]), as_number(v[1])
    end = as_number(v[2]) if len(v) > 2 else float(len(text))
    if not (math.isfinite(start) and math.isfinite(end)):
        return ""
    return text[int(start) : int(end)]


def _day(value: LogicValue) -> str:
    number = as_number(value)
    if not math.isfinite(number) or abs(number) > 700_000:
        return ""
    return date.fromordinal(date(1970, 1, 1).toordinal() + math.floor(number)).isoformat()


def _format_date(_s: Surroundings, v: Sequence[LogicValue]) -> LogicValue:
    """ODK's format-date(): %Y %y %m %n %d %e are known."""
    day = _day(v[0])
    if not day:
        return ""
    year, month, number = day.split("-")
    named = {"Y": year, "y": year[2:], "m": month, "n": str(int(month)), "d": number}
    named["e"] = str(int(number))
    return re.sub(r"%(\w)", lambda m: named.get(m[1], ""), as_text(v[1]))


def _joined(_s: Surroundings, v: Sequence[LogicValue]) -> LogicValue:
    return as_text(v[0]).join(as_text(part) for part in v[1:])


FUNCTIONS: dict[str, Function] = {
    "selected": Function(
        2,
        "truth",
        "whether a choice was made: `selected(${used}, 'laptops')`",
        lambda s, v: as_text(v[1]).strip() in _codes(v[0]),
    ),
    "selected-at": Function(2, "text", "the choice at a place, counted from 0", _selected_at),
    "count-selected": Function(
        1, "number", "how many choices were made", lambda s, v: float(len(_codes(v[0])))
    ),
    "choice-name": Function(
        2, "text", "the words of a choice: `jr:choice-name(${group}, '${group}')`", _choice_name
    ),
    "if": Function(3, "any", "one value where something holds, else another", lazy=_if),
    "coalesce": Function((1, None), "any", "the first value that is there", lazy=_coalesce),
    "once": Function(1, "any", "the value", lambda s, v: v[0]),
    "not": Function(
        1, "truth", "whether something does not hold", lambda s, v: not as_boolean(v[0])
    ),
    "true": Function(0, "truth", "always", lambda s, v: True),
    "false": Function(0, "truth", "never", lambda s, v: False),
    "boolean": Function(1, "truth", "whether there is something", lambda s, v: as_boolean(v[0])),
    "number": Function(1, "number", "as a number", lambda s, v: as_number(v[0])),
    "string": Function(1, "text", "as a text", lambda s, v: as_text(v[0])),
    "int": Function(1, "number", "without its decimals", lambda s, v: _whole(as_number(v[0]))),
    "round": Function((1, 2), "number", "rounded to some places", _round),
    "floor": Function(
        1, "number", "rounded down", lambda s, v: _rounded(math.floor, as_number(v[0]))
    ),
    "ceiling": Function(
        1, "number", "rounded up", lambda s, v: _rounded(math.ceil, as_number(v[0]))
    ),
    "abs": Function(1, "number", "without its sign", lambda s, v: abs(as_number(v[0]))),
    "pow": Function(
        2, "number", "to a power", lambda s, v: _power(as_number(v[0]), as_number(v[1]))
    ),
    "min": Function((1, None), "number", "the smallest", lambda s, v: _extreme(min, v)),
    "max": Function((1, None), "number", "the largest", lambda s, v: _extreme(max, v)),
    "sum": Function((1, None), "number", "the sum of what is there", lambda s, v: sum(_numbers(v))),
    "count-non-empty": Function(
        (1, None), "number", "how many are answered", lambda s, v: float(sum(x != "" for x in v))
    ),
    "concat": Function(
        (1, None), "text", "one text after the other", lambda s, v: "".join(map(as_text, v))
    ),
    "join": Function((2, None), "text", "texts with a mark between them", _joined),
    "substr": Function((2, 3), "text", "a part of a text, counted from 0", _substr),
    "substring": Function((2, 3), "text", "a part of a text, counted from 1", _substring),
    "substring-before": Function(
        2,
        "text",
        "what stands before a mark",
        lambda s, v: _split(as_text(v[0]), as_text(v[1]))[0],
    ),
    "substring-after": Function(
        2,
        "text",
        "what stands after a mark",
        lambda s, v: _split(as_text(v[0]), as_text(v[1]))[1],
    ),
    "string-length": Function(
        1, "number", "how many characters", lambda s, v: float(len(as_text(v[0])))
    ),
    "contains": Function(
        2, "truth", "whether a text holds another", lambda s, v: as_text(v[1]) in as_text(v[0])
    ),
    "starts-with": Function(
        2, "truth", "whether a text begins so", lambda s, v: as_text(v[0]).startswith(as_text(v[1]))
    ),
    "ends-with": Function(
        2, "truth", "whether a text ends so", lambda s, v: as_text(v[0]).endswith(as_text(v[1]))
    ),
    "normalize-space": Function(
        1, "text", "with single spaces", lambda s, v: " ".join(as_text(v[0]).split())
    ),
    "translate": Function(
        3, "text", "letters put in place of others", lambda s, v: _translated(*map(as_text, v))
    ),
    "regex": Function(
        2, "truth", "whether a pattern fits", lambda s, v: _matches(as_text(v[0]), as_text(v[1]))
    ),
    "today": Function(0, "text", "the day", lambda s, v: s.on.isoformat()),
    "now": Function(0, "text", "the day (no time is kept)", lambda s, v: s.on.isoformat()),
    "date": Function(1, "text", "as a day", lambda s, v: _day(v[0])),
    "format-date": Function(2, "text", "a day as it should read, such as '%d/%m/%Y'", _format_date),
    "decimal-date-time": Function(1, "number", "days since 1970", lambda s, v: as_number(v[0])),
}


def _rounded(way: Callable[[float], int], value: float) -> float:
    return float(way(value)) if math.isfinite(value) else value


def _translated(text: str, old: str, new: str) -> str:
    table: dict[int, str | None] = {}
    for place, letter in enumerate(old):
        # Where a letter stands twice, the first counts.
        table.setdefault(ord(letter), new[place] if place < len(new) else None)
    return text.translate(table)


def _split(text: str, mark: str) -> tuple[str, str]:
    """What stands before and after a mark; two empty texts where the text does not hold it."""
    if not mark:
        return "", text
    before, found, after = text.partition(mark)
    return (before, after) if found else ("", "")
