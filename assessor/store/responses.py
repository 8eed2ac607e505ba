"""What patrons sent, and what they are still writing.

The table definitions are part of the promise: there is no column for a person, an address or a
time; ids are random; and without a row id SQLite keeps no order in which the rows arrived.
"""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assessor.store.database import Base


class ResponseRow(Base):
    """One response, all its answers in one JSON object: column name → stored answer.

    It says which version was answered, since a wave may go on to the next one, and in which
    language its questions were read; where that is unknown, None.
    """

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
    instrument_version_id: Mapped[int] = mapped_column(
        ForeignKey("instrument_version.id", ondelete="RESTRICT")
    )
    language: Mapped[str | None] = mapped_column(String(35))


class DraftRow(Base):
    """Answers on their way. The id is the hash of a token that only the patron's browser holds.

    `answers` as in a response; `pages_done` is a JSON list of page keys that passed the check.
    Who began a version finishes it. Orders and samples are drawn from `seed`, which goes with the
    draft, so that a page looks the same again.
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
    seed: Mapped[int] = mapped_column(BigInteger)
    instrument_version_id: Mapped[int] = mapped_column(
        ForeignKey("instrument_version.id", ondelete="RESTRICT")
    )
    language: Mapped[str | None] = mapped_column(String(35))


class EndingCount(Base):
    """How many people of a wave were led to an ending, such as those it is not for.

    Nothing else is kept of them. There is no date: one more on a day would say when who came.
    """

    __tablename__ = "ending_count"
    __table_args__ = (
        CheckConstraint("number > 0", name="number_counts"),
        {"sqlite_with_rowid": False},
    )

    wave_id: Mapped[str] = mapped_column(
        ForeignKey("wave.id", ondelete="CASCADE"), primary_key=True
    )
    ending: Mapped[str] = mapped_column(String(60), primary_key=True)
    number: Mapped[int]


class QuotaCount(Base):
    """How many responses of a wave count towards a quota; kept so that a full one is known at once.

    Written in the transaction that stores the response.
    """

    __tablename__ = "quota_count"
    __table_args__ = (
        CheckConstraint("number > 0", name="number_counts"),
        {"sqlite_with_rowid": False},
    )

    wave_id: Mapped[str] = mapped_column(
        ForeignKey("wave.id", ondelete="CASCADE"), primary_key=True
    )
    quota: Mapped[str] = mapped_column(String(60), primary_key=True)
    number: Mapped[int]


class UploadRow(Base):
    """A file that a person sent; its content lies in the instance folder under its random id.

    `draft_id` is empty once the response is sent: then only the response names the file. The name
    it had, and when it came, are kept nowhere.
    """

    __tablename__ = "upload"
    __table_args__ = (
        CheckConstraint("length(id) = 32", name="anonymous_random_id"),
        CheckConstraint("size > 0", name="size_counts"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    wave_id: Mapped[str] = mapped_column(ForeignKey("wave.id", ondelete="CASCADE"), index=True)
    draft_id: Mapped[str | None] = mapped_column(
        ForeignKey("draft.id", ondelete="CASCADE"), index=True
    )
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    extension: Mapped[str] = mapped_column(String(10))
