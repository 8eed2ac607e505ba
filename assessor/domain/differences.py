"""What differs between two versions of an instrument, key by key, with the old and the new text.

Keys carry across versions, so everything is compared by key: an item, a row of a matrix, an item
inside a repeating group. What a difference means for trends and people is `impact.py`'s to say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from assessor.domain.evidence_columns import answers_of, asked_in, ends_of, holds_words
from assessor.domain.instrument import (
    Calculated,
    Column,
    Ending,
    Instrument,
    Item,
    Page,
    Quota,
    Row,
    Sampling,
    TextBlock,
    WithOptions,
)
from assessor.domain.items import Pair
from assessor.domain.kinds import columns, na_label

What = Literal[
    "new",
    "gone",
    "wording",
    "stem",
    "kind",
    "options",
    "scale",
    "labels",
    "reversed",
    "base",
    "logic",
    "required",
    "hint",
    "page",
    "order",
    "text",
    "frame",
    "page_title",
    "part_new",
    "part_gone",
    "part",
]
"""options: other codes to choose from; scale: other numbers or ends; labels: only their words.
stem: the question above a row; text: a text block; frame: a field of the instrument; part: an
ending, a quota or a sampling."""

FRAME = ("title", "audience", "introduction", "thanks", "language", "group_item")


@dataclass(frozen=True)
class Difference:
    """One difference. `old` and `new` are texts to set side by side, empty where there is none.

    `key` is an item or row key, of "frame" the field's name, of "page_title" the page's key, of
    parts "ending.key", "quota.key" or "sampling.key".
    """

    what: What
    key: str
    old: str = ""
    new: str = ""


def differences(old: Instrument, new: Instrument) -> tuple[Difference, ...]:
    """Every difference that somebody who answers, or who reads a trend, would notice."""
    return (
        *_items(old, new),
        *_texts(old, new),
        *_places(old, new),
        *_frame(old, new),
        *_parts(old, new),
    )


def asked(instrument: Instrument) -> dict[str, tuple[Column, ...]]:
    """Item or row key → its columns, in the order of the pages."""
    found: dict[str, list[Column]] = {}
    for column in columns(instrument):
        if not holds_words(column):
            found.setdefault(column.owner, []).append(column)
    return {key: tuple(of_key) for key, of_key in found.items()}


def question(instrument: Instrument, of_key: Sequence[Column]) -> str:
    """What is asked under a key; a row together with the question above it."""
    own, item = _own_text(instrument, of_key[0]), _whole_item(instrument, of_key[0])
    return own if own == item.text else f"{item.text} {own}"


def answers_in_words(instrument: Instrument, of_key: Sequence[Column]) -> str:
    """Everything there is to choose from under a key, as one line."""
    several = len(of_key) > 1 and any(column.scale for column in of_key)
    parts = []
    for column in of_key:
        labels = " · ".join(label for _code, label in answers_of(instrument, column))
        if labels:
            parts.append(f"{column.use}: {labels}" if several and column.use else labels)
    item = asked_in(instrument, of_key[0])
    if not parts:
        bounds = item.model_dump(include=_BOUNDS)
        parts.append(", ".join(f"{name.replace('_', ' ')} {v}" for name, v in bounds.items()))
    if na_label(item):
        parts.append(na_label(item))
    return "; ".join(dict.fromkeys(parts))


def _items(old: Instrument, new: Instrument) -> Iterator[Difference]:
    before, after = asked(old), asked(new)
    for key in after:
        if key not in before:
            yield Difference("new", key, new=_own_text(new, after[key][0]))
    for key in before:
        if key not in after:
            yield Difference("gone", key, old=_own_text(old, before[key][0]))
    for key in after:
        if key in before:
            yield from _item(key, old, new, before[key], after[key])


def _item(
    key: str,
    old: Instrument,
    new: Instrument,
    before: tuple[Column, ...],
    after: tuple[Column, ...],
) -> Iterator[Difference]:
    own = _own_text(old, before[0]), _own_text(new, after[0])
    stems = _whole_item(old, before[0]).text, _whole_item(new, after[0]).text
    if stems[0] != stems[1]:
        what: What = "wording" if own[0] != own[1] else "stem"
        yield Difference(what, key, question(old, before), question(new, after))
    elif own[0] != own[1]:
        yield Difference("wording", key, *own)
    if before[0].kind != after[0].kind:
        yield Difference("kind", key, before[0].kind, after[0].kind)
    else:
        yield from _answers(key, old, new, before, after)
    if before[0].reversed != after[0].reversed:
        turned = ("", "reversed") if after[0].reversed else ("reversed", "")
        yield Difference("reversed", key, *turned)
    if before[0].base != after[0].base:
        yield Difference("base", key, before[0].base, after[0].base)
    yield from _of_item(key, asked_in(old, before[0]), asked_in(new, after[0]), old, new)


def _of_item(
    key: str, before: object, after: object, old: Instrument, new: Instrument
) -> Iterator[Difference]:
    logic = _logic(old, key, before), _logic(new, key, after)
    if logic[0] != logic[1]:
        yield Difference("logic", key, *logic)
    required = getattr(before, "required", False), getattr(after, "required", False)
    if required[0] != required[1]:
        words = ("", "required") if required[1] else ("required", "")
        yield Difference("required", key, *words)
    hints = getattr(before, "hint", ""), getattr(after, "hint", "")
    if hints[0] != hints[1]:
        yield Difference("hint", key, *hints)


_BOUNDS = {
    "minimum",
    "maximum",
    "step",
    "whole",
    "unit",
    "max_length",
    "low_label",
    "high_label",
    "earliest",
    "latest",
    "total",
    "places",
    "pattern",
    "min_choices",
    "max_choices",
    "exclusive",
    "max_files",
    "types",
    "default",
    "parameter",
    "least",
    "most",
    "multiple",
    "entry",
}
"""Fields of items that say what can be answered, beside options and scales."""


def _answers(
    key: str,
    old: Instrument,
    new: Instrument,
    before: tuple[Column, ...],
    after: tuple[Column, ...],
) -> Iterator[Difference]:
    """The one difference in what can be answered, the gravest first."""
    words = answers_in_words(old, before), answers_in_words(new, after)
    numbers = _numbers(old, before), _numbers(new, after)
    codes = _codes(old, before), _codes(new, after)
    bounds = [
        asked_in(i, c[0]).model_dump(include=_BOUNDS) for i, c in ((old, before), (new, after))
    ]
    if numbers[0] != numbers[1]:
        yield Difference("scale", key, *words)
    elif {name: set(found) for name, found in codes[0].items()} != {
        name: set(found) for name, found in codes[1].items()
    }:
        if words[0] == words[1]:
            words = _coded_words(old, before), _coded_words(new, after)
        yield Difference("options", key, *words)
    elif words[0] != words[1] or codes[0] != codes[1] or bounds[0] != bounds[1]:
        if words[0] == words[1]:
            words = _bounds_words(bounds[0], bounds[1]), _bounds_words(bounds[1], bounds[0])
        yield Difference("labels", key, *words)


def _numbers(instrument: Instrument, of_key: Sequence[Column]) -> dict[str, object]:
    """Name of each column → its ends and points, where its answers are numbers on a scale."""
    found: dict[str, object] = {}
    for column in of_key:
        scale = instrument.scale(column.scale) if column.scale else None
        if scale is not None:
            found[column.name] = (scale.values, scale.worst, scale.best)
        elif column.kind in {"ranking", "constant_sum", "semantic_differential", "slider"}:
            found[column.name] = ends_of(instrument, column)
    return found


def _codes(instrument: Instrument, of_key: Sequence[Column]) -> dict[str, tuple[str, ...]]:
    return {c.name: tuple(code for code, _l in answers_of(instrument, c)) for c in of_key}


def _coded_words(instrument: Instrument, of_key: Sequence[Column]) -> str:
    return " · ".join(f"{code} = {label}" for code, label in answers_of(instrument, of_key[0]))


def _bounds_words(bounds: dict[str, object], other: dict[str, object]) -> str:
    """The bounds that differ from the other version's."""
    differing = {name: value for name, value in bounds.items() if other.get(name) != value}
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in differing.items())


