"""An instrument comes in as a file: new, or in place of the draft there is."""

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from assessor.actions.instruments import delete_instrument_draft, save_instrument_draft
from assessor.domain.instrument import Instrument
from assessor.domain.problems import Problem, say
from assessor.formats.instrument_file import read_instrument_file
from assessor.paths import surveys_folder
from assessor.store import documents
from assessor.store.documents import StoredInstrument
from assessor.web.access import current_library_id, requires
from assessor.web.instruments.changes import changes, summary
from assessor.web.instruments.forms import FileForm
from assessor.web.instruments.frame import blueprint, own_draft
from assessor.web.messages import gettext, told


# A key holds no hyphen, so no instrument can stand at this address.
@blueprint.route("/load-file", methods=["GET", "POST"])
@requires("librarian")
def load() -> ResponseReturnValue:
    """Load an instrument from a file of its own."""
    form = FileForm()
    if not form.validate_on_submit():
        return _page(form, None), 422 if form.errors else 200
    instrument, problems = _read(form)
    if instrument is None:
        return _page(form, None, problems), 422
    if documents.instrument_draft(current_library_id(), instrument.key) is not None:
        message = say(
            "There is an instrument `{key}` already. To put this file in its place, open "
            "it and choose “Replace by a file”; to load it beside, change `key` in the "
            "file.",
            key=instrument.key,
        )
        problem = Problem(code="instrument.exists", where="key", message=message)
        return _page(form, None, (problem,)), 422
    return _save(form, instrument, None)


@blueprint.get("/example.yaml")
@requires("librarian")
def example() -> ResponseReturnValue:
    """A questionnaire to begin with: the demonstration's, with the kinds of a yearly survey."""
    path = surveys_folder() / "riverbend" / "patrons.yaml"
    return send_file(path, "application/yaml", as_attachment=True, download_name="example.yaml")


@blueprint.route("/<key>/replace", methods=["GET", "POST"])
@requires("librarian")
def replace(key: str) -> ResponseReturnValue:
    """Put a file in the place of the draft; published versions stay as they are."""
    stored = own_draft(key)
    form = FileForm()
    if not form.validate_on_submit():
        return _page(form, stored), 422 if form.errors else 200
    instrument, problems = _read(form)
    if instrument is None:
        return _page(form, stored, problems), 422
    if instrument.key != key:
        message = say(
            "This file is the instrument `{key}`, not `{key2}`. Choose the right file, "
            "or write `key: {key2}` in it.",
            key=instrument.key,
            key2=key,
        )
        problem = Problem(code="instrument.other-key", where="key", message=message)
        return _page(form, stored, (problem,)), 422
    return _save(form, instrument, stored)


@blueprint.route("/<key>/remove", methods=["GET", "POST"])
@requires("librarian")
def remove(key: str) -> ResponseReturnValue:
    """Remove an instrument that was never published."""
    stored = own_draft(key)
    if stored.latest is not None:
        flash(
            gettext("This instrument is published, so it stays: what was asked must be told."),
            "warning",
        )
        return redirect(url_for("instruments.show", key=key))
    if request.method == "GET":
        return render_template("instruments/remove.html", stored=stored)
    removed = delete_instrument_draft(current_library_id(), key)
    for problem in removed.errors:
        flash(told(problem.message), "error")
    if removed.ok:
        flash(gettext("“%(title)s” is removed.", title=stored.draft.title), "success")
    return redirect(url_for("instruments.index"))


def _read(form: FileForm) -> tuple[Instrument | None, tuple[Problem, ...]]:
    """The instrument in the file; errors of meaning come back with it, errors of shape without."""
    upload = form.file.data
    checked = read_instrument_file(upload.read(), upload.filename or "instrument.yaml")
    # A draft may be unfinished; but what the check refuses in a file is mended in the file.
    return (None if checked.errors else checked.value), checked.problems


def _save(
    form: FileForm, instrument: Instrument, replaced: StoredInstrument | None
) -> ResponseReturnValue:
    # What the person saw when they chose the file, not what is there by now.
    seen = request.form.get("seen", replaced.sha256) if replaced else None
    saved = save_instrument_draft(current_library_id(), instrument, expected=seen)
    if saved.value is None:
        return _page(form, replaced, saved.problems), 422
    if replaced is None:
        flash(
            gettext(
                "“%(title)s” is loaded. Read it through, then publish it.", title=instrument.title
            ),
            "success",
        )
    elif saved.value == replaced.sha256:
        flash(gettext("The file is the same as the draft; nothing changed."), "success")
    else:
        flash(
            gettext(
                "The draft is replaced. %(changes)s",
                changes=summary(changes(replaced.draft, instrument)),
            ),
            "success",
        )
    return redirect(url_for("instruments.show", key=instrument.key))


def _page(
    form: FileForm, stored: StoredInstrument | None, problems: tuple[Problem, ...] = ()
) -> str:
    return render_template(
        "instruments/file.html", form=form, stored=stored, file_problems=problems
    )
