"""The whole site on an empty database, and the cast that tests of pages play with.

The site is a copy of one migrated and populated once for a worker: hashing seven passwords for
every test would be most of its time.
"""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password

from assessor.actions.libraries import create_account, create_library
from assessor.settings import Settings
from assessor.store import migrating
from assessor.store.database import db
from assessor.web.app import create_app

PASSWORD = "correct horse battery staple"


@dataclass(frozen=True)
class Person:
    """Somebody who may sign in."""

    account_id: int
    library_id: int
    email: str
    role: str


@dataclass(frozen=True)
class Cast:
    """One person of each role at Riverbend, a second librarian there, and a stranger."""

    administrator: Person
    librarian: Person
    colleague: Person
    leadership: Person
    staff: Person
    stranger: Person

    def everybody(self) -> tuple[Person, ...]:
        return (
            self.administrator,
            self.librarian,
            self.colleague,
            self.leadership,
            self.staff,
            self.stranger,
        )


def settings_in(folder: Path) -> Settings:
    """Settings of a site whose everything lies below `folder`."""
    return Settings(
        instance=folder,
        database_url=f"sqlite:///{folder / 'assessor.sqlite3'}",
        secret_key="a secret for tests, long enough to be taken",
        base_url="http://localhost",
    )


QUICK = {
    "TESTING": True,
    "RATELIMIT_ENABLED": False,
    "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {"argon2__time_cost": 1, "argon2__memory_cost": 64},
}
"""No limits on how often one may try, and a hash that costs a guesser, and a test, no time."""


def make_site(folder: Path) -> Flask:
    """The site over the data in `folder`, in a hurry."""
    return create_app(settings_in(folder), **QUICK)


@pytest.fixture(scope="session")
def populated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Cast]:
    """An instance folder with a migrated database and the cast, made once."""
    folder = tmp_path_factory.mktemp("populated")
    app = make_site(folder)
    with app.app_context():
        migrating.upgrade()
        riverbend = create_library("riverbend", "Riverbend Library").unwrap()
        elsewhere = create_library("elsewhere", "Elsewhere Library").unwrap()
        hashed = hash_password(PASSWORD)

        def person(library_id: int, name: str, role: str) -> Person:
            email = f"{name}@example.org"
            made = create_account(
                library_id, email, roles=[role], password_hash=hashed, name=name.title()
            )
            return Person(made.unwrap(), library_id, email, role)

        cast = Cast(
            administrator=person(riverbend, "administrator", "administrator"),
            librarian=person(riverbend, "librarian", "librarian"),
            colleague=person(riverbend, "colleague", "librarian"),
            leadership=person(riverbend, "leadership", "leadership"),
            staff=person(riverbend, "staff", "staff"),
            stranger=person(elsewhere, "stranger", "administrator"),
        )
        db.session.remove()
        # Nothing may be left in the write-ahead log of a database that is copied as a file.
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
    return folder, cast


@pytest.fixture
def site(populated: tuple[Path, Cast], tmp_path: Path) -> Iterator[Flask]:
    """The site with the cast and nothing else, for this test alone."""
    folder = tmp_path / "site"
    shutil.copytree(populated[0], folder)
    app = make_site(folder)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def cast(populated: tuple[Path, Cast]) -> Cast:
    return populated[1]


@pytest.fixture
def anonymous(site: Flask) -> FlaskClient:
    """A browser that nobody has signed in with."""
    return site.test_client()


def csrf_token(client: FlaskClient, address: str = "/sign-in") -> str:
    """A token good for this client's session, from any page with a form."""
    page = client.get(address).get_data(as_text=True)
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found, f"no form with a token on {address}"
    return found.group(1)


def sign_in(client: FlaskClient, person: Person) -> FlaskClient:
    """Signs in through the form, as a person would."""
    answer = client.post(
        "/sign-in",
        data={
            "email": person.email,
            "password": PASSWORD,
            "csrf_token": csrf_token(client),
        },
    )
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return client


@pytest.fixture
def administrator(site: Flask, cast: Cast) -> FlaskClient:
    return sign_in(site.test_client(), cast.administrator)


@pytest.fixture
def librarian(site: Flask, cast: Cast) -> FlaskClient:
    return sign_in(site.test_client(), cast.librarian)


@pytest.fixture
def colleague(site: Flask, cast: Cast) -> FlaskClient:
    return sign_in(site.test_client(), cast.colleague)


@pytest.fixture
def leadership(site: Flask, cast: Cast) -> FlaskClient:
    return sign_in(site.test_client(), cast.leadership)


@pytest.fixture
def staff(site: Flask, cast: Cast) -> FlaskClient:
    return sign_in(site.test_client(), cast.staff)


@pytest.fixture
def stranger(site: Flask, cast: Cast) -> FlaskClient:
    return sign_in(site.test_client(), cast.stranger)
