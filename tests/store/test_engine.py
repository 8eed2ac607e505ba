"""How the site talks to its database."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text

from assessor.store.accounts import LibraryRow
from assessor.store.database import db
from assessor.store.engine import database_url, reading, writing


def pragma(name: str) -> object:
    return db.session.execute(text(f"PRAGMA {name}")).scalar()


def test_sqlite_flushes_every_commit_and_overwrites_what_is_deleted(sqlite_app: Flask) -> None:
    found = {
        name: pragma(name)
        for name in ("journal_mode", "foreign_keys", "synchronous", "secure_delete", "busy_timeout")
    }
    assert found == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "synchronous": 2,
        "secure_delete": 1,
        "busy_timeout": 10_000,
    }


def test_every_transaction_but_a_drafts_waits_for_the_disk(sqlite_app: Flask) -> None:
    with writing(flush=False):
        assert pragma("synchronous") == 1
    with writing():
        assert pragma("synchronous") == 2
    with writing(flush=False):
        pass
    # A write that no action began, such as a change of password.
    db.session.add(LibraryRow(key="one", name="One"))
    db.session.flush()
    assert pragma("synchronous") == 2
    db.session.rollback()


def write_and_give_up() -> None:
    with writing() as session:
        session.add(LibraryRow(key="two", name="Two"))
        session.flush()
        raise ZeroDivisionError


def test_what_an_action_wrote_is_there_and_what_it_gave_up_is_not(app: Flask) -> None:
    with writing() as session:
        session.add(LibraryRow(key="one", name="One"))
    with pytest.raises(ZeroDivisionError):
        write_and_give_up()
    assert db.session.scalars(select(LibraryRow.key)).all() == ["one"]


def test_an_action_inside_another_is_a_bug(app: Flask) -> None:
    with writing(), pytest.raises(RuntimeError, match="one action, one transaction"), writing():
        pass


def test_an_action_does_not_carry_along_changes_that_no_action_made(app: Flask) -> None:
    db.session.add(LibraryRow(key="stray", name="Stray"))
    with pytest.raises(RuntimeError, match="no action made"), writing():
        pass
    db.session.rollback()


def test_a_session_that_read_before_others_wrote_can_still_write(app: Flask) -> None:
    """The trap of SQLite: a snapshot that is out of date can never be written to."""
    db.session.add(LibraryRow(key="one", name="One"))
    db.session.commit()
    library = db.session.scalars(select(LibraryRow)).one()
    with db.engine.begin() as other:
        other.execute(text("UPDATE library SET accent = '#123456'"))
    library.name = "Uno"
    db.session.commit()
    assert tuple(db.session.execute(select(LibraryRow.name, LibraryRow.accent)).one()) == (
        "Uno",
        "#123456",
    )


def test_reading_sees_one_state_whatever_others_write(app: Flask) -> None:
    with reading() as session:
        before = session.scalars(select(LibraryRow.key)).all()
        with db.engine.begin() as other:
            other.execute(
                text("INSERT INTO library (key, name, created_on) VALUES ('n', 'N', '2025-01-01')")
            )
        assert session.scalars(select(LibraryRow.key)).all() == before
    assert db.session.scalars(select(LibraryRow.key)).all() == ["n"]


@pytest.mark.parametrize(
    ("setting", "url"),
    [
        ("postgres://u:p@host/db", "postgresql+psycopg://u:p@host/db"),
        ("postgresql://host/db", "postgresql+psycopg://host/db"),
        ("postgresql+psycopg://host/db", "postgresql+psycopg://host/db"),
        ("sqlite:////srv/a.sqlite3", "sqlite:////srv/a.sqlite3"),
        ("", "sqlite:////srv/instance/assessor.sqlite3"),
        ("  ", "sqlite:////srv/instance/assessor.sqlite3"),
    ],
)
def test_the_address_of_the_database(setting: str, url: str) -> None:
    assert database_url(setting, Path("/srv/instance")) == url
