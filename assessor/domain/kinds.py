"""Every kind of item there is, one row each.

Adding a kind is a model in `instrument.py`, a row here and its tests; a completeness test walks
this table over everything a kind must have.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from assessor.domain.instrument import (
    NOT_APPLICABLE,
    Column,
    Instrument,
    ItemBase,
    Likelihood,
    LongTextItem,
    MultipleChoice,
    Number,
    Rated,
    Rating,
    RatingMatrix,
    Row,
    ShortText,
    SingleChoice,
    TextBlock,
)

Answer = int | float | str | list[str] | None
"""A stored answer: None is skipped, "NA" is not applicable, an absent column was not asked."""


@dataclass(frozen=True)
class Refusal:
    """Why a value cannot be an answer: a problem code and a sentence that says what to do."""

    code: str
    message: str


ReadOne = Callable[[ItemBase, Column, Instrument, object], Answer | Refusal]


@dataclass(frozen=True)
class Kind:
    """`read` turns a posted, imported or typed value into the stored answer, or says why not."""

    name: str
    label: str
    model: type[ItemBase]
    columns: Callable[[ItemBase], tuple[Column, ...]]
    read: ReadOne
    scored: bool = True


def _text_of(raw: object) -> str:
    return raw.strip() if isinstance(raw, str) else str(raw)


# Unicode digits such as "²" pass str.isdigit() and then break int(): spelled out on purpose.
_WHOLE = re.compile(r"[+-]?[0-9]{1,15}(\.0+)?")
_DECIMAL = re.compile(r"[+-]?([0-9]{1,15}(\.[0-9]{0,15})?|\.[0-9]{1,15})([eE][+-]?[0-9]{1,2})?")


# Control characters, and halves of letters that no encoding can write.
_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def _whole_number(raw: object) -> int | None:
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int):
        return raw
    if isinstance(raw, float):
        return int(raw) if math.isfinite(raw) and raw == int(raw) else None
    text = _text_of(raw)
    return int(text.partition(".")[0]) if _WHOLE.fullmatch(text) else None


def _plain_column(item: ItemBase) -> tuple[Column, ...]:
    return (
        Column(
            name=item.key,
            owner=item.key,
            kind=_kind_name(item),
            text=item.text,
            item_key=item.key,
            base=item.base,
        ),
    )


def _kind_name(item: ItemBase) -> str:
    return next(kind.name for kind in KINDS.values() if isinstance(item, kind.model))


def _no_column(item: ItemBase) -> tuple[Column, ...]:  # one signature for all kinds
    return ()


def _rated_columns(item: ItemBase) -> tuple[Column, ...]:
    assert isinstance(item, Rated)
    owners: tuple[Rating | Row, ...] = ()
    if isinstance(item, RatingMatrix):
        owners = item.rows
    elif isinstance(item, Rating):
        owners = (item,)
    uses = [(None, item.scale)] if item.scale else [(use.key, use.scale) for use in item.scales]
    return tuple(
        Column(
            name=owner.key if use is None else f"{owner.key}.{use}",
            owner=owner.key,
            kind=_kind_name(item),
            text=owner.text,
            item_key=item.key,
            use=use,
            scale=scale,
            reversed=owner.reversed,
            base=owner.base or item.base,
        )
        for owner in owners
        for use, scale in uses
    )


def _read_single(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert isinstance(item, SingleChoice)
    if isinstance(raw, list | tuple):
        if len(raw) != 1:
            return Refusal("answer.one-only", "Choose one answer, not several.")
        raw = raw[0]
    code = _text_of(raw)
    if code not in {option.code for option in item.options}:
        return Refusal("answer.not-an-option", "Choose one of the answers listed.")
    return code


def _read_multiple(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert isinstance(item, MultipleChoice)
    given = raw if isinstance(raw, list | tuple) else _text_of(raw).split(";")
    codes = {_text_of(code) for code in given} - {""}
    known = [option.code for option in item.options]
    if not codes:
        return None
    if not codes <= set(known):
        return Refusal("answer.not-an-option", "Choose only answers that are listed.")
    if len(codes) > 1 and codes & set(item.exclusive):
        label = next(o.label for o in item.options if o.code in codes & set(item.exclusive))
        return Refusal(
            "answer.exclusive", f"“{label}” cannot be combined with other answers. Untick one."
        )
    if item.max_choices is not None and len(codes) > item.max_choices:
        return Refusal("answer.too-many", f"Choose at most {item.max_choices} answers.")
    return [code for code in known if code in codes]


def _read_rated(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert isinstance(item, Rated)
    assert column.scale is not None
    scale = instrument.scale(column.scale)
    assert scale is not None, "a checked instrument defines the scales it names"
    value = _whole_number(raw)
    if value is None or value not in scale.values:
        return Refusal(
            "answer.not-on-scale",
            f"Choose a point from {min(scale.values)} to {max(scale.values)}.",
        )
    return value


def _read_likelihood(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    value = _whole_number(raw)
    if value is None or not 0 <= value <= 10:
        return Refusal("answer.not-on-scale", "Choose a number from 0 to 10.")
    return value


def _read_number(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert isinstance(item, Number)
    value: int | float | None = _whole_number(raw)
    if value is None and not item.whole:
        text = _text_of(raw)
        if not isinstance(raw, bool) and _DECIMAL.fullmatch(text):
            value = float(text)
    if value is None or not math.isfinite(value):
        wanted = "a whole number, such as 12" if item.whole else "a number, such as 12.5"
        return Refusal("answer.not-a-number", f"Enter {wanted}.")
    if item.minimum is not None and value < item.minimum:
        return Refusal("answer.too-small", f"Enter {item.minimum:g} or more.")
    if item.maximum is not None and value > item.maximum:
        return Refusal("answer.too-large", f"Enter {item.maximum:g} or less.")
    return value


def _read_text(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert isinstance(item, ShortText | LongTextItem)
    # Line ends count once, as in the browser, so that the limit means the same everywhere.
    text = _text_of(raw).replace("\r\n", "\n").replace("\r", "\n")
    # PostgreSQL stores no NUL, and no control character is meant by the person who typed. What is
    # stored is read again as it is: white space that only now stands at an end goes too.
    text = _UNWANTED.sub("", text).strip()
    if len(text) > item.max_length:
        return Refusal(
            "answer.too-long",
            f"Shorten this to {item.max_length:,} characters; it has {len(text):,}.",
        )
    return text


def _read_nothing(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    return Refusal("answer.not-asked", "This is a text and takes no answer.")


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("single_choice", "Single choice", SingleChoice, _plain_column, _read_single),
        Kind("multiple_choice", "Multiple choice", MultipleChoice, _plain_column, _read_multiple),
        Kind("rating", "Rating", Rating, _rated_columns, _read_rated),
        Kind("rating_matrix", "Rating matrix", RatingMatrix, _rated_columns, _read_rated),
        Kind("likelihood", "Likelihood, 0 to 10", Likelihood, _plain_column, _read_likelihood),
        Kind("number", "Number", Number, _plain_column, _read_number),
        Kind("short_text", "Short text", ShortText, _plain_column, _read_text, scored=False),
        Kind("long_text", "Long text", LongTextItem, _plain_column, _read_text, scored=False),
        Kind("text_block", "Text block", TextBlock, _no_column, _read_nothing, scored=False),
    )
}


def columns_of_item(item: ItemBase) -> tuple[Column, ...]:
    return KINDS[_kind_name(item)].columns(item)


def columns(instrument: Instrument) -> tuple[Column, ...]:
    """Every column of an instrument's answers, in the order of its pages."""
    return tuple(column for item in instrument.items() for column in columns_of_item(item))


def na_label(item: ItemBase) -> str:
    """The item's n/a label; empty where it offers none."""
    return item.na if isinstance(item, Rated | Likelihood) else ""


__all__ = [
    "KINDS",
    "NOT_APPLICABLE",
    "Answer",
    "Kind",
    "Refusal",
    "columns",
    "columns_of_item",
    "na_label",
]
