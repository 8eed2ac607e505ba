"""How long an instrument takes, estimated before anybody has answered it.

The figures are those survey methodologists plan with: some 240 words a minute of silent reading,
and a few seconds to decide and to point at an answer. They serve to warn, not to promise.
"""

from assessor.domain.instrument import (
    Calculated,
    ChoiceMatrix,
    ConstantSum,
    DateItem,
    Dropdown,
    Email,
    EntryGrid,
    FileItem,
    Hidden,
    Instrument,
    Item,
    ItemBase,
    Likelihood,
    LongTextItem,
    MultipleChoice,
    Number,
    Ranking,
    Rating,
    RatingMatrix,
    RepeatingGroup,
    SemanticDifferential,
    ShortText,
    SingleChoice,
    Slider,
    TextBlock,
    TimeItem,
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
    match item:
        case SingleChoice():
            return 3.0 + min(len(item.options), 12) * 0.4
        case Dropdown():
            return 7.0
        case MultipleChoice():
            return 4.0 + min(len(item.options), 20) * 0.8
        case Ranking():
            return 4.0 + (item.places or len(item.options)) * 4.0
        case ConstantSum():
            return 6.0 + len(item.options) * 5.0
        case Rating():
            return _pointing(len(item.scale_keys))
        case RatingMatrix():
            return sum(
                reading_seconds(row.text) + _pointing(len(item.scale_keys)) for row in item.rows
            )
        case ChoiceMatrix() | SemanticDifferential():
            return sum(reading_seconds(row.text) + 3.5 for row in item.rows)
        case EntryGrid():
            across = max(len(item.columns), 1)
            return sum(reading_seconds(row.text) + 5.0 * across for row in item.rows)
        case RepeatingGroup():
            return max(item.least, 1) * sum(item_seconds(one) for one in item.items)
        case LongTextItem():
            # Most people leave it empty, and some write for minutes.
            return 15.0
        case FileItem():
            return 30.0
        case ShortText() | Email():
            return 8.0
        case DateItem() | TimeItem() | Slider() | Number():
            return 6.0
        case Likelihood():
            return 4.0
        case TextBlock():
            return 0.0
        case _:
            return 3.0


def _pointing(scales: int) -> float:
    return 3.5 + 2.5 * (scales - 1)
