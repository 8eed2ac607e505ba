"""Planning a wave, and changing what may change."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessor.actions.waves import change_wave, plan_wave
from assessor.domain.problems import Problem
from assessor.store import documents, fielding
from assessor.store.database import today
from assessor.store.documents import Version
from assessor.store.published import published
from assessor.web.access import current_library_id, requires
from assessor.web.messages import gettext, told
from assessor.web.waves.forms import (
    ACCESS_HINTS,
    SIZE,
    NewWaveForm,
    WaveForm,
    add_problems,
    size_fields,
    sizes,
    with_sizes,
)
from assessor.web.waves.frame import blueprint, own_wave


@blueprint.route("/new", methods=["GET", "POST"])
@requires("librarian")
def new() -> ResponseReturnValue:
    """Choose what is asked; then say of whom, when, and for which period."""
    library_id = current_library_id()
    versions = documents.versions(library_id)
    version = _wanted(versions)
    if version is None:
        newest = [one for one in versions if one.version == _newest(versions, one.key)]
        choices = [(one, published(one.id, one.sha256).instrument) for one in newest]
        return render_template("waves/choose.html", choices=choices)
    instrument = published(version.id, version.sha256).instrument
    form_class = with_sizes(NewWaveForm, instrument.groups())
    year = str(today().year)
    form = form_class(data={"title": f"{instrument.title} {year}", "period": year})
    status = 200
    if form.validate_on_submit():
        planned = plan_wave(
            library_id,
            instrument=version.key,
            version=version.version,
            title=form.title.data or "",
            period=form.period.data or "",
            access=form.access.data,
            opens_on=form.opens_on.data,
            closes_on=form.closes_on.data,
            retention_months=form.retention_months.data or 0,
            sizes=sizes(form),
        )
        if planned.value is not None:
            flash(
                gettext("The wave is planned. Open it when the link may be given out."), "success"
            )
            return redirect(url_for("waves.show", wave_id=planned.value))
        _tell(form, planned.problems)
    if form.errors:
        status = 422
    page = render_template(
        "waves/new.html",
        form=form,
        sizes=size_fields(form),
        version=version,
        instrument=instrument,
        access_hints=ACCESS_HINTS,
        one_of_many=len({one.key for one in versions}) > 1,
    )
    return page, status


@blueprint.route("/<wave_id>/edit", methods=["GET", "POST"])
@requires("librarian")
def edit(wave_id: str) -> ResponseReturnValue:
    """Change the title, the period, the days and the sizes."""
    wave = own_wave(wave_id)
    instrument = wave.published().instrument
    known = {SIZE + group.code: group.size for group in fielding.groups(wave_id)}
    now = {
        "title": wave.title,
        "period": wave.period,
        "opens_on": wave.opens_on,
        "closes_on": wave.closes_on,
    }
    form = with_sizes(WaveForm, instrument.groups())(data=now | known)
    if form.validate_on_submit():
        changed = change_wave(
            wave.library_id,
            wave_id,
            title=form.title.data or "",
            period=form.period.data or "",
            opens_on=form.opens_on.data,
            closes_on=form.closes_on.data,
            sizes=sizes(form),
        )
        if changed.value is not None:
            flash(gettext("Saved."), "success")
            return redirect(url_for("waves.show", wave_id=wave_id))
        _tell(form, changed.problems)
    page = render_template("waves/edit.html", form=form, sizes=size_fields(form), wave=wave)
    return page, 422 if form.errors else 200


def _tell(form: WaveForm, problems: tuple[Problem, ...]) -> None:
    for problem in add_problems(form, problems):
        flash(told(problem.message), "error")


def _wanted(versions: tuple[Version, ...]) -> Version | None:
    """The version the address names, or the newest of the only instrument there is."""
    keys = {one.key for one in versions}
    key = request.args.get("instrument", next(iter(keys)) if len(keys) == 1 else "")
    number = request.args.get("version", type=int) or _newest(versions, key)
    return next((one for one in versions if (one.key, one.version) == (key, number)), None)


def _newest(versions: tuple[Version, ...], key: str) -> int:
    return max((one.version for one in versions if one.key == key), default=0)
