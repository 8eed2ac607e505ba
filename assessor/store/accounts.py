"""Libraries, the accounts that work for them, and what those accounts may do.

Account, Role and WebAuthn carry the columns that Flask-Security asks for, under our own table
names. Sign-in times and addresses are left out on purpose: nobody here needs them, and a time of
sign-in beside a staff wave would say who answered when.
"""

# Flask-Security's mixins declare plain attributes where the columns are `Mapped`.
# mypy: disable-error-code="assignment"

from datetime import date, datetime
from typing import Any

from flask_security import AsaList, RoleMixin, UserMixin, WebAuthnMixin
from sqlalchemy import CheckConstraint, Column, ForeignKey, LargeBinary, String, Table, Text, func
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assessor.store.database import Base, today

ROLES: dict[str, str] = {
    "administrator": "Sets up the library, its accounts and everything else",
    "librarian": "Works on plans, mappings, instruments and waves",
    "leadership": "Reads scorecards and plans",
    "staff": "Answers staff surveys",
}
"""Every role there is, with what it may do."""


class LibraryRow(Base):
    """A library: the owner of everything but the roles."""

    __tablename__ = "library"
    __table_args__ = (
        CheckConstraint("length(key) > 0", name="key_not_empty"),
        CheckConstraint("(logo IS NULL) = (logo_type IS NULL)", name="logo_has_a_type"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(300))
    accent: Mapped[str] = mapped_column(String(20), default="", server_default="")
    logo: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    logo_type: Mapped[str | None] = mapped_column(String(60))
    created_on: Mapped[date] = mapped_column(default=today)


account_role = Table(
    "account_role",
    Base.metadata,
    Column("account_id", ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("role.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Role(Base, RoleMixin):
    """One of `ROLES`."""

    __tablename__ = "role"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    description: Mapped[str | None] = mapped_column(String(255))
    permissions: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))


class Account(Base, UserMixin):
    """A person who signs in. Patrons have none."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    library_id: Mapped[int] = mapped_column(
        ForeignKey("library.id", ondelete="RESTRICT"), index=True
    )
    email: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[str] = mapped_column(String(200), default="", server_default="")
    # NULL until the person sets one, as with an account made from an invitation.
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    confirmed_at: Mapped[datetime | None]
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    tf_phone_number: Mapped[str | None] = mapped_column(String(128))
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))
    us_totp_secrets: Mapped[str | None] = mapped_column(Text)
    us_phone_number: Mapped[str | None] = mapped_column(String(128), unique=True)
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(String(64), unique=True)
    # The language the office speaks to this person; NULL where the browser says it.
    language: Mapped[str | None] = mapped_column(String(20))
    created_on: Mapped[date] = mapped_column(default=today)

    library: Mapped[LibraryRow] = relationship()
    roles: Mapped[list[Role]] = relationship(secondary=account_role, order_by=Role.id)
    webauthn: Mapped[list["WebAuthn"]] = relationship(cascade="all, delete-orphan")


class WebAuthn(Base, WebAuthnMixin):
    """A passkey of an account."""

    __tablename__ = "webauthn"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1024), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(default=0)
    transports: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))
    backup_state: Mapped[bool]
    device_type: Mapped[str] = mapped_column(String(64))
    extensions: Mapped[str | None] = mapped_column(String(255))
    create_datetime: Mapped[datetime] = mapped_column(server_default=func.now())
    lastuse_datetime: Mapped[datetime]
    name: Mapped[str] = mapped_column(String(64))
    usage: Mapped[str] = mapped_column(String(64))

    def get_user_mapping(self) -> dict[str, Any]:
        """How Flask-Security finds the account of a passkey."""
        return {"id": self.account_id}
