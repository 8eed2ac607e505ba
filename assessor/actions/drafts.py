"""Answers that were never sent: deleted by their patron, or when nobody comes back."""

from datetime import date, timedelta

from sqlalchemy import delete, select

from assessor.actions.uploads import forget_files, keep_files_of
from assessor.domain.problems import Checked
from assessor.store.answers import hash_of_token
from assessor.store.database import today
from assessor.store.engine import writing
from assessor.store.responses import DraftRow, UploadRow

DRAFT_DAYS = 30
"""How long an unfinished draft is kept after it was last touched."""


def discard_draft(token: str, wave_id: str) -> Checked[bool]:
    """Forget what this browser wrote; whether there was anything to forget."""
    with writing() as session:
        mine = (DraftRow.id == hash_of_token(token)) & (DraftRow.wave_id == wave_id)
        found = session.scalar(select(DraftRow.id).where(mine)) is not None
        files = keep_files_of(session, wave_id, token, None, {}) if found else ()
        session.execute(delete(DraftRow).where(mine))
    forget_files(wave_id, files)
    return Checked(found)


def delete_old_drafts(*, on: date | None = None) -> Checked[int]:
    """Delete drafts that nobody touched for `DRAFT_DAYS` days, and return how many."""
    before = (on or today()) - timedelta(days=DRAFT_DAYS)
    with writing() as session:
        old = session.scalars(select(DraftRow.id).where(DraftRow.touched_on < before)).all()
        files = session.execute(
            select(UploadRow.wave_id, UploadRow.id)
            .join(DraftRow, DraftRow.id == UploadRow.draft_id)
            .where(DraftRow.touched_on < before)
        ).all()
        session.execute(delete(DraftRow).where(DraftRow.touched_on < before))
    for wave_id, upload_id in files:
        forget_files(wave_id, (upload_id,))
    return Checked(len(old))
