"""How long an instrument takes, estimated before anybody has answered it.

The figures are those survey methodologists plan with: some 240 words a minute of silent reading,
and a few seconds to decide and to point at an answer. They serve to warn, not to promise.
"""

from assessor.domain.instrument import (
    Calculated,
    ChoiceMatrix,
    ConstantSum,
    EntryGrid,
    Hidden,
    Instrument,
    Item,
    ItemBase,
    Matrix,
    MultipleChoice,
    Ranking,
    Rating,
    RatingMatrix,
    RepeatingGroup,
    SemanticDifferential,
    SingleChoice,
)

WORDS_A_SECOND = 4.0
PATIENCE_MINUTES = 5.0
"""What a patron gives us at most."""


def estimated_minutes(instrument: Instrument) -> float:
    """Minutes a typical person needs for every item of an instrument, texts included.

    An item that a sampling asks of some people counts by the share that is asked.
    """
    shares = {key: s.asked_share for s in instrument.samplings for key in s.items}
    seconds = reading_seconds(instrument.introduction)
    seconds += sum(reading_seconds(page.introduction) for page in instrument.pages)
    for item in instrument.items():
        rows = getattr(item, "rows", ())
        share = shares.get(item.key, 1.0)
        if rows:
            share *= sum(shares.get(row.key, 1.0) for row in rows) / len(rows)
        seconds += item_seconds(item) * share
    return seconds / 60


def reading_seconds(text: str) -> float:
    return len(text.split()) / WORDS_A_SECOND


def item_seconds(item: Item | ItemBase) -> float:
    """Seconds to read an item, to decide and to answer, for somebody who is asked all of it."""
    if isinstance(item, Hidden | Calculated):
        return 0.0
    reading = reading_seconds(item.text) + reading_seconds(item.hint)
    return reading + _answering(item)


def _answering(item: Item | ItemBase) -> float:
    """Seconds beyond reading the question itself."""
    match item:
        case SingleChoice():
            return 3.0 + min(len(item.options), 12) * 0.4
        case MultipleChoice():
            return 4.0 + min(len(item.options), 20) * 0.8
        case Ranking():
            return 4.0 + (item.places or len(item.options)) * 4.0
        case ConstantSum():
            return 6.0 + len(item.options) * 5.0
        case Rating():
            return _pointing(len(item.scale_keys))
        case RatingMatrix():
            return _rows(item, _pointing(len(item.scale_keys)))
        case ChoiceMatrix() | SemanticDifferential():
            return _rows(item, 3.5)
        case EntryGrid():
            return _rows(item, 5.0 * max(len(item.columns), 1))
        case RepeatingGroup():
            return max(item.least, 1) * sum(item_seconds(one) for one in item.items)
        case _:
            return SECONDS.get(str(getattr(item, "kind")), 3.0)  # noqa: B009  models declare it


SECONDS = {
    "dropdown": 7.0,
    # Most people leave it empty, and some write for minutes.
    "long_text": 15.0,
    "file": 30.0,
    "short_text": 8.0,
    "email": 8.0,
    "date": 6.0,
    "time": 6.0,
    "slider": 6.0,
    "number": 6.0,
    "likelihood": 4.0,
    "text_block": 0.0,
}
"""Kinds whose length does not depend on what stands in them."""


def _rows(item: Matrix, each: float) -> float:
    return sum(reading_seconds(row.text) + each for row in item.rows)


def _pointing(scales: int) -> float:
    return 3.5 + 2.5 * (scales - 1)
