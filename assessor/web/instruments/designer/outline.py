"""The outline of an instrument beside what is open, the search in it, and what the checks say."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from flask import url_for

from assessor.domain.checks.feeding import check_feeding
from assessor.domain.checks.instrument import check_instrument
from assessor.domain.editing.dependents import Dependent
from assessor.domain.editing.finding import Found, search, spot_of
from assessor.domain.instrument import Instrument, ItemBase, Page, RepeatingGroup
from assessor.domain.kinds import KINDS
from assessor.domain.logic_names import quoted
from assessor.domain.mapping import Mapping
from assessor.domain.plan import Plan
from assessor.domain.problems import Problem
from assessor.reports.words import shortened
from assessor.web.instruments.designer.panels import Panel, at_of
from assessor.web.instruments.designer.part_forms import item_kind
from assessor.web.messages import as_said, gettext, ngettext, to_translate, told

ITEMS_AT_ONCE = 60
CHECKS_AT_ONCE = 40
CHECKS_KEPT = 32
MANY_ITEMS = 400


@dataclass(frozen=True)
class OutlineItem:
    key: str
    text: str
    kind: str
    href: str
    is_current: bool
    marks: tuple[str, ...]
    within: tuple["OutlineItem", ...] = ()


@dataclass(frozen=True)
class OutlinePage:
    """`items` are shown of the page that is open, `first` is the place of the first of them."""

    key: str
    title: str
    href: str
    count: int
    is_current: bool
    is_open: bool
    items: tuple[OutlineItem, ...] = ()
    first: int = 0
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True)
class CheckLine:
    severity: str
    message: str
    short: str
    href: str | None


# Any: what addresses take; a name with an underscore is for Flask itself.
def edit_url(key: str, at: str, **more: Any) -> str:
    return url_for("instruments.edit", key=key, at=at, **more)


def outline(instrument: Instrument, panel: Panel, first: int | None) -> tuple[OutlinePage, ...]:
    """Every page; the items of the page that is open, at most sixty of them at a time."""
    return tuple(
        _page(instrument, page, number, panel, first)
        for number, page in enumerate(instrument.pages, start=1)
    )


def _page(
    instrument: Instrument, page: Page, number: int, panel: Panel, first: int | None
) -> OutlinePage:
    at = f"page:{page.key}"
    is_open = panel.page is not None and panel.page.key == page.key
    items: tuple[OutlineItem, ...] = ()
    start = 0
    before = after = None
    if is_open:
        start = _start(page, panel, first)
        chosen = page.items[start : start + ITEMS_AT_ONCE]
        items = tuple(_item(instrument, item, panel) for item in chosen)
        if start > 0:
            before = edit_url(instrument.key, panel.at, first=max(0, start - ITEMS_AT_ONCE))
        if start + ITEMS_AT_ONCE < len(page.items):
            after = edit_url(instrument.key, panel.at, first=start + ITEMS_AT_ONCE)
    return OutlinePage(
        key=page.key,
        title=page.title or gettext("Page %(number)s", number=number),
        href=edit_url(instrument.key, at, _anchor="panel"),
        count=len(page.items),
        is_current=panel.at == at,
        is_open=is_open,
        items=items,
        first=start,
        before=before,
        after=after,
    )


def _start(page: Page, panel: Panel, first: int | None) -> int:
    if first is not None:
        return max(0, min(first, len(page.items) - 1))
    if panel.place is None:
        return 0
    owner = panel.place.group or panel.place.item
    at = next((n for n, item in enumerate(page.items) if item.key == owner.key), 0)
    return at // ITEMS_AT_ONCE * ITEMS_AT_ONCE


def _item(instrument: Instrument, item: ItemBase, panel: Panel) -> OutlineItem:
    at = f"item:{item.key}"
    within = item.items if isinstance(item, RepeatingGroup) else ()
    return OutlineItem(
        key=item.key,
        text=shortened(item.text, 90),
        kind=gettext(KINDS[item_kind(item)].label),
        href=edit_url(instrument.key, at, _anchor="panel"),
        is_current=panel.at == at,
        marks=tuple(_marks(item)),
        within=tuple(_item(instrument, one, panel) for one in within),
    )


def _marks(item: ItemBase) -> list[str]:
    marks = []
    if item.relevant:
        marks.append(gettext("shown to some"))
    if item.required or item.required_when:
        marks.append(gettext("needs an answer"))
    if item.catalogue:
        marks.append(gettext("catalogue"))
    rows = getattr(item, "rows", ())
    if rows:
        marks.append(ngettext("%(num)s row", "%(num)s rows", len(rows)))
    return marks


def found_by(instrument: Instrument, words: str) -> list[tuple[Found, str]]:
    """What a search finds, each with the address that opens it."""
    return [
        (found, edit_url(instrument.key, at_of(found.spot), _anchor="panel"))
        for found in search(instrument, words)
    ]


_known_checks: OrderedDict[str, tuple[Problem, ...]] = OrderedDict()


def checks_of(instrument: Instrument, sha256: str) -> tuple[Problem, ...]:
    """What the check says; of one content it is worked out once."""
    if sha256 not in _known_checks:
        _known_checks[sha256] = check_instrument(instrument)
        while len(_known_checks) > CHECKS_KEPT:
            _known_checks.popitem(last=False)
    return _known_checks.get(sha256, ())


def is_slow_to_check(instrument: Instrument, sha256: str) -> bool:
    """Whether a page should come before its checks: reading thousands of expressions takes time."""
    if sha256 in _known_checks:
        return False
    return sum(len(page.items) for page in instrument.pages) > MANY_ITEMS


def check_lines(
    instrument: Instrument, checks: tuple[Problem, ...], served: list[tuple[Mapping, Plan]]
) -> list[CheckLine]:
    """Everything that was found, errors first, each with the place that it is about."""
    feeding = [one for mapping, plan in served for one in check_feeding(instrument, mapping, plan)]
    ordered = sorted((*checks, *feeding), key=lambda problem: problem.severity != "error")
    return [_line(instrument, problem) for problem in ordered]


def _line(instrument: Instrument, problem: Problem) -> CheckLine:
    if problem.code == "feeding.lost":
        href = url_for("mapping.element", code=problem.where)
    else:
        spot, name = spot_of(instrument, problem.where)
        href = edit_url(instrument.key, at_of(spot), _anchor=f"f-{name}" if name else "panel")
    short = shortened(str(told(problem.message)), 60)
    return CheckLine(problem.severity, as_said(problem.message), short, href)


_MISSES = {
    "relevant": to_translate("%(name)s is shown depending on it."),
    "required_when": to_translate("%(name)s needs an answer depending on it."),
    "constraint": to_translate("%(name)s takes answers depending on it."),
    "option_filter": to_translate("%(name)s offers answers depending on it."),
    "calculation": to_translate("%(name)s is worked out from it."),
    "when": to_translate("%(name)s depends on it."),
    "items": to_translate("%(name)s asks it of some people only."),
}
_NAMES_IT = to_translate("%(name)s names it.")
_NAMES = {
    "page": to_translate("The page %(name)s"),
    "ending": to_translate("The ending %(name)s"),
    "quota": to_translate("The quota %(name)s"),
    "sampling": to_translate("The sampling %(name)s"),
}


def dependent_words(one: Dependent) -> str:
    """Who will miss an item, as a sentence."""
    if one.kind == "instrument":
        return gettext("It gives the groups of the audience; waves then have none.")
    if one.kind == "indicator":
        return gettext(
            "The indicator %(name)s (%(element)s) reads it.",
            name=told(quoted(one.name)),
            element=one.field,
        )
    name = told(quoted(one.name)) if one.name else f"`{one.key}`"
    if one.kind in _NAMES:
        name = gettext(_NAMES[one.kind], name=name)
    return gettext(_MISSES.get(one.field, _NAMES_IT), name=name)
