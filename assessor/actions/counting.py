"""How many responses belong to each quota, and how many people were led to each ending.

Both are plain numbers without a day. A quota is counted in the transaction that stores the
response, so that the last place is given once.
"""

from collections.abc import Iterable

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from assessor.domain.instrument import Instrument
from assessor.store.database import db
from assessor.store.responses import EndingCount, QuotaCount

_COUNT = {
    "ending": text(
        "INSERT INTO ending_count (wave_id, ending, number) VALUES (:wave, :key, 1) "
        "ON CONFLICT (wave_id, ending) DO UPDATE SET number = ending_count.number + 1"
    ),
    "quota": text(
        "INSERT INTO quota_count (wave_id, quota, number) VALUES (:wave, :key, 1) "
        "ON CONFLICT (wave_id, quota) DO UPDATE SET number = quota_count.number + 1"
    ),
}


def hold_quotas(session: Session, wave_id: str, instrument: Instrument) -> None:
    """Let nobody else count before this transaction ends; SQLite does that by itself."""
    if instrument.quotas and session.get_bind().dialect.name == "postgresql":
        session.execute(
            text("SELECT pg_advisory_xact_lock(hashtextextended(:wave, 0))"), {"wave": wave_id}
        )


def full_quotas(wave_id: str, instrument: Instrument) -> frozenset[str]:
    """The keys of the quotas that take nobody more."""
    if not instrument.quotas:
        return frozenset()
    counts = quota_counts(wave_id)
    return frozenset(one.key for one in instrument.quotas if counts.get(one.key, 0) >= one.limit)


def quota_counts(wave_id: str) -> dict[str, int]:
    """Quota key → responses that count towards it."""
    row = QuotaCount
    found = db.session.execute(select(row.quota, row.number).where(row.wave_id == wave_id))
    return {one[0]: one[1] for one in found}


def ending_counts(wave_id: str) -> dict[str, int]:
    """Ending key → how many people were led there; nothing else is known of them."""
    row = EndingCount
    found = db.session.execute(select(row.ending, row.number).where(row.wave_id == wave_id))
    return {one[0]: one[1] for one in found}


def count_quotas(session: Session, wave_id: str, keys: Iterable[str]) -> None:
    # In one order, or two transactions could each wait for the other's row.
    for key in sorted(keys):
        session.execute(_COUNT["quota"], {"wave": wave_id, "key": key})


def count_ending(session: Session, wave_id: str, key: str) -> None:
    session.execute(_COUNT["ending"], {"wave": wave_id, "key": key})
