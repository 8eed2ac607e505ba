"""What is done with a wave. Each asks first, and says what it means and whether it can be undone.

`ACTS` is the table of all of them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from assessor.actions.waves import close_wave, delete_wave, open_wave, reopen_wave
from assessor.domain.problems import Checked
from assessor.store.database import today
from assessor.store.fielding import Wave
from assessor.web.access import requires
from assessor.web.messages import gettext, lazy_gettext, told
from assessor.web.waves.forms import ReopenForm, add_problems
from assessor.web.waves.frame import blueprint, own_wave
from assessor.web.waves.link import address
from assessor.web.waves.standing import standing


@dataclass(frozen=True)
class Act:
    """One thing that can be done with a wave in some of its states."""

    question: str
    yes: str
    done: str
    states: tuple[str, ...]
    run: Callable[[Wave, FlaskForm], Checked[str]]
    form: type[FlaskForm] = FlaskForm
    kind: str = "primary"
    leads_to: str = "waves.show"


def _open(wave: Wave, form: FlaskForm) -> Checked[str]:
    return open_wave(wave.library_id, wave.id)


def _close(wave: Wave, form: FlaskForm) -> Checked[str]:
    return close_wave(wave.library_id, wave.id)


def _reopen(wave: Wave, form: FlaskForm) -> Checked[str]:
    return reopen_wave(wave.library_id, wave.id, closes_on=form.closes_on.data)


def _delete(wave: Wave, form: FlaskForm) -> Checked[str]:
    return delete_wave(wave.library_id, wave.id)


ACTS: dict[str, Act] = {
    "open": Act(
        lazy_gettext("Open this wave?"),
        lazy_gettext("Open the wave"),
        lazy_gettext("The wave is open. Its link can be given out."),
        ("draft",),
        _open,
    ),
    "close": Act(
        lazy_gettext("Close this wave?"),
        lazy_gettext("Close the wave"),
        lazy_gettext("The wave is closed. It can be reopened."),
        ("open",),
        _close,
    ),
    "reopen": Act(
        lazy_gettext("Reopen this wave?"),
        lazy_gettext("Reopen the wave"),
        lazy_gettext("The wave takes answers again."),
        ("closed",),
        _reopen,
        form=ReopenForm,
    ),
    "delete": Act(
        lazy_gettext("Delete this wave?"),
        lazy_gettext("Delete the wave"),
        lazy_gettext("The wave is deleted. Nobody had answered it."),
        ("draft",),
        _delete,
        kind="danger",
        leads_to="waves.index",
    ),
}


@blueprint.route("/<wave_id>/<any(open, close, reopen, delete):name>", methods=["GET", "POST"])
@requires("librarian")
def act(wave_id: str, name: str) -> ResponseReturnValue:
    """Say what it means, ask, and do it."""
    wave = own_wave(wave_id)
    chosen = ACTS[name]
    if wave.state not in chosen.states:
        # Somebody was quicker, or the button was pressed twice: show where the wave stands.
        flash(
            gettext("%(sentence)s Nothing was changed.", sentence=standing(wave, today()).sentence),
            "warning",
        )
        return redirect(url_for("waves.show", wave_id=wave_id))
    form = chosen.form()
    if not form.validate_on_submit():
        status = 422 if form.errors else 200
        return _ask(name, wave, form), status
    done = chosen.run(wave, form)
    if done.value is None:
        left = add_problems(form, done.problems)
        for problem in left:
            flash(told(problem.message), "error")
        return _ask(name, wave, form), 422
    flash(str(chosen.done), "success")
    if chosen.leads_to == "waves.show":
        return redirect(url_for("waves.show", wave_id=wave_id))
    return redirect(url_for(chosen.leads_to))


def _ask(name: str, wave: Wave, form: FlaskForm) -> str:
    return render_template(
        "waves/act.html", name=name, act=ACTS[name], wave=wave, form=form, link=address(wave)
    )
