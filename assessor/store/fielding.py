"""Queries of waves: what a patron's page asks first, and how far a wave has come."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from assessor.store.database import db
from assessor.store.instruments import InstrumentVersion
from assessor.store.published import Published, published
from assessor.store.responses import DraftRow, ResponseRow
from assessor.store.waves import Access, Participation, WaveGroup, WaveRow, WaveState


@dataclass(frozen=True)
class Wave:
    """One fielding of one version. `opens_on` and `closes_on` are days, both included."""

    id: str
    library_id: int
    title: str
    period: str
    access: Access
    privacy: str
    retention_months: int
    opens_on: date | None
    closes_on: date | None
    state: WaveState
    instrument_key: str
    version: int
    version_id: int
    sha256: str
    forgotten_on: date | None

    def is_open(self, on: date) -> bool:
        """Whether answers are taken on this day."""
        return (
            self.state == "open"
            and (self.opens_on is None or self.opens_on <= on)
            and (self.closes_on is None or on <= self.closes_on)
        )

    def published(self) -> Published:
        """The version that is fielded."""
        return published(self.version_id, self.sha256)


@dataclass(frozen=True)
class Group:
    """A group of the audience; `size` is None where nobody knows it."""

    code: str
    label: str
    size: int | None


@dataclass(frozen=True)
class Progress:
    """Counts of a wave. They are not suppressed: whoever shows them has to do that."""

    responses: int
    drafts: int
    by_group: dict[str | None, int]
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class VersionProgress:
    """How many answered a version in a wave, and how many are in the middle of it.

    Not suppressed: whoever shows them has to do that.
    """

    wave_id: str
    version: int
    responses: int
    drafts: int


def wave(wave_id: str, *, hold: bool = False) -> Wave | None:
    """The wave behind a link; None where there never was one.

    With `hold` nobody can close or change it before the transaction ends. That is PostgreSQL's to
    do: on SQLite only one transaction writes at a time.
    """
    statement = _HELD_WAVE if hold else _WAVE
    found = db.session.execute(statement, {"wave_id": wave_id}).first()
    return _wave(found) if found else None


def wave_of(library_id: int, wave_id: str) -> Wave | None:
    """The library's wave; None where it is another library's or there is none."""
    found = wave(wave_id)
    return found if found is not None and found.library_id == library_id else None


def waves(library_id: int, period: str | None = None) -> tuple[Wave, ...]:
    """The library's waves, newest period first; of one period where it is given."""
    wanted = _waves().where(WaveRow.library_id == library_id)
    if period is not None:
        wanted = wanted.where(WaveRow.period == period)
    ordered = wanted.order_by(WaveRow.period.desc(), WaveRow.title, WaveRow.id)
    return tuple(_wave(found) for found in db.session.execute(ordered))


def periods(library_id: int) -> tuple[str, ...]:
    """The periods that waves are for, newest first."""
    found = select(WaveRow.period).where(WaveRow.library_id == library_id).distinct()
    return tuple(db.session.scalars(found.order_by(WaveRow.period.desc())))


def groups(wave_id: str) -> tuple[Group, ...]:
    """The groups the wave is for, in the instrument's order."""
    rows = select(WaveGroup.code, WaveGroup.label, WaveGroup.size).where(
        WaveGroup.wave_id == wave_id
    )
    ordered = rows.order_by(WaveGroup.position, WaveGroup.code)
    return tuple(Group(*found) for found in db.session.execute(ordered))


def progress(wave_id: str) -> Progress:
    """How many responses and unfinished drafts there are, in all and by group code."""
    counted = db.session.execute(
        select(ResponseRow.group_code, func.count())
        .where(ResponseRow.wave_id == wave_id)
        .group_by(ResponseRow.group_code)
    )
    by_group: dict[str | None, int] = {row[0]: row[1] for row in counted}
    drafts = select(func.count()).select_from(DraftRow).where(DraftRow.wave_id == wave_id)
    return Progress(
        responses=sum(by_group.values()),
        drafts=db.session.scalar(drafts) or 0,
        by_group=by_group,
        groups=groups(wave_id),
    )


def progress_by_version(library_id: int, instrument_key: str) -> tuple[VersionProgress, ...]:
    """For each wave and version of an instrument that anybody began, by wave and version."""
    version = InstrumentVersion
    counts: dict[tuple[str, int], list[int]] = {}
    rows: tuple[type[ResponseRow] | type[DraftRow], ...] = (ResponseRow, DraftRow)
    for place, row in enumerate(rows):
        counted = db.session.execute(
            select(row.wave_id, version.version, func.count())
            .join(version, version.id == row.instrument_version_id)
            .where(version.library_id == library_id, version.key == instrument_key)
            .group_by(row.wave_id, version.version)
        )
        for wave_id, number, count in counted:
            counts.setdefault((wave_id, number), [0, 0])[place] = count
    return tuple(
        VersionProgress(wave_id, number, *counts[wave_id, number])
        for wave_id, number in sorted(counts)
    )


def response_counts(library_id: int) -> dict[str, int]:
    """Wave id → number of responses, for every wave of the library that has any."""
    counted = db.session.execute(
        select(ResponseRow.wave_id, func.count())
        .join(WaveRow, WaveRow.id == ResponseRow.wave_id)
        .where(WaveRow.library_id == library_id)
        .group_by(ResponseRow.wave_id)
    )
    return {row[0]: row[1] for row in counted}


def has_taken_part(wave_id: str, account_id: int) -> bool:
    """Whether the account used its chance to answer this signed-in wave."""
    return db.session.get(Participation, (wave_id, account_id)) is not None


def waves_for_account(library_id: int, account_id: int, on: date) -> tuple[Wave, ...]:
    """The signed-in waves that this member of staff can answer today and has not answered."""
    taken = select(Participation.wave_id).where(Participation.account_id == account_id)
    wanted = _waves().where(
        WaveRow.library_id == library_id,
        WaveRow.access == "signed_in",
        WaveRow.state == "open",
        WaveRow.id.not_in(taken),
    )
    found = (_wave(row) for row in db.session.execute(wanted.order_by(WaveRow.title)))
    return tuple(candidate for candidate in found if candidate.is_open(on))


# Any: SQLAlchemy's row types cannot be spelled for a star of columns.
def _waves() -> Select[*tuple[Any, ...]]:
    row = WaveRow
    version = InstrumentVersion
    return select(
        row.id,
        row.library_id,
        row.title,
        row.period,
        row.access,
        row.privacy,
        row.retention_months,
        row.opens_on,
        row.closes_on,
        row.state,
        version.key,
        version.version,
        version.id,
        version.sha256,
        row.forgotten_on,
    ).join(version, version.id == row.instrument_version_id)


def _wave(found: Any) -> Wave:
    return Wave(*found)


# Asked with every page of every patron, so built once.
_WAVE = _waves().where(WaveRow.id == bindparam("wave_id"))
_HELD_WAVE = _WAVE.with_for_update(read=True, of=WaveRow)
