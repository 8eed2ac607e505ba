"""Bringing the database to what the models say, and finding out where it differs.

Every function needs an app context.
"""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import inspect, text

from assessor.store.database import Base, db
from assessor.store.triggers import RULES


def upgrade(revision: str = "head") -> None:
    """Run what migrations are missing, up to `revision`."""
    db.session.remove()
    command.upgrade(_config(), revision)


def downgrade(revision: str) -> None:
    """Undo migrations down to `revision` ("base": all of them, and every table with them)."""
    db.session.remove()
    command.downgrade(_config(), revision)


def pending_migrations() -> tuple[str, ...]:
    """The revisions this database has not had yet, oldest first; empty where it is up to date."""
    script = ScriptDirectory.from_config(_config())
    with db.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_heads()
    waiting = script.iterate_revisions("heads", current or "base")
    return tuple(reversed([revision.revision for revision in waiting]))


def is_empty() -> bool:
    """Whether the database has no table at all: a new one, that nobody could lose anything in."""
    return not inspect(db.engine).get_table_names()


def latest_revision() -> str:
    """The revision that the program was written for."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None, "there is a first migration"
    return head


def model_differences() -> tuple[str, ...]:
    """Where the database and the models differ, one sentence each; empty where they agree."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = [str(difference) for difference in compare_metadata(context, Base.metadata)]
        dialect = connection.dialect.name
        there = set(connection.scalars(text(_TRIGGERS[dialect])))
    wanted = {rule.name for rule in RULES}
    found.extend(f"trigger {name} is missing in the database" for name in sorted(wanted - there))
    found.extend(f"trigger {name} is not in the models" for name in sorted(there - wanted))
    return tuple(found)


_TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


def _config() -> Config:
    migrate = current_app.extensions["migrate"]
    config: Config = migrate.migrate.get_config(migrate.directory)
    return config
