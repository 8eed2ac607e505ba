"""Libraries and the accounts that work for them.

Passwords come in hashed: hashing, signing in and resetting are Flask-Security's. What stands here
is what must hold whoever asks, such as that a library never loses its last administrator.
"""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from assessor.actions.refusals import not_found, refused
from assessor.domain.problems import Checked, Problem, failed, say
from assessor.store.accounts import ROLES, Account, LibraryRow, Role
from assessor.store.engine import writing

LOGO_TYPES = ("image/png", "image/jpeg", "image/webp")
"""No SVG: it can hold script, and it would be served from the site's own address."""
LOGO_BYTES = 500_000


@dataclass(frozen=True)
class NewSite:
    """What the first run made."""

    library_id: int
    account_id: int


def create_library(key: str, name: str) -> Checked[int]:
    """Add a library and return its id. `key` is its short name in files and addresses."""
    with writing() as session:
        problems = _library_problems(session, key, name)
        if problems:
            return failed(*problems)
        return Checked(_add_library(session, key, name))


def set_up_site(
    *, key: str, library: str, email: str, password_hash: str, name: str = ""
) -> Checked[NewSite]:
    """Make the first library with its first administrator; refused once there is any account."""
    with writing() as session:
        # Two first runs at once must not both win: the roles are locked, or made, by one of them.
        _ensure_roles(session)
        session.execute(select(Role.id).order_by(Role.id).with_for_update())
        if session.scalar(select(func.count()).select_from(Account)):
            message = say("This site is set up already. Sign in, or ask its administrator.")
            return failed(refused("site.set-up-already", "", message))
        problems = [*_library_problems(session, key, library), *_email_problems(session, email)]
        if problems:
            return failed(*problems)
        library_id = _add_library(session, key, library)
        account_id = _add_account(
            session, library_id, email, ["administrator"], password_hash, name
        )
        return Checked(NewSite(library_id, account_id))


def create_account(
    library_id: int,
    email: str,
    *,
    roles: Iterable[str],
    password_hash: str | None = None,
    name: str = "",
) -> Checked[int]:
    """Add an account and return its id; without a password it waits for the person to set one."""
    wanted = list(roles)
    with writing() as session:
        _ensure_roles(session)
        problems = [*_role_problems(wanted), *_email_problems(session, email)]
        if session.get(LibraryRow, library_id) is None:
            problems.append(not_found("library", str(library_id)))
        if problems:
            return failed(*problems)
        return Checked(_add_account(session, library_id, email, wanted, password_hash, name))


def change_roles(library_id: int, account_id: int, roles: Iterable[str]) -> Checked[int]:
    """Give the account these roles and no others."""
    wanted = list(roles)
    with writing() as session:
        _ensure_roles(session)
        account = _locked_account(session, library_id, account_id)
        if account is None:
            return failed(not_found("account", str(account_id)))
        problems = _role_problems(wanted)
        if "administrator" not in wanted and _is_last_administrator(session, account):
            problems.append(_last_administrator(account))
        if problems:
            return failed(*problems)
        account.roles = _roles(session, wanted)
    return Checked(account_id)


def set_account_active(library_id: int, account_id: int, active: bool) -> Checked[int]:
    """Let the account sign in, or stop it; what it saved stays."""
    with writing() as session:
        account = _locked_account(session, library_id, account_id)
        if account is None:
            return failed(not_found("account", str(account_id)))
        if not active and _is_last_administrator(session, account):
            return failed(_last_administrator(account))
        account.active = active
        if not active:
            # Whoever is signed in with the old mark is signed out by its going.
            account.fs_uniquifier = uuid.uuid4().hex
    return Checked(account_id)


def rename_account(library_id: int, account_id: int, name: str) -> Checked[int]:
    """Give the account's person another name; it may be empty."""
    with writing() as session:
        account = _locked_account(session, library_id, account_id)
        if account is None:
            return failed(not_found("account", str(account_id)))
        account.name = name.strip()[:200]
    return Checked(account_id)


def choose_language(library_id: int, account_id: int, language: str | None) -> Checked[int]:
    """Let the office speak this language to a person; None: whatever the browser asks for."""
    with writing() as session:
        account = _locked_account(session, library_id, account_id)
        if account is None:
            return failed(not_found("account", str(account_id)))
        account.language = language
    return Checked(account_id)


def delete_account(library_id: int, account_id: int) -> Checked[int]:
    """Delete the account with its passkeys and participations; what it saved stays, unsigned."""
    with writing() as session:
        account = _locked_account(session, library_id, account_id)
        if account is None:
            return failed(not_found("account", str(account_id)))
        if _is_last_administrator(session, account):
            return failed(_last_administrator(account))
        session.delete(account)
    return Checked(account_id)