def _own_text(instrument: Instrument, column: Column) -> str:
    """The words that stand at a key: of columns by option or use, without those of the option."""
    item = asked_in(instrument, column)
    for row in getattr(item, "rows", ()):
        if isinstance(row, Row | Pair) and row.key == column.owner:
            return row.text
    return item.text


def _whole_item(instrument: Instrument, column: Column) -> Item:
    item = instrument.item(column.item_key)
    assert item is not None, "a column is one of an item of its instrument"
    return item


def _logic(instrument: Instrument, key: str, item: object) -> str:
    """Who is asked, what is needed of an answer and what is worked out, as one text."""
    page = instrument.page_of(key)
    row = next((r for r in getattr(item, "rows", ()) if r.key == key), None)
    said = {
        "page": page.relevant if page else "",
        "relevant": getattr(item, "relevant", ""),
        "row": row.relevant if row else "",
        "constraint": getattr(item, "constraint", ""),
        "required when": getattr(item, "required_when", ""),
        "filter": item.option_filter if isinstance(item, WithOptions) else "",
        "calculation": item.calculation if isinstance(item, Calculated) else "",
    }
    return "; ".join(f"{name}: {text}" for name, text in said.items() if text)


def _texts(old: Instrument, new: Instrument) -> Iterator[Difference]:
    """Text blocks that are new, gone or read otherwise; they ask nothing."""
    before = {item.key: item.text for item in old.items() if isinstance(item, TextBlock)}
    after = {item.key: item.text for item in new.items() if isinstance(item, TextBlock)}
    for key in dict.fromkeys((*after, *before)):
        if before.get(key) != after.get(key):
            yield Difference("text", key, before.get(key, ""), after.get(key, ""))


