"""How the kinds that are typed or sent read an answer: numbers, days, texts, addresses, files."""

import re
from datetime import date

import regex
from email_validator import EmailNotValidError, validate_email

from assessor.domain.instrument import (
    Column,
    DateItem,
    EntryGrid,
    FileItem,
    Instrument,
    ItemBase,
    LongTextItem,
    Number,
    RepeatingGroup,
    ShortText,
    Slider,
    TimeItem,
)
from assessor.domain.problems import say, say_number
from assessor.domain.readings import (
    Answer,
    Refusal,
    limited,
    number_within,
    single_of,
    text_of,
    whole_number,
)

PATTERN_SECONDS = 0.1

_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})([T ][0-9:.+Z-]*)?")
_FILE_ID = re.compile(r"[0-9a-f]{32}")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])(:[0-5][0-9](\.[0-9]+)?)?")


def read_number(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert isinstance(item, Number | EntryGrid)
    if isinstance(item, EntryGrid) and item.entry == "text":
        return limited(raw, item.max_length)
    return number_within(raw, item.minimum, item.maximum, whole=item.whole)


def read_slider(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert isinstance(item, Slider)
    whole = all(float(n).is_integer() for n in (item.minimum, item.step))
    value = number_within(raw, item.minimum, item.maximum, whole=whole)
    if isinstance(value, int | float):
        steps = (value - item.minimum) / item.step
        if abs(steps - round(steps)) > 1e-6:
            return Refusal(
                "answer.not-a-step",
                say(
                    "Enter a number in steps of {step:.15g}, counted from {start:.15g}.",
                    step=item.step,
                    start=item.minimum,
                ),
            )
    return value


def read_date(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert isinstance(item, DateItem)
    found = _DAY.fullmatch(text_of(single_of(raw)))
    try:
        day = date.fromisoformat(found[1] if found else "").isoformat()
    except ValueError:
        return Refusal("answer.not-a-day", say("Enter a day that there is, such as 2026-11-24."))
    if item.earliest and day < item.earliest:
        return Refusal("answer.too-early", say("Enter {day} or a later day.", day=item.earliest))
    if item.latest and day > item.latest:
        return Refusal("answer.too-late", say("Enter {day} or an earlier day.", day=item.latest))
    return day


def read_time(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert isinstance(item, TimeItem)
    found = _CLOCK.fullmatch(text_of(raw))
    if found is None:
        return Refusal("answer.not-a-time", say("Enter a time of day, such as 14:30."))
    clock = f"{int(found[1]):02}:{found[2]}"
    if item.earliest and clock < item.earliest:
        return Refusal("answer.too-early", say("Enter {time} or later.", time=item.earliest))
    if item.latest and clock > item.latest:
        return Refusal("answer.too-late", say("Enter {time} or earlier.", time=item.latest))
    return clock


def read_text(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert isinstance(item, ShortText | LongTextItem)
    text = limited(raw, item.max_length)
    if isinstance(item, ShortText) and item.pattern and isinstance(text, str) and text:
        try:
            fits = regex.fullmatch(item.pattern, text, timeout=PATTERN_SECONDS) is not None
        except (regex.error, TimeoutError, OverflowError, RecursionError):
            fits = True  # A pattern that cannot be applied is the author's mistake.
        if not fits:
            said = say("Write it in the form that is asked for.")
            return Refusal("answer.pattern", item.constraint_message or said)
    return text


def read_email(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    try:
        found = validate_email(text_of(raw), check_deliverability=False)
    except EmailNotValidError:
        return Refusal("answer.not-an-address", say("Enter an address such as name@example.org."))
    return found.normalized


def read_files(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    """The ids under which files were stored when they were sent."""
    assert isinstance(item, FileItem)
    given = raw if isinstance(raw, list | tuple) else text_of(raw).split(";")
    ids = list(dict.fromkeys(text_of(one) for one in given if text_of(one)))
    if not all(_FILE_ID.fullmatch(one) for one in ids):
        return Refusal("answer.not-a-file", say("Choose the file again; it did not arrive."))
    if len(ids) > item.max_files:
        most = item.max_files
        message = say_number("Send {number} file.", "Send at most {number} files.", most)
        return Refusal("answer.too-many", message)
    return ids


def read_count(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert isinstance(item, RepeatingGroup)
    value = whole_number(raw)
    if value is None or not 0 <= value <= item.most:
        return Refusal(
            "answer.not-a-number", say("Enter a whole number from 0 to {most}.", most=item.most)
        )
    return value


def read_nothing(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    return Refusal("answer.not-asked", say("This is a text and takes no answer."))
