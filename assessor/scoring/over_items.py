"""One value a respondent, and the mean of several of them over the items of an indicator.

Where each person is asked only some of the items at random, an item that few were asked must not
count less for that: every answer counts as much as the share of people who were asked is small
(Horvitz and Thompson 1952, in Hájek's form). A person's value is then the mean of their answers so
weighted, and the person weighs as much as their answers together. Where everybody is asked
everything, all of this is the plain mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assessor.scoring.frames import FloatArray, IntArray
from assessor.scoring.samples import ANSWERED, NOT_SAMPLED


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

    `range` is None for numbers without stated bounds. `weights` is what a respondent weighs for
    the items that they were asked; None: all alike.
    """

    values: FloatArray
    missing: IntArray
    range: Range | None
    weights: FloatArray | None = None


def over_items(
    items: Sequence[Values],
    least_answered: float = 0.0,
    asked_shares: Sequence[FloatArray | None] = (),
) -> Values:
    """Each respondent's mean over the items that they answered, in the first item's points.

    A respondent needs one answer, and at least the share `least_answered` of the items, less those
    that the sampling did not ask them. `asked_shares`: for each item the share of people like this
    respondent who are asked it (None: everybody). Who is left out was not asked, said "not
    applicable", or skipped: skipped where any item was.
    """
    first = items[0].range
    if any(item.range != first for item in items):
        items = [_on(first, item) for item in items]
    stacked = np.stack([item.values for item in items])
    missing = np.stack([item.missing for item in items])
    answered = missing == ANSWERED
    asked = np.sum(missing != NOT_SAMPLED, axis=0)
    given = np.sum(answered, axis=0)
    enough = (given >= 1) & (given >= least_answered * asked)
    is_sampled = any(share is not None for share in asked_shares)
    counts = _counts(answered, asked_shares) if is_sampled else answered.astype(np.float64)
    # Added item by item: the order of the items is the evidence's, not the machine's.
    total, divisor = np.zeros(stacked.shape[1]), np.zeros(stacked.shape[1])
    for row, count in zip(np.nan_to_num(stacked, nan=0.0), counts, strict=True):
        total, divisor = total + count * row, divisor + count
    values = np.full(stacked.shape[1], np.nan)
    values[enough] = total[enough] / divisor[enough]
    unanswered = np.where(answered, np.iinfo(np.int64).min, missing)
    return Values(
        values,
        np.where(enough, ANSWERED, np.max(unanswered, axis=0)),
        first,
        divisor / len(items) if is_sampled else None,
    )


def unit_values(item: Values) -> FloatArray:
    """Between the worst (0) and the best (1)."""
    if item.range is None:
        raise CannotReadError("A number without bounds has no worst and no best.")
    values = (item.values - item.range.low) / (item.range.high - item.range.low)
    return 1 - values if item.range.best_is_low else values


def _counts(answered: np.ndarray, asked_shares: Sequence[FloatArray | None]) -> FloatArray:
    """What each answer counts: 1 over the share of people who were asked; 0 without an answer."""
    ones = np.ones(answered.shape[1])
    shares = np.stack([ones if share is None else share for share in asked_shares])
    return np.where(answered, 1 / shares, 0.0)


def _on(first: Range | None, item: Values) -> Values:
    if first is None or item.range is None:
        raise CannotReadError("The items have no common scale.")
    values = unit_values(item)
    if first.best_is_low:
        values = 1 - values
    return replace(item, values=first.low + values * (first.high - first.low), range=first)
