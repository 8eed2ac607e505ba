"""How a posted, imported or typed value becomes the stored answer of each kind, or why it cannot.

`kinds.py` names these in its table. A Refusal says what to do; nothing here guesses.
"""

import math
import re
from dataclasses import dataclass
from datetime import date

import regex
from email_validator import EmailNotValidError, validate_email

from assessor.domain.instrument import (
    OTHER,
    ChoiceMatrix,
    Column,
    Consent,
    ConstantSum,
    DateItem,
    EntryGrid,
    FileItem,
    Hidden,
    Instrument,
    ItemBase,
    LongTextItem,
    MultipleChoice,
    Number,
    Option,
    Ranking,
    RepeatingGroup,
    SemanticDifferential,
    ShortText,
    Slider,
    TimeItem,
    WithOptions,
)

Answer = int | float | str | list[str] | None
"""A stored answer: None is skipped, "NA" is not applicable, an absent column was not asked."""

OTHER_LENGTH = 500
"""The most characters that the words of an "other" may have."""
PATTERN_SECONDS = 0.1


@dataclass(frozen=True)
class Refusal:
    """Why a value cannot be an answer: a problem code and a sentence that says what to do."""

    code: str
    message: str


# Unicode digits such as "²" pass str.isdigit() and then break int(): spelled out on purpose.
_WHOLE = re.compile(r"[+-]?[0-9]{1,15}(\.0+)?")
_DECIMAL = re.compile(r"[+-]?([0-9]{1,15}(\.[0-9]{0,15})?|\.[0-9]{1,15})([eE][+-]?[0-9]{1,2})?")
# Control characters, and halves of letters that no encoding can write.
_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_FILE_ID = re.compile(r"[0-9a-f]{32}")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])(:[0-5][0-9])?")


def text_of(raw: object) -> str:
    return raw.strip() if isinstance(raw, str) else str(raw)


def whole_number(raw: object) -> int | None:
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int):
        return raw
    if isinstance(raw, float):
        return int(raw) if math.isfinite(raw) and raw == int(raw) else None
    text = text_of(raw)
    return int(text.partition(".")[0]) if _WHOLE.fullmatch(text) else None


