"""Which columns a piece of evidence means, and what can be answered in them.

Checks, scoring and pages all ask this here, so that none of them reads another column than the
others. A column of somebody's own words ("other: …") is no evidence. The repetitions of a repeated
item are one item: evidence that names no single one means all of them.
"""

from collections.abc import Iterable

from assessor.domain.instrument import (
    OTHER,
    Column,
    Consent,
    ConstantSum,
    EntryGrid,
    Hidden,
    Instrument,
    ItemBase,
    Likelihood,
    Number,
    Ranking,
    RepeatingGroup,
    Scale,
    SemanticDifferential,
    Slider,
    WithOptions,
    YesNo,
)
from assessor.domain.readings import all_options

WITH_OTHER = frozenset({"single_choice", "dropdown", "multiple_choice"})
"""Kinds that may have a column of own words beside the one of the choice."""

LIKELIHOOD_SCALE = Scale.model_validate(
    {"key": "likelihood", "worst": 0, "best": 10, "points": [{"value": v} for v in range(11)]}
)


def holds_words(column: Column) -> bool:
    """Whether the column holds the words of an "other", which no method reads."""
    return column.kind in WITH_OTHER and (column.use or "").partition(".")[0] == OTHER


def asked_in(instrument: Instrument, column: Column) -> ItemBase:
    """What asks the column: its item, or the item inside the repeating group."""
    item = instrument.item(column.item_key)
    assert item is not None, "a column is one of an item of its instrument"
    if isinstance(item, RepeatingGroup):
        return next((one for one in item.items if one.key == column.owner), item)
    return item


def is_repeated(instrument: Instrument, column: Column) -> bool:
    """Whether the column is one of the repetitions of an item inside a repeating group."""
    item = instrument.item(column.item_key)
    return isinstance(item, RepeatingGroup) and column.owner != item.key


def columns_meant(
    instrument: Instrument, of_owner: Iterable[Column], use: str | None
) -> tuple[Column, ...]:
    """The columns that `use` picks of an item's; several only where they are its repetitions.

    None of them where `use` is missing and the item has several uses, or has none of that name.
    """
    known = tuple(column for column in of_owner if not holds_words(column))
    exact = tuple(column for column in known if column.use == use)
    if exact or not known:
        return exact
    if is_repeated(instrument, known[0]):
        return tuple(c for c in known if use_without_repetition(c) == use)
    return known if use is None and len(known) == 1 else ()


def uses_of(instrument: Instrument, of_owner: Iterable[Column]) -> tuple[str, ...]:
    """The uses among which evidence has to choose; repetitions are none of them."""
    known = [column for column in of_owner if not holds_words(column)]
    if known and is_repeated(instrument, known[0]):
        uses = [use_without_repetition(column) for column in known]
    else:
        uses = [column.use for column in known]
    return tuple(dict.fromkeys(use for use in uses if use))


def use_without_repetition(column: Column) -> str | None:
    """The use of a repeated column less the number of its repetition; None where that is all."""
    use = column.use or ""
    return use.rpartition(".")[0] or None


def answers_of(instrument: Instrument, column: Column) -> tuple[tuple[str, str], ...]:
    """Code and label of everything that can be chosen; none for numbers and texts."""
    item = asked_in(instrument, column)
    match item:
        case YesNo():
            return (("yes", item.yes_label or "Yes"), ("no", item.no_label or "No"))
        case Consent():
            return (("yes", item.label),)
        case Hidden():
            codes = dict.fromkeys((*item.values, *([item.default] if item.default else [])))
            return tuple((code, code) for code in codes)
        case Ranking():
            last = item.places or len(item.options)
            return tuple((str(place), f"Place {place}") for place in range(1, last + 1))
        case SemanticDifferential():
            return _between_words(item, column)
        case RepeatingGroup():
            return tuple((str(times), str(times)) for times in range(item.most + 1))
        case ConstantSum():
            return ()
        case WithOptions():
            return tuple((option.code, option.label) for option in all_options(item))
    options = all_options(item)
    if options:
        return tuple((option.code, option.label) for option in options)
    scale = scale_of(instrument, column)
    return tuple((str(v), scale.label(v)) for v in scale.values) if scale else ()


def _between_words(item: SemanticDifferential, column: Column) -> tuple[tuple[str, str], ...]:
    """The points between two words; only the ends have names."""
    pair = next(row for row in item.rows if row.key == column.owner)
    named = {1: f"1 {pair.left}", item.points: f"{item.points} {pair.right}"}
    return tuple((str(p), named.get(p, str(p))) for p in range(1, item.points + 1))


def scale_of(instrument: Instrument, column: Column) -> Scale | None:
    """The scale of points that a column is answered on, worst to best as its item states them."""
    item = asked_in(instrument, column)
    if isinstance(item, Likelihood):
        return LIKELIHOOD_SCALE
    if isinstance(item, SemanticDifferential):
        points = [{"value": v} for v in range(1, item.points + 1)]
        ends = {"worst": 1, "best": item.points}
        return Scale.model_validate({"key": "between_words", "points": points, **ends})
    return instrument.scale(column.scale) if column.scale else None


def ends_of(instrument: Instrument, column: Column) -> tuple[float, float] | None:
    """Worst and best of what a column can hold as a number; None where it has no stated ends."""
    item = asked_in(instrument, column)
    match item:
        case Ranking():
            return (float(item.places or len(item.options)), 1.0)
        case ConstantSum():
            return (0.0, float(item.total))
        case RepeatingGroup():
            return (float(item.least), float(item.most)) if item.least < item.most else None
        case Number() | Slider() | EntryGrid():
            low, high = item.minimum, item.maximum
            return (low, high) if low is not None and high is not None and low < high else None
    scale = scale_of(instrument, column)
    return (float(scale.worst), float(scale.best)) if scale else None


def holds_numbers(instrument: Instrument, column: Column) -> bool:
    """Whether an answer in the column is a number that can be averaged."""
    item = asked_in(instrument, column)
    if isinstance(item, EntryGrid):
        return item.entry == "number"
    return (
        isinstance(item, Ranking | ConstantSum | RepeatingGroup | Number | Slider)
        or scale_of(instrument, column) is not None
    )


__all__ = [
    "LIKELIHOOD_SCALE",
    "WITH_OTHER",
    "answers_of",
    "asked_in",
    "columns_meant",
    "ends_of",
    "holds_numbers",
    "holds_words",
    "is_repeated",
    "scale_of",
    "use_without_repetition",
    "uses_of",
]
