"""How the site talks to its database, so that nothing confirmed is lost and nobody waits for long.

SQLite: write-ahead log, foreign keys on, every commit flushed to the disk, deleted content
overwritten. Reading opens no transaction and so holds no snapshot; the first statement that
writes begins with BEGIN IMMEDIATE. A transaction that read first and then asked to write would
fail at once beside other writers, whatever the busy timeout: that is the trap avoided here.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import Migrate
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from assessor.paths import migrations_folder
from assessor.store import models
from assessor.store.database import db

BUSY_SECONDS = 10
"""How long a statement waits for another process that writes before it gives up."""

_MODE = "assessor_transaction"
_WRITING = "assessor_writing"
_SYNCHRONOUS = {"write": "FULL", "write without flush": "NORMAL"}
_READS = ("SELECT", "WITH", "PRAGMA", "EXPLAIN", "VACUUM", "BEGIN", "COMMIT", "ROLLBACK", "END")

# SQLite's own waiting is unfair: some wait a second while others pass. Queueing the writers of
# one process here first keeps the slowest of them quick.
_sqlite_writers = threading.Lock()


def init_database(app: Flask, url: str) -> None:
    """Give `app` its database: session, engine, pragmas and migrations.

    `url`: any SQLAlchemy address of SQLite or PostgreSQL, as `database_url` returns it.
    """
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", engine_options(url))
    db.init_app(app)
    # Where migrations are, and how they are run: migrations/env.py.
    Migrate(app, db, directory=str(migrations_folder()))
    with app.app_context():
        prepare_engine(db.engine)


def database_url(setting: str, instance: Path) -> str:
    """The address to use: `setting` with its driver named, or the database in `instance`."""
    wanted = setting.strip()
    if not wanted:
        return f"sqlite:///{instance / 'assessor.sqlite3'}"
    for prefix in ("postgres://", "postgresql://"):
        if wanted.startswith(prefix):
            return "postgresql+psycopg://" + wanted.removeprefix(prefix)
    return wanted


def engine_options(url: str) -> dict[str, Any]:
    """Pool and driver settings for the kind of database that `url` names."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        options: dict[str, Any] = {"connect_args": {"timeout": BUSY_SECONDS}}
        if address.database not in (None, "", ":memory:"):
            options |= {"pool_size": 20, "max_overflow": 80}
        return options
    return {"pool_size": 10, "max_overflow": 20, "pool_pre_ping": True}


def prepare_engine(engine: Engine) -> None:
    """Set what a connection needs; call once for an engine, before its first connection."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_sqlite_connect)
        event.listen(engine, "begin", _on_sqlite_begin)
        event.listen(engine, "before_cursor_execute", _before_sqlite_statement)


def _on_sqlite_connect(connection: sqlite3.Connection, record: object) -> None:
    # The driver must never begin a transaction of its own.
    connection.isolation_level = None
    cursor = connection.cursor()
    try:
        for pragma in ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON"):
            cursor.execute(f"PRAGMA {pragma}")
        # Asked first, so that a database on a read-only disk can still be read.
        if cursor.execute("PRAGMA journal_mode").fetchone()[0] not in ("wal", "memory"):
            cursor.execute("PRAGMA journal_mode = WAL")
    finally:
        cursor.close()


def _on_sqlite_begin(connection: Connection) -> None:
    mode = connection.get_execution_options().get(_MODE)
    if mode in _SYNCHRONOUS:
        # Said before every transaction: the connection's last user may have said otherwise.
        connection.exec_driver_sql(f"PRAGMA synchronous = {_SYNCHRONOUS[mode]}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    elif mode == "snapshot":
        connection.exec_driver_sql("BEGIN")


def _before_sqlite_statement(
    connection: Connection,
    cursor: sqlite3.Cursor,
    statement: str,
    parameters: object,
    context: object,
    many: bool,
) -> None:
    raw = connection.connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)
    if not raw.in_transaction and not statement.lstrip()[:8].upper().startswith(_READS):
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("BEGIN IMMEDIATE")


@contextmanager
def writing(*, flush: bool = True) -> Iterator[Session]:
    """One transaction that writes: committed at the end, undone by any exception.

    Needs an app context. What the session read before is let go first, so that everything the
    action decides on is read inside its own transaction. Without `flush` SQLite commits before
    the disk has it: a crash of the program loses nothing then, a power cut may lose the last
    moments. That is for drafts, which change with every page and are confirmed to nobody.
    """
    session = _fresh_session()
    backend = session.get_bind().dialect.name
    mode = "write" if flush else "write without flush"
    with _sqlite_writers if backend == "sqlite" else _no_lock():
        session.info[_WRITING] = True
        try:
            session.connection(execution_options={_MODE: mode})
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info.pop(_WRITING, None)


@contextmanager
def reading() -> Iterator[Session]:
    """One consistent view of the database for several queries; nothing is written."""
    session = _fresh_session()
    options: dict[str, Any] = {_MODE: "snapshot"}
    if session.get_bind().dialect.name == "postgresql":
        options["isolation_level"] = "REPEATABLE READ"
    session.connection(execution_options=options)
    try:
        yield session
    finally:
        session.rollback()


def _fresh_session() -> Session:
    session: Session = db.session()
    if session.info.get(_WRITING):
        raise RuntimeError("an action runs inside another: one action, one transaction")
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("the session holds changes that no action made")
    session.rollback()
    return session


@contextmanager
def _no_lock() -> Iterator[None]:
    yield


assert models.Base.metadata.tables, "importing the models registers every table"
