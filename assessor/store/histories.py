"""Queries of a draft's history: what can be undone, and what it was when somebody saw it."""

from dataclasses import dataclass

from sqlalchemy import select

from assessor.domain.instrument import Instrument
from assessor.store.accounts import Account
from assessor.store.database import db
from assessor.store.instruments import InstrumentDraft, InstrumentStep


@dataclass(frozen=True)
class Steps:
    """`undo` and `redo` say in words what each would take back or do again; None: nothing."""

    undo: str | None
    redo: str | None
    last_by: str


def steps(library_id: int, key: str) -> Steps:
    """Where the draft stands in its history, and who made its newest state."""
    at = db.session.scalar(
        select(InstrumentDraft.step).where(
            InstrumentDraft.library_id == library_id, InstrumentDraft.key == key
        )
    )
    row = InstrumentStep
    near = {
        step: (said, name or email or "")
        for step, said, name, email in db.session.execute(
            select(row.step, row.said, Account.name, Account.email)
            .outerjoin(Account, Account.id == row.account_id)
            .where(
                row.library_id == library_id,
                row.key == key,
                row.step.between((at or 0) - 1, (at or 0) + 1),
            )
        )
    }
    here = near.get(at or 0, ("", ""))
    return Steps(
        undo=here[0] if (at or 0) - 1 in near else None,
        redo=near[(at or 0) + 1][0] if (at or 0) + 1 in near else None,
        last_by=here[1],
    )


def state_seen(library_id: int, key: str, sha256: str) -> Instrument | None:
    """The draft as it was with this fingerprint; None where that is not remembered."""
    row = InstrumentStep
    document = db.session.scalar(
        select(row.document)
        .where(row.library_id == library_id, row.key == key, row.sha256 == sha256)
        .order_by(row.step.desc())
        .limit(1)
    )
    return Instrument.model_validate_json(document) if document else None
