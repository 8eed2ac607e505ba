"""The checks of keys: every answer is kept under a name of its own."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from assessor.domain.checks.finding import error
from assessor.domain.instrument import Instrument, ItemBase
from assessor.domain.kinds import columns_of
from assessor.domain.problems import Problem, Said, say, saying

RESERVED_KEYS = frozenset({"group", "weight", "instrument", "version", "language", "csrf_token"})
"""Columns of an answers file that are no items, and the field that keeps a patron's form safe."""

RESERVED_INSTRUMENTS = frozenset({"plan", "mapping"})
"""A library's folder has files of these names for other things."""


def check_keys(instrument: Instrument) -> tuple[Problem, ...]:
    """Keys used twice, keys that mean something else, and columns that would share a name."""
    owners = [(f"{where}.key", key) for where, key in _owners(instrument)]
    pages = [(f"pages.{p}.key", page.key) for p, page in enumerate(instrument.pages)]
    return (
        *repeated(pages, _TWO_PAGES),
        *repeated(owners, _TWO_OWNERS),
        *_reserved(instrument, owners),
        *_columns(instrument),
    )


def items_of(instrument: Instrument) -> Iterator[tuple[str, ItemBase]]:
    """Every item with its place, those of repeating groups among them."""
    for p, page in enumerate(instrument.pages):
        for i, item in enumerate(page.items):
            yield f"pages.{p}.items.{i}", item
            for n, one in enumerate(getattr(item, "items", ())):
                yield f"pages.{p}.items.{i}.items.{n}", one


_TWO_PAGES = saying("`{key}` is the key of two pages. Give one of them another key.")
_TWO_OWNERS = saying(
    "`{key}` is the key of two items or rows. Give one of them another key, since every answer is "
    "kept under its key."
)


def repeated(keys: Iterable[tuple[str, str]], message: Callable[..., Said]) -> list[Problem]:
    """One problem for every key that stands a second time; `keys` are pairs of place and key."""
    seen: set[str] = set()
    problems: list[Problem] = []
    for where, key in keys:
        if key in seen:
            problems.append(error("instrument.duplicate-key", where, message(key=key)))
        seen.add(key)
    return problems


def _owners(instrument: Instrument) -> Iterator[tuple[str, str]]:
    """Every key under which answers are kept, with its place."""
    for where, item in items_of(instrument):
        yield where, item.key
        for r, row in enumerate(getattr(item, "rows", ())):
            yield f"{where}.rows.{r}", row.key


def _reserved(instrument: Instrument, owners: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    for where, key in owners:
        if key in RESERVED_KEYS:
            message = say(
                "`{key}` cannot be an item's key, since files or forms of answers use it for "
                "something else. Call the item something else, such as `{key}_asked`.",
                key=key,
            )
            yield error("instrument.reserved-key", where, message)
    if instrument.key in RESERVED_INSTRUMENTS:
        message = say(
            "An instrument cannot be called `{instrument}`, since the folder's file "
            "{instrument}.yaml is another. Call it something else, such as `patrons`.",
            instrument=instrument.key,
        )
        yield error("instrument.reserved-key", "key", message)


def _columns(instrument: Instrument) -> Iterator[Problem]:
    """Columns of one item with one name, such as an option called as the words of "other" are.

    Keys or codes that are used twice are reported as such.
    """
    for p, page in enumerate(instrument.pages):
        for i, item in enumerate(page.items):
            names = Counter(column.name for column in columns_of(instrument, item))
            if len(names) == names.total() or _is_explained(item):
                continue
            for name in (name for name, times in names.items() if times > 1):
                message = say(
                    "Two answers would be kept as `{name}`. Give the option, the column or the "
                    "scale another code or key.",
                    name=name,
                )
                yield error("instrument.duplicate-column", f"pages.{p}.items.{i}", message)


def _is_explained(item: ItemBase) -> bool:
    """Whether keys or codes used twice are reported as such."""
    for name, mark in (("options", "code"), ("columns", "code"), ("scales", "key")):
        marks = [getattr(part, mark) for part in getattr(item, name, ())]
        if len(marks) != len(set(marks)):
            return True
    keys = [item.key, *(part.key for name in ("rows", "items") for part in getattr(item, name, ()))]
    return len(keys) != len(set(keys))
