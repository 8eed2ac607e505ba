"""A new instrument: blank, from the demonstration, from another one, or from a file."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import Form, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from assessor.actions.designing import begin_instrument
from assessor.domain.editing.places import key_from
from assessor.domain.editing.refusing import RefusedError, rebuilt
from assessor.domain.editing.starting import blank
from assessor.domain.instrument import Instrument
from assessor.domain.problems import Checked, Problem, failed, say
from assessor.formats.instrument_file import read_instrument_file
from assessor.paths import surveys_folder
from assessor.store import documents
from assessor.web.access import current_library_id, requires
from assessor.web.instruments.designer.outline import edit_url
from assessor.web.instruments.designer.pages import account_id
from assessor.web.instruments.frame import blueprint
from assessor.web.messages import gettext, lazy_gettext
from assessor.web.problem_fields import show_problems


class BeginForm(Form):
    """What to begin with, and what it is called."""

    title = StringField(
        lazy_gettext("Title"), description=lazy_gettext("Whoever answers reads it first.")
    )
    key = StringField(
        lazy_gettext("Key"),
        description=lazy_gettext(
            "Short, such as patrons: files and addresses name it, and it stays. "
            "Empty: it is made from the title."
        ),
    )
    begin = RadioField(lazy_gettext("Begin with"), default="blank", validate_choice=False)
    other = SelectField(lazy_gettext("Which instrument"), validate_choice=False)


# A key holds no hyphen, so no instrument can stand at this address.
@blueprint.route("/new-instrument", methods=["GET", "POST"])
@requires("librarian")
def new() -> ResponseReturnValue:
    """Begin an instrument and go on in the designer."""
    own = documents.instruments(current_library_id())
    form = BeginForm(request.form if request.method == "POST" else None)
    form.begin.choices = [
        SelectChoice("blank", gettext("A blank page with one item")),
        SelectChoice("example", gettext("The demonstration’s questionnaire for patrons")),
        *([SelectChoice("other", gettext("Another instrument of yours"))] if own else []),
    ]
    form.other.choices = [SelectChoice(one.draft.key, one.draft.title) for one in own]
    if request.method == "POST":
        begun = _begun(form)
        if begun.value is not None:
            flash(gettext("It is begun. Everything you do here can be undone."), "success")
            return redirect(edit_url(begun.value, "settings", _anchor="panel"))
        show_problems(form, begun.problems)
    page = render_template("designer/new.html", form=form, has_own=bool(own))
    return page, 422 if request.method == "POST" else 200


def _begun(form: BeginForm) -> Checked[str]:
    title = (form.title.data or "").strip()
    if not title:
        wanted = say("Enter a title, such as “How is the library doing?”.")
        return failed(_problem("title", wanted))
    key = (form.key.data or "").strip() or key_from(title, "survey")
    begin = form.begin.data or "blank"
    source = _source(begin, form.other.data or "")
    if source is None and begin != "blank":
        return failed(_problem("other", say("Choose an instrument to copy.")))
    try:
        if source is None:
            instrument = blank(key, title)
        else:
            instrument = rebuilt(source, key=key, title=title)
    except RefusedError as refused:
        return failed(*refused.problems)
    said = {
        "blank": gettext("Begun blank"),
        "example": gettext("Begun from the demonstration"),
    }
    return begin_instrument(
        current_library_id(),
        instrument,
        said=said.get(begin, gettext("Begun from another instrument")),
        account_id=account_id(),
    )


def _source(begin: str, other: str) -> Instrument | None:
    if begin == "example":
        path = surveys_folder() / "riverbend" / "patrons.yaml"
        return read_instrument_file(path.read_bytes()).value
    if begin == "other":
        found = documents.instrument_draft(current_library_id(), other)
        return found.draft if found else None
    return None


def _problem(where: str, message: str) -> Problem:
    return Problem(code="edit.invalid", where=where, message=message)
