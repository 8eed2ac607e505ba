"""What of an instrument serves nothing, and what of a plan it no longer serves."""

from collections.abc import Iterator

from assessor.domain.checks.finding import in_code, warning
from assessor.domain.instrument import MATRIX_KINDS, Instrument, Item, RepeatingGroup
from assessor.domain.kinds import KINDS
from assessor.domain.mapping import Indicator, ItemEvidence, Mapping
from assessor.domain.plan import Plan
from assessor.domain.problems import Problem, say


def check_feeding(instrument: Instrument, mapping: Mapping, plan: Plan) -> tuple[Problem, ...]:
    """Items that no indicator reads, and elements whose evidence this instrument should hold.

    `where` leads into the instrument for items (`feeding.unused`), and is an element's code for
    elements (`feeding.lost`). All of it is a warning: an item may serve a report or a route.
    """
    return (*_unused(instrument, mapping), *_lost(instrument, mapping, plan))


def _unused(instrument: Instrument, mapping: Mapping) -> Iterator[Problem]:
    fed = {key for _indicator, key in _named(instrument, mapping)}
    if not fed:
        # Of an instrument that no indicator names yet, every item would be told.
        return
    for p, page in enumerate(instrument.pages):
        for i, item in enumerate(page.items):
            if not _should_feed(instrument, item):
                continue
            where = f"pages.{p}.items.{i}"
            rows = [row.key for row in item.rows] if isinstance(item, MATRIX_KINDS) else []
            unread = [key for key in rows if key not in fed] if item.key not in fed else []
            if rows and 0 < len(unread) < len(rows):
                message = say(
                    "No indicator reads these rows of `{item}`: {rows}. Map it to an outcome, or "
                    "leave it out and save people the time.",
                    item=item.key,
                    rows=in_code(unread),
                )
                yield warning("feeding.unused", f"{where}.rows", message)
            elif unread or (not rows and item.key not in fed):
                message = say(
                    "No indicator reads `{item}`. Map it to an outcome, or leave it out and save "
                    "people the time.",
                    item=item.key,
                )
                yield warning("feeding.unused", where, message)


def _should_feed(instrument: Instrument, item: Item) -> bool:
    """Who somebody is, and what only leads elsewhere, need not be read by an indicator."""
    if item.key == instrument.group_item or isinstance(item, RepeatingGroup):
        return False
    return KINDS[item.kind].scored and item.kind not in {"consent", "hidden", "calculated"}


def _lost(instrument: Instrument, mapping: Mapping, plan: Plan) -> Iterator[Problem]:
    missing: dict[str, list[Indicator]] = {}
    for indicator, key in _named(instrument, mapping):
        if instrument.item(key) is None:
            missing.setdefault(key, []).append(indicator)
    texts = {element.code: element.text for element in plan.elements}
    for key, indicators in missing.items():
        for code in dict.fromkeys(one.element for one in indicators):
            names = ", ".join(f"“{one.name}”" for one in indicators if one.element == code)
            element = f"{code} ({texts[code][:80]})" if code in texts else code
            message = say(
                "{element} loses evidence: {names} reads `{key}`, which is not asked here. Ask it "
                "again, or change the indicator.",
                element=element,
                names=names,
                key=key,
            )
            yield warning("feeding.lost", code, message)


def _named(instrument: Instrument, mapping: Mapping) -> Iterator[tuple[Indicator, str]]:
    """Every indicator with every key of this instrument that it names."""
    for indicator in mapping.indicators:
        for evidence in indicator.evidence:
            if isinstance(evidence, ItemEvidence) and evidence.instrument == instrument.key:
                yield from ((indicator, key) for key in evidence.items)
