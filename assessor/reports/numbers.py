"""Numbers as people read them: the only place where anything is rounded.

A share is a whole percent, points and gaps have two decimals, a net promoter score is a signed
whole number, an index runs from 0 to 100. Halves are rounded away from zero on the decimal digits
as printed, so that 0.285 is 29 % on every machine.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

from assessor.domain.scorecard import Score, Unit

MINUS = "\u2212"
NARROW = "\u202f"
"""A narrow space that does not break: between a number and its sign, and between thousands."""
DASH = "\u2013"
NOTHING = "\u2013"
"""What a cell shows where there is no number."""

_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)
"""Wide enough for any float, so that an absurd number prints and does not raise."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
"""Spelled out, because the standard library's names depend on the machine's language."""

SIGNED: frozenset[Unit] = frozenset({"net_promoter", "gap"})


def number(value: float | Decimal, decimals: int = 0, *, signed: bool = False) -> str:
    """A number with `decimals` decimals, narrow spaces between thousands and a true minus sign."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), context=_WIDE)
    digits = f"{abs(rounded):,.{decimals}f}".replace(",", NARROW)
    if rounded == 0:
        return digits
    if rounded < 0:
        return MINUS + digits
    return f"+{digits}" if signed else digits


def count(value: int | None) -> str:
    return NOTHING if value is None else number(value)


def percent(share: float | None) -> str:
    """A share from 0 to 1 as whole percent."""
    return NOTHING if share is None else f"{_hundredth(share)}{NARROW}%"


def value_text(value: float | None, unit: Unit) -> str:
    """A value in its unit, standing on its own: "62 of 100", "71 %", "4.02", "+23"."""
    if value is None:
        return NOTHING
    if unit == "index":
        return f"{_hundredth(value)} of 100"
    return short_text(value, unit) + (f"{NARROW}%" if unit == "share" else "")


def short_text(value: float, unit: Unit) -> str:
    """A value where the unit is said elsewhere, as at the ticks of an axis or in an interval."""
    match unit:
        case "index" | "share":
            return _hundredth(value)
        case "net_promoter":
            return number(value, 0, signed=True)
        case "gap":
            return number(value, 2, signed=True)
        case "count":
            return number(value, 0 if float(value).is_integer() else 1)
        case _:
            return number(value, 2)


def interval_text(low: float | None, high: float | None, unit: Unit) -> str:
    """An interval at its shortest: "61–68 %", "3.91–4.13", "−5 to +12"; empty without one."""
    if low is None or high is None:
        return ""
    first, last = short_text(low, unit), short_text(high, unit)
    joined = f"{first} to {last}" if unit in SIGNED or low < 0 else f"{first}{DASH}{last}"
    return f"{joined}{NARROW}%" if unit == "share" else joined


def between(low: float, high: float, unit: Unit) -> str:
    """An interval in a sentence: "between 61 % and 68 %"."""
    suffix = f"{NARROW}%" if unit == "share" else ""
    return f"between {short_text(low, unit)}{suffix} and {short_text(high, unit)}{suffix}"


def scale_text(score: Score) -> str:
    """What the value is measured on, where that is not plain from the value itself."""
    low, high = score.scale_low, score.scale_high
    match score.unit:
        case "points" if low is not None and high is not None:
            return f"on a scale from {plain(low)} to {plain(high)}"
        case "net_promoter":
            return f"from {MINUS}100 to +100"
        case "gap":
            return "points of difference"
        case _:
            return ""


def day(text: str) -> str:
    """A date of the form 2025-10-01 as "1 October 2025"; any other text as it is."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{found.day}\u00a0{_MONTHS[found.month - 1]}\u00a0{found.year}"


def plain(value: float) -> str:
    """A tick of a scale: no more decimals than it has, at most two."""
    decimals = next((d for d in (0, 1) if float(value) == round(float(value), d)), 2)
    return number(value, decimals)


def _hundredth(share: float) -> str:
    return number(_WIDE.multiply(Decimal(repr(float(share))), Decimal(100)))
