"""From indicators up the plan: composites with their interval, target and coverage.

An element has parts: each of its child elements, and its own indicators together. Parts count by
their declared weights; what was not measured lends its weight to its siblings, and coverage says
how much that was.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessor.domain.mapping import Mapping as PlanMapping
from assessor.domain.mapping import NotMeasured
from assessor.domain.plan import Element, Plan
from assessor.domain.scorecard import ElementScore, Score, Status
from assessor.scoring.estimates import Estimate, combine, rescaled
from assessor.scoring.indicators import Measured
from assessor.scoring.judging import unit_value
from assessor.scoring.status import Interval, Levels, status_of

OWN_INDICATORS_WEIGHT = 1.0
"""What an element's own indicators count beside its child elements: as much as one child."""

LOW_COVERAGE = 0.5
"""Below this share of its weight, an element's reason says that little of it was measured."""


@dataclass(frozen=True, eq=False)
class Part:
    """What an indicator or element brings to the element above it, all between 0 and 1.

    `estimate` is None where nothing was measured with enough evidence. `leaves` are the statuses
    of the indicators that `estimate` rests on, by key. `tried`: there were answers, too few.
    """

    estimate: Estimate | None
    baseline: float | None = None
    target: float | None = None
    partial: float | None = None
    coverage: float = 0.0
    leaves: Mapping[str, Status] | None = None
    tried: bool = False


def part_of_indicator(measured: Measured) -> Part:
    """An indicator's estimate and levels between worst (0) and best (1), lower ones turned."""
    card, found, lower = measured.result.indicator, measured.range, measured.lower_is_better
    if measured.estimate is None or found is None:
        return Part(None, tried=measured.result.score.status == "not_enough_evidence")

    def unit(value: float | None) -> float | None:
        return None if value is None else unit_value(value, found, lower)

    factor = (-1 if lower else 1) / (found.high - found.low)
    target = card.target
    return Part(
        estimate=rescaled(measured.estimate, factor, unit_value(0.0, found, lower)),
        baseline=unit(card.baseline),
        target=unit(target.value if target else None),
        partial=unit(target.partial if target else None),
        coverage=1.0,
        leaves={card.key: measured.result.score.status},
    )


def roll_up(parts: Sequence[tuple[float, Part]], level: float) -> Part:
    """The weighted mean of the parts that were measured, with their levels by the same weights.

    Parts without a target stand back as soon as another has one, since value and target must be
    about the same things. They count as measured in the coverage all the same.
    """
    parts = [(weight, part) for weight, part in parts if weight > 0]
    total = math.fsum(weight for weight, _ in parts)
    tried = any(part.tried for _, part in parts)
    measured = [(w, p, p.estimate) for w, p in parts if p.estimate is not None]
    if not measured:
        return Part(None, tried=tried)
    coverage = math.fsum(weight * part.coverage for weight, part in parts) / total
    chosen = [entry for entry in measured if entry[1].target is not None] or measured
    if len(chosen) == 1:
        only = chosen[0][1]
        return Part(
            only.estimate, only.baseline, only.target, only.partial, coverage, only.leaves, tried
        )
    weights = [weight for weight, _, _ in chosen]
    own = [part for _, part, _ in chosen]
    shares = [weight / math.fsum(weights) for weight in weights]
    partials = [part.target if part.partial is None else part.partial for part in own]
    return Part(
        estimate=combine([(s, e) for s, (_, _, e) in zip(shares, chosen, strict=True)], level),
        baseline=_mean(shares, [part.baseline for part in own]),
        target=_mean(shares, [part.target for part in own]),
        partial=_mean(shares, partials) if any(p.partial is not None for p in own) else None,
        coverage=coverage,
        leaves={key: status for part in own for key, status in (part.leaves or {}).items()},
        tried=tried,
    )


def _mean(shares: Sequence[float], values: Sequence[float | None]) -> float | None:
    """The weighted mean; None where any value is missing."""
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    return math.fsum(share * value for share, value in zip(shares, known, strict=True))


def status_of_part(part: Part) -> Status:
    """The status by the indicators' own rules, on the composite's interval.

    An element that rests on one indicator has that indicator's status.
    """
    if part.estimate is None:
        return "not_enough_evidence" if part.tried else "not_measured"
    leaves = part.leaves or {}
    if len(leaves) == 1:
        return next(iter(leaves.values()))
    if part.target is None:
        return "no_target"
    if part.estimate.low is None or part.estimate.high is None:
        return "not_enough_evidence"
    interval = Interval(part.estimate.low, part.estimate.high)
    return status_of(interval, Levels(part.target, part.partial))


