"""Queries of whole documents: plans, mappings and instruments of a library, as domain values.

Every function needs an app context and reads in the session's current transaction.
"""

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from assessor.domain.instrument import Instrument
from assessor.domain.mapping import Mapping
from assessor.domain.plan import LeftOut, Plan, Reading
from assessor.store.database import db
from assessor.store.instruments import InstrumentDraft, InstrumentVersion
from assessor.store.plans import MappingEdition, PlanEdition, PlanReview


@dataclass(frozen=True)
class StoredPlan:
    """An accepted plan with the document it was read from."""

    plan: Plan
    edition: int
    sha256: str
    source_name: str
    source_lines: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    accepted_on: date
    accepted_by: int | None


@dataclass(frozen=True)
class StoredMapping:
    """A saved mapping."""

    mapping: Mapping
    edition: int
    sha256: str
    note: str
    saved_on: date
    saved_by: int | None


@dataclass(frozen=True)
class Edition:
    """An edition in a list, without its document."""

    edition: int
    sha256: str
    on: date
    by: int | None
    note: str = ""


@dataclass(frozen=True)
class StoredInstrument:
    """The draft of an instrument and what is published of it.

    `latest` is the number of the newest version, None where none is published; `changed` says
    that the draft differs from it.
    """

    draft: Instrument
    sha256: str
    latest: int | None
    changed: bool


@dataclass(frozen=True)
class Version:
    """A published version in a list, without its document."""

    id: int
    key: str
    version: int
    sha256: str
    published_on: date
    published_by: int | None


@dataclass(frozen=True)
class Review:
    """A plan under review: the reading as it stands now, and the way back and forth."""

    id: str
    plan_key: str
    reading: Reading
    source_name: str
    source_lines: tuple[str, ...]
    against_edition: int | None
    can_undo: bool
    can_redo: bool
    created_on: date


def plan_keys(library_id: int) -> tuple[str, ...]:
    """The keys of the library's accepted plans."""
    keys = select(PlanEdition.plan_key).where(PlanEdition.library_id == library_id)
    return tuple(db.session.scalars(keys.distinct().order_by(PlanEdition.plan_key)))


def current_plan(library_id: int, plan_key: str) -> StoredPlan | None:
    """The newest edition of the plan; None where none was accepted."""
    return stored_plan(library_id, plan_key)


def stored_plan(library_id: int, plan_key: str, edition: int | None = None) -> StoredPlan | None:
    """One edition of the plan; the newest where `edition` is None."""
    wanted = edition or latest_edition(PlanEdition, library_id, plan_key)
    row = db.session.scalar(
        select(PlanEdition).where(
            PlanEdition.library_id == library_id,
            PlanEdition.plan_key == plan_key,
            PlanEdition.edition == wanted,
        )
    )
    if row is None:
        return None
    return StoredPlan(
        plan=Plan.model_validate_json(row.document),
        edition=row.edition,
        sha256=row.sha256,
        source_name=row.source_name,
        source_lines=tuple(json.loads(row.source_lines)),
        left_out=tuple(LeftOut.model_validate(entry) for entry in json.loads(row.left_out)),
        accepted_on=row.accepted_on,
        accepted_by=row.accepted_by,
    )


def plan_editions(library_id: int, plan_key: str) -> tuple[Edition, ...]:
    """Every edition of the plan, newest first."""
    row = PlanEdition
    found = db.session.execute(
        select(row.edition, row.sha256, row.accepted_on, row.accepted_by)
        .where(row.library_id == library_id, row.plan_key == plan_key)
        .order_by(row.edition.desc())
    )
    return tuple(Edition(edition, sha, on, by) for edition, sha, on, by in found)


def current_mapping(library_id: int, plan_key: str) -> StoredMapping | None:
    """The newest mapping of the plan; None where none was saved."""
    return stored_mapping(library_id, plan_key)


