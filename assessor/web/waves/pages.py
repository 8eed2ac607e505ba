"""Waves on the site: what is asked now, of whom, until when, and how far it has come."""

from dataclasses import dataclass

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from assessor.actions.counting import ending_counts
from assessor.actions.drafts import DRAFT_DAYS
from assessor.domain.instrument import FileItem
from assessor.store import documents, fielding, imports
from assessor.store.database import today
from assessor.store.fielding import Wave
from assessor.web.access import current_account, current_library_id, may, requires
from assessor.web.small_counts import few_words, minimum_group, response_words
from assessor.web.waves import acts, editing, files, importing, link, versions
from assessor.web.waves.counts import shown_counts
from assessor.web.waves.frame import blueprint, own_wave
from assessor.web.waves.standing import Standing, days, standing

__all__ = ["acts", "blueprint", "editing", "files", "importing", "versions"]

A_DAY = "private, max-age=86400"


@dataclass(frozen=True)
class Listed:
    """A wave in a list."""

    wave: Wave
    instrument: str
    standing: Standing
    days: str
    responses: str


@dataclass(frozen=True)
class Asked:
    """A survey that a member of staff is asked to answer."""

    wave: Wave
    title: str
    minutes: float | None
    done: bool


@blueprint.get("/")
@requires("leadership")
def index() -> ResponseReturnValue:
    """Every wave of the library, newest period first, with what can be done next."""
    library_id = current_library_id()
    counts = fielding.response_counts(library_id)
    minimum = minimum_group(library_id)
    listed = [
        Listed(
            wave,
            wave.published().instrument.title,
            standing(wave, today()),
            days(wave),
            response_words(wave, counts.get(wave.id, 0), minimum),
        )
        for wave in fielding.waves(library_id)
    ]
    return render_template(
        "waves/index.html",
        waves=listed,
        has_versions=bool(documents.versions(library_id)),
        can_change=may("librarian"),
        asked=[one for one in _asked() if not one.done],
    )


@blueprint.get("/mine")
@requires("staff")
def mine() -> ResponseReturnValue:
    """What this member of staff is asked now, answered or not."""
    return render_template("waves/mine.html", asked=_asked())


@blueprint.get("/<wave_id>")
@requires("leadership")
def show(wave_id: str) -> ResponseReturnValue:
    """One wave: its link, how far it has come, and what was promised."""
    wave = own_wave(wave_id)
    minimum = minimum_group(wave.library_id)
    instrument = wave.published().instrument
    ended = ending_counts(wave.id)
    return render_template(
        "waves/show.html",
        has_files=any(isinstance(item, FileItem) for item in instrument.items()),
        endings=[
            (ending.title, few_words(ended.get(ending.key, 0), minimum))
            for ending in instrument.endings
        ],
        wave=wave,
        standing=standing(wave, today()),
        days=days(wave),
        link=link.address(wave),
        instrument=instrument,
        counts=shown_counts(fielding.progress(wave.id), minimum),
        versions=versions.of_wave(wave, minimum),
        newer=versions.newer(wave),
        source=imports.source_of(wave.id),
        minimum=minimum,
        draft_days=DRAFT_DAYS,
        can_change=may("librarian"),
    )


@blueprint.get("/<wave_id>/poster")
@requires("leadership")
def poster(wave_id: str) -> ResponseReturnValue:
    """One sheet to print and hang up."""
    wave = own_wave(wave_id)
    instrument = wave.published().instrument
    return render_template(
        "waves/poster.html", wave=wave, instrument=instrument, link=link.address(wave)
    )


@blueprint.get("/<wave_id>/qr.svg")
@requires("leadership")
def qr_svg(wave_id: str) -> ResponseReturnValue:
    """The link's code as a drawing."""
    return _picture(link.qr_svg(link.address(own_wave(wave_id))), "image/svg+xml")


@blueprint.get("/<wave_id>/qr.png")
@requires("leadership")
def qr_png(wave_id: str) -> ResponseReturnValue:
    """The link's code as a picture."""
    return _picture(link.qr_png(link.address(own_wave(wave_id))), "image/png")


def _asked() -> list[Asked]:
    """The open waves for the staff of this library, first those that are still to be answered."""
    account = current_account()
    assert account is not None, "the rules let in only who is signed in"
    found = [
        Asked(
            wave,
            wave.published().instrument.title,
            wave.published().instrument.minutes,
            fielding.has_taken_part(wave.id, account.id),
        )
        for wave in fielding.waves(account.library_id)
        if wave.access == "signed_in" and wave.is_open(today())
    ]
    return sorted(found, key=lambda one: (one.done, one.title))


def _picture(content: bytes, kind: str) -> Response:
    response = Response(content, mimetype=kind)
    response.headers["Cache-Control"] = A_DAY
    if "save" in request.args:
        ending = kind.partition("/")[2].partition("+")[0]
        response.headers["Content-Disposition"] = f'attachment; filename="survey-link.{ending}"'
    return response