def set_appearance(
    library_id: int,
    *,
    name: str | None = None,
    accent: str | None = None,
    logo: tuple[bytes, str] | None = None,
    remove_logo: bool = False,
) -> Checked[int]:
    """Change the library's name, accent colour (already checked for contrast) or logo.

    What is None stays as it is. `logo`: the file's content and its media type.
    """
    problems = _logo_problems(logo)
    if name is not None and not name.strip():
        problems.append(_empty_name())
    if problems:
        return failed(*problems)
    with writing() as session:
        library = session.get(LibraryRow, library_id)
        if library is None:
            return failed(not_found("library", str(library_id)))
        if name is not None:
            library.name = name.strip()
        if accent is not None:
            library.accent = accent
        if logo is not None:
            library.logo, library.logo_type = logo
        elif remove_logo:
            library.logo, library.logo_type = None, None
    return Checked(library_id)


def _library_problems(session: Session, key: str, name: str) -> list[Problem]:
    problems = []
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) or len(key) > 60:
        message = say(
            "A library's key is at most 60 small letters, digits and single hyphens, such as "
            "“riverbend”. Change it."
        )
        problems.append(refused("library.key", "key", message))
    elif session.scalar(select(LibraryRow.id).where(LibraryRow.key == key)) is not None:
        message = say("There is a library with the key {key} already. Choose another.", key=key)
        problems.append(refused("library.key-taken", "key", message))
    if not name.strip():
        problems.append(_empty_name())
    return problems


def _empty_name() -> Problem:
    return refused("library.name", "name", say("Enter the library's name, as patrons know it."))


def _email_problems(session: Session, email: str) -> list[Problem]:
    address = email.strip().lower()
    if len(address) > 255 or not re.fullmatch(r"[^@\s]+@[^@\s]+", address):
        message = say("Enter an e-mail address, such as name@example.org.")
        return [refused("account.email", "email", message)]
    if session.scalar(select(Account.id).where(func.lower(Account.email) == address)) is not None:
        message = say(
            "There is an account for {address} already. Change that one, or use another.",
            address=address,
        )
        return [refused("account.email-taken", "email", message)]
    return []


def _role_problems(roles: list[str]) -> list[Problem]:
    unknown = sorted(set(roles) - set(ROLES))
    if not unknown and roles:
        return []
    message = say("Choose at least one of these roles: {roles}.", roles=", ".join(ROLES))
    return [refused("account.roles", "roles", message)]


def _logo_problems(logo: tuple[bytes, str] | None) -> list[Problem]:
    if logo is None:
        return []
    content, media_type = logo
    if media_type not in LOGO_TYPES or not content:
        message = say("A logo is a PNG, JPEG or WebP picture. Choose another file.")
        return [refused("library.logo-type", "logo", message)]
    if len(content) > LOGO_BYTES:
        message = say(
            "A logo may have {most} kB; this has {size}. Save it smaller.",
            most=LOGO_BYTES // 1000,
            size=len(content) // 1000,
        )
        return [refused("library.logo-size", "logo", message)]
    return []


def _add_library(session: Session, key: str, name: str) -> int:
    library = LibraryRow(key=key, name=name.strip())
    session.add(library)
    session.flush()
    return library.id


def _add_account(
    session: Session,
    library_id: int,
    email: str,
    roles: list[str],
    password_hash: str | None,
    name: str,
) -> int:
    account = Account(
        library_id=library_id,
        email=email.strip().lower(),
        name=name.strip(),
        password=password_hash,
        fs_uniquifier=uuid.uuid4().hex,
        fs_webauthn_user_handle=uuid.uuid4().hex,
        roles=_roles(session, roles),
    )
    session.add(account)
    session.flush()
    return account.id


def _ensure_roles(session: Session) -> None:
    # Two may do this at once; then the second waits for the first and adds nothing.
    statement = text(
        "INSERT INTO role (name, description) VALUES (:name, :description) ON CONFLICT DO NOTHING"
    )
    there = set(session.scalars(select(Role.name)))
    for name, description in ROLES.items():
        if name not in there:
            session.execute(statement, {"name": name, "description": description})


def _roles(session: Session, names: list[str]) -> list[Role]:
    return list(session.scalars(select(Role).where(Role.name.in_(names)).order_by(Role.id)))


def _locked_account(session: Session, library_id: int, account_id: int) -> Account | None:
    # The library's row is the lock: two administrators must not demote each other at once.
    session.execute(select(LibraryRow.id).where(LibraryRow.id == library_id).with_for_update())
    account = session.get(Account, account_id)
    return account if account is not None and account.library_id == library_id else None


def _is_last_administrator(session: Session, account: Account) -> bool:
    others = (
        select(func.count())
        .select_from(Account)
        .join(Account.roles)
        .where(
            Account.library_id == account.library_id,
            Account.id != account.id,
            Account.active,
            Role.name == "administrator",
        )
    )
    is_one = any(role.name == "administrator" for role in account.roles)
    return is_one and not session.scalar(others)


def _last_administrator(account: Account) -> Problem:
    message = say(
        "{email} is the library's only administrator. Make somebody else administrator first.",
        email=account.email,
    )
    return refused("account.last-administrator", "roles", message)
