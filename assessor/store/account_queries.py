"""Queries of libraries and accounts."""

from sqlalchemy import func, select

from assessor.store.accounts import Account, LibraryRow
from assessor.store.database import db


def library(library_id: int) -> LibraryRow | None:
    """The library with this id."""
    return db.session.get(LibraryRow, library_id)


def library_with_key(key: str) -> LibraryRow | None:
    """The library with this key."""
    return db.session.scalar(select(LibraryRow).where(LibraryRow.key == key))


def account(library_id: int, account_id: int) -> Account | None:
    """The library's account; None where it is another library's or there is none."""
    found = db.session.get(Account, account_id)
    return found if found is not None and found.library_id == library_id else None


def accounts(library_id: int) -> tuple[Account, ...]:
    """The library's accounts by e-mail address."""
    rows = select(Account).where(Account.library_id == library_id).order_by(Account.email)
    return tuple(db.session.scalars(rows))


def is_set_up() -> bool:
    """Whether the site has an account, and so somebody who can sign in."""
    return bool(db.session.scalar(select(func.count()).select_from(Account)))


def libraries() -> tuple[LibraryRow, ...]:
    """Every library of the site by key."""
    return tuple(db.session.scalars(select(LibraryRow).order_by(LibraryRow.key)))


def account_with_email(email: str) -> Account | None:
    """The account that signs in with this address, of whatever library."""
    address = email.strip().lower()
    return db.session.scalar(select(Account).where(func.lower(Account.email) == address))
