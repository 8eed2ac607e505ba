"""What the database's own failures mean for a person, in plain words.

Caught at the edge, by pages and commands: an action neither expects nor hides them.
"""

import sqlite3
from collections.abc import Callable

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from assessor.domain.problems import Problem, say

_NO_ROOM = Problem(
    code="database.full",
    where="database",
    message=say(
        "The disk that holds the database is full, so nothing was saved. Free some space "
        "there and try again."
    ),
)
_READ_ONLY = Problem(
    code="database.read-only",
    where="database",
    message=say(
        "The database can only be read, so nothing was saved. Give the account that runs "
        "the site permission to write to the database and to its folder."
    ),
)
_LOCKED = Problem(
    code="database.busy",
    where="database",
    message=say(
        "The database is busy with another task, so nothing was saved. Wait a moment and try "
        "again; if it lasts, look for a backup or another program that holds it."
    ),
)
_UNMIGRATED = Problem(
    code="database.migration-missing",
    where="database",
    message=say(
        "The database is older than this version of Assessor. Run `assessor site migrate`, "
        "then start the site again."
    ),
)
_UNREACHABLE = Problem(
    code="database.unreachable",
    where="database",
    message=say(
        "The database cannot be reached. Check that it runs and that ASSESSOR_DATABASE_URL "
        "and ASSESSOR_INSTANCE name the right place."
    ),
)
_BROKEN = Problem(
    code="database.broken",
    where="database",
    message=say(
        "The database file is damaged or is no database. Restore the last backup; keep the "
        "damaged file aside until that has worked."
    ),
)
_REFUSED_SIGN_IN = Problem(
    code="database.sign-in",
    where="database",
    message=say(
        "The database refused the name or password in ASSESSOR_DATABASE_URL. Correct them."
    ),
)

# By the start of SQLite's own error name: extended codes such as SQLITE_READONLY_DIRECTORY follow.
_SQLITE = (
    ("SQLITE_FULL", _NO_ROOM),
    ("SQLITE_READONLY", _READ_ONLY),
    ("SQLITE_BUSY", _LOCKED),
    ("SQLITE_LOCKED", _LOCKED),
    ("SQLITE_CANTOPEN", _UNREACHABLE),
    ("SQLITE_PERM", _READ_ONLY),
    ("SQLITE_AUTH", _READ_ONLY),
    ("SQLITE_CORRUPT", _BROKEN),
    ("SQLITE_NOTADB", _BROKEN),
    ("SQLITE_IOERR", _BROKEN),
)
# By the start of the SQLSTATE.
_POSTGRESQL = (
    ("53100", _NO_ROOM),
    ("25006", _READ_ONLY),
    ("42501", _READ_ONLY),
    ("42P01", _UNMIGRATED),
    ("42703", _UNMIGRATED),
    ("55P03", _LOCKED),
    ("40", _LOCKED),
    ("53300", _LOCKED),
    ("28", _REFUSED_SIGN_IN),
    ("3D000", _UNREACHABLE),
    ("08", _UNREACHABLE),
    ("57", _UNREACHABLE),
)


def problem_of(exception: BaseException) -> Problem | None:
    """What to tell the person who met this exception; None where it is a bug of ours."""
    if isinstance(exception, PoolTimeoutError):
        return _LOCKED
    cause = exception.orig if isinstance(exception, DBAPIError) else exception
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(cause)
    if type(cause).__module__.startswith("psycopg"):
        return _of_postgresql(cause)
    return None


def _of_sqlite(cause: sqlite3.Error) -> Problem | None:
    name = getattr(cause, "sqlite_errorname", "")
    text = str(cause)
    if name == "SQLITE_ERROR" and ("no such table" in text or "no such column" in text):
        return _UNMIGRATED
    return _first(_SQLITE, name.startswith)


def _of_postgresql(cause: BaseException | None) -> Problem | None:
    state = getattr(cause, "sqlstate", None)
    if state:
        return _first(_POSTGRESQL, state.startswith)
    # Without a state the server never answered, or the connection broke before it could.
    return _UNREACHABLE if type(cause).__name__ in ("OperationalError", "InterfaceError") else None


def _first(
    known: tuple[tuple[str, Problem], ...], matches: Callable[[str], bool]
) -> Problem | None:
    return next((problem for start, problem in known if matches(start)), None)
