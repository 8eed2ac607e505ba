"""What is different between two mappings, two plans or two instruments, in sentences."""

from collections.abc import Sequence

from assessor.domain.instrument import Instrument
from assessor.domain.mapping import Indicator, Mapping
from assessor.domain.plan import Plan
from assessor.planning.comparing import compare_editions
from assessor.web.messages import gettext, lazy_gettext, ngettext, to_translate
from assessor.web.writing import listed

FIELDS = {
    "element": lazy_gettext("element"),
    "name": lazy_gettext("name"),
    "objective": lazy_gettext("objective"),
    "scope": lazy_gettext("scope"),
    "definition": lazy_gettext("definition"),
    "method": lazy_gettext("method"),
    "interpretation": lazy_gettext("interpretation"),
    "sources": lazy_gettext("sources"),
    "direction": lazy_gettext("direction"),
    "baseline": lazy_gettext("baseline"),
    "target": lazy_gettext("target"),
    "evidence_kind": lazy_gettext("kind of evidence"),
    "evidence": lazy_gettext("evidence"),
    "weight": lazy_gettext("weight"),
    "minimum_n": lazy_gettext("smallest number of answers"),
    "maximum_margin": lazy_gettext("widest margin"),
    "definition_version": lazy_gettext("version of the definition"),
}
"""The fields of a card in words, in the order of the card."""


_PLAN_CHANGES = {
    "new": to_translate("New: %(codes)s."),
    "gone": to_translate("Gone: %(codes)s."),
    "moved": to_translate("Moved: %(codes)s."),
    "reworded": to_translate("Reworded: %(codes)s."),
}


def changed_fields(old: Indicator, new: Indicator) -> list[str]:
    """The names of the fields in which two cards differ."""
    return [name for name in FIELDS if getattr(old, name) != getattr(new, name)]


def mapping_differences(old: Mapping, new: Mapping) -> list[str]:
    """One sentence for each indicator and each list that differs; none where nothing does."""
    before = {one.key: one for one in old.indicators}
    after = {one.key: one for one in new.indicators}
    found = [
        gettext("New: %(name)s (%(element)s).", name=one.name, element=one.element)
        for key, one in after.items()
        if key not in before
    ]
    found += [
        gettext("Gone: %(name)s (%(element)s).", name=one.name, element=one.element)
        for key, one in before.items()
        if key not in after
    ]
    for key, one in after.items():
        if key in before and before[key] != one:
            fields = [FIELDS[name] for name in changed_fields(before[key], one)]
            found.append(
                gettext(
                    "Changed: %(name)s (%(element)s): %(fields)s.",
                    name=one.name,
                    element=one.element,
                    fields=listed(fields),
                )
            )
    if list(before) != list(after) and set(before) == set(after):
        found.append(gettext("The indicators stand in another order."))
    if old.weights != new.weights:
        found.append(gettext("The weights of elements differ."))
    if old.not_measured != new.not_measured:
        found.append(gettext("The list of what is deliberately not measured differs."))
    if (old.minimum_group, old.confidence) != (new.minimum_group, new.confidence):
        found.append(gettext("The smallest group that is shown, or the confidence, differs."))
    return found


def plan_differences(old: Plan | None, new: Plan) -> list[str]:
    """What a loaded plan would change."""
    if old is None:
        return [
            ngettext(
                "A plan of %(num)s element is added.",
                "A plan of %(num)s elements is added.",
                len(new.elements),
            )
        ]
    changes = [
        one for one in compare_editions(old.elements, new.elements) if one.kind != "unchanged"
    ]
    found = []
    for kind, sentence in _PLAN_CHANGES.items():
        codes = [one.code for one in changes if one.kind == kind]
        if codes:
            more = len(codes) - 8
            rest = [ngettext("%(num)s more", "%(num)s more", more)] if more > 0 else []
            found.append(gettext(sentence, codes=listed([*codes[:8], *rest])))
    if not found and old != new:
        found.append(gettext("Its title, period, statements or line numbers differ."))
    return found


def instrument_differences(old: Sequence[Instrument], new: Sequence[Instrument]) -> list[str]:
    """Which instruments are added or become another draft; those that are not named stay."""
    before = {one.key: one for one in old}
    found = []
    for one in new:
        if one.key not in before:
            found.append(gettext("New: %(title)s (%(key)s).", title=one.title, key=one.key))
        elif before[one.key] != one:
            found.append(gettext("Changed: %(title)s (%(key)s).", title=one.title, key=one.key))
    return found
