"""The answers behind an indicator: how many chose what, in the wording that was asked."""

from collections.abc import Sequence

from assessor.domain.instrument import Column, Instrument, MultipleChoice, SingleChoice
from assessor.domain.scorecard import ItemCounts, OptionCount
from assessor.scoring.samples import Sample


def item_counts(
    instrument: Instrument,
    column: Column,
    sample: Sample | None,
    version: int | None,
    minimum_group: int,
) -> ItemCounts:
    """Counts of one column over everybody, unweighted; without a sample only the wording.

    Every option is listed, also those nobody chose. Where fewer than `minimum_group` answered,
    no count is shown.
    """
    asked = ItemCounts(
        column=column.name,
        text=column.text,
        kind=column.kind,
        instrument=instrument.key,
        version=version,
        use=column.use,
        base=column.base,
        reversed=column.reversed,
    )
    if sample is None:
        return asked.model_copy(update={"n": 0})
    answers = sample.answers(column.name)
    found = answers.counts()
    options = _options(instrument, column)
    n = sum(found.values())
    if 0 < n < minimum_group or 0 < sample.size < minimum_group:
        hidden = tuple(OptionCount(code=code, label=label, count=None) for code, label in options)
        return asked.model_copy(update={"counts": hidden, "suppressed": True})
    chosen = {code: 0 for code, _ in options}
    for text, number in found.items():
        for code in text.split(";"):
            if code in chosen:
                chosen[code] += number
    return asked.model_copy(
        update={
            "counts": tuple(
                OptionCount(code=code, label=label, count=chosen[code]) for code, label in options
            ),
            "n": n,
            "missing": answers.missing_counts(),
        }
    )


def _options(instrument: Instrument, column: Column) -> Sequence[tuple[str, str]]:
    """Code and label of everything that could be chosen; none for numbers and texts."""
    item = instrument.item(column.item_key)
    if isinstance(item, SingleChoice | MultipleChoice):
        return [(option.code, option.label) for option in item.options]
    if column.kind == "likelihood":
        return [(str(point), str(point)) for point in range(11)]
    scale = instrument.scale(column.scale) if column.scale else None
    return [(str(p), scale.label(p)) for p in scale.values] if scale else []
