"""The checks of a mapping against its plan and instruments: does every thread hold at both ends?"""

from collections.abc import Iterator, Sequence

from assessor.domain.checks.evidence import KnownItems, check_evidence
from assessor.domain.checks.finding import did_you_mean, error, warning
from assessor.domain.instrument import Instrument
from assessor.domain.mapping import Indicator, Mapping, Target
from assessor.domain.plan import Element, Plan
from assessor.domain.problems import Problem, Said, say

Elements = dict[str, Element]
"""The plan's elements by code."""


def check_mapping(
    mapping: Mapping, plan: Plan, instruments: Sequence[Instrument]
) -> tuple[Problem, ...]:
    """Everything about a mapping that its shape cannot say.

    `where` leads into the mapping ("indicators.3.evidence.0.items.1"). An element that is neither
    measured nor listed as not measured is a warning ("mapping.uncovered").
    """
    known = KnownItems(instruments)
    elements = {element.code: element for element in plan.elements}
    return (
        *_check_plan_key(mapping, plan),
        *_check_keys(mapping),
        *(
            problem
            for i, indicator in enumerate(mapping.indicators)
            for problem in _check_indicator(indicator, elements, known, f"indicators.{i}")
        ),
        *_check_weights(mapping, elements),
        *_check_not_measured(mapping, elements),
        *_check_coverage(mapping, plan),
    )


def uncovered(mapping: Mapping, plan: Plan) -> tuple[Element, ...]:
    """The leaves of the plan that nothing measures and nobody said are not measured.

    An element counts as listed when it, its level, or anything above it is.
    """
    measured = {indicator.element for indicator in mapping.indicators}
    codes = {entry.element for entry in mapping.not_measured}
    levels = {entry.level for entry in mapping.not_measured}
    elements = {element.code: element for element in plan.elements}
    found: list[Element] = []
    for leaf in plan.leaves():
        above = _with_ancestors(elements, leaf)
        listed = any(e.code in codes or e.level in levels for e in above)
        if leaf.code not in measured and not listed:
            found.append(leaf)
    return tuple(found)


def _with_ancestors(elements: Elements, element: Element) -> list[Element]:
    found = {element.code: element}
    parent = elements.get(element.parent or "")
    while parent is not None and parent.code not in found:
        found[parent.code] = parent
        parent = elements.get(parent.parent or "")
    return list(found.values())


def _check_plan_key(mapping: Mapping, plan: Plan) -> Iterator[Problem]:
    if mapping.plan != plan.key:
        message = say(
            "This mapping is for the plan `{plan}`, and the plan here is `{here}`. Write "
            "`plan: {here}`, or put the right plan beside it.",
            plan=mapping.plan,
            here=plan.key,
        )
        yield error("mapping.plan", "plan", message)


def _check_keys(mapping: Mapping) -> Iterator[Problem]:
    seen: set[str] = set()
    for i, indicator in enumerate(mapping.indicators):
        if indicator.key in seen:
            message = say(
                "Two indicators have the key `{indicator}`. Rename one of them.",
                indicator=indicator.key,
            )
            yield error("mapping.duplicate-key", f"indicators.{i}.key", message)
        seen.add(indicator.key)


def _check_indicator(
    indicator: Indicator, elements: Elements, known: KnownItems, where: str
) -> Iterator[Problem]:
    if indicator.element not in elements:
        yield _unknown_element(indicator.element, elements, f"{where}.element")
    yield from check_evidence(indicator, known, where)
    yield from _check_target(indicator, where)


def _unknown_element(code: str, elements: Elements, where: str) -> Problem:
    hint = did_you_mean(code, elements)
    return error(
        "mapping.unknown-element",
        where,
        say("The plan has no element `{code}`. {hint}", code=code, hint=hint),
    )