def score_elements(
    plan: Plan, mapping: PlanMapping, measured: Iterable[Measured]
) -> tuple[ElementScore, tuple[ElementScore, ...]]:
    """The score of the plan as a whole, and of every element in the plan's order."""
    below: dict[str, list[Measured]] = {}
    for one in measured:
        below.setdefault(one.result.indicator.element, []).append(one)
    children: dict[str | None, list[Element]] = {}
    for element in plan.elements:
        children.setdefault(element.parent, []).append(element)
    unscored = _unscored(plan, mapping, set(below), children)
    parts: dict[str | None, Part] = {}

    def part(code: str | None) -> Part:
        indicators = below.get(code, []) if code is not None else []
        mine = [(one.result.indicator.weight, part_of_indicator(one)) for one in indicators]
        entries = [(OWN_INDICATORS_WEIGHT, roll_up(mine, mapping.confidence))] if mine else []
        for child in children.get(code, []):
            found = part(child.code)
            if child.code not in unscored:
                entries.append((mapping.weights.get(child.code, 1.0), found))
        parts[code] = roll_up(entries, mapping.confidence)
        return parts[code]

    part(None)
    reason = _reasons(plan, mapping, below)
    whole = Element(code=plan.key, level="plan", text=plan.title)
    return (
        _element_score(whole, 1.0, parts[None], mapping, [], "", scored=True),
        tuple(
            _element_score(
                element,
                mapping.weights.get(element.code, 1.0),
                parts.get(element.code, Part(None)),
                mapping,
                [one.result.indicator.key for one in below.get(element.code, [])],
                reason(element),
                scored=element.code not in unscored,
            )
            for element in plan.elements
        ),
    )


def _element_score(
    element: Element,
    weight: float,
    part: Part,
    mapping: PlanMapping,
    indicators: Sequence[str],
    not_measured_reason: str,
    *,
    scored: bool,
) -> ElementScore:
    status = status_of_part(part)
    estimate = part.estimate
    little = status not in ("not_measured", "not_enough_evidence") and part.coverage < LOW_COVERAGE
    score = Score(
        method="weighted_mean",
        unit="index",
        confidence=mapping.confidence,
        status=status,
        n=0,
        reason="Less than half of its weight was measured." if little else "",
        scale_low=0.0,
        scale_high=1.0,
    )
    if estimate is not None:
        score = score.model_copy(
            update={
                "value": estimate.value,
                "unit_value": estimate.value,
                "low": estimate.low,
                "high": estimate.high,
                "standard_error": estimate.standard_error,
                "degrees_of_freedom": estimate.degrees_of_freedom,
                "n": estimate.n,
            }
        )
    return ElementScore(
        code=element.code,
        level=element.level,
        text=element.text,
        parent=element.parent,
        weight=weight,
        score=score,
        baseline=part.baseline,
        target=part.target,
        partial=part.partial,
        coverage=part.coverage,
        indicators=tuple(indicators),
        not_measured_reason=not_measured_reason if estimate is None else "",
        scored=scored,
    )


def _unscored(
    plan: Plan,
    mapping: PlanMapping,
    with_indicators: set[str],
    children: Mapping[str | None, Sequence[Element]],
) -> frozenset[str]:
    """Elements of a level that is listed as not measured and has no indicator at or below it."""
    levels = {entry.level for entry in mapping.not_measured if entry.level is not None}

    def has_indicator(code: str) -> bool:
        return code in with_indicators or any(has_indicator(c.code) for c in children.get(code, []))

    return frozenset(
        e.code for e in plan.elements if e.level in levels and not has_indicator(e.code)
    )


def _reasons(
    plan: Plan, mapping: PlanMapping, below: Mapping[str, Sequence[Measured]]
) -> Callable[[Element], str]:
    """Why an element is not measured: as declared for it, above it or for its level; else what its
    indicators wait for."""
    by_code = {entry.element: entry for entry in mapping.not_measured if entry.element is not None}
    by_level = {entry.level: entry for entry in mapping.not_measured if entry.level is not None}
    known = {element.code: element for element in plan.elements}
    parents = {element.parent for element in plan.elements}

    def declared(element: Element) -> NotMeasured | None:
        seen: Element | None = element
        while seen is not None:
            if seen.code in by_code:
                return by_code[seen.code]
            seen = known.get(seen.parent) if seen.parent else None
        return by_level.get(element.level)

    def reason(element: Element) -> str:
        entry = declared(element)
        own = [one.result.score.reason for one in below.get(element.code, ())]
        if own:
            return " ".join(dict.fromkeys(text for text in own if text))
        if entry is not None:
            return entry.reason
        if element.code in parents:
            return "Nothing below it was measured."
        return "No indicator is tied to it."

    return reason
