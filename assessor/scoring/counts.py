"""The answers behind an indicator: how many chose what, in the wording that was asked."""

from collections.abc import Mapping, Sequence

from assessor.domain.evidence_columns import answers_of, is_repeated
from assessor.domain.instrument import Column, Instrument
from assessor.domain.scorecard import ItemCounts, OptionCount
from assessor.scoring.samples import Sample

MOST_LISTED = 60
"""An item with more options than this lists only those that somebody chose."""


def item_counts(
    instrument: Instrument,
    column: Column,
    sample: Sample | None,
    version: int | None,
    minimum_group: int,
) -> ItemCounts:
    """Counts of one column over everybody, unweighted; without a sample only the wording.

    Every option is listed, also those nobody chose, unless there are very many. Where fewer than
    `minimum_group` answered, no count is shown.
    """
    asked = ItemCounts(
        column=column.name,
        text=_text(instrument, column),
        kind=column.kind,
        instrument=instrument.key,
        version=version,
        use=column.use,
        base=column.base,
        reversed=column.reversed,
        asked_share=sample.asked_share(column.name) if sample else column.asked_share,
    )
    if sample is None:
        return asked.model_copy(update={"n": 0})
    answers = sample.answers(column.name)
    found = answers.counts()
    options = answers_of(instrument, column)
    n = sum(found.values())
    if 0 < n < minimum_group or 0 < sample.size < minimum_group:
        listed = options if len(options) <= MOST_LISTED else ()
        hidden = tuple(OptionCount(code=code, label=label, count=None) for code, label in listed)
        return asked.model_copy(update={"counts": hidden, "suppressed": True})
    chosen = {code: 0 for code, _ in options}
    for text, number in found.items():
        for code in text.split(";"):
            if code in chosen:
                chosen[code] += number
    return asked.model_copy(
        update={
            "counts": tuple(
                OptionCount(code=code, label=label, count=chosen[code])
                for code, label in _listed(options, chosen)
            ),
            "n": n,
            "missing": answers.missing_counts(),
        }
    )


def _listed(
    options: Sequence[tuple[str, str]], chosen: Mapping[str, int]
) -> Sequence[tuple[str, str]]:
    if len(options) <= MOST_LISTED:
        return options
    return [(code, label) for code, label in options if chosen[code]]


def _text(instrument: Instrument, column: Column) -> str:
    """The wording; of a repeated item also which time it is."""
    if not is_repeated(instrument, column):
        return column.text
    return f"{column.text} ({(column.use or '').rpartition('.')[2]})"
