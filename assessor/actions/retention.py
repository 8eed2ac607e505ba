"""Forgetting in time what patrons were promised would be forgotten.

The page says before the first question how long answers are kept; this keeps that promise. The
scorecards that the answers went into are computed a last time before, and stand from then on.
"""

import calendar
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, select, update

from assessor.actions.drafts import delete_old_drafts
from assessor.actions.scorecards import compute_scorecard
from assessor.actions.uploads import forget_files, forget_files_without_response
from assessor.domain.problems import Checked
from assessor.store import documents
from assessor.store.database import db, today
from assessor.store.engine import writing
from assessor.store.responses import ResponseRow
from assessor.store.waves import WaveRow


@dataclass(frozen=True)
class Forgotten:
    """How many unfinished drafts and how many responses were deleted, and of how many waves."""

    drafts: int
    responses: int
    waves: int


def forget_what_is_due(*, on: date | None = None) -> Checked[Forgotten]:
    """Delete responses older than their wave's promise, and drafts that nobody came back to.

    Safe to repeat and to run in several processes at once. Each wave is a transaction of its own,
    so that one large wave does not keep patrons of another waiting.
    """
    day = on or today()
    drafts = delete_old_drafts(on=day).unwrap()
    responses = waves = 0
    for wave in _waves_with_responses_due(day):
        for plan_key in documents.plan_keys(wave.library_id):
            # Where a scorecard cannot be computed there is none to keep.
            compute_scorecard(wave.library_id, plan_key, wave.period)
        deleted = _forget(wave.id, before=months_before(day, wave.retention_months), on=day)
        responses += deleted
        waves += bool(deleted)
    return Checked(Forgotten(drafts, responses, waves))


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last of the month where it has no such day."""
    whole = day.year * 12 + day.month - 1 - months
    year, month = divmod(whole, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


@dataclass(frozen=True)
class _Due:
    id: str
    library_id: int
    period: str
    retention_months: int


def _waves_with_responses_due(day: date) -> list[_Due]:
    oldest = func.min(ResponseRow.submitted_on)
    row = WaveRow
    found = db.session.execute(
        select(row.id, row.library_id, row.period, row.retention_months, oldest)
        .join(ResponseRow, ResponseRow.wave_id == row.id)
        .group_by(row.id, row.library_id, row.period, row.retention_months)
        .order_by(row.id)
    ).all()
    db.session.rollback()
    return [_Due(*one[:4]) for one in found if one[4] < months_before(day, one[3])]


def _forget(wave_id: str, *, before: date, on: date) -> int:
    with writing() as session:
        mine = (ResponseRow.wave_id == wave_id) & (ResponseRow.submitted_on < before)
        count = session.scalar(select(func.count()).select_from(ResponseRow).where(mine)) or 0
        session.execute(delete(ResponseRow).where(mine))
        files = forget_files_without_response(session, wave_id)
        session.execute(
            update(WaveRow)
            .where(WaveRow.id == wave_id, WaveRow.forgotten_on.is_(None))
            .values(forgotten_on=on)
        )
    forget_files(wave_id, files)
    return count
