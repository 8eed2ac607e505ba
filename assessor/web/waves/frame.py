"""The blueprint that every page of waves belongs to, and the wave a page is about."""

from collections.abc import Callable

from flask import Blueprint, abort

from assessor.reports.words import capital
from assessor.store import fielding
from assessor.store.fielding import Wave
from assessor.web.access import current_library_id
from assessor.web.writing import count, day_of, minutes, percent

blueprint = Blueprint("waves", __name__, template_folder="templates", url_prefix="/waves")


def own_wave(wave_id: str) -> Wave:
    """The wave of the library at hand; another library's is not there."""
    wave = fielding.wave_of(current_library_id(), wave_id)
    if wave is None:
        abort(404)
    return wave


@blueprint.context_processor
def numbers() -> dict[str, Callable[..., str]]:
    """How the templates write counts, shares and days."""
    return {
        "count": count,
        "percent": percent,
        "day_of": day_of,
        "capital": capital,
        "minutes": minutes,
    }
