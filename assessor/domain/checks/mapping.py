"""The checks of a mapping against its plan and instruments: does every thread hold at both ends?"""

from collections.abc import Iterator, Sequence

from assessor.domain.checks.evidence import KnownItems, check_evidence
from assessor.domain.checks.finding import did_you_mean, error, warning
from assessor.domain.instrument import Instrument
from assessor.domain.mapping import Indicator, Mapping
from assessor.domain.plan import Element, Plan
from assessor.domain.problems import Problem

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
        message = (
            f"This mapping is for the plan `{mapping.plan}`, and the plan here is `{plan.key}`. "
            f"Write `plan: {plan.key}`, or put the right plan beside it."
        )
        yield error("mapping.plan", "plan", message)


def _check_keys(mapping: Mapping) -> Iterator[Problem]:
    seen: set[str] = set()
    for i, indicator in enumerate(mapping.indicators):
        if indicator.key in seen:
            message = f"Two indicators have the key `{indicator.key}`. Rename one of them."
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
    return error("mapping.unknown-element", where, f"The plan has no element `{code}`. {hint}")


def _check_target(indicator: Indicator, where: str) -> Iterator[Problem]:
    target = indicator.target
    if target is None:
        return
    if target.partial is not None:
        higher = indicator.direction == "higher"
        if (target.partial >= target.value) if higher else (target.partial <= target.value):
            side = "below" if higher else "above"
            message = (
                f"The partial level of `{indicator.key}` is {target.partial:g} and its target "
                f"{target.value:g}. Where {indicator.direction} is better, the partial level must "
                f"be {side} the target."
            )
            yield error("mapping.partial", f"{where}.target.partial", message)
    if indicator.baseline is not None and indicator.baseline == target.value:
        message = (
            f"Baseline and target of `{indicator.key}` are both {target.value:g}, so there is no "
            "way to go. Change the target, or leave out the baseline."
        )
        yield error("mapping.baseline", f"{where}.baseline", message)


def _check_weights(mapping: Mapping, elements: Elements) -> Iterator[Problem]:
    for code in mapping.weights:
        if code not in elements:
            yield _unknown_element(code, elements, f"weights.{code}")
    families: dict[str | None, list[str]] = {}
    for element in elements.values():
        families.setdefault(element.parent, []).append(element.code)
    for siblings in families.values():
        if all(mapping.weights.get(code, 1.0) == 0 for code in siblings):
            message = (
                f"The weights of {', '.join(siblings)} are all 0, so nothing above them can be "
                "scored. Give at least one of them a weight above 0."
            )
            yield error("mapping.zero-weights", f"weights.{siblings[0]}", message)
    by_element: dict[str, list[tuple[int, Indicator]]] = {}
    for i, indicator in enumerate(mapping.indicators):
        by_element.setdefault(indicator.element, []).append((i, indicator))
    for named, of_element in by_element.items():
        if all(indicator.weight == 0 for _i, indicator in of_element):
            message = (
                f"Every indicator of {named} has the weight 0, so it cannot be scored. Give at "
                "least one a weight above 0, or list the element under `not_measured`."
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
            message = f"`{named}` is listed twice under `not_measured`. Remove one entry."
            yield error("mapping.duplicate-key", where, message)
        seen.add(named)
        if entry.element is not None and entry.element not in elements:
            yield _unknown_element(entry.element, elements, f"{where}.element")
        if entry.level is not None and entry.level not in levels:
            hint = did_you_mean(entry.level, levels)
            message = f"The plan has no level `{entry.level}`. {hint}"
            yield error("mapping.level", f"{where}.level", message)
        for code in [entry.element] if entry.element else levels.get(entry.level or "", []):
            if code in measured:
                message = (
                    f"{code} is listed as not measured, and indicator `{measured[code]}` measures "
                    "it. Remove one of the two."
                )
                yield error("mapping.measured-and-not", where, message)


def _check_coverage(mapping: Mapping, plan: Plan) -> Iterator[Problem]:
    for element in uncovered(mapping, plan):
        text = element.text if len(element.text) <= 60 else element.text[:57].rstrip() + "…"
        message = (
            f"Nothing measures {element.code} ({element.level}: “{text}”). Add an indicator, or "
            "list it under `not_measured` with the reason."
        )
        yield warning("mapping.uncovered", "indicators", message)