def _check_target(indicator: Indicator, where: str) -> Iterator[Problem]:
    target = indicator.target
    if target is None:
        return
    if target.partial is not None:
        higher = indicator.direction == "higher"
        if (target.partial >= target.value) if higher else (target.partial <= target.value):
            yield error(
                "mapping.partial", f"{where}.target.partial", _other_side(indicator, target)
            )
    if indicator.baseline is not None and indicator.baseline == target.value:
        message = say(
            "Baseline and target of `{indicator}` are both {value:g}, so there is no way to go. "
            "Change the target, or leave out the baseline.",
            indicator=indicator.key,
            value=target.value,
        )
        yield error("mapping.baseline", f"{where}.baseline", message)


def _other_side(indicator: Indicator, target: Target) -> Said:
    """What is said where the partial level lies on the wrong side of the target."""
    if indicator.direction == "higher":
        return say(
            "The partial level of `{indicator}` is {partial:g} and its target {value:g}. "
            "Where higher is better, the partial level must be below the target.",
            indicator=indicator.key,
            partial=target.partial,
            value=target.value,
        )
    return say(
        "The partial level of `{indicator}` is {partial:g} and its target {value:g}. "
        "Where lower is better, the partial level must be above the target.",
        indicator=indicator.key,
        partial=target.partial,
        value=target.value,
    )


def _check_weights(mapping: Mapping, elements: Elements) -> Iterator[Problem]:
    for code in mapping.weights:
        if code not in elements:
            yield _unknown_element(code, elements, f"weights.{code}")
    families: dict[str | None, list[str]] = {}
    for element in elements.values():
        families.setdefault(element.parent, []).append(element.code)
    for siblings in families.values():
        if all(mapping.weights.get(code, 1.0) == 0 for code in siblings):
            message = say(
                "The weights of {codes} are all 0, so nothing above them can be scored. Give at "
                "least one of them a weight above 0.",
                codes=", ".join(siblings),
            )
            yield error("mapping.zero-weights", f"weights.{siblings[0]}", message)
    by_element: dict[str, list[tuple[int, Indicator]]] = {}
    for i, indicator in enumerate(mapping.indicators):
        by_element.setdefault(indicator.element, []).append((i, indicator))
    for named, of_element in by_element.items():
        if all(indicator.weight == 0 for _i, indicator in of_element):
            message = say(
                "Every indicator of {named} has the weight 0, so it cannot be scored. Give at "
                "least one a weight above 0, or list the element under `not_measured`.",
                named=named,
            )
            yield error("mapping.zero-weights", f"indicators.{of_element[0][0]}.weight", message)


def _check_not_measured(mapping: Mapping, elements: Elements) -> Iterator[Problem]:
    measured = {indicator.element: indicator.key for indicator in mapping.indicators}
    levels: dict[str, list[str]] = {}
    for element in elements.values():
        levels.setdefault(element.level, []).append(element.code)
    seen: set[str] = set()
    for n, entry in enumerate(mapping.not_measured):
        where = f"not_measured.{n}"
        named = entry.element or entry.level or ""
        if named in seen:
            message = say(
                "`{named}` is listed twice under `not_measured`. Remove one entry.", named=named
            )
            yield error("mapping.duplicate-key", where, message)
        seen.add(named)
        if entry.element is not None and entry.element not in elements:
            yield _unknown_element(entry.element, elements, f"{where}.element")
        if entry.level is not None and entry.level not in levels:
            hint = did_you_mean(entry.level, levels)
            message = say("The plan has no level `{level}`. {hint}", level=entry.level, hint=hint)
            yield error("mapping.level", f"{where}.level", message)
        for code in [entry.element] if entry.element else levels.get(entry.level or "", []):
            if code in measured:
                message = say(
                    "{code} is listed as not measured, and indicator `{indicator}` measures it. "
                    "Remove one of the two.",
                    code=code,
                    indicator=measured[code],
                )
                yield error("mapping.measured-and-not", where, message)


def _check_coverage(mapping: Mapping, plan: Plan) -> Iterator[Problem]:
    for element in uncovered(mapping, plan):
        text = element.text if len(element.text) <= 60 else element.text[:57].rstrip() + "…"
        message = say(
            "Nothing measures {code} ({level}: “{text}”). Add an indicator, or list it under "
            "`not_measured` with the reason.",
            code=element.code,
            level=element.level,
            text=text,
        )
        yield warning("mapping.uncovered", "indicators", message)
