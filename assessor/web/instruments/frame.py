"""The blueprint that every page of instruments belongs to, and the instrument a page is about."""

from collections.abc import Callable
from datetime import date

from babel import Locale, UnknownLocaleError
from flask import Blueprint, abort, url_for

from assessor.reports.numbers import count, day
from assessor.store import documents
from assessor.store.documents import StoredInstrument, Version
from assessor.store.published import Published, published
from assessor.web.access import current_library_id, may

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
        "day_of": _day_of,
        "minutes": _minutes,
        "language_name": language_name,
    }


def language_name(tag: str) -> str:
    """The English name of a language, or its tag where it has none."""
    try:
        return Locale.parse(tag, sep="-").get_display_name("en") or tag
    except (UnknownLocaleError, ValueError):
        return tag


def _day_of(value: date) -> str:
    return day(value.isoformat())


def _minutes(value: float) -> str:
    whole = max(round(value), 1)
    return f"{whole} minute{'' if whole == 1 else 's'}"


def sections(key: str, current: str) -> list[dict[str, object]]:
    """The pages of one instrument, for their navigation."""
    pages = [("Items", "show"), ("Preview", "preview"), ("Versions", "versions")]
    if may("librarian"):
        pages.insert(1, ("Edit", "edit"))
        pages += [("Languages", "languages"), ("Try it", "try_page")]
    return [
        {
            "label": label,
            "href": url_for(f"instruments.{endpoint}", key=key),
            "current": endpoint == current,
        }
        for label, endpoint in pages
    ]
