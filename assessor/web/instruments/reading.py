"""An instrument as its reader sees it: every item with its key, its answers, and what it feeds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from assessor.domain.checks.duration import estimated_minutes
from assessor.domain.instrument import (
    Instrument,
    Item,
    ItemBase,
    Likelihood,
    LongTextItem,
    MultipleChoice,
    Number,
    Page,
    Rated,
    Rating,
    RatingMatrix,
    ShortText,
    SingleChoice,
    TextBlock,
)
from assessor.domain.kinds import KINDS, columns_of_item, na_label
from assessor.domain.mapping import ItemEvidence
from assessor.domain.mapping import Mapping as PlanMapping
from assessor.reports.numbers import plain
from assessor.web.messages import gettext
from assessor.web.wording import rich_text


@dataclass(frozen=True)
class Feed:
    """An indicator that reads an item."""

    indicator: str
    element: str


@dataclass(frozen=True)
class RowReading:
    """One row of a matrix, with a key of its own."""

    key: str
    text: str
    base: str
    is_reversed: bool
    feeds: tuple[Feed, ...]


@dataclass(frozen=True)
class ItemReading:
    """One item. `answers` are lines of what can be answered; `feeds` is None where it need not."""

    number: int | None
    item: Item
    kind: str
    html: Markup
    answers: tuple[str, ...]
    notes: tuple[str, ...]
    rows: tuple[RowReading, ...]
    feeds: tuple[Feed, ...] | None


@dataclass(frozen=True)
class PageReading:
    """One page of an instrument."""

    page: Page
    introduction: Markup
    items: tuple[ItemReading, ...]


def read_pages(instrument: Instrument, mappings: Iterable[PlanMapping]) -> tuple[PageReading, ...]:
    """The instrument's pages; `mappings` say which items feed which indicators."""
    feeds = feeds_of(instrument, mappings)
    numbers = _numbers(instrument)
    return tuple(
        PageReading(
            page,
            rich_text(page.introduction),
            tuple(_item(instrument, item, next(numbers), feeds) for item in page.items),
        )
        for page in instrument.pages
    )


def feeds_of(
    instrument: Instrument, mappings: Iterable[PlanMapping]
) -> dict[str, tuple[Feed, ...]]:
    """Item or row key → the indicators it feeds. A matrix that is named whole feeds by each row."""
    found: dict[str, list[Feed]] = {}
    for mapping in mappings:
        for indicator in mapping.indicators:
            for evidence in indicator.evidence:
                if not isinstance(evidence, ItemEvidence) or evidence.instrument != instrument.key:
                    continue
                for key in evidence.items:
                    for owner in _owners(instrument, key):
                        found.setdefault(owner, []).append(Feed(indicator.name, indicator.element))
    return {key: tuple(dict.fromkeys(feeds)) for key, feeds in found.items()}


def item_count(instrument: Instrument) -> int:
    """How many things are asked: every row of a matrix is one, a text block is none."""
    return len({column.owner for item in instrument.items() for column in columns_of_item(item)})


def minutes(instrument: Instrument) -> float:
    """What the instrument says of its length, or what it is estimated at."""
    return instrument.minutes or estimated_minutes(instrument)


def _owners(instrument: Instrument, key: str) -> tuple[str, ...]:
    item = instrument.item(key)
    if isinstance(item, RatingMatrix) and item.key == key:
        return tuple(row.key for row in item.rows)
    return (key,)


def _numbers(instrument: Instrument) -> Iterator[int | None]:
    number = 0
    for item in instrument.items():
        if isinstance(item, TextBlock):
            yield None
        else:
            number += 1
            yield number


def _item(
    instrument: Instrument, item: Item, number: int | None, feeds: Mapping[str, tuple[Feed, ...]]
) -> ItemReading:
    rows: tuple[RowReading, ...] = ()
    if isinstance(item, RatingMatrix):
        rows = tuple(
            RowReading(row.key, row.text, row.base, row.reversed, feeds.get(row.key, ()))
            for row in item.rows
        )
    is_told = KINDS[item.kind].scored and not rows and item.key != instrument.group_item
    return ItemReading(
        number=number,
        item=item,
        kind=gettext(KINDS[item.kind].label),
        html=rich_text(item.text) if isinstance(item, TextBlock) else Markup(),
        answers=tuple(_answers(instrument, item)),
        notes=tuple(_notes(instrument, item)),
        rows=rows,
        # Who somebody is need not feed an indicator: it is told only where it does.
        feeds=feeds.get(item.key, ()) if is_told or item.key in feeds else None,
    )


def _answers(instrument: Instrument, item: Item) -> Iterator[str]:
    """What can be answered, a line for each set of answers."""
    match item:
        case SingleChoice() | MultipleChoice():
            yield " · ".join(option.label for option in item.options)
        case Rated():
            yield from _scales(instrument, item)
        case Likelihood():
            yield f"0 {item.low_label} … 10 {item.high_label}"
        case Number():
            yield _range(item)
        case ShortText() | LongTextItem():
            yield gettext(
                "Own words, at most %(max_length)s characters", max_length=item.max_length
            )
        case _:
            return
    if na_label(item):
        yield gettext("Or: %(item)s", item=na_label(item))


def _scales(instrument: Instrument, item: Rated) -> Iterator[str]:
    named = [("", item.scale)] if item.scale else [(use.label, use.scale) for use in item.scales]
    for label, key in named:
        scale = instrument.scale(key or "")
        if scale is None:
            points = gettext("(there is no scale `%(key)s`)", key=key)
        elif all(point.label for point in scale.points):
            points = " · ".join(point.label for point in scale.points)
        else:
            first, last = scale.points[0], scale.points[-1]
            points = f"{first.value} {first.label} … {last.value} {last.label}".strip()
        # A label that is a question has its own mark.
        mark = "" if label.endswith(("?", "…", ":")) else ":"
        yield f"{label}{mark} {points}" if label else points


def _range(item: Number) -> str:
    kind = gettext("A whole number") if item.whole else gettext("A number")
    said = kind
    if item.minimum is not None and item.maximum is not None:
        said = gettext(
            "%(kind)s from %(minimum)s to %(maximum)s",
            kind=kind,
            minimum=plain(item.minimum),
            maximum=plain(item.maximum),
        )
    elif item.minimum is not None:
        said = gettext("%(kind)s of at least %(minimum)s", kind=kind, minimum=plain(item.minimum))
    elif item.maximum is not None:
        said = gettext("%(kind)s of at most %(maximum)s", kind=kind, maximum=plain(item.maximum))
    return gettext("%(number)s, in %(unit)s", number=said, unit=item.unit) if item.unit else said


def _notes(instrument: Instrument, item: ItemBase) -> Iterator[str]:
    if item.key == instrument.group_item:
        yield gettext("gives the groups of the audience")
    if item.required:
        yield gettext("needs an answer")
    if item.base:
        yield gettext("asked of: %(base)s", base=item.base)
    if isinstance(item, Rating) and item.reversed:
        yield gettext("worded the other way round")
    if isinstance(item, MultipleChoice) and item.max_choices:
        yield gettext("at most %(max_choices)s answers", max_choices=item.max_choices)
