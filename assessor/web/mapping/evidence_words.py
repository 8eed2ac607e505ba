"""Evidence in words: the wording that was asked, the answers that count, the statistic's source."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessor.domain.evidence_columns import (
    answers_of,
    asked_in,
    ends_of,
    holds_words,
    uses_of,
)
from assessor.domain.instrument import Column, Instrument, ItemBase, WithOptions
from assessor.domain.kinds import KINDS, columns
from assessor.domain.mapping import Evidence, ItemEvidence, MilestoneEvidence
from assessor.web.messages import gettext


@dataclass(frozen=True)
class AskedItem:
    """An item or a matrix's row as evidence names it. `answers` says how it is answered."""

    key: str
    text: str
    stem: str
    answers: str
    base: str
    uses: tuple[str, ...]


@dataclass(frozen=True)
class ShownEvidence:
    """`title` names the source; `notes` say what is picked from it."""

    title: str
    instrument: str
    items: tuple[AskedItem, ...]
    unknown: tuple[str, ...]
    notes: tuple[str, ...]


def asked_items(instrument: Instrument) -> tuple[AskedItem, ...]:
    """Everything of an instrument that can be evidence, in the order it is asked."""
    found: dict[str, list[Column]] = {}
    for column in columns(instrument):
        if KINDS[column.kind].scored and not holds_words(column):
            found.setdefault(column.owner, []).append(column)
    return tuple(_asked(instrument, tuple(of_key)) for of_key in found.values())


def _asked(instrument: Instrument, of_key: tuple[Column, ...]) -> AskedItem:
    first = of_key[0]
    item, around = asked_in(instrument, first), instrument.item(first.item_key)
    assert around is not None, "a column is one of an item of its instrument"
    is_row = first.owner not in (item.key, around.key)
    row = next((row for row in getattr(item, "rows", ()) if row.key == first.owner), None)
    return AskedItem(
        key=first.owner,
        text=row.text if row else item.text,
        stem=around.text if is_row or item is not around else "",
        answers=_answers(instrument, item, first),
        base=first.base,
        uses=uses_of(instrument, of_key),
    )


def shown_evidence(evidence: Evidence, instruments: Sequence[Instrument]) -> ShownEvidence:
    """One piece of evidence, with the wording of its items where the instrument is there."""
    if isinstance(evidence, ItemEvidence):
        instrument = next((one for one in instruments if one.key == evidence.instrument), None)
        known = {one.key: one for one in asked_items(instrument)} if instrument else {}
        notes = []
        if evidence.use:
            notes.append(gettext("Scale read: %(use)s", use=evidence.use))
        if evidence.codes:
            notes.append(gettext("Answers that count: %(codes)s", codes=", ".join(evidence.codes)))
        return ShownEvidence(
            title=instrument.title if instrument else evidence.instrument,
            instrument=evidence.instrument,
            items=tuple(known[key] for key in evidence.items if key in known),
            unknown=tuple(key for key in evidence.items if key not in known),
            notes=tuple(notes),
        )
    if isinstance(evidence, MilestoneEvidence):
        due = (gettext("Due %(due)s", due=evidence.due),) if evidence.due else ()
        return ShownEvidence(
            gettext("Milestone: %(milestone)s", milestone=evidence.milestone), "", (), (), due
        )
    notes = [gettext("Unit: %(unit)s", unit=evidence.unit)] if evidence.unit else []
    if evidence.source:
        notes.append(gettext("Source: %(source)s", source=evidence.source))
    return ShownEvidence(
        gettext("Statistic: %(series)s", series=evidence.series), "", (), (), tuple(notes)
    )


def _answers(instrument: Instrument, item: ItemBase, column: Column) -> str:
    """How it is answered: codes with their labels, or the ends of its numbers."""
    ends = ends_of(instrument, column)
    if ends is None or isinstance(item, WithOptions):
        coded = answers_of(instrument, column)
        if coded:
            return " · ".join(f"{code} = {label}" for code, label in coded)
        return gettext(KINDS[column.kind].label)
    low, high = (f"{end:g}" for end in sorted(ends))
    words = gettext("%(low)s to %(high)s", low=low, high=high)
    scale = instrument.scale(column.scale) if column.scale else None
    if scale is not None:
        worst, best = scale.label(scale.worst), scale.label(scale.best)
        if worst != str(scale.worst) and best != str(scale.best):
            words += f", {scale.worst} = {worst}, {scale.best} = {best}"
    return gettext("%(answers)s, turned when scored", answers=words) if column.reversed else words