def read_single(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    if column.use == OTHER:
        return _limited(raw, OTHER_LENGTH)
    if isinstance(raw, list | tuple):
        if len(raw) != 1:
            return Refusal("answer.one-only", "Choose one answer, not several.")
        raw = raw[0]
    code = text_of(raw)
    if code not in _codes(item):
        return Refusal("answer.not-an-option", "Choose one of the answers listed.")
    return code


def read_yes_no(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    said = text_of(raw).lower() if not isinstance(raw, bool) else ("yes" if raw else "no")
    if said not in {"yes", "no"}:
        return Refusal("answer.not-an-option", "Choose yes or no.")
    return said


def read_consent(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert isinstance(item, Consent)
    if text_of(raw).lower() not in {"yes", "true", "1"}:
        return Refusal("answer.not-an-option", f"Tick “{item.label}”, or leave it.")
    return "yes"


def read_multiple(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert isinstance(item, MultipleChoice | ChoiceMatrix)
    if column.use == OTHER:
        return _limited(raw, OTHER_LENGTH)
    given = raw if isinstance(raw, list | tuple) else text_of(raw).split(";")
    codes = {text_of(code) for code in given} - {""}
    known = _codes(item)
    if not codes:
        return None
    if not codes <= set(known):
        return Refusal("answer.not-an-option", "Choose only answers that are listed.")
    if isinstance(item, MultipleChoice):
        if len(codes) > 1 and codes & set(item.exclusive):
            label = next(o.label for o in item.options if o.code in codes & set(item.exclusive))
            return Refusal(
                "answer.exclusive", f"“{label}” cannot be combined with other answers. Untick one."
            )
        if item.max_choices is not None and len(codes) > item.max_choices:
            return Refusal("answer.too-many", f"Choose at most {item.max_choices} answers.")
        alone = codes & set(item.exclusive)
        if item.min_choices is not None and len(codes) < item.min_choices and not alone:
            return Refusal("answer.too-few", f"Choose at least {item.min_choices} answers.")
    return [code for code in known if code in codes]


def read_in_matrix(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert isinstance(item, ChoiceMatrix)
    read = read_multiple if item.multiple else read_single
    return read(item, column, instrument, raw)


def _codes(item: ItemBase) -> list[str]:
    if isinstance(item, ChoiceMatrix):
        return [option.code for option in item.options]
    assert isinstance(item, WithOptions)
    return [option.code for option in item.options] + ([OTHER] if item.other else [])


def read_rated(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert column.scale is not None
    scale = instrument.scale(column.scale)
    assert scale is not None, "a checked instrument defines the scales it names"
    value = whole_number(raw)
    if value is None or value not in scale.values:
        return Refusal(
            "answer.not-on-scale",
            f"Choose a point from {min(scale.values)} to {max(scale.values)}.",
        )
    return value


def read_pair(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert isinstance(item, SemanticDifferential)
    value = whole_number(raw)
    if value is None or not 1 <= value <= item.points:
        return Refusal("answer.not-on-scale", f"Choose a point from 1 to {item.points}.")
    return value


def read_likelihood(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    value = whole_number(raw)
    if value is None or not 0 <= value <= 10:
        return Refusal("answer.not-on-scale", "Choose a number from 0 to 10.")
    return value


def read_number(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert isinstance(item, Number | EntryGrid)
    if isinstance(item, EntryGrid) and item.entry == "text":
        return _limited(raw, item.max_length)
    return _number(raw, item.minimum, item.maximum, whole=item.whole)


def read_slider(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert isinstance(item, Slider)
    whole = all(float(n).is_integer() for n in (item.minimum, item.step))
    value = _number(raw, item.minimum, item.maximum, whole=whole)
    if isinstance(value, int | float):
        steps = (value - item.minimum) / item.step
        if abs(steps - round(steps)) > 1e-9:
            return Refusal(
                "answer.not-a-step",
                f"Enter a number in steps of {item.step:g}, counted from {item.minimum:g}.",
            )
    return value


def _number(
    raw: object, minimum: float | None, maximum: float | None, *, whole: bool
) -> Answer | Refusal:
    value: int | float | None = whole_number(raw)
    if value is None and not whole:
        text = text_of(raw)
        if not isinstance(raw, bool) and _DECIMAL.fullmatch(text):
            value = float(text)
    if value is None or not math.isfinite(value):
        wanted = "a whole number, such as 12" if whole else "a number, such as 12.5"
        return Refusal("answer.not-a-number", f"Enter {wanted}.")
    if minimum is not None and value < minimum:
        return Refusal("answer.too-small", f"Enter {minimum:g} or more.")
    if maximum is not None and value > maximum:
        return Refusal("answer.too-large", f"Enter {maximum:g} or less.")
    return value


def read_rank(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert isinstance(item, Ranking)
    most = item.places or len(item.options)
    value = whole_number(raw)
    if value is None or not 1 <= value <= most:
        return Refusal("answer.not-a-rank", f"Choose a place from 1 to {most}.")
    return value


def read_part(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert isinstance(item, ConstantSum)
    return _number(raw, 0, item.total, whole=True)


def read_date(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert isinstance(item, DateItem)
    try:
        day = date.fromisoformat(text_of(raw)[:10]).isoformat()
    except ValueError:
        return Refusal("answer.not-a-day", "Enter a day that there is, such as 2026-11-24.")
    if item.earliest and day < item.earliest:
        return Refusal("answer.too-early", f"Enter {item.earliest} or a later day.")
    if item.latest and day > item.latest:
        return Refusal("answer.too-late", f"Enter {item.latest} or an earlier day.")
    return day


def read_time(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert isinstance(item, TimeItem)
    found = _CLOCK.fullmatch(text_of(raw))
    if found is None:
        return Refusal("answer.not-a-time", "Enter a time of day, such as 14:30.")
    clock = f"{int(found[1]):02}:{found[2]}"
    if item.earliest and clock < item.earliest:
        return Refusal("answer.too-early", f"Enter {item.earliest} or later.")
    if item.latest and clock > item.latest:
        return Refusal("answer.too-late", f"Enter {item.latest} or earlier.")
    return clock


def read_text(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert isinstance(item, ShortText | LongTextItem)
    text = _limited(raw, item.max_length)
    if isinstance(item, ShortText) and item.pattern and isinstance(text, str) and text:
        try:
            fits = regex.fullmatch(item.pattern, text, timeout=PATTERN_SECONDS) is not None
        except (regex.error, TimeoutError):
            fits = True  # A pattern that cannot be applied is the author's mistake.
        if not fits:
            said = item.constraint_message or "Write it in the form that is asked for."
            return Refusal("answer.pattern", said)
    return text


def read_email(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    try:
        found = validate_email(text_of(raw), check_deliverability=False)
    except EmailNotValidError:
        return Refusal("answer.not-an-address", "Enter an address such as name@example.org.")
    return found.normalized


def read_files(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    """The ids under which files were stored when they were sent."""
    assert isinstance(item, FileItem)
    given = raw if isinstance(raw, list | tuple) else text_of(raw).split(";")
    ids = list(dict.fromkeys(text_of(one) for one in given if text_of(one)))
    if not all(_FILE_ID.fullmatch(one) for one in ids):
        return Refusal("answer.not-a-file", "Choose the file again; it did not arrive.")
    if len(ids) > item.max_files:
        wanted = "one file" if item.max_files == 1 else f"at most {item.max_files} files"
        return Refusal("answer.too-many", f"Send {wanted}.")
    return ids


def read_hidden(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert isinstance(item, Hidden)
    value = text_of(raw)
    if value != item.default and value not in item.values:
        return Refusal("answer.not-an-option", "The link carries a value that is not known here.")
    return value


def read_count(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert isinstance(item, RepeatingGroup)
    value = whole_number(raw)
    if value is None or not 0 <= value <= item.most:
        return Refusal("answer.not-a-number", f"Enter a whole number from 0 to {item.most}.")
    return value


def read_nothing(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    return Refusal("answer.not-asked", "This is a text and takes no answer.")


def _limited(raw: object, longest: int) -> str | Refusal:
    # Line ends count once, as in the browser, so that the limit means the same everywhere.
    text = text_of(raw).replace("\r\n", "\n").replace("\r", "\n")
    # PostgreSQL stores no NUL, and no control character is meant by the person who typed. What is
    # stored is read again as it is: white space that only now stands at an end goes too.
    text = _UNWANTED.sub("", text).strip()
    if len(text) > longest:
        return Refusal(
            "answer.too-long", f"Shorten this to {longest:,} characters; it has {len(text):,}."
        )
    return text


# --- the answers of an item that has several columns, together


def whole_ranking(item: ItemBase, answers: dict[str, Answer]) -> Refusal | None:
    """No place twice, and none left out before the last."""
    assert isinstance(item, Ranking)
    given = [answers.get(f"{item.key}.{option.code}") for option in item.options]
    ranks = sorted(rank for rank in given if isinstance(rank, int))
    twice = next((a for a, b in zip(ranks, ranks[1:], strict=False) if a == b), None)
    if twice is not None:
        return Refusal("answer.rank-twice", f"Give place {twice} to one answer only.")
    if ranks != list(range(1, len(ranks) + 1)):
        missing = next(n for n in range(1, len(ranks) + 1) if n not in ranks)
        return Refusal("answer.rank-left-out", f"No answer has place {missing}. Give it to one.")
    if item.required and ranks and item.places and len(ranks) < min(item.places, len(given)):
        return Refusal("answer.too-few", f"Give the places from 1 to {item.places}.")
    return None


def whole_sum(item: ItemBase, answers: dict[str, Answer]) -> Refusal | None:
    """The parts add up; parts left empty beside others are 0, and are stored so."""
    assert isinstance(item, ConstantSum)
    names = [f"{item.key}.{option.code}" for option in item.options]
    given = [answers.get(name) for name in names]
    if all(value is None for value in given):
        return None
    total = sum(value for value in given if isinstance(value, int | float))
    if total != item.total:
        unit = f" {item.unit}" if item.unit else ""
        return Refusal(
            "answer.sum", f"These add up to {total:g}{unit}; make them {item.total:,}{unit}."
        )
    for name, value in zip(names, given, strict=True):
        answers[name] = 0 if value is None else value
    return None


def whole_other(item: ItemBase, answers: dict[str, Answer]) -> Refusal | None:
    """The words of "other" count only where it was chosen."""
    assert isinstance(item, WithOptions)
    if item.other:
        chosen = answers.get(item.key)
        if chosen != OTHER and not (isinstance(chosen, list) and OTHER in chosen):
            answers[f"{item.key}.{OTHER}"] = None
    return None


def all_options(item: ItemBase) -> tuple[Option, ...]:
    """The options of a choice, with the one that `other` adds."""
    if isinstance(item, WithOptions):
        return item.options + ((Option(code=OTHER, label=item.other),) if item.other else ())
    return item.options if isinstance(item, ChoiceMatrix | Ranking | ConstantSum) else ()
