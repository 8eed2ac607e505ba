"""Queries of kept scorecards."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from assessor.domain.scorecard import Scorecard
from assessor.store.database import db
from assessor.store.scorecards import ScorecardRow


@dataclass(frozen=True)
class StoredScorecard:
    """A kept scorecard; `inputs_sha256` is of everything that it was computed from."""

    id: int
    library_id: int
    plan_key: str
    period: str
    scorecard: Scorecard
    inputs_sha256: str
    computed_on: date


def scorecard(library_id: int, scorecard_id: int) -> StoredScorecard | None:
    """The library's scorecard with this id, as last computed."""
    row = db.session.get(ScorecardRow, scorecard_id)
    return stored(row) if row is not None and row.library_id == library_id else None


def scorecards(library_id: int) -> tuple[tuple[int, str, str, date], ...]:
    """Id, plan key, period and day of every kept scorecard, newest period first."""
    row = ScorecardRow
    found = db.session.execute(
        select(row.id, row.plan_key, row.period, row.computed_on)
        .where(row.library_id == library_id)
        .order_by(row.period.desc(), row.plan_key)
    )
    return tuple((one[0], one[1], one[2], one[3]) for one in found)


def find(library_id: int, plan_key: str, period: str) -> StoredScorecard | None:
    """The plan's scorecard for the period, as last computed."""
    row = ScorecardRow
    found = db.session.scalar(
        select(row).where(
            row.library_id == library_id, row.plan_key == plan_key, row.period == period
        )
    )
    return stored(found) if found is not None else None


def stored(row: ScorecardRow) -> StoredScorecard:
    """The scorecard that a row holds."""
    return StoredScorecard(
        id=row.id,
        library_id=row.library_id,
        plan_key=row.plan_key,
        period=row.period,
        scorecard=Scorecard.model_validate_json(row.document),
        inputs_sha256=row.inputs_sha256,
        computed_on=row.computed_on,
    )
