"""Every method there is, one row each: what it reads of a respondent, its unit, its interval.

A method turns the answers of one respondent to one item into one value; the respondents' values
over several items are averaged, and `estimates` does the rest. Adding a method that items need is
a function, a row and a test.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np

from assessor.domain.evidence_columns import (
    columns_meant,
    ends_of,
    holds_numbers,
    holds_words,
    scale_of,
)
from assessor.domain.instrument import Column, Instrument
from assessor.domain.mapping import ItemEvidence, Method
from assessor.domain.scorecard import Unit
from assessor.scoring.frames import FloatArray, IntArray
from assessor.scoring.over_items import CannotReadError, Range, Values, over_items, unit_values
from assessor.scoring.samples import ANSWERED, SKIPPED, CodedColumn, Sample

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
    """The number that was chosen, placed or typed; what is turned round is turned back.

    Over the repetitions of a repeated item it is the person's own mean.
    """
    meant = _columns(sample, owner, evidence.use)
    return over_items([_points_of(sample, column) for column in meant])


def top_boxes(boxes: int, sample: Sample, evidence: ItemEvidence, owner: str) -> Values:
    """1 where one of the `boxes` best points was chosen, else 0."""
    found = []
    for column in _columns(sample, owner, evidence.use):
        chosen = _points_of(sample, column)
        scale = scale_of(sample.instrument_of(column), column)
        if scale is None:
            raise CannotReadError(f"“{owner}” has no scale, so it has no best points.")
        best_first = sorted(scale.values, key=_goodness(sample, column))
        best = {str(point) for point in best_first[-boxes:]}
        found.append(_hits(sample.answers(column.name), best, chosen.missing))
    return over_items(found)


def share_of_codes(sample: Sample, evidence: ItemEvidence, owner: str) -> Values:
    """1 where one of the evidence's codes was chosen, else 0."""
    if not evidence.codes:
        raise CannotReadError(f"The evidence does not say which answers to “{owner}” count.")
    codes = set(evidence.codes)
    found = []
    for column in _columns(sample, owner, evidence.use):
        answers = sample.answers(column.name)
        hits = _hits(answers, codes, answers.missing)
        found.append(_unnamed_count(sample, column, hits))
    return over_items(found)


def _unnamed_count(sample: Sample, column: Column, hits: Values) -> Values:
    """Where leaving a column blank says something: a statement not agreed to, an option not ranked.

    It is then no hit, instead of no answer. An option is not ranked only where others are.
    """
    if column.kind == "consent":
        said_no = hits.missing == SKIPPED
    elif column.kind == "ranking":
        others = [c for c in sample.columns.values() if c.item_key == column.item_key]
        ranked = [sample.answers(c.name).missing == ANSWERED for c in others]
        said_no = (hits.missing == SKIPPED) & np.any(ranked, axis=0)
    else:
        return hits
    values = np.where(said_no, 0.0, hits.values)
    return Values(values, np.where(said_no, ANSWERED, hits.missing), hits.range)


def promoters(sample: Sample, evidence: ItemEvidence, owner: str) -> Values:
    """100 for 9 and 10, −100 for 0 to 6, 0 between."""
    found = []
    for column in _columns(sample, owner, evidence.use):
        chosen = _points_of(sample, column)
        if chosen.range is None or (chosen.range.low, chosen.range.high) != (0, 10):
            raise CannotReadError(
                f"“{owner}” is not asked from 0 to 10, as a net promoter score needs."
            )
        value = np.where(chosen.values >= 9, 100.0, np.where(chosen.values <= 6, -100.0, 0.0))
        value[np.isnan(chosen.values)] = np.nan
        found.append(Values(value, chosen.missing, Range(-100, 100)))
    return over_items(found)


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
    index = opportunity_index(unit_values(a), unit_values(b))
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
    method: Method,
    evidence: ItemEvidence,
    instrument: Instrument,
    of_owner: Sequence[Column],
) -> tuple[Column, ...]:
    """The columns of an item that a method reads, in the instrument's order."""
    of_owner = [c for c in of_owner if not holds_words(c)]
    wanted = {name for names in METHODS[method].uses for name in names}
    if wanted:
        return tuple(c for c in of_owner if c.use in wanted)
    return columns_meant(instrument, of_owner, evidence.use) or tuple(of_owner)


def _columns(sample: Sample, owner: str, use: str | None) -> tuple[Column, ...]:
    """The column that evidence means, or those of the repetitions of a repeated item."""
    of_owner = sample.of_owner(owner)
    if not of_owner:
        raise CannotReadError(f"“{sample.instrument.key}” has no item “{owner}”.")
    meant = columns_meant(sample.instrument_of(of_owner[0]), of_owner, use)
    if not meant:
        raise CannotReadError(f"“{owner}” has several scales, and the evidence names none of them.")
    return meant


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
    if not holds_numbers(sample.instrument_of(column), column):
        raise CannotReadError(f"“{column.owner}” has no points to average.")
    chosen = np.array([*map(float, answers.distinct), np.nan])
    values = chosen[np.maximum(answers.places, -1)]
    found = _range(sample.instrument_of(column), column)
    if column.reversed and found is not None:
        values = found.low + found.high - values
    return Values(values, answers.missing, found)


def _range(instrument: Instrument, column: Column) -> Range | None:
    ends = ends_of(instrument, column)
    if ends is None:
        return None
    worst, best = ends
    return Range(min(ends), max(ends), best_is_low=best < worst)


def _goodness(sample: Sample, column: Column) -> Callable[[int], float]:
    found = _range(sample.instrument_of(column), column)
    upside_down = (found is not None and found.best_is_low) != column.reversed
    return lambda point: -point if upside_down else point


def _hits(answers: CodedColumn, wanted: set[str], missing: IntArray) -> Values:
    # Several choices are stored as one text; any of them counts.
    hit = [float(bool(wanted & set(text.split(";")))) for text in answers.distinct]
    values = np.array([*hit, np.nan])[np.maximum(answers.places, -1)]
    return Values(values, missing, Range(0, 1))
