"""What a draft was before: a row a state, at most a hundred, so that each step can be undone.

A state is a whole document. Undo reads one row back; nothing is ever worked out backwards.
"""

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from assessor.store.instruments import InstrumentDraft, InstrumentStep

STATES_KEPT = 100


def remember(
    session: Session,
    draft: InstrumentDraft,
    document: str,
    sha256: str,
    said: str,
    account_id: int | None,
) -> None:
    """Put the draft into another state, behind the one it is in; what was undone is forgotten."""
    if draft.step == 0 and draft.sha256 != sha256:
        # A draft from before there were histories: what it was must be there to go back to.
        _add(session, draft, 1, draft.document, draft.sha256, "As it was", None)
        draft.step = 1
    row = InstrumentStep
    own = (row.library_id == draft.library_id, row.key == draft.key)
    session.execute(delete(row).where(*own, row.step > draft.step))
    draft.step += 1
    draft.document, draft.sha256 = document, sha256
    _add(session, draft, draft.step, document, sha256, said, account_id)
    session.execute(delete(row).where(*own, row.step <= draft.step - STATES_KEPT))


def step_to(session: Session, draft: InstrumentDraft, by: int) -> InstrumentStep | None:
    """Put the draft one remembered state back (-1) or forth (1); None where there is none."""
    row = InstrumentStep
    found = session.get(row, (draft.library_id, draft.key, draft.step + by))
    if found is not None:
        draft.step, draft.document, draft.sha256 = found.step, found.document, found.sha256
    return found


def last_step(session: Session, draft: InstrumentDraft) -> int:
    row = InstrumentStep
    own = (row.library_id == draft.library_id, row.key == draft.key)
    return session.scalar(select(func.max(row.step)).where(*own)) or 0


def _add(
    session: Session,
    draft: InstrumentDraft,
    step: int,
    document: str,
    sha256: str,
    said: str,
    account_id: int | None,
) -> None:
    session.add(
        InstrumentStep(
            library_id=draft.library_id,
            key=draft.key,
            step=step,
            document=document,
            sha256=sha256,
            said=said[:300],
            account_id=account_id,
        )
    )
    session.flush()
