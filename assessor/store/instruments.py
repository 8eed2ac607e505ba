"""Instruments: the draft a librarian works on, and the published versions that never change."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assessor.store.database import Base, today


class InstrumentDraft(Base):
    """The working document of an instrument; publishing copies it into a version."""

    __tablename__ = "instrument_draft"

    library_id: Mapped[int] = mapped_column(
        ForeignKey("library.id", ondelete="RESTRICT"), primary_key=True
    )
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    document: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))


class InstrumentVersion(Base):
    """A published instrument. The database itself refuses to change one (see triggers.py)."""

    __tablename__ = "instrument_version"
    __table_args__ = (
        UniqueConstraint("library_id", "key", "version"),
        CheckConstraint("version > 0", name="version_counts_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    library_id: Mapped[int] = mapped_column(ForeignKey("library.id", ondelete="RESTRICT"))
    key: Mapped[str] = mapped_column(String(60))
    version: Mapped[int]
    document: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    published_on: Mapped[date] = mapped_column(default=today)
    published_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
