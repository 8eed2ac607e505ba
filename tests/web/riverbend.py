"""A site that has Riverbend's own files, for pages that need an instrument and a mapping."""

import shutil
from pathlib import Path

from assessor.actions.folders import load_folder
from assessor.actions.instruments import publish_instrument
from assessor.domain.folder import LibraryFolder
from assessor.formats.folder import read_folder
from assessor.store.database import db
from tests.web.conftest import Cast, make_site


def riverbend_folder(root: Path) -> LibraryFolder:
    return read_folder(root / "surveys" / "riverbend").unwrap()


def load_riverbend(populated: tuple[Path, Cast], folder: Path, root: Path) -> tuple[Path, Cast]:
    """A copy of the populated site with plan, mapping and published instruments of Riverbend.

    The other library stays empty.
    """
    shutil.copytree(populated[0], folder)
    app = make_site(folder)
    with app.app_context():
        library_id = populated[1].librarian.library_id
        loaded = riverbend_folder(root)
        load_folder(library_id, loaded).unwrap()
        for instrument in loaded.instruments:
            publish_instrument(library_id, instrument.key).unwrap()
        db.session.remove()
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
    return folder, populated[1]
