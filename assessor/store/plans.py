"""Editions of plans and mappings, and the working copy of a plan while a person reviews it.

An edition is a whole document that never changes. A save makes the next edition, so going back is
saving an older one again, and a scorecard can always say what it was computed from.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assessor.store.database import Base, today


class PlanEdition(Base):
    """An accepted plan. `source_lines` is the document it was read from, as a JSON list."""

    __tablename__ = "plan_edition"
    __table_args__ = (
        UniqueConstraint("library_id", "plan_key", "edition"),
        CheckConstraint("edition > 0", name="edition_counts_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    library_id: Mapped[int] = mapped_column(ForeignKey("library.id", ondelete="RESTRICT"))
    plan_key: Mapped[str] = mapped_column(String(60))
    edition: Mapped[int]
    document: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    source_name: Mapped[str] = mapped_column(String(300))
    source_lines: Mapped[str] = mapped_column(Text)
    left_out: Mapped[str] = mapped_column(Text)
    accepted_on: Mapped[date] = mapped_column(default=today)
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))


class PlanReview(Base):
    """A proposal under review; gone when it is accepted or discarded.

    `reading` is the first proposal; `states` a JSON list of readings, of which the one at
    `position` is shown: undo and redo move it.
    """

    __tablename__ = "plan_review"
    __table_args__ = (CheckConstraint("position >= 0", name="position_in_states"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    library_id: Mapped[int] = mapped_column(
        ForeignKey("library.id", ondelete="RESTRICT"), index=True
    )
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    plan_key: Mapped[str] = mapped_column(String(60))
    source_name: Mapped[str] = mapped_column(String(300))
    source_lines: Mapped[str] = mapped_column(Text)
    reading: Mapped[str] = mapped_column(Text)
    states: Mapped[str] = mapped_column(Text)
    position: Mapped[int] = mapped_column(default=0)
    against_edition: Mapped[int | None]
    created_on: Mapped[date] = mapped_column(default=today)


class MappingEdition(Base):
    """A saved mapping of a plan."""

    __tablename__ = "mapping_edition"
    __table_args__ = (
        UniqueConstraint("library_id", "plan_key", "edition"),
        CheckConstraint("edition > 0", name="edition_counts_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    library_id: Mapped[int] = mapped_column(ForeignKey("library.id", ondelete="RESTRICT"))
    plan_key: Mapped[str] = mapped_column(String(60))
    edition: Mapped[int]
    document: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(String(500), default="", server_default="")
    saved_on: Mapped[date] = mapped_column(default=today)
    saved_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
