"""What a score says against its target, by rules that a reader can check with a pencil."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessor.domain.scorecard import Status


@dataclass(frozen=True)
class Levels:
    """What decides a status: the target and, where there is one, the lesser level."""

    target: float
    partial: float | None = None
    lower_is_better: bool = False


@dataclass(frozen=True)
class Interval:
    low: float
    high: float


def status_of(interval: Interval, levels: Levels) -> Status:
    """Met, partly met or not met where the whole interval says so; else too close to call.

    An interval that only touches a level from above has reached it.
    """
    low, high, target, partial = interval.low, interval.high, levels.target, levels.partial
    if levels.lower_is_better:
        low, high, target = -high, -low, -target
        partial = None if partial is None else -partial
    if low >= target:
        return "met"
    if partial is None or partial >= target:
        return "not_met" if high < target else "too_close_to_call"
    if high < partial:
        return "not_met"
    return "partly_met" if low >= partial and high < target else "too_close_to_call"


def worst_of(intervals: Sequence[Interval], lower_is_better: bool) -> Interval:
    """Where the worst of several groups lies: no better than the least of their ends."""
    pick = max if lower_is_better else min
    return Interval(pick(i.low for i in intervals), pick(i.high for i in intervals))
