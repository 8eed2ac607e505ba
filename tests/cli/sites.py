"""The database of a site in a folder, for tests that prepare one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assessor.store.bare import bare_app
from assessor.store.database import db


@contextmanager
def database_of(instance: Path) -> Iterator[None]:
    """A context in which store and actions speak to the site in this folder."""
    app = bare_app(f"sqlite:///{instance / 'assessor.sqlite3'}")
    with app.app_context():
        yield
        db.session.remove()
        db.engine.dispose()