def stored_mapping(
    library_id: int, plan_key: str, edition: int | None = None
) -> StoredMapping | None:
    """One edition of the plan's mapping; the newest where `edition` is None."""
    wanted = edition or latest_edition(MappingEdition, library_id, plan_key)
    row = db.session.scalar(
        select(MappingEdition).where(
            MappingEdition.library_id == library_id,
            MappingEdition.plan_key == plan_key,
            MappingEdition.edition == wanted,
        )
    )
    if row is None:
        return None
    return StoredMapping(
        mapping=Mapping.model_validate_json(row.document),
        edition=row.edition,
        sha256=row.sha256,
        note=row.note,
        saved_on=row.saved_on,
        saved_by=row.saved_by,
    )


def mapping_editions(library_id: int, plan_key: str) -> tuple[Edition, ...]:
    """Every edition of the plan's mapping, newest first."""
    row = MappingEdition
    found = db.session.execute(
        select(row.edition, row.sha256, row.saved_on, row.saved_by, row.note)
        .where(row.library_id == library_id, row.plan_key == plan_key)
        .order_by(row.edition.desc())
    )
    return tuple(Edition(edition, sha, on, by, note) for edition, sha, on, by, note in found)


def instruments(library_id: int) -> tuple[StoredInstrument, ...]:
    """Every instrument of the library by key, with its draft."""
    drafts = db.session.execute(
        select(InstrumentDraft.document, InstrumentDraft.sha256)
        .where(InstrumentDraft.library_id == library_id)
        .order_by(InstrumentDraft.key)
    )
    newest: dict[str, Version] = {}
    for version in versions(library_id):
        newest.setdefault(version.key, version)
    found = []
    for document, sha256 in drafts:
        draft = Instrument.model_validate_json(document)
        latest = newest.get(draft.key)
        found.append(
            StoredInstrument(
                draft=draft,
                sha256=sha256,
                latest=latest.version if latest else None,
                changed=latest is None or latest.sha256 != sha256,
            )
        )
    return tuple(found)


def instrument_draft(library_id: int, key: str) -> StoredInstrument | None:
    """The instrument with this key; None where the library has none."""
    row = InstrumentDraft
    found = db.session.execute(
        select(row.document, row.sha256).where(row.library_id == library_id, row.key == key)
    ).first()
    if found is None:
        return None
    newest = next(iter(versions(library_id, key)), None)
    return StoredInstrument(
        draft=Instrument.model_validate_json(found.document),
        sha256=found.sha256,
        latest=newest.version if newest else None,
        changed=newest is None or newest.sha256 != found.sha256,
    )


def versions(library_id: int, key: str | None = None) -> tuple[Version, ...]:
    """Published versions, newest first within each key; of one instrument where `key` is given."""
    row = InstrumentVersion
    found = select(
        row.id, row.key, row.version, row.sha256, row.published_on, row.published_by
    ).where(row.library_id == library_id)
    if key is not None:
        found = found.where(row.key == key)
    return tuple(
        Version(*values)
        for values in db.session.execute(found.order_by(row.key, row.version.desc()))
    )


def plan_review(library_id: int, review_id: str) -> Review | None:
    """The review as it stands; None where it was accepted, discarded or never there."""
    row = db.session.get(PlanReview, review_id)
    return review_of(row) if row is not None and row.library_id == library_id else None


def plan_reviews(library_id: int) -> tuple[Review, ...]:
    """The library's reviews that wait to be accepted."""
    rows = select(PlanReview).where(PlanReview.library_id == library_id)
    return tuple(
        review_of(row)
        for row in db.session.scalars(rows.order_by(PlanReview.created_on, PlanReview.id))
    )


def review_of(row: PlanReview) -> Review:
    """The review that a row holds."""
    states = json.loads(row.states)
    return Review(
        id=row.id,
        plan_key=row.plan_key,
        reading=Reading.model_validate(states[row.position]),
        source_name=row.source_name,
        source_lines=tuple(json.loads(row.source_lines)),
        against_edition=row.against_edition,
        can_undo=row.position > 0,
        can_redo=row.position + 1 < len(states),
        created_on=row.created_on,
    )


def latest_edition(row: type[PlanEdition | MappingEdition], library_id: int, plan_key: str) -> int:
    """The number of the newest edition; 0 where there is none."""
    newest = select(func.max(row.edition)).where(
        row.library_id == library_id, row.plan_key == plan_key
    )
    return db.session.scalar(newest) or 0
