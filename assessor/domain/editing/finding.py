"""Finding one's way in a long instrument: words in it, and the place that a check names."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assessor.domain.instrument import Instrument, ItemBase, RepeatingGroup

MOST_FOUND = 100


@dataclass(frozen=True)
class Spot:
    """Something that can be opened: an item or a page by its key, or a part of the instrument."""

    kind: Literal["item", "page", "part"]
    key: str


@dataclass(frozen=True)
class Found:
    """`text` is where the words stand: the item's text, an option, a row, a key."""

    spot: Spot
    name: str
    text: str


def search(instrument: Instrument, words: str) -> tuple[Found, ...]:
    """The places whose key, text or answers hold all of the words, in their order; at most 100."""
    wanted = words.casefold().split()
    if not wanted:
        return ()
    found: list[Found] = []
    for spot, name, texts in _texts(instrument):
        if not all(any(word in text.casefold() for text in texts) for word in wanted):
            continue
        best = max(texts, key=lambda text: sum(word in text.casefold() for word in wanted))
        found.append(Found(spot, name, best))
        if len(found) == MOST_FOUND:
            break
    return tuple(found)


def _texts(instrument: Instrument) -> Iterator[tuple[Spot, str, list[str]]]:
    for page in instrument.pages:
        yield (
            Spot("page", page.key),
            page.key,
            [page.title or page.key, page.key, page.introduction],
        )
        for item in page.items:
            yield from _item_texts(item)


def _item_texts(item: ItemBase) -> Iterator[tuple[Spot, str, list[str]]]:
    texts = [item.text, item.key, item.hint, item.base]
    for name in ("options", "columns"):
        texts += [text for one in getattr(item, name, ()) for text in (one.label, one.code)]
    for row in getattr(item, "rows", ()):
        texts += [row.text, row.key]
    yield Spot("item", item.key), item.key, texts
    if isinstance(item, RepeatingGroup):
        for one in item.items:
            yield from _item_texts(one)


def spot_of(instrument: Instrument, where: str) -> tuple[Spot, str]:
    """What a check's `where` ("pages.0.items.3.scale") leads to, and the field there."""
    parts = where.split(".")
    match parts:
        case ["pages", page, "items", item, *rest] if page.isdigit() and item.isdigit():
            return _item_spot(instrument, int(page), int(item), rest)
        case ["pages", page, *rest] if page.isdigit() and int(page) < len(instrument.pages):
            return Spot("page", instrument.pages[int(page)].key), rest[0] if rest else ""
        case [("scales" | "endings" | "quotas" | "samplings") as of, at, *rest] if at.isdigit():
            entries = getattr(instrument, of)
            key = entries[int(at)].key if int(at) < len(entries) else ""
            return Spot("part", f"{of}.{key}" if key else of), rest[0] if rest else ""
        case [("scales" | "endings" | "quotas" | "samplings" | "translations") as of, *_]:
            return Spot("part", "languages" if of == "translations" else of), ""
        case [name] if instrument.item(name) is not None:
            return Spot("item", name), ""
        case _:
            return Spot("part", "settings"), parts[0]


def _item_spot(instrument: Instrument, page: int, at: int, rest: list[str]) -> tuple[Spot, str]:
    try:
        item: ItemBase = instrument.pages[page].items[at]
    except IndexError:
        return Spot("part", "settings"), ""
    if isinstance(item, RepeatingGroup) and rest[:1] == ["items"] and len(rest) > 1:
        within = int(rest[1]) if rest[1].isdigit() else 0
        if within < len(item.items):
            return Spot("item", item.items[within].key), rest[2] if len(rest) > 2 else ""
    return Spot("item", item.key), rest[0] if rest else ""
