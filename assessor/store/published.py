"""Published versions, ready to ask from: kept in memory, because they never change.

The memory is keyed by the document's fingerprint and by nothing else, so it holds whatever
database the version came from.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass

from sqlalchemy import select

from assessor.domain.instrument import Instrument, Page
from assessor.store.database import db
from assessor.store.instruments import InstrumentVersion

KEPT = 256
"""How many instruments stay in memory; a large one takes about a megabyte."""


@dataclass(frozen=True)
class Published:
    """A published instrument with what every page of it needs to know, worked out once."""

    instrument: Instrument
    sha256: str
    pages: dict[str, Page]
    page_keys: tuple[str, ...]

    def position(self, page_key: str) -> int | None:
        """The page's place, counted from 0; None where there is no such page."""
        return self.page_keys.index(page_key) if page_key in self.pages else None

    def next_page(self, page_key: str) -> str | None:
        """The key of the page after this one; None after the last."""
        place = self.page_keys.index(page_key) + 1
        return self.page_keys[place] if place < len(self.page_keys) else None


_kept: OrderedDict[str, Published] = OrderedDict()
_lock = threading.Lock()


def published(version_id: int, sha256: str) -> Published:
    """The version with this id, whose document has this fingerprint."""
    with _lock:
        found = _kept.get(sha256)
        if found is not None:
            _kept.move_to_end(sha256)
            return found
    document = select(InstrumentVersion.document).where(InstrumentVersion.id == version_id)
    compiled = compile_instrument(db.session.execute(document).scalar_one(), sha256)
    with _lock:
        _kept[sha256] = compiled
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return compiled


def published_version(library_id: int, key: str, version: int | None = None) -> Published | None:
    """A version of the library's instrument, the newest where `version` is None."""
    row = InstrumentVersion
    wanted = select(row.id, row.sha256).where(row.library_id == library_id, row.key == key)
    if version is not None:
        wanted = wanted.where(row.version == version)
    found = db.session.execute(wanted.order_by(row.version.desc()).limit(1)).first()
    return published(*found) if found else None


def published_by_id(version_id: int) -> Published | None:
    """The version with this id, whoever's it is; None where there is none."""
    row = InstrumentVersion
    sha256 = db.session.scalar(select(row.sha256).where(row.id == version_id))
    return published(version_id, sha256) if sha256 else None


def compile_instrument(document: str, sha256: str) -> Published:
    """What `published` keeps, from the canonical JSON of an instrument."""
    instrument = Instrument.model_validate_json(document)
    return Published(
        instrument=instrument,
        sha256=sha256,
        pages={page.key: page for page in instrument.pages},
        page_keys=tuple(page.key for page in instrument.pages),
    )
