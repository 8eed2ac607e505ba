"""What changed between two versions of an instrument, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assessor.domain.instrument import (
    Column,
    Instrument,
    Item,
    MultipleChoice,
    Option,
    SingleChoice,
)
from assessor.domain.kinds import columns, na_label
from assessor.reports.words import counted, listed

Kind = Literal["new", "gone", "wording", "answers", "place", "other"]


@dataclass(frozen=True)
class Change:
    """One difference. `old` and `new` are texts to set side by side, empty where there is none."""

    kind: Kind
    key: str
    sentence: str
    old: str = ""
    new: str = ""


def changes(old: Instrument, new: Instrument) -> tuple[Change, ...]:
    """Every difference that somebody who answers, or who reads a trend, would notice."""
    return (*_items(old, new), *_frame(old, new))


def summary(found: tuple[Change, ...]) -> str:
    """The differences in one sentence: "2 new, 1 gone, 3 with other words"."""
    if not found:
        return "Nothing that is asked has changed."
    named = {
        "new": "new",
        "gone": "gone",
        "wording": "with other words",
        "answers": "with other answers",
        "place": "elsewhere",
        "other": "other changes",
    }
    parts = []
    for kind, words in named.items():
        number = sum(change.kind == kind for change in found)
        if number and kind == "other":
            parts.append(counted(number, "other change"))
        elif number:
            parts.append(f"{counted(number, 'item') if not parts else number} {words}")
    return f"{listed(parts)}."


def _items(old: Instrument, new: Instrument) -> Iterator[Change]:
    before, after = _asked(old), _asked(new)
    for key in after:
        if key not in before:
            text = _text(after[key])
            yield Change("new", key, "New: nobody was asked this before.", new=text)
    for key in before:
        if key not in after:
            yield Change("gone", key, "Gone: it is not asked any more.", old=_text(before[key]))
    for key in after:
        if key in before:
            yield from _item(key, old, new, before[key], after[key])
    yield from _places(old, new)


def _asked(instrument: Instrument) -> dict[str, tuple[Column, ...]]:
    """Item or row key → its columns, in the order of the pages."""
    found: dict[str, tuple[Column, ...]] = {}
    for column in columns(instrument):
        found[column.owner] = (*found.get(column.owner, ()), column)
    return found


def _text(asked: tuple[Column, ...]) -> str:
    return asked[0].text


def _item(
    key: str,
    old: Instrument,
    new: Instrument,
    before: tuple[Column, ...],
    after: tuple[Column, ...],
) -> Iterator[Change]:
    item_before, item_after = old.item(key), new.item(key)
    assert item_before is not None, "the key is one of the older version's"
    assert item_after is not None, "and of the newer version's"
    stem = item_before.text != item_after.text
    if _text(before) != _text(after) or stem:
        yield Change(
            "wording",
            key,
            "Asked in other words."
            if _text(before) != _text(after)
            else "Its question reads anew.",
            _worded(item_before, before) if stem else _text(before),
            _worded(item_after, after) if stem else _text(after),
        )
    if before[0].kind != after[0].kind:
        yield Change("answers", key, f"Was {_kind(before)}, is now {_kind(after)}.")
    elif _answers(old, before, item_before) != _answers(new, after, item_after):
        yield Change(
            "answers",
            key,
            "Other answers to choose from.",
            _answers(old, before, item_before),
            _answers(new, after, item_after),
        )
    if before[0].reversed != after[0].reversed:
        turned = "is now" if after[0].reversed else "is no longer"
        yield Change("other", key, f"It {turned} read as worded the other way round.")
    if before[0].base != after[0].base:
        yield Change("other", key, "Asked of other people.", before[0].base, after[0].base)
    if item_before.required != item_after.required:
        needs = "needs" if item_after.required else "no longer needs"
        yield Change("other", key, f"It {needs} an answer.")
    if item_before.hint != item_after.hint:
        yield Change("other", key, "Another hint.", item_before.hint, item_after.hint)


def _worded(item: Item, asked: tuple[Column, ...]) -> str:
    """The question; a row together with the question above it."""
    own = _text(asked)
    return own if own == item.text else f"{item.text} {own}"


def _kind(asked: tuple[Column, ...]) -> str:
    return asked[0].kind.replace("_", " ")


def _answers(instrument: Instrument, asked: tuple[Column, ...], item: Item) -> str:
    """Everything there is to choose from, as one line."""
    parts = []
    if isinstance(item, SingleChoice | MultipleChoice):
        parts.append(_options(item.options))
    for column in asked:
        scale = instrument.scale(column.scale) if column.scale else None
        if scale is not None:
            points = " · ".join(scale.label(value) for value in scale.values)
            parts.append(f"{column.use}: {points}" if column.use else points)
    if not parts:
        bounds = item.model_dump(
            include={"minimum", "maximum", "whole", "unit", "max_length", "low_label", "high_label"}
        )
        parts.append(
            ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in bounds.items())
        )
    if na_label(item):
        parts.append(na_label(item))
    return "; ".join(parts)


def _options(options: tuple[Option, ...]) -> str:
    return " · ".join(option.label for option in options)


def _places(old: Instrument, new: Instrument) -> Iterator[Change]:
    """Items that stand on another page, told once each."""
    before = {item.key: page for page in old.pages for item in page.items}
    for page in new.pages:
        for item in page.items:
            was = before.get(item.key)
            if was is not None and was.key != page.key:
                moved = f"Moved from “{was.title or was.key}” to “{page.title or page.key}”."
                yield Change("place", item.key, moved)


def _frame(old: Instrument, new: Instrument) -> Iterator[Change]:
    """What stands around the items."""
    named = {
        "title": "Another title.",
        "audience": "For another audience.",
        "introduction": "Another introduction.",
        "thanks": "Other words of thanks.",
        "language": "In another language.",
    }
    for name, sentence in named.items():
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield Change("other", name, sentence, was, now)
    if old.group_item != new.group_item:
        sentence = "Another item gives the groups."
        yield Change("other", "group_item", sentence, old.group_item or "", new.group_item or "")
    titles = {page.key: page.title for page in old.pages}
    for page in new.pages:
        if page.key in titles and titles[page.key] != page.title:
            yield Change(
                "other", page.key, "A page is called otherwise.", titles[page.key], page.title
            )
