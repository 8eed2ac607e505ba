"""From an estimate to a score: is it enough evidence, and what does it say against the target."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessor.domain.mapping import Indicator, Target
from assessor.domain.scorecard import GroupScore, MissingKind, Score, Status
from assessor.scoring.estimates import Estimate
from assessor.scoring.frames import NO_GROUP
from assessor.scoring.methods import MethodRule
from assessor.scoring.over_items import Range
from assessor.scoring.status import Interval, Levels, status_of, worst_of

WITHHELD = "Too few answers to show without saying what single people answered."


@dataclass(frozen=True)
class Rules:
    """What scoring an indicator needs besides the answers."""

    card: Indicator
    method: MethodRule
    minimum_group: int
    level: float
    range: Range | None = None
    lower_is_better: bool = False


def judged_with_groups(
    rules: Rules, estimate: Estimate, groups: Sequence[GroupScore]
) -> tuple[Status, str]:
    status, reason = judged(rules, estimate, rules.card.target)
    target = rules.card.target
    if target is None or not target.each_group or status == "not_enough_evidence":
        return status, reason
    named = [group for group in groups if group.group != NO_GROUP]
    intervals = [
        Interval(g.score.low, g.score.high)
        for g in named
        if g.score.low is not None and g.score.high is not None
    ]
    hidden = sum(group.score.suppressed for group in named)
    without = {0: "", 1: ", without 1 group that is withheld"}
    note = without.get(hidden, f", without {hidden} groups that are withheld")
    if not intervals:
        return "not_enough_evidence", "No group has enough answers to be held against the target."
    worst = worst_of(intervals, rules.lower_is_better)
    return status_of(worst, _levels(rules, target)), f"The worst group decides{note}."


def judged(rules: Rules, estimate: Estimate, target: Target | None) -> tuple[Status, str]:
    """The status of an estimate by itself, and why where no target decides."""
    card = rules.card
    if estimate.n < card.minimum_n:
        return "not_enough_evidence", f"{estimate.n} answers; at least {card.minimum_n} are needed."
    if estimate.low is None or estimate.high is None:
        return "not_enough_evidence", "One answer says nothing about how far others differ."
    margin = (estimate.high - estimate.low) / 2
    if card.maximum_margin is not None and margin > card.maximum_margin:
        return (
            "not_enough_evidence",
            f"The interval is wider than the ±{card.maximum_margin:g} that is allowed.",
        )
    if target is None:
        return "no_target", "No target is set."
    return status_of(Interval(estimate.low, estimate.high), _levels(rules, target)), ""


def _levels(rules: Rules, target: Target) -> Levels:
    return Levels(target.value, target.partial, rules.lower_is_better)


def unit_value(value: float, found: Range, lower_is_better: bool) -> float:
    """A value between the worst (0) and the best (1) end of its unit."""
    share = (value - found.low) / (found.high - found.low)
    return 1 - share if lower_is_better else share


def score_of(
    rules: Rules,
    estimate: Estimate | None,
    excluded: Mapping[MissingKind, int],
    status: Status,
    reason: str,
) -> Score:
    found = rules.range
    ends = {"scale_low": found.low, "scale_high": found.high} if found else {}
    base = Score(
        method=rules.card.method,
        unit=rules.method.unit,
        confidence=rules.level,
        status=status,
        reason=reason,
        excluded=dict(excluded),
        n=0 if estimate is None else estimate.n,
    )
    if estimate is None:
        return base.model_copy(update=ends)
    unit = unit_value(estimate.value, found, rules.lower_is_better) if found else None
    return base.model_copy(
        update={
            **ends,
            "value": estimate.value,
            "low": estimate.low,
            "high": estimate.high,
            "standard_error": estimate.standard_error,
            "degrees_of_freedom": estimate.degrees_of_freedom,
            "unit_value": unit,
        }
    )


def withheld_score(rules: Rules, reason: str) -> Score:
    score = score_of(rules, None, {}, "not_enough_evidence", reason)
    return score.model_copy(update={"suppressed": True, "n": None})
