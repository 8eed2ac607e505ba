"""Working on an instrument's draft: acts, undo, redo, and what happens when two do so at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.actions.histories import step_to
from assessor.actions.instruments import lock_library, put_draft
from assessor.actions.refusals import changed_meanwhile, not_found, refused
from assessor.domain.editing.acts import Act
from assessor.domain.editing.apply import apply_acts
from assessor.domain.editing.merging import can_follow
from assessor.domain.instrument import Instrument
from assessor.domain.problems import Checked, failed, say
from assessor.store.engine import writing
from assessor.store.instruments import InstrumentDraft, InstrumentStep


@dataclass(frozen=True)
class Edited:
    """The draft after an edit. `merged`: somebody else saved meanwhile, and both are in it."""

    instrument: Instrument
    sha256: str
    merged: bool = False


def begin_instrument(
    library_id: int, instrument: Instrument, *, said: str, account_id: int | None = None
) -> Checked[str]:
    """Keep a new instrument as a draft and return its key; refused where the key is taken."""
    with writing() as session:
        if not lock_library(session, library_id):
            return failed(not_found("library", str(library_id)))
        if session.get(InstrumentDraft, (library_id, instrument.key)) is not None:
            message = say(
                "There is an instrument `{instrument}` already. Choose another key.",
                instrument=instrument.key,
            )
            return failed(refused("instrument.exists", "key", message))
        put_draft(session, library_id, instrument, said=said, account_id=account_id)
    return Checked(instrument.key)


def edit_instrument(
    library_id: int,
    key: str,
    acts: Sequence[Act],
    *,
    seen: str,
    said: str = "",
    account_id: int | None = None,
) -> Checked[Edited]:
    """Do acts to the draft as one step; all of them or none.

    `seen`: the fingerprint of the draft that the person had before them. Where another is there
    by now, the acts are done to that one if they touch other things than what changed since;
    otherwise they are refused (`instrument.changed-meanwhile`) and nothing is saved.
    """
    with writing() as session:
        draft = _locked(session, library_id, key)
        if draft is None:
            return failed(not_found("instrument", key))
        now = Instrument.model_validate_json(draft.document)
        is_other = draft.sha256 != seen
        if is_other:
            base = _state(session, draft, seen)
            if base is None or not can_follow(acts, base, now):
                return failed(changed_meanwhile("instrument", key))
        done = apply_acts(now, acts)
        if done.value is None:
            return failed(*done.problems)
        sha256 = put_draft(session, library_id, done.value, said=said, account_id=account_id)
        return Checked(Edited(done.value, sha256, is_other))


def undo_instrument(library_id: int, key: str, *, seen: str) -> Checked[Edited]:
    """Go one step back; refused where the draft is not the one that the person saw."""
    return _step(library_id, key, -1, seen)


def redo_instrument(library_id: int, key: str, *, seen: str) -> Checked[Edited]:
    """Go one step forth again."""
    return _step(library_id, key, 1, seen)


def _step(library_id: int, key: str, by: int, seen: str) -> Checked[Edited]:
    with writing() as session:
        draft = _locked(session, library_id, key)
        if draft is None:
            return failed(not_found("instrument", key))
        if draft.sha256 != seen:
            # What would be undone is somebody else's step.
            return failed(changed_meanwhile("instrument", key))
        if step_to(session, draft, by) is None:
            if by < 0:
                nothing = say("There is nothing to undo.")
                return failed(refused("instrument.nothing-to-undo", "", nothing))
            nothing = say("There is nothing to redo.")
            return failed(refused("instrument.nothing-to-redo", "", nothing))
        return Checked(Edited(Instrument.model_validate_json(draft.document), draft.sha256))


def _locked(session: Session, library_id: int, key: str) -> InstrumentDraft | None:
    if not lock_library(session, library_id):
        return None
    return session.get(InstrumentDraft, (library_id, key), populate_existing=True)


def _state(session: Session, draft: InstrumentDraft, sha256: str) -> Instrument | None:
    """The state of the draft with this fingerprint, where it is still remembered."""
    row = InstrumentStep
    document = session.scalar(
        select(row.document)
        .where(row.library_id == draft.library_id, row.key == draft.key, row.sha256 == sha256)
        .order_by(row.step.desc())
        .limit(1)
    )
    return Instrument.model_validate_json(document) if document else None
