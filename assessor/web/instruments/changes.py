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
from assessor.domain.kinds import KINDS, columns, na_label
from assessor.web.messages import gettext, ngettext, number_to_translate
from assessor.web.writing import listed, within

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


_SUMMED: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "new": (
        number_to_translate("%(num)s item new", "%(num)s items new"),
        number_to_translate("%(num)s new", "%(num)s new"),
    ),
    "gone": (
        number_to_translate("%(num)s item gone", "%(num)s items gone"),
        number_to_translate("%(num)s gone", "%(num)s gone"),
    ),
    "wording": (
        number_to_translate("%(num)s item with other words", "%(num)s items with other words"),
        number_to_translate("%(num)s with other words", "%(num)s with other words"),
    ),
    "answers": (
        number_to_translate("%(num)s item with other answers", "%(num)s items with other answers"),
        number_to_translate("%(num)s with other answers", "%(num)s with other answers"),
    ),
    "place": (
        number_to_translate("%(num)s item elsewhere", "%(num)s items elsewhere"),
        number_to_translate("%(num)s elsewhere", "%(num)s elsewhere"),
    ),
    "other": (
        number_to_translate("%(num)s other change", "%(num)s other changes"),
        number_to_translate("%(num)s other change", "%(num)s other changes"),
    ),
}
"""How many changes there are of each kind: as the first that is said, and after another."""


def summary(found: tuple[Change, ...]) -> str:
    """The differences in one sentence: "2 new, 1 gone, 3 with other words"."""
    if not found:
        return gettext("Nothing that is asked has changed.")
    parts: list[str] = []
    for kind, (first, later) in _SUMMED.items():
        number = sum(change.kind == kind for change in found)
        if number:
            parts.append(ngettext(*(later if parts else first), number))
    return gettext("%(changes)s.", changes=listed(parts))


def _items(old: Instrument, new: Instrument) -> Iterator[Change]:
    before, after = _asked(old), _asked(new)
    for key in after:
        if key not in before:
            text = _text(after[key])
            yield Change("new", key, gettext("New: nobody was asked this before."), new=text)
    for key in before:
        if key not in after:
            yield Change(
                "gone", key, gettext("Gone: it is not asked any more."), old=_text(before[key])
            )
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
            gettext("Asked in other words.")
            if _text(before) != _text(after)
            else gettext("Its question reads anew."),
            _worded(item_before, before) if stem else _text(before),
            _worded(item_after, after) if stem else _text(after),
        )
    if before[0].kind != after[0].kind:
        yield Change(
            "answers",
            key,
            gettext("Was %(before)s, is now %(after)s.", before=_kind(before), after=_kind(after)),
        )
    elif _answers(old, before, item_before) != _answers(new, after, item_after):
        yield Change(
            "answers",
            key,
            gettext("Other answers to choose from."),
            _answers(old, before, item_before),
            _answers(new, after, item_after),
        )
    if before[0].reversed != after[0].reversed:
        sentence = (
            gettext("It is now read as worded the other way round.")
            if after[0].reversed
            else gettext("It is no longer read as worded the other way round.")
        )
        yield Change("other", key, sentence)
    if before[0].base != after[0].base:
        yield Change("other", key, gettext("Asked of other people."), before[0].base, after[0].base)
    if item_before.required != item_after.required:
        needs_one = item_after.required
        sentence = (
            gettext("It needs an answer.")
            if needs_one
            else gettext("It no longer needs an answer.")
        )
        yield Change("other", key, sentence)
    if item_before.hint != item_after.hint:
        yield Change("other", key, gettext("Another hint."), item_before.hint, item_after.hint)


def _worded(item: Item, asked: tuple[Column, ...]) -> str:
    """The question; a row together with the question above it."""
    own = _text(asked)
    return own if own == item.text else f"{item.text} {own}"


def _kind(asked: tuple[Column, ...]) -> str:
    return within(gettext(KINDS[asked[0].kind].label))


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
                moved = gettext(
                    "Moved from “%(old)s” to “%(new)s”.",
                    old=was.title or was.key,
                    new=page.title or page.key,
                )
                yield Change("place", item.key, moved)


def _frame(old: Instrument, new: Instrument) -> Iterator[Change]:
    """What stands around the items."""
    named = {
        "title": gettext("Another title."),
        "audience": gettext("For another audience."),
        "introduction": gettext("Another introduction."),
        "thanks": gettext("Other words of thanks."),
        "language": gettext("In another language."),
    }
    for name, sentence in named.items():
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield Change("other", name, sentence, was, now)
    if old.group_item != new.group_item:
        sentence = gettext("Another item gives the groups.")
        yield Change("other", "group_item", sentence, old.group_item or "", new.group_item or "")
    titles = {page.key: page.title for page in old.pages}
    for page in new.pages:
        if page.key in titles and titles[page.key] != page.title:
            yield Change(
                "other",
                page.key,
                gettext("A page is called otherwise."),
                titles[page.key],
                page.title,
            )
