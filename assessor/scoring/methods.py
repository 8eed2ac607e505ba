"""Every method there is, one row each: what it reads of a respondent, its unit, its interval.

A method turns the answers of one respondent to one item into one value; the respondents' values
over several items are averaged, and `estimates` does the rest. Adding a method that items need is
a function, a row and a test.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import numpy as np

from assessor.domain.instrument import Column, Instrument, Number
from assessor.domain.mapping import ItemEvidence, Method
from assessor.domain.scorecard import Unit
from assessor.scoring.frames import FloatArray, IntArray
from assessor.scoring.samples import ANSWERED, CodedColumn, Sample


class CannotReadError(Exception):
    """An item that a method cannot read; the text says so in plain words, for a score's reason."""


@dataclass(frozen=True)
class Range:
    """The ends of a unit by number, and which end is the better one by the scale itself."""

    low: float
    high: float
    best_is_low: bool = False


@dataclass(frozen=True, eq=False)
class Values:
    """One value a respondent (NaN where there is none) and the kind of missing answer where not.

    `range` is None for numbers without stated bounds.
    """

    values: FloatArray
    missing: IntArray
    range: Range | None


Read = Callable[[Sample, ItemEvidence, str], Values]


@dataclass(frozen=True)
class MethodRule:
    """`uses` are the scales a method needs of an item, each a choice of names; none: one scale."""

    unit: Unit
    read: Read | None
    interval: Literal["t", "wilson"] = "t"
    uses: tuple[tuple[str, ...], ...] = ()
    least_answered: float = 0.0


def points(sample: Sample, evidence: ItemEvidence, owner: str) -> Values:
    """The point of the scale that was chosen; reverse-worded items are turned on their scale."""
    return _points_of(sample, _one_column(sample, owner, evidence.use))


def top_boxes(boxes: int, sample: Sample, evidence: ItemEvidence, owner: str) -> Values:
    """1 where one of the `boxes` best points was chosen, else 0."""
    column = _one_column(sample, owner, evidence.use)
    chosen = _points_of(sample, column)
    best_first = sorted(_scale_points(sample.instrument, column), key=_goodness(sample, column))
    if not best_first:
        raise CannotReadError(f"“{owner}” has no scale, so it has no best points.")
    best = {str(point) for point in best_first[-boxes:]}
    return _hits(sample.answers(column.name), best, chosen.missing)


def share_of_codes(sample: Sample, evidence: ItemEvidence, owner: str) -> Values:
    """1 where one of the evidence's codes was chosen, else 0."""
    column = _one_column(sample, owner, evidence.use)
    answers = sample.answers(column.name)
    if not evidence.codes:
        raise CannotReadError(f"The evidence does not say which answers to “{owner}” count.")
    return _hits(answers, set(evidence.codes), answers.missing)


def promoters(sample: Sample, evidence: ItemEvidence, owner: str) -> Values:
    """100 for 9 and 10, −100 for 0 to 6, 0 between."""
    column = _one_column(sample, owner, evidence.use)
    chosen = _points_of(sample, column)
    if chosen.range is None or (chosen.range.low, chosen.range.high) != (0, 10):
        raise CannotReadError(
            f"“{owner}” is not asked from 0 to 10, as a net promoter score needs."
        )
    value = np.where(chosen.values >= 9, 100.0, np.where(chosen.values <= 6, -100.0, 0.0))
    value[np.isnan(chosen.values)] = np.nan
    return Values(value, chosen.missing, Range(-100, 100))


def gap(
    first: Sequence[str],
    second: Sequence[str],
    sample: Sample,
    evidence: ItemEvidence,
    owner: str,
) -> Values:
    """The respondent's own `first` less `second`, in points towards the better end."""
    a, b = _pair(sample, owner, first, second)
    if a.range is None or a.range != b.range:
        raise CannotReadError(f"“{owner}” asks its two scales on different points.")
    width = a.range.high - a.range.low
    towards_best = -1.0 if a.range.best_is_low else 1.0
    return Values(
        towards_best * (a.values - b.values) + 0.0,
        np.minimum(a.missing, b.missing),
        Range(-width, width),
    )


def opportunity(sample: Sample, evidence: ItemEvidence, owner: str) -> Values:
    """Half of the opportunity index of importance and satisfaction, each from 0 to 1."""
    a, b = _pair(sample, owner, ("importance",), ("satisfaction", "performance"))
    index = opportunity_index(_unit_values(a), _unit_values(b))
    return Values(index / 2, np.minimum(a.missing, b.missing), Range(0, 1))


def opportunity_index(importance: FloatArray, satisfaction: FloatArray) -> FloatArray:
    """importance + max(importance − satisfaction, 0), on one scale, for each respondent."""
    return importance + np.maximum(importance - satisfaction, 0.0)


_GAPS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "adequacy_gap": (("perceived",), ("minimum",)),
    "superiority_gap": (("perceived",), ("desired",)),
    "performance_gap": (("importance",), ("performance",)),
}

METHODS: Mapping[Method, MethodRule] = {
    "mean": MethodRule("points", points),
    "top_box": MethodRule("share", partial(top_boxes, 1), "wilson"),
    "top_two_box": MethodRule("share", partial(top_boxes, 2), "wilson"),
    "share": MethodRule("share", share_of_codes, "wilson"),
    "net_promoter": MethodRule("net_promoter", promoters),
    "adequacy_gap": MethodRule(
        "gap", partial(gap, *_GAPS["adequacy_gap"]), uses=_GAPS["adequacy_gap"]
    ),
    "superiority_gap": MethodRule(
        "gap", partial(gap, *_GAPS["superiority_gap"]), uses=_GAPS["superiority_gap"]
    ),
    "performance_gap": MethodRule(
        "gap", partial(gap, *_GAPS["performance_gap"]), uses=_GAPS["performance_gap"]
    ),
    "opportunity": MethodRule(
        "index", opportunity, uses=(("importance",), ("satisfaction", "performance"))
    ),
    "scale": MethodRule("points", points, least_answered=0.5),
    "ratio": MethodRule("ratio", None),
    "count": MethodRule("count", None),
    "milestone": MethodRule("none", None),
}


