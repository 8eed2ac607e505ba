"""A migrated database of each kind, with an app context round the test."""

from collections.abc import Iterator

import pytest
from flask import Flask

from assessor.store import migrating
from assessor.store.bare import bare_app
from assessor.store.database import db


@pytest.fixture
def empty_app(database_url: str) -> Iterator[Flask]:
    """An app on an empty database, without migrations."""
    app = bare_app(database_url)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def app(empty_app: Flask) -> Flask:
    """An app on a migrated database."""
    migrating.upgrade()
    return empty_app


@pytest.fixture
def sqlite_app(sqlite_url: str) -> Iterator[Flask]:
    """An app on a migrated SQLite database, for what is SQLite's alone."""
    app = bare_app(sqlite_url)
    with app.app_context():
        migrating.upgrade()
        yield app
        db.session.remove()
        db.engine.dispose()
