"""A wave that goes on with another version of its instrument, while people answer."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import RadioField

from assessor.actions.waves import field_version
from assessor.domain.impact import impact
from assessor.domain.instrument import Instrument
from assessor.store import documents, fielding
from assessor.store.fielding import Wave
from assessor.store.published import published
from assessor.web.access import requires
from assessor.web.messages import gettext, lazy_gettext, told
from assessor.web.small_counts import few_words, version_words
from assessor.web.waves.frame import blueprint, own_wave
from assessor.web.writing import day_of, listed


class VersionForm(FlaskForm):  # type: ignore[misc]  # the package has no types
    """Which version people are asked from now on."""

    version = RadioField(lazy_gettext("Which version are new people asked?"), coerce=int)


@dataclass(frozen=True)
class Asked:
    """A version that was answered in a wave; `is_asked_now` of people who come."""

    version: int
    responses: str
    drafts: str
    is_asked_now: bool


def of_wave(wave: Wave, minimum: int) -> tuple[Asked, ...]:
    """The versions of a wave, newest first; only the one it asks where nobody answered another."""
    progress = [
        one
        for one in fielding.progress_by_version(wave.library_id, wave.instrument_key)
        if one.wave_id == wave.id
    ]
    words = version_words(progress, minimum)
    numbers = sorted({*words, wave.version}, reverse=True)
    return tuple(
        Asked(number, *words.get(number, (few_words(0), few_words(0))), number == wave.version)
        for number in numbers
    )


def newer(wave: Wave) -> int | None:
    """The newest version, where the wave still takes answers and asks an older one."""
    if wave.state == "closed":
        return None
    newest = max(one.version for one in documents.versions(wave.library_id, wave.instrument_key))
    return newest if newest > wave.version else None


@blueprint.route("/<wave_id>/version", methods=["GET", "POST"])
@requires("librarian")
def version(wave_id: str) -> ResponseReturnValue:
    """Ask which version new people get; whoever has begun finishes theirs."""
    wave = own_wave(wave_id)
    if wave.state == "closed":
        flash(gettext("This wave is closed. What it asked stays as it is."), "warning")
        return redirect(url_for("waves.show", wave_id=wave_id))
    found = documents.versions(wave.library_id, wave.instrument_key)
    form = VersionForm()
    form.version.choices = [
        (
            one.version,
            gettext(
                "Version %(version)s, published on %(day)s",
                version=one.version,
                day=day_of(one.published_on),
            ),
        )
        for one in found
    ]
    if not form.is_submitted():
        form.version.data = found[0].version
    if form.validate_on_submit():
        done = field_version(wave.library_id, wave.id, form.version.data)
        if done.value is not None:
            flash(
                gettext("New people are asked version %(version)s.", version=done.value), "success"
            )
            return redirect(url_for("waves.show", wave_id=wave_id))
        form.version.errors = [told(problem.message) for problem in done.problems]
    hints = {one.version: _hint(wave, published(one.id, one.sha256).instrument) for one in found}
    page = render_template(
        "waves/version.html",
        wave=wave,
        form=form,
        hints={number: hint for number, hint in hints.items() if hint},
    )
    return page, 422 if form.errors else 200


def _hint(wave: Wave, instrument: Instrument) -> str:
    """What a version lacks for this wave; empty where it lacks nothing."""
    gone = impact(wave.published().instrument, instrument).groups_gone
    if not gone:
        return ""
    labels = listed([f"“{group.old}”" for group in gone])
    return gettext("It has no group %(labels)s.", labels=labels)