def _places(old: Instrument, new: Instrument) -> Iterator[Difference]:
    """Items that stand on another page, or elsewhere among those of their page."""
    before = {item.key: page for page in old.pages for item in page.items}
    for page in new.pages:
        for item in page.items:
            was = before.get(item.key)
            if was is not None and was.key != page.key:
                yield Difference("page", item.key, was.title or was.key, page.title or page.key)
    pages = {page.key: page for page in old.pages}
    for page in new.pages:
        if page.key in pages:
            yield from (Difference("order", key) for key in _moved(pages[page.key], page))


def _moved(before: Page, after: Page) -> list[str]:
    """The items that would have to be picked up to bring the one order into the other."""
    old, new = [item.key for item in before.items], [item.key for item in after.items]
    ours = [key for key in old if key in set(new)]
    theirs = [key for key in new if key in set(old)]
    if ours == theirs:
        return []
    staying: set[str] = set()
    for start, _other, size in SequenceMatcher(None, ours, theirs, False).get_matching_blocks():
        staying.update(ours[start : start + size])
    return [key for key in theirs if key not in staying]


def _frame(old: Instrument, new: Instrument) -> Iterator[Difference]:
    """What stands around the items."""
    for name in FRAME:
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield Difference("frame", name, was or "", now or "")
    pages = {page.key: page for page in old.pages}
    for page in new.pages:
        was = pages.get(page.key)
        if was is None:
            continue
        if was.title != page.title:
            yield Difference("page_title", page.key, was.title, page.title)
        if was.introduction != page.introduction:
            yield Difference("text", page.key, was.introduction, page.introduction)


def _parts(old: Instrument, new: Instrument) -> Iterator[Difference]:
    """Endings, quotas and samplings."""
    for name in ("ending", "quota", "sampling"):
        before = {one.key: one for one in _all(old, name)}
        after = {one.key: one for one in _all(new, name)}
        for key in dict.fromkeys((*after, *before)):
            was, now = before.get(key), after.get(key)
            if was == now:
                continue
            what: What = "part_new" if was is None else "part_gone" if now is None else "part"
            yield Difference(what, f"{name}.{key}", _said(was), _said(now))


def _all(instrument: Instrument, name: str) -> Sequence[Ending | Quota | Sampling]:
    found: dict[str, Sequence[Ending | Quota | Sampling]] = {
        "ending": instrument.endings,
        "quota": instrument.quotas,
        "sampling": instrument.samplings,
    }
    return found[name]


def _said(part: Ending | Quota | Sampling | None) -> str:
    if part is None:
        return ""
    content = part.model_dump(exclude={"key"}, exclude_defaults=True)
    return "; ".join(
        f"{name}: {', '.join(value) if isinstance(value, tuple) else value}"
        for name, value in content.items()
    )
