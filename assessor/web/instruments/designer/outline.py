"""The outline of an instrument beside what is open, the search in it, and what the checks say."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import url_for

from assessor.domain.checks.feeding import check_feeding
from assessor.domain.checks.instrument import check_instrument
from assessor.domain.editing.dependents import Dependent
from assessor.domain.editing.finding import Found, search, spot_of
from assessor.domain.fingerprint import fingerprint
from assessor.domain.instrument import Instrument, ItemBase, Page, RepeatingGroup
from assessor.domain.kinds import KINDS
from assessor.domain.logic_names import quoted
from assessor.domain.mapping import Mapping
from assessor.domain.plan import Plan
from assessor.domain.problems import Problem
from assessor.reports.words import shortened
from assessor.web.instruments.designer.panels import Panel, at_of
from assessor.web.instruments.designer.part_forms import item_kind

ITEMS_AT_ONCE = 60
CHECKS_AT_ONCE = 40


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
        title=page.title or f"Page {number}",
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
        kind=KINDS[item_kind(item)].label,
        href=edit_url(instrument.key, at, _anchor="panel"),
        is_current=panel.at == at,
        marks=tuple(_marks(item)),
        within=tuple(_item(instrument, one, panel) for one in within),
    )


def _marks(item: ItemBase) -> list[str]:
    marks = []
    if item.relevant:
        marks.append("shown to some")
    if item.required or item.required_when:
        marks.append("needs an answer")
    if item.catalogue:
        marks.append("catalogue")
    rows = getattr(item, "rows", ())
    if rows:
        marks.append(f"{len(rows)} row{'' if len(rows) == 1 else 's'}")
    return marks


def found_by(instrument: Instrument, words: str) -> list[tuple[Found, str]]:
    """What a search finds, each with the address that opens it."""
    return [
        (found, edit_url(instrument.key, at_of(found.spot), _anchor="panel"))
        for found in search(instrument, words)
    ]


@lru_cache(maxsize=32)
def _checked(sha256: str, holder: "_Held") -> tuple[Problem, ...]:
    return check_instrument(holder.instrument)


@dataclass(frozen=True)
class _Held:
    """An instrument that is told apart by its fingerprint alone."""

    sha256: str
    instrument: Instrument

    def __hash__(self) -> int:
        return hash(self.sha256)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.sha256 == self.sha256


def checks_of(instrument: Instrument, sha256: str = "") -> tuple[Problem, ...]:
    """What the check says; of one content it is worked out once."""
    known = sha256 or fingerprint(instrument)
    return _checked(known, _Held(known, instrument))


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
        return CheckLine(problem.severity, problem.message, href)
    spot, name = spot_of(instrument, problem.where)
    anchor = f"f-{name}" if name else "panel"
    return CheckLine(
        problem.severity, problem.message, edit_url(instrument.key, at_of(spot), _anchor=anchor)
    )


_FIELD_WORDS = {
    "relevant": "is shown depending on it",
    "required_when": "needs an answer depending on it",
    "constraint": "takes answers depending on it",
    "option_filter": "offers answers depending on it",
    "calculation": "is worked out from it",
    "when": "depends on it",
    "items": "asks it of some people only",
}


def dependent_words(one: Dependent) -> str:
    """Who will miss an item, as a sentence."""
    if one.kind == "instrument":
        return "It gives the groups of the audience; waves then have none."
    if one.kind == "indicator":
        return f"The indicator {quoted(one.name)} ({one.field}) reads it."
    kinds = {"page": "The page", "ending": "The ending", "quota": "The quota"}
    kinds["sampling"] = "The sampling"
    what = kinds.get(one.kind, "")
    name = quoted(one.name) if one.name else f"`{one.key}`"
    return f"{what} {name} {_FIELD_WORDS.get(one.field, 'names it')}.".strip()
