"""How migrations run: on the app's own engine, whole or not at all.

On SQLite a table is changed by building it anew (batch mode). That drops the old table, which
with foreign keys on would delete or refuse what points at it: they are off while migrations run,
and checked over the whole database before the transaction ends. The triggers of a table that is
built anew go with it: such a migration creates them again, and the comparison of models and
database names the one it forgot.
"""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from assessor.store.models import Base, db


def run(connection: Connection) -> None:
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        # Both can only be switched outside a transaction. Without the second, SQLite refuses to
        # give the new table its name while a trigger elsewhere speaks of the old one.
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("PRAGMA legacy_alter_table = ON")
    connection.commit()
    try:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
            transactional_ddl=True,
        )
        with context.begin_transaction():
            context.run_migrations()
            if sqlite:
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                if broken:
                    raise RuntimeError(f"the migration leaves references to nothing: {broken[:5]}")
    finally:
        if sqlite:
            connection.rollback()
            connection.exec_driver_sql("PRAGMA legacy_alter_table = OFF")
            connection.exec_driver_sql("PRAGMA foreign_keys = ON")
            connection.commit()


if context.is_offline_mode():
    raise SystemExit("Migrations run on a database; a script without one is not made.")

with current_app.app_context(), db.engine.connect() as connection:
    run(connection)
