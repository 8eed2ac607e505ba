"""Where things stand in an instrument, and the instrument with one of them changed.

Items are named by their keys, wherever they are: on a page, or within a group that repeats.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assessor.domain.editing.refusing import rebuilt, refusal
from assessor.domain.instrument import (
    MATRIX_KINDS,
    Instrument,
    ItemBase,
    Page,
    RepeatingGroup,
)
from assessor.domain.problems import say

RESERVED = frozenset({"group", "weight", "instrument", "version", "csrf_token"})
"""No item may have these keys; `checks/instrument.py` says why."""

LONGEST_KEY = 60


@dataclass(frozen=True)
class Place:
    """An item where it stands: its page, the group it is in (None: none), which of them it is."""

    page: Page
    item: ItemBase
    at: int
    group: RepeatingGroup | None = None


def page_of(instrument: Instrument, key: str) -> Page:
    found = next((page for page in instrument.pages if page.key == key), None)
    if found is None:
        raise refusal(
            "no-page", "page", say("There is no page `{key}` any more. Choose another.", key=key)
        )
    return found


def place_of(instrument: Instrument, key: str) -> Place:
    """Where the item with this key stands; a row's key is no item's."""
    for page in instrument.pages:
        for at, item in enumerate(page.items):
            if item.key == key:
                return Place(page, item, at)
            if isinstance(item, RepeatingGroup):
                for within, one in enumerate(item.items):
                    if one.key == key:
                        return Place(page, one, within, item)
    raise refusal(
        "no-item", "item", say("There is no item `{key}` any more. Choose another.", key=key)
    )


def item_keys(instrument: Instrument) -> set[str]:
    """Every key that an answer is or could be kept under: items, rows, repeated items."""
    found: set[str] = set()
    for item in instrument.items():
        found |= keys_within(item)
    return found


def keys_within(item: ItemBase) -> set[str]:
    """The keys of an item, its rows, and the items it repeats."""
    found = {item.key}
    if isinstance(item, MATRIX_KINDS):
        found |= {row.key for row in item.rows}
    if isinstance(item, RepeatingGroup):
        found |= {one.key for one in item.items}
    return found


def free_key(wanted: str, taken: Iterable[str]) -> str:
    """`wanted`, or with the first number behind it that makes it new."""
    used = {*taken, *RESERVED}
    if wanted not in used:
        return wanted
    stem = re.sub(r"_\d+$", "", wanted)[: LONGEST_KEY - 5] or wanted
    number = 2
    while f"{stem}_{number}" in used:
        number += 1
    return f"{stem}_{number}"


def key_from(text: str, fallback: str) -> str:
    """A key made of a text's first words: "Is it quiet here?" gives `is_it_quiet_here`."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    key = "_".join(words[:4])[:40].strip("_")
    return key if key and key[0].isalpha() else fallback


def with_pages(instrument: Instrument, pages: Iterable[Page]) -> Instrument:
    return rebuilt(instrument, pages=tuple(pages))


def with_page(instrument: Instrument, key: str, new: Page) -> Instrument:
    return with_pages(instrument, (new if p.key == key else p for p in instrument.pages))


def with_item(instrument: Instrument, key: str, new: ItemBase) -> Instrument:
    """The instrument with another item in the place of the one with this key."""
    return _changed_at(instrument, key, lambda items, at: (*items[:at], new, *items[at + 1 :]))


def without_item(instrument: Instrument, key: str) -> Instrument:
    """The instrument without the item; a page or group keeps at least one."""
    place = place_of(instrument, key)
    around = place.group.items if place.group else place.page.items
    if len(around) == 1:
        of_page = say("This is the only item of its page. Add another first, or remove the page.")
        of_group = say(
            "This is the only item of its group. Add another first, or remove the group."
        )
        message = of_group if place.group else of_page
        raise refusal("last-item", "item", message)
    return _changed_at(instrument, key, lambda items, at: (*items[:at], *items[at + 1 :]))


def with_item_after(
    instrument: Instrument, new: ItemBase, *, after: str | None, page: str
) -> Instrument:
    """The instrument with a new item behind another one; first on the page where that is None."""
    if after is None:
        found = page_of(instrument, page)
        return with_page(instrument, page, rebuilt(found, items=(new, *found.items)))
    return _changed_at(
        instrument, after, lambda items, at: (*items[: at + 1], new, *items[at + 1 :])
    )


Rearrange = Callable[[tuple[ItemBase, ...], int], tuple[ItemBase, ...]]


def _changed_at(instrument: Instrument, key: str, rearrange: Rearrange) -> Instrument:
    """The list of items that holds this key, rearranged; the rest stays."""
    place = place_of(instrument, key)
    if place.group is not None:
        group = rebuilt(place.group, items=rearrange(place.group.items, place.at))
        return with_item(instrument, place.group.key, group)
    page = rebuilt(place.page, items=rearrange(place.page.items, place.at))
    return with_page(instrument, page.key, page)


def moved(things: tuple[ItemBase, ...], at: int, to: int) -> tuple[ItemBase, ...]:
    """The things with the one at `at` put where `to` says, counted without it."""
    rest = list(things[:at] + things[at + 1 :])
    rest.insert(max(0, min(to, len(rest))), things[at])
    return tuple(rest)
