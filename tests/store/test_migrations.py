"""Migrations make what the models say, in both directions, on both databases."""

import shutil
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from assessor.paths import migrations_folder
from assessor.store import migrating
from assessor.store.models import Base, db
from assessor.store.triggers import RULES
from tests.store.rows import fill


def test_an_empty_database_waits_for_every_migration(empty_app: Flask) -> None:
    assert migrating.pending_migrations()[0] == "0001"


def test_a_migrated_database_is_what_the_models_say(app: Flask) -> None:
    assert migrating.pending_migrations() == ()
    assert migrating.model_differences() == ()


def test_tables_made_from_the_models_have_the_same_triggers(empty_app: Flask) -> None:
    db.create_all()
    assert [d for d in migrating.model_differences() if "trigger" in d] == []


def test_migrated_triggers_do_what_the_rules_say(app: Flask) -> None:
    is_sqlite = db.engine.dialect.name == "sqlite"
    there = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        if is_sqlite
        else "SELECT proname, prosrc FROM pg_proc JOIN pg_trigger ON tgfoid = pg_proc.oid"
        " WHERE NOT tgisinternal"
    )
    found = {row[0]: row[1] for row in db.session.execute(text(there))}
    for rule in RULES:
        wanted = rule.sqlite()[0] if is_sqlite else rule.postgresql()[0]
        assert found[rule.name].strip() in wanted, rule.name


def test_a_missing_trigger_is_named(app: Flask) -> None:
    on_table = "" if db.engine.dialect.name == "sqlite" else " ON response"
    with db.engine.begin() as connection:
        connection.execute(text(f"DROP TRIGGER response_is_final{on_table}"))
    assert migrating.model_differences() == (
        "trigger response_is_final is missing in the database",
    )


def test_a_missing_column_is_named(app: Flask) -> None:
    with db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE library DROP COLUMN accent"))
    assert any("accent" in difference for difference in migrating.model_differences())


def test_every_table_survives_a_migration_to_the_same_revision_with_its_rows(app: Flask) -> None:
    fill(db.session())
    migrating.upgrade()
    for table in Base.metadata.sorted_tables:
        assert db.session.scalar(select(func.count()).select_from(table)) == 1, table.name


def test_downgrading_with_rows_leaves_nothing_and_upgrading_starts_anew(app: Flask) -> None:
    fill(db.session())
    migrating.downgrade("base")
    left = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
    assert left == set()
    migrating.upgrade()
    assert migrating.model_differences() == ()
    fill(db.session())


REBUILD = '''
"""Build the table of waves anew"""
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"


def upgrade():
    # SQLite cannot change a column's type: it builds the table anew.
    with op.batch_alter_table("wave") as batch:
        batch.alter_column("title", type_=sa.String(400), existing_type=sa.String(300))


def downgrade():
    with op.batch_alter_table("wave") as batch:
        batch.alter_column("title", type_=sa.String(300), existing_type=sa.String(400))
'''
BREAKING = '''
"""Lose what others point at"""
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"


def upgrade():
    op.add_column("library", sa.Column("note", sa.String(40), nullable=True))
    op.execute("DELETE FROM wave")


def downgrade():
    pass
'''


def add_migration(app: Flask, folder: Path, text: str) -> None:
    """Run from a copy of the migrations that has one more."""
    head = migrating.latest_revision()
    shutil.copytree(migrations_folder(), folder / "migrations")
    (folder / "migrations" / "versions" / "9999_next.py").write_text(text.format(head=head))
    app.extensions["migrate"].directory = str(folder / "migrations")


def counts() -> dict[str, int]:
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
    }


def test_building_a_table_anew_keeps_everything_that_points_at_it(
    app: Flask, tmp_path: Path
) -> None:
    fill(db.session())
    before = counts()
    add_migration(app, tmp_path, REBUILD)
    assert migrating.pending_migrations() == ("9999",)
    migrating.upgrade()
    assert counts() == before
    if db.engine.dialect.name == "sqlite":
        forgotten = "trigger wave_promise_is_kept is missing in the database"
        assert forgotten in migrating.model_differences()
    migrating.downgrade("-1")
    assert counts() == before
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_migration_that_fails_changes_nothing(app: Flask, tmp_path: Path) -> None:
    fill(db.session())
    before = counts()
    add_migration(app, tmp_path, BREAKING)
    with pytest.raises((RuntimeError, DBAPIError)):
        migrating.upgrade()
    assert counts() == before
    assert migrating.pending_migrations() == ("9999",)
    assert "note" not in {c["name"] for c in inspect(db.engine).get_columns("library")}


def test_what_was_answered_before_versions_were_noted_was_the_waves_version(app: Flask) -> None:
    fill(db.session())
    migrating.downgrade("0002")
    with db.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO response (id, wave_id, answers, submitted_on) "
                "SELECT 'e' || substr(id, 2), wave_id, answers, submitted_on FROM response"
            )
        )
    migrating.upgrade()
    assert migrating.model_differences() == ()
    for table in ("response", "draft"):
        noted = text(f"SELECT DISTINCT instrument_version_id FROM {table}")
        assert db.session.scalars(noted).all() == [1]
    assert db.session.scalar(text("SELECT count(*) FROM response")) == 2
    db.session.rollback()
    with pytest.raises(DBAPIError, match="never changes"):
        db.session.execute(text("UPDATE response SET language = 'de'"))
    db.session.rollback()
    with pytest.raises(DBAPIError, match="rowid"):
        db.session.execute(text("SELECT rowid FROM response"))
    db.session.rollback()
