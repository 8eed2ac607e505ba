"""What patrons sent, and what they are still writing.

The table definitions are part of the promise: there is no column for a person, an address or a
time; ids are random; and without a row id SQLite keeps no order in which the rows arrived.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assessor.store.database import Base


class ResponseRow(Base):
    """One response, all its answers in one JSON object: column name → stored answer."""

    __tablename__ = "response"
    __table_args__ = (
        CheckConstraint("length(id) = 32", name="anonymous_random_id"),
        CheckConstraint("submitted_on = date(submitted_on)", name="anonymous_day_without_time"),
        Index("ix_response_wave_id_group_code", "wave_id", "group_code"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    wave_id: Mapped[str] = mapped_column(ForeignKey("wave.id", ondelete="RESTRICT"))
    group_code: Mapped[str | None] = mapped_column(String(60))
    answers: Mapped[str] = mapped_column(Text)
    submitted_on: Mapped[date]


class DraftRow(Base):
    """Answers on their way. The id is the hash of a token that only the patron's browser holds.

    `answers` as in a response; `pages_done` is a JSON list of page keys that passed the check.
    """

    __tablename__ = "draft"
    __table_args__ = (
        CheckConstraint("length(id) = 64", name="anonymous_hashed_token"),
        CheckConstraint("touched_on = date(touched_on)", name="anonymous_day_without_time"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    wave_id: Mapped[str] = mapped_column(ForeignKey("wave.id", ondelete="CASCADE"), index=True)
    answers: Mapped[str] = mapped_column(Text)
    pages_done: Mapped[str] = mapped_column(Text)
    touched_on: Mapped[date] = mapped_column(index=True)
