"""What every reading of an answer shares: stored answers, refusals, and how raw values are taken.

How each kind reads is in `readings_chosen.py` and `readings_typed.py`; `kinds.py` names them in its
table. A Refusal says what to do; nothing here guesses.
"""

import math
import re
from dataclasses import dataclass

from assessor.domain.instrument import (
    OTHER,
    ChoiceMatrix,
    Column,
    ConstantSum,
    ItemBase,
    Option,
    Ranking,
    WithOptions,
)
from assessor.domain.problems import say

Answer = int | float | str | list[str] | None
"""A stored answer: None is skipped, "NA" is not applicable, an absent column was not asked."""

OTHER_LENGTH = 500
"""The most characters that the words of an "other" may have."""
LARGEST = 10**15
"""Whole numbers from here on are read as they are written, since they may have lost their ends."""


@dataclass(frozen=True)
class Refusal:
    """Why a value cannot be an answer: a problem code and a sentence that says what to do."""

    code: str
    message: str


# Unicode digits such as "²" pass str.isdigit() and then break int(): spelled out on purpose.
_WHOLE = re.compile(r"[+-]?[0-9]{1,15}(\.0+)?")
_DECIMAL = re.compile(r"[+-]?([0-9]{1,15}(\.[0-9]{0,20})?|\.[0-9]{1,20})([eE][+-]?[0-9]{1,2})?")
_WITH_COMMA = re.compile(r"([+-]?)([0-9]{0,15}),([0-9]{1,20})")
# Control characters, and halves of letters that no encoding can write.
_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def text_of(raw: object) -> str:
    return raw.strip() if isinstance(raw, str) else str(raw)


def single_of(raw: object) -> object:
    """What a list of one holds, as forms and programs send a single choice."""
    return raw[0] if isinstance(raw, list | tuple) and len(raw) == 1 else raw


def whole_number(raw: object) -> int | None:
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int):
        return raw if abs(raw) < LARGEST else None
    if isinstance(raw, float):
        return int(raw) if abs(raw) < LARGEST and raw == int(raw) else None
    text = text_of(raw)
    return int(text.partition(".")[0]) if _WHOLE.fullmatch(text) else None


def _with_point(text: str) -> str:
    """A number with a decimal comma, as many languages write it, whose phones have no point.

    "1,234" stays as it is, and is refused: it could as well be a thousand and more.
    """
    found = _WITH_COMMA.fullmatch(text)
    if not found:
        return text
    sign, whole, fraction = found.groups()
    is_grouped = len(fraction) == 3 and 1 <= len(whole) <= 3 and whole != "0"
    return text if is_grouped else f"{sign}{whole}.{fraction}"


def number_within(
    raw: object, minimum: float | None, maximum: float | None, *, whole: bool
) -> int | float | Refusal:
    """The number that is meant, if it lies between the bounds."""
    value: int | float | None = whole_number(raw)
    if value is None and not whole:
        text = _with_point(text_of(raw))
        if not isinstance(raw, bool) and _DECIMAL.fullmatch(text):
            value = float(text)
            # One number has one stored form, however it was typed: 1e3 is 1000.
            whole_value = whole_number(value) if math.isfinite(value) else None
            value = value if whole_value is None else whole_value
    if value is None or not math.isfinite(value):
        message = (
            say("Enter a whole number, such as 12.")
            if whole
            else say("Enter a number, such as 12.5.")
        )
        return Refusal("answer.not-a-number", message)
    if minimum is not None and value < minimum:
        return Refusal("answer.too-small", say("Enter {number:.15g} or more.", number=minimum))
    if maximum is not None and value > maximum:
        return Refusal("answer.too-large", say("Enter {number:.15g} or less.", number=maximum))
    return value


def limited(raw: object, longest: int) -> str | Refusal:
    """A text without what nobody typed on purpose, if it is short enough."""
    # Line ends count once, as in the browser, so that the limit means the same everywhere.
    text = text_of(raw).replace("\r\n", "\n").replace("\r", "\n")
    # PostgreSQL stores no NUL, and no control character is meant by the person who typed. What is
    # stored is read again as it is: white space that only now stands at an end goes too.
    text = _UNWANTED.sub("", text).strip()
    if len(text) > longest:
        return Refusal(
            "answer.too-long",
            say(
                "Shorten this to {most:,} characters; it has {has:,}.", most=longest, has=len(text)
            ),
        )
    return text


def is_own_words(item: ItemBase, column: Column) -> bool:
    """Whether a column holds the words of "other", rather than a use that happens to be so called.

    A scale, a rank or a grid's column may have the code `other` too.
    """
    return isinstance(item, WithOptions) and (column.use or "").partition(".")[0] == OTHER


def all_options(item: ItemBase) -> tuple[Option, ...]:
    """The options of a choice, with the one that `other` adds."""
    if isinstance(item, WithOptions):
        return item.options + ((Option(code=OTHER, label=item.other),) if item.other else ())
    return item.options if isinstance(item, ChoiceMatrix | Ranking | ConstantSum) else ()


def codes_of(item: ItemBase) -> list[str]:
    """The codes that can be chosen."""
    if isinstance(item, ChoiceMatrix):
        return [option.code for option in item.options]
    assert isinstance(item, WithOptions)
    return [option.code for option in item.options] + ([OTHER] if item.other else [])
