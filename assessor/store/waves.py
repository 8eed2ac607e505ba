"""Waves: one fielding of one version, the groups it is for, and who of the staff took part."""

from datetime import date
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assessor.store.database import Base, today
from assessor.store.instruments import InstrumentVersion

Access = Literal["open_link", "signed_in"]
Privacy = Literal["anonymous"]
WaveState = Literal["draft", "open", "closed"]


class WaveRow(Base):
    """A wave. Its id is the unguessable part of the link that patrons open.

    `opens_on` and `closes_on` are days, both included; None leaves that end open.
    """

    __tablename__ = "wave"
    __table_args__ = (
        CheckConstraint("access IN ('open_link', 'signed_in')", name="access_known"),
        CheckConstraint("privacy = 'anonymous'", name="privacy_promised"),
        CheckConstraint("state IN ('draft', 'open', 'closed')", name="state_known"),
        CheckConstraint("retention_months BETWEEN 1 AND 240", name="retention_stated"),
        CheckConstraint(
            "opens_on IS NULL OR closes_on IS NULL OR opens_on <= closes_on",
            name="opens_before_it_closes",
        ),
        CheckConstraint("length(id) >= 16", name="link_unguessable"),
        Index("ix_wave_library_id_period", "library_id", "period"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    library_id: Mapped[int] = mapped_column(ForeignKey("library.id", ondelete="RESTRICT"))
    instrument_version_id: Mapped[int] = mapped_column(
        ForeignKey("instrument_version.id", ondelete="RESTRICT"), index=True
    )
    title: Mapped[str] = mapped_column(String(300))
    period: Mapped[str] = mapped_column(String(40))
    access: Mapped[str] = mapped_column(String(20))
    privacy: Mapped[str] = mapped_column(String(20), default="anonymous")
    retention_months: Mapped[int]
    opens_on: Mapped[date | None]
    closes_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(10), default="draft")
    created_on: Mapped[date] = mapped_column(default=today)
    # The day from which on responses are gone because the time promised for them was over.
    forgotten_on: Mapped[date | None]

    version: Mapped[InstrumentVersion] = relationship()
    groups: Mapped[list["WaveGroup"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="WaveGroup.position"
    )


class WaveGroup(Base):
    """One group of a wave's audience. `size` is how many people are in it, None where unknown."""

    __tablename__ = "wave_group"
    __table_args__ = (CheckConstraint("size IS NULL OR size >= 0", name="size_not_negative"),)

    wave_id: Mapped[str] = mapped_column(
        ForeignKey("wave.id", ondelete="CASCADE"), primary_key=True
    )
    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    label: Mapped[str] = mapped_column(String(2000))
    size: Mapped[int | None]
    position: Mapped[int] = mapped_column(default=0)


class Participation(Base):
    """That an account used its one chance to answer a signed-in wave.

    It has no key of its own, no date and no order, and shares nothing with responses: who took
    part is known, what they said is not.
    """

    __tablename__ = "participation"
    __table_args__ = ({"sqlite_with_rowid": False},)

    wave_id: Mapped[str] = mapped_column(
        ForeignKey("wave.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
