"""Instruments on the site: read one, with every item's key and what it feeds."""

from collections import Counter
from dataclasses import dataclass

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from assessor.domain.checks.instrument import check_instrument
from assessor.domain.instrument import Instrument
from assessor.formats.instrument_file import write_instrument_file
from assessor.store import documents, fielding
from assessor.store.documents import StoredInstrument
from assessor.web.access import current_library_id, may, requires
from assessor.web.instruments import (
    files,
    importing,
    preview,
    publishing,
    translating,
    trying,
    versions,
)
from assessor.web.instruments.designer import beginning, choosing, text_pane
from assessor.web.instruments.designer import pages as designer
from assessor.web.instruments.fielded import mappings
from assessor.web.instruments.frame import blueprint, own_draft, own_version, sections
from assessor.web.instruments.reading import item_count, minutes, read_pages

__all__ = [
    "beginning",
    "blueprint",
    "choosing",
    "designer",
    "files",
    "importing",
    "preview",
    "publishing",
    "text_pane",
    "translating",
    "trying",
    "versions",
]


@dataclass(frozen=True)
class Listed:
    """An instrument in a list."""

    stored: StoredInstrument
    items: int
    minutes: float
    waves: int


@blueprint.get("/")
@requires("leadership")
def index() -> ResponseReturnValue:
    """Every instrument of the library, and whether it is published."""
    library_id = current_library_id()
    waves = Counter(wave.instrument_key for wave in fielding.waves(library_id))
    listed = [
        Listed(stored, item_count(stored.draft), minutes(stored.draft), waves[stored.draft.key])
        for stored in documents.instruments(library_id)
    ]
    return render_template(
        "instruments/index.html", instruments=listed, can_change=may("librarian")
    )


@blueprint.get("/<key>")
@requires("leadership")
def show(key: str) -> ResponseReturnValue:
    """The draft as it stands, with everything the check says about it."""
    stored = own_draft(key)
    checks = check_instrument(stored.draft)
    return render_template(
        "instruments/show.html",
        stored=stored,
        version=None,
        checks=checks,
        sections=sections(key, "show"),
        can_change=may("librarian"),
        **_reading(stored.draft),
    )


@blueprint.get("/<key>/versions/<int:number>")
@requires("leadership")
def version(key: str, number: int) -> ResponseReturnValue:
    """A published version, as it will stay."""
    found, published = own_version(key, number)
    return render_template(
        "instruments/show.html",
        stored=None,
        version=found,
        checks=(),
        sections=sections(key, "versions"),
        can_change=may("librarian"),
        **_reading(published.instrument),
    )


@blueprint.get("/<key>/instrument.yaml")
@requires("leadership")
def file(key: str) -> ResponseReturnValue:
    """The draft as a file, or a published version of it."""
    number = request.args.get("version", type=int)
    if number is None:
        instrument, name = own_draft(key).draft, f"{key}.yaml"
    else:
        instrument, name = own_version(key, number)[1].instrument, f"{key}-version-{number}.yaml"
    response = Response(write_instrument_file(instrument), mimetype="application/yaml")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _reading(instrument: Instrument) -> dict[str, object]:
    return {
        "instrument": instrument,
        "pages": read_pages(instrument, mappings()),
        "items": item_count(instrument),
        "length": minutes(instrument),
    }
