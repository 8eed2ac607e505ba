"""Instruments: the draft a librarian works on, and the published versions that never change."""

from datetime import date

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from assessor.store.database import Base, today


class InstrumentDraft(Base):
    """The working document of an instrument; publishing copies it into a version.

    `step` is the state of its history that it is at; 0: nothing is remembered of it yet.
    """

    __tablename__ = "instrument_draft"

    library_id: Mapped[int] = mapped_column(
        ForeignKey("library.id", ondelete="RESTRICT"), primary_key=True
    )
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    document: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    step: Mapped[int] = mapped_column(default=0, server_default="0")


class InstrumentStep(Base):
    """A state that a draft was in: undo and redo lead from one to the next.

    `said` tells in words what was done to reach it. The rows go with the draft.
    """

    __tablename__ = "instrument_history"
    __table_args__ = (
        ForeignKeyConstraint(
            ["library_id", "key"],
            ["instrument_draft.library_id", "instrument_draft.key"],
            ondelete="CASCADE",
        ),
        CheckConstraint("step > 0", name="step_counts_from_one"),
    )

    library_id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    step: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    document: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    said: Mapped[str] = mapped_column(String(300))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))


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
