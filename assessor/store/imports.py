"""Where a wave's answers came from when they were collected elsewhere, and how its file was read.

Of the file its name is not kept, which may name a person, but its fingerprint: the same file is not
taken in twice without a word.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from assessor.store.database import Base, db, today
from assessor.store.waves import WaveRow


class WaveSource(Base):
    """The provenance of an imported wave. `column_map` is the JSON by which columns were read."""

    __tablename__ = "wave_source"
    __table_args__ = (CheckConstraint("responses > 0", name="responses_counted"),)

    wave_id: Mapped[str] = mapped_column(
        ForeignKey("wave.id", ondelete="CASCADE"), primary_key=True
    )
    description: Mapped[str] = mapped_column(String(300))
    format: Mapped[str] = mapped_column(String(40))
    sha256: Mapped[str] = mapped_column(String(64))
    responses: Mapped[int]
    column_map: Mapped[str] = mapped_column(Text)
    imported_on: Mapped[date] = mapped_column(default=today)
    imported_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))


class ColumnMapRow(Base):
    """How a library read a file's columns last time, by the file's headers."""

    __tablename__ = "column_map"

    library_id: Mapped[int] = mapped_column(
        ForeignKey("library.id", ondelete="CASCADE"), primary_key=True
    )
    instrument_key: Mapped[str] = mapped_column(String(60), primary_key=True)
    headers_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    document: Mapped[str] = mapped_column(Text)


def source_of(wave_id: str) -> WaveSource | None:
    """Where the wave's answers came from; None where they were given here."""
    return db.session.get(WaveSource, wave_id)


def wave_with_file(library_id: int, sha256: str) -> str | None:
    """The id of a wave that this very file became; None where there is none."""
    found = (
        select(WaveSource.wave_id)
        .join(WaveRow, WaveRow.id == WaveSource.wave_id)
        .where(WaveRow.library_id == library_id, WaveSource.sha256 == sha256)
    )
    return db.session.scalar(found.limit(1))


def remembered_map(library_id: int, instrument_key: str, headers_sha256: str) -> str | None:
    """The JSON of the column map used last time for a file with these headers."""
    row = db.session.get(ColumnMapRow, (library_id, instrument_key, headers_sha256))
    return row.document if row else None
