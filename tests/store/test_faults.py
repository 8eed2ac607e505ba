"""What the database's failures mean for a person: each made for real, none imitated."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from assessor.domain.problems import Problem
from assessor.store import migrating
from assessor.store.accounts import LibraryRow
from assessor.store.bare import bare_app
from assessor.store.database import db
from assessor.store.engine import writing
from assessor.store.faults import problem_of


class Told:
    problem: Problem | None = None


@contextmanager
def told() -> Iterator[Told]:
    """What a person is told of the failure inside."""
    found = Told()
    with pytest.raises((DBAPIError, sqlite3.Error)) as caught:
        yield found
    found.problem = problem_of(caught.value)
    db.session.rollback()


def code(found: Told) -> str:
    assert found.problem is not None
    assert found.problem.message.count(".") >= 2, "what is wrong, and what to do"
    return found.problem.code


def add_library() -> None:
    with writing() as session:
        session.add(LibraryRow(key="one", name="One" * 90))


def test_a_database_without_its_migrations(empty_app: Flask) -> None:
    with told() as found:
        add_library()
    assert code(found) == "database.migration-missing"


def test_a_database_that_is_a_migration_behind(app: Flask) -> None:
    with db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE library DROP COLUMN accent"))
    with told() as found:
        db.session.execute(text("SELECT accent FROM library"))
    assert code(found) == "database.migration-missing"


def test_a_database_that_somebody_else_holds(
    sqlite_app: Flask,
) -> None:
    db.session.execute(text("PRAGMA busy_timeout = 50"))
    holder = sqlite3.connect(str(db.engine.url.database), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    db.session.rollback()
    with told() as found, db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 50")
        connection.exec_driver_sql("UPDATE library SET name = 'x'")
    holder.rollback()
    holder.close()
    assert code(found) == "database.busy"


def test_a_full_disk_saves_nothing_and_says_so(sqlite_app: Flask) -> None:
    pages = db.session.execute(text("PRAGMA page_count")).scalar()
    db.session.rollback()
    with told() as found, db.engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        for number in range(500):
            connection.exec_driver_sql(
                "INSERT INTO library (key, name, created_on) VALUES (?, ?, '2025-01-01')",
                (f"k{number}", "n" * 2000),
            )
    assert code(found) == "database.full"
    assert db.session.execute(text("SELECT count(*) FROM library")).scalar() == 0


def test_a_database_that_can_only_be_read(app: Flask) -> None:
    if db.engine.dialect.name == "sqlite":
        with told() as found, db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA query_only = ON")
            connection.exec_driver_sql("DELETE FROM library")
        db.engine.dispose()
    else:
        with told() as found, db.engine.connect() as connection:
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")
            connection.exec_driver_sql("DELETE FROM library")
    assert code(found) == "database.read-only"


def test_a_database_file_on_a_disk_that_cannot_be_written(sqlite_app: Flask) -> None:
    path = str(db.engine.url.database)
    db.engine.dispose()
    # Opened for reading only, as the system opens it on such a disk, whoever runs the test.
    with bare_app(f"sqlite:///file:{path}?mode=ro&uri=true").app_context():
        with told() as found:
            add_library()
        db.engine.dispose()
    assert code(found) == "database.read-only"


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite3"
    path.write_text("These are notes, and no database at all. " * 200)
    with bare_app(f"sqlite:///{path}").app_context(), told() as found:
        migrating.pending_migrations()
    assert code(found) == "database.broken"


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'nowhere' / 'a.sqlite3'}"
    with bare_app(url).app_context(), told() as found:
        db.session.execute(text("SELECT 1"))
    assert code(found) == "database.unreachable"


def test_a_server_that_is_not_there() -> None:
    url = "postgresql+psycopg://localhost:1/none?connect_timeout=2"
    with bare_app(url).app_context(), told() as found:
        db.session.execute(text("SELECT 1"))
    assert code(found) == "database.unreachable"


@pytest.mark.parametrize("bug", [ZeroDivisionError(), ValueError("x"), KeyError("k")])
def test_a_bug_is_not_explained_away(bug: Exception) -> None:
    assert problem_of(bug) is None


def test_a_broken_promise_is_a_bug_and_no_fault_of_the_database(app: Flask) -> None:
    with pytest.raises(DBAPIError) as caught:
        db.session.execute(text("INSERT INTO library (key, name) VALUES (NULL, NULL)"))
    db.session.rollback()
    assert problem_of(caught.value) is None
