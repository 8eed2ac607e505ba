"""Where a draft stands: the pages on the person's way, and which of them are done.

Everything follows from the draft: its answers, its seed, and the version it was begun with, which
is the one it is finished with whatever the wave does meanwhile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assessor.actions.counting import full_quotas
from assessor.domain.arrangement import items_in_order
from assessor.domain.instrument import (
    Calculated,
    Instrument,
    Item,
    Page,
    RepeatingGroup,
)
from assessor.domain.logic import references
from assessor.domain.route import Person, Route, follow
from assessor.domain.translations import in_language
from assessor.store import answers
from assessor.store.answers import Draft
from assessor.store.database import today
from assessor.store.published import Published


@dataclass(frozen=True)
class Way:
    """A person's way through the version they began. Numbers of pages count from 1."""

    published: Published
    draft: Draft
    person: Person
    route: Route
    done: tuple[str, ...]

    @property
    def instrument(self) -> Instrument:
        return self.published.instrument

    def page(self, number: int) -> Page | None:
        """The page that this person meets as their `number`-th."""
        if not 1 <= number <= len(self.route.pages):
            return None
        return self.published.pages[self.route.pages[number - 1]]

    def number(self, page_key: str) -> int | None:
        """Which page of the way this is; None where it is not on it."""
        return self.route.pages.index(page_key) + 1 if page_key in self.route.pages else None

    @property
    def next_page(self) -> str | None:
        """The first page that is not done; None where all are."""
        return next((key for key in self.route.pages if key not in self.done), None)

    @property
    def next_number(self) -> int:
        """The number of the page that is due; the last one's where all are done."""
        due = self.next_page
        return (self.number(due) if due else None) or len(self.route.pages)

    @property
    def may_come(self) -> tuple[str, ...]:
        """Pages that are not on the way yet, and that answers still to be given can bring there."""
        open_keys = {
            key
            for page_key in self.route.pages
            if page_key not in self.done
            for item in self.published.pages[page_key].items
            for key in _named(item)
        }
        calculations = {
            item.key: item.calculation
            for item in self.instrument.items()
            if isinstance(item, Calculated)
        }
        return tuple(
            page.key
            for page in self.instrument.pages
            if page.key not in self.route.pages
            and _hangs_on(
                [page.relevant, *(item.relevant for item in page.items)], open_keys, calculations
            )
        )

    def in_language(self, language: str) -> Instrument:
        return in_language(self.instrument, language)

    def items(self, page: Page) -> tuple[Item, ...]:
        """What is asked on a page, in the order in which this person sees it."""
        asked = {item.key for item in self.route.asks(page)}
        ordered = items_in_order(page, self.person.seed)
        return tuple(item for item in ordered if item.key in asked)

    def with_route(self, route: Route) -> "Way":
        """The same draft, looked at with other answers."""
        return replace(self, route=route)


def _named(item: Item) -> tuple[str, ...]:
    """Every key by which logic can name an item, its rows and what it repeats."""
    rows = getattr(item, "rows", ()) or getattr(item, "items", ())
    return (item.key, *(row.key for row in rows))


def _hangs_on(expressions: Sequence[str], keys: set[str], calculations: Mapping[str, str]) -> bool:
    """Whether logic asks about one of these keys, or about what is worked out from them."""
    seen: set[str] = set()
    to_read = list(expressions)
    while to_read:
        for name in references(to_read.pop()):
            key = name.partition(".")[0]
            if key in keys:
                return True
            if key in calculations and key not in seen:
                seen.add(key)
                to_read.append(calculations[key])
    return False


def way(token: str, wave_id: str, *, on: date | None = None) -> Way | None:
    """The way of the browser that holds this token; None where it has begun nothing."""
    draft = answers.draft(token, wave_id)
    return way_of(draft, wave_id, on or today()) if draft else None


def way_of(draft: Draft, wave_id: str, day: date) -> Way:
    published = draft.published()
    instrument = published.instrument
    person = Person(on=day, seed=draft.seed, full=full_quotas(wave_id, instrument))
    route = follow(instrument, draft.answers, person, done=frozenset(draft.pages_done))
    done = still_done(instrument, route, draft.pages_done)
    return Way(published, draft, person, route, done)


def still_done(
    instrument: Instrument, route: Route, pages_done: tuple[str, ...]
) -> tuple[str, ...]:
    """The pages of the way that were done, and of which nothing more is asked since.

    A page is asked again where an answer elsewhere brought something new to it.
    """
    pages = {page.key: page for page in instrument.pages}
    return tuple(
        key for key in route.pages if key in pages_done and _is_complete(pages[key], route)
    )


def _is_complete(page: Page, route: Route) -> bool:
    for item in route.asks(page):
        if isinstance(item, Calculated):
            continue
        # A group that repeats has columns for every time there could be.
        names = (item.key,) if isinstance(item, RepeatingGroup) else route.asked[item.key].columns
        if not all(name in route.answers for name in names):
            return False
    return True
