"""The blueprint that every page of instruments belongs to, and the instrument a page is about."""

from collections.abc import Callable

from flask import Blueprint, abort, url_for

from assessor.store import documents
from assessor.store.documents import StoredInstrument, Version
from assessor.store.published import Published, published
from assessor.web.access import current_library_id, may
from assessor.web.messages import gettext
from assessor.web.writing import count, day_of, language_name, language_title, minutes

blueprint = Blueprint(
    "instruments", __name__, template_folder="templates", url_prefix="/instruments"
)


def own_draft(key: str) -> StoredInstrument:
    """The instrument of the library at hand; another library's is not there."""
    found = documents.instrument_draft(current_library_id(), key)
    if found is None:
        abort(404)
    return found


def own_version(key: str, number: int) -> tuple[Version, Published]:
    """A published version of the library at hand."""
    found = documents.versions(current_library_id(), key)
    version = next((one for one in found if one.version == number), None)
    if version is None:
        abort(404)
    return version, published(version.id, version.sha256)


@blueprint.context_processor
def words() -> dict[str, Callable[..., str]]:
    """How the templates write counts, days and minutes."""
    return {
        "count": count,
        "day_of": day_of,
        "minutes": minutes,
        "language_name": language_name,
        "language_title": language_title,
    }


def sections(key: str, current: str) -> list[dict[str, object]]:
    """The pages of one instrument, for their navigation."""
    pages = [
        (gettext("Items"), "show"),
        (gettext("Preview"), "preview"),
        (gettext("Versions"), "versions"),
    ]
    if may("librarian"):
        pages.insert(1, (gettext("Edit"), "edit"))
        pages += [(gettext("Languages"), "languages"), (gettext("Try it"), "try_page")]
    return [
        {
            "label": label,
            "href": url_for(f"instruments.{endpoint}", key=key),
            "current": endpoint == current,
        }
        for label, endpoint in pages
    ]