def columns_read(
    method: Method, evidence: ItemEvidence, instrument_columns: Mapping[str, Column], owner: str
) -> tuple[Column, ...]:
    """The columns of an item that a method reads, in the instrument's order."""
    of_owner = [c for c in instrument_columns.values() if c.owner == owner]
    wanted = {name for names in METHODS[method].uses for name in names}
    if wanted:
        return tuple(c for c in of_owner if c.use in wanted)
    if evidence.use is not None:
        return tuple(c for c in of_owner if c.use == evidence.use)
    return tuple(of_owner)


def over_items(items: Sequence[Values], least_answered: float) -> Values:
    """Each respondent's mean over the items that they answered, in the first item's points.

    A respondent needs one answer, and at least the share `least_answered` of all items. Who is
    left out was not asked, said "not applicable", or skipped: skipped where any item was.
    """
    first = items[0].range
    if any(item.range != first for item in items):
        items = [_on(first, item) for item in items]
    stacked = np.stack([item.values for item in items])
    missing = np.stack([item.missing for item in items])
    answered = np.sum(missing == ANSWERED, axis=0)
    enough = (answered >= 1) & (answered >= least_answered * len(items))
    # Added item by item: the order of the items is the evidence's, not the machine's.
    total = np.zeros(stacked.shape[1])
    for row in np.nan_to_num(stacked, nan=0.0):
        total = total + row
    values = np.full(stacked.shape[1], np.nan)
    values[enough] = total[enough] / answered[enough]
    unanswered = np.where(missing == ANSWERED, np.iinfo(np.int64).min, missing)
    return Values(values, np.where(enough, ANSWERED, np.max(unanswered, axis=0)), first)


def _on(first: Range | None, item: Values) -> Values:
    if first is None or item.range is None:
        raise CannotReadError("The items have no common scale.")
    values = _unit_values(item)
    if first.best_is_low:
        values = 1 - values
    return replace(item, values=first.low + values * (first.high - first.low), range=first)


def _unit_values(item: Values) -> FloatArray:
    """Between the worst (0) and the best (1)."""
    if item.range is None:
        raise CannotReadError("A number without bounds has no worst and no best.")
    values = (item.values - item.range.low) / (item.range.high - item.range.low)
    return 1 - values if item.range.best_is_low else values


def _one_column(sample: Sample, owner: str, use: str | None) -> Column:
    column = sample.column(owner, use)
    if column is not None:
        return column
    if not any(c.owner == owner for c in sample.columns.values()):
        raise CannotReadError(f"“{sample.instrument.key}” has no item “{owner}”.")
    raise CannotReadError(f"“{owner}” has several scales, and the evidence names none of them.")


def _pair(
    sample: Sample, owner: str, first: Sequence[str], second: Sequence[str]
) -> tuple[Values, Values]:
    found: list[Values] = []
    for names in (first, second):
        columns = [sample.column(owner, name) for name in names]
        column = next((c for c in columns if c is not None), None)
        if column is None:
            raise CannotReadError(f"“{owner}” is not asked for its {' or '.join(names)}.")
        found.append(_points_of(sample, column))
    return found[0], found[1]


def _points_of(sample: Sample, column: Column) -> Values:
    answers = sample.answers(column.name)
    if column.kind not in ("rating", "rating_matrix", "likelihood", "number"):
        raise CannotReadError(f"“{column.owner}” has no points to average.")
    chosen = np.array([*map(float, answers.distinct), np.nan])
    values = chosen[np.maximum(answers.places, -1)]
    found = _range(sample.instrument, column)
    if column.reversed and found is not None:
        values = found.low + found.high - values
    return Values(values, answers.missing, found)


def _range(instrument: Instrument, column: Column) -> Range | None:
    if column.kind == "likelihood":
        return Range(0, 10)
    if column.scale is None:
        item = instrument.item(column.item_key)
        if isinstance(item, Number) and item.minimum is not None and item.maximum is not None:
            return Range(item.minimum, item.maximum)
        return None
    scale = instrument.scale(column.scale)
    assert scale is not None, "a checked instrument defines the scales it names"
    ends = sorted((scale.worst, scale.best))
    return Range(ends[0], ends[1], best_is_low=scale.best < scale.worst)


def _scale_points(instrument: Instrument, column: Column) -> Sequence[int]:
    if column.kind == "likelihood":
        return range(11)
    scale = instrument.scale(column.scale) if column.scale else None
    return scale.values if scale else ()


def _goodness(sample: Sample, column: Column) -> Callable[[int], float]:
    found = _range(sample.instrument, column)
    upside_down = (found is not None and found.best_is_low) != column.reversed
    return lambda point: -point if upside_down else point


def _hits(answers: CodedColumn, wanted: set[str], missing: IntArray) -> Values:
    # Several choices are stored as one text; any of them counts.
    hit = [float(bool(wanted & set(text.split(";")))) for text in answers.distinct]
    values = np.array([*hit, np.nan])[np.maximum(answers.places, -1)]
    return Values(values, missing, Range(0, 1))
