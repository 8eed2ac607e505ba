"""Evidence in words: the wording that was asked, the answers that count, the statistic's source."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessor.domain.instrument import (
    Column,
    Instrument,
    Item,
    Likelihood,
    MultipleChoice,
    RatingMatrix,
    SingleChoice,
)
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
    found: dict[str, AskedItem] = {}
    for column in columns(instrument):
        item = instrument.item(column.owner)
        if item is None or not KINDS[column.kind].scored:
            continue
        before = found.get(column.owner)
        uses = (*(before.uses if before else ()), *((column.use,) if column.use else ()))
        found[column.owner] = AskedItem(
            key=column.owner,
            text=column.text,
            stem=item.text if isinstance(item, RatingMatrix) else "",
            answers=_answers(instrument, item, column),
            base=column.base,
            uses=uses,
        )
    return tuple(found.values())


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


def _answers(instrument: Instrument, item: Item, column: Column) -> str:
    if isinstance(item, SingleChoice | MultipleChoice):
        return " · ".join(f"{option.code} = {option.label}" for option in item.options)
    if isinstance(item, Likelihood):
        return gettext("%(low)s to %(high)s", low=0, high=10)
    scale = instrument.scale(column.scale) if column.scale else None
    if scale is None:
        return gettext(KINDS[column.kind].label)
    words = gettext("%(low)s to %(high)s", low=min(scale.values), high=max(scale.values))
    worst, best = scale.label(scale.worst), scale.label(scale.best)
    if worst != str(scale.worst) and best != str(scale.best):
        words += f", {scale.worst} = {worst}, {scale.best} = {best}"
    return gettext("%(answers)s, turned when scored", answers=words) if column.reversed else words
