"""Scorecards, kept because computing one takes longer than opening a page.

There is one row a plan and period, so its address stays good; it is computed anew when the
fingerprint of its inputs is no longer the one it was computed from.
"""

from datetime import date

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assessor.store.database import Base, today


class ScorecardRow(Base):
    """A computed scorecard: `document` is scorecard.json."""

    __tablename__ = "scorecard"
    __table_args__ = (UniqueConstraint("library_id", "plan_key", "period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    library_id: Mapped[int] = mapped_column(ForeignKey("library.id", ondelete="RESTRICT"))
    plan_key: Mapped[str] = mapped_column(String(60))
    period: Mapped[str] = mapped_column(String(40))
    document: Mapped[str] = mapped_column(Text)
    inputs_sha256: Mapped[str] = mapped_column(String(64))
    computed_on: Mapped[date] = mapped_column(default=today)
