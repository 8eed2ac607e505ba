"""Migrations make what the models say, in both directions, on both databases."""

from flask import Flask
from sqlalchemy import func, inspect, select, text

from assessor.store import migrating
from assessor.store.models import Base, db
from tests.store.rows import fill


def test_an_empty_database_waits_for_every_migration(empty_app: Flask) -> None:
    assert migrating.pending_migrations()[0] == "0001"


def test_a_migrated_database_is_what_the_models_say(app: Flask) -> None:
    assert migrating.pending_migrations() == ()
    assert migrating.model_differences() == ()


def test_tables_made_from_the_models_have_the_same_triggers(empty_app: Flask) -> None:
    db.create_all()
    assert [d for d in migrating.model_differences() if "trigger" in d] == []


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
