"""Instruments: keep a draft, publish it as a version that never changes."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.actions.histories import remember
from assessor.actions.refusals import as_warnings, changed_meanwhile, not_found
from assessor.domain.checks.instrument import check_instrument
from assessor.domain.fingerprint import canonical_json, fingerprint
from assessor.domain.instrument import Instrument
from assessor.domain.problems import Checked, failed
from assessor.store.accounts import LibraryRow
from assessor.store.engine import writing
from assessor.store.instruments import InstrumentDraft, InstrumentVersion


def save_instrument_draft(
    library_id: int, instrument: Instrument, *, expected: str | None = None
) -> Checked[str]:
    """Keep the instrument as its key's draft and return the draft's fingerprint.

    `expected`: the fingerprint of the draft that was edited; refused where another is there now.
    A draft may be unfinished: what `check_instrument` finds comes along as warnings.
    """
    with writing() as session:
        if not lock_library(session, library_id):
            return failed(not_found("library", str(library_id)))
        draft = session.get(InstrumentDraft, (library_id, instrument.key))
        if expected is not None and (draft is None or draft.sha256 != expected):
            return failed(changed_meanwhile("instrument", instrument.key))
        sha256 = put_draft(session, library_id, instrument)
    return Checked(sha256, as_warnings(check_instrument(instrument)))


def publish_instrument(library_id: int, key: str, *, account_id: int | None = None) -> Checked[int]:
    """Publish the draft as the next version and return its number.

    Where nothing changed since the newest version, that one's number comes back and nothing is
    published. An instrument with errors is refused with all of them.
    """
    with writing() as session:
        if not lock_library(session, library_id):
            return failed(not_found("library", str(library_id)))
        draft = session.get(InstrumentDraft, (library_id, key))
        if draft is None:
            return failed(not_found("instrument", key))
        instrument = Instrument.model_validate_json(draft.document)
        problems = check_instrument(instrument)
        if any(problem.severity == "error" for problem in problems):
            return failed(*problems)
        return Checked(publish(session, library_id, instrument, account_id), problems)


def delete_instrument_draft(library_id: int, key: str) -> Checked[str]:
    """Delete the draft; published versions stay, and the draft can be loaded from a file again."""
    with writing() as session:
        lock_library(session, library_id)
        draft = session.get(InstrumentDraft, (library_id, key))
        if draft is None:
            return failed(not_found("instrument", key))
        session.delete(draft)
    return Checked(key)


def lock_library(session: Session, library_id: int) -> bool:
    """Make everybody who saves a document of this library wait in turn; False if there is none."""
    row = select(LibraryRow.id).where(LibraryRow.id == library_id).with_for_update()
    return session.scalar(row) is not None


def put_draft(
    session: Session,
    library_id: int,
    instrument: Instrument,
    *,
    said: str = "The draft was loaded from a file",
    account_id: int | None = None,
) -> str:
    """Write the draft within the caller's transaction and return its fingerprint.

    Every way to a draft leads through here, so that each can be undone. `said`: what was done.
    """
    document, sha256 = canonical_json(instrument), fingerprint(instrument)
    draft = session.get(InstrumentDraft, (library_id, instrument.key))
    if draft is None:
        draft = InstrumentDraft(library_id=library_id, key=instrument.key, step=0)
        draft.document, draft.sha256 = document, sha256
        session.add(draft)
        session.flush()
    if draft.sha256 != sha256 or draft.step == 0:
        remember(session, draft, document, sha256, said, account_id)
    return sha256


def publish(
    session: Session, library_id: int, instrument: Instrument, account_id: int | None
) -> int:
    """Write the next version within the caller's transaction, unless nothing changed."""
    row = InstrumentVersion
    newest = session.execute(
        select(row.version, row.sha256)
        .where(row.library_id == library_id, row.key == instrument.key)
        .order_by(row.version.desc())
        .limit(1)
    ).first()
    sha256 = fingerprint(instrument)
    if newest is not None and newest.sha256 == sha256:
        return int(newest.version)
    version = newest.version + 1 if newest else 1
    session.add(
        InstrumentVersion(
            library_id=library_id,
            key=instrument.key,
            version=version,
            document=canonical_json(instrument),
            sha256=sha256,
            published_by=account_id,
        )
    )
    session.flush()
    return int(version)
