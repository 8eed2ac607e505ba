"""A migrated database of each kind, and the cast: a library, its staff, its instrument."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask

from assessor.actions.instruments import publish_instrument, save_instrument_draft
from assessor.actions.libraries import create_account, create_library
from assessor.actions.waves import open_wave, plan_wave
from assessor.store import migrating
from assessor.store.bare import bare_app
from assessor.store.database import db
from assessor.store.waves import Access
from tests.actions.instruments import PATRONS


@pytest.fixture
def app(database_url: str) -> Iterator[Flask]:
    """An app on a migrated database, in whose context the test runs."""
    app = bare_app(database_url)
    with app.app_context():
        migrating.upgrade()
        yield app
        db.session.remove()
        db.engine.dispose()


@dataclass(frozen=True)
class House:
    """A library with a published instrument and one member of staff."""

    library_id: int
    account_id: int

    def wave(self, access: Access = "open_link") -> str:
        """A new wave of the instrument that is open."""
        planned = plan_wave(
            self.library_id, instrument="patrons", title="Patrons", period="2025", access=access
        )
        return open_wave(self.library_id, planned.unwrap()).unwrap()


@pytest.fixture
def house(app: Flask) -> House:
    """Riverbend, with its patrons' instrument in version 1."""
    library_id = create_library("riverbend", "Riverbend Library").unwrap()
    account_id = create_account(library_id, "staff@example.org", roles=["staff"]).unwrap()
    save_instrument_draft(library_id, PATRONS)
    publish_instrument(library_id, "patrons").unwrap()
    return House(library_id, account_id)
