"""What is different between two mappings, two plans or two instruments, in sentences."""

from collections.abc import Sequence

from assessor.domain.instrument import Instrument
from assessor.domain.mapping import Indicator, Mapping
from assessor.domain.plan import Plan
from assessor.planning.comparing import compare_editions
from assessor.reports.words import listed

FIELDS = {
    "element": "element",
    "name": "name",
    "objective": "objective",
    "scope": "scope",
    "definition": "definition",
    "method": "method",
    "interpretation": "interpretation",
    "sources": "sources",
    "direction": "direction",
    "baseline": "baseline",
    "target": "target",
    "evidence_kind": "kind of evidence",
    "evidence": "evidence",
    "weight": "weight",
    "minimum_n": "smallest number of answers",
    "maximum_margin": "widest margin",
    "definition_version": "version of the definition",
}
"""The fields of a card in words, in the order of the card."""


def changed_fields(old: Indicator, new: Indicator) -> list[str]:
    """The names of the fields in which two cards differ."""
    return [name for name in FIELDS if getattr(old, name) != getattr(new, name)]


def mapping_differences(old: Mapping, new: Mapping) -> list[str]:
    """One sentence for each indicator and each list that differs; none where nothing does."""
    before = {one.key: one for one in old.indicators}
    after = {one.key: one for one in new.indicators}
    found = [f"New: {one.name} ({one.element})." for key, one in after.items() if key not in before]
    found += [
        f"Gone: {one.name} ({one.element})." for key, one in before.items() if key not in after
    ]
    for key, one in after.items():
        if key in before and before[key] != one:
            fields = [FIELDS[name] for name in changed_fields(before[key], one)]
            found.append(f"Changed: {one.name} ({one.element}): {listed(fields)}.")
    if list(before) != list(after) and set(before) == set(after):
        found.append("The indicators stand in another order.")
    if old.weights != new.weights:
        found.append("The weights of elements differ.")
    if old.not_measured != new.not_measured:
        found.append("The list of what is deliberately not measured differs.")
    if (old.minimum_group, old.confidence) != (new.minimum_group, new.confidence):
        found.append("The smallest group that is shown, or the confidence, differs.")
    return found


def plan_differences(old: Plan | None, new: Plan) -> list[str]:
    """What a loaded plan would change."""
    if old is None:
        return [f"A plan of {len(new.elements)} elements is added."]
    changes = [
        one for one in compare_editions(old.elements, new.elements) if one.kind != "unchanged"
    ]
    found = []
    for kind in ("new", "gone", "moved", "reworded"):
        codes = [one.code for one in changes if one.kind == kind]
        if codes:
            shown = codes[:8] + ([f"{len(codes) - 8} more"] if len(codes) > 8 else [])
            found.append(f"{kind.capitalize()}: {listed(shown)}.")
    if not found and old != new:
        found.append("Its title, period, statements or line numbers differ.")
    return found


def instrument_differences(old: Sequence[Instrument], new: Sequence[Instrument]) -> list[str]:
    """Which instruments are added or become another draft; those that are not named stay."""
    before = {one.key: one for one in old}
    found = []
    for one in new:
        if one.key not in before:
            found.append(f"New: {one.title} ({one.key}).")
        elif before[one.key] != one:
            found.append(f"Changed: {one.title} ({one.key}).")
    return found
