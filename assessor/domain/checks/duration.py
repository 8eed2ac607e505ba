"""How long an instrument takes, estimated before anybody has answered it.

The figures are those survey methodologists plan with: some 240 words a minute of silent reading,
and a few seconds to decide and to point at an answer. They serve to warn, not to promise.
"""

from assessor.domain.instrument import (
    Instrument,
    Item,
    Likelihood,
    LongTextItem,
    MultipleChoice,
    Number,
    Rating,
    RatingMatrix,
    ShortText,
    SingleChoice,
)

WORDS_A_SECOND = 4.0
PATIENCE_MINUTES = 4.0
"""What a patron gives us."""


def estimated_minutes(instrument: Instrument) -> float:
    """Minutes a typical person needs for every item of an instrument, texts included."""
    words = _words(instrument.introduction) + sum(_words(p.introduction) for p in instrument.pages)
    seconds = words / WORDS_A_SECOND + sum(_seconds(item) for item in instrument.items())
    return seconds / 60


def _seconds(item: Item) -> float:
    reading = (_words(item.text) + _words(item.hint)) / WORDS_A_SECOND
    match item:
        case SingleChoice():
            return reading + 3.0 + min(len(item.options), 12) * 0.4
        case MultipleChoice():
            return reading + 4.0 + min(len(item.options), 20) * 0.8
        case Rating():
            return reading + _pointing(len(item.scale_keys))
        case RatingMatrix():
            return reading + sum(
                _words(row.text) / WORDS_A_SECOND + _pointing(len(item.scale_keys))
                for row in item.rows
            )
        case Likelihood():
            return reading + 4.0
        case Number():
            return reading + 6.0
        case ShortText():
            return reading + 8.0
        case LongTextItem():
            # Most people leave it empty, and some write for minutes.
            return reading + 15.0
        case _:
            return reading


def _pointing(scales: int) -> float:
    return 3.5 + 2.5 * (scales - 1)


def _words(text: str) -> int:
    return len(text.split())
