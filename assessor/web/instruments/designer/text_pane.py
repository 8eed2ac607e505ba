"""The same draft as text: YAML in a pane, checked as it is typed and saved like any other act."""

from dataclasses import dataclass

from flask import Response, flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from assessor.actions.designing import edit_instrument
from assessor.domain.editing.acts import Replace
from assessor.domain.instrument import Instrument
from assessor.domain.problems import Problem, Said, say
from assessor.formats.instrument_file import read_instrument, write_instrument_file
from assessor.store import histories
from assessor.web.access import current_library_id, requires
from assessor.web.instruments.changes import changes, summary
from assessor.web.instruments.designer.outline import edit_url
from assessor.web.instruments.designer.pages import CHANGED_MEANWHILE, Clash, account_id, state_of
from assessor.web.instruments.frame import blueprint, own_draft, sections
from assessor.web.messages import gettext, told

LONG = 100_000
STOPS = frozenset({"instrument.duplicate-key", "instrument.reserved-key"})
"""A draft may be unfinished, but its keys must name one thing each."""


@dataclass(frozen=True)
class TextReading:
    """What the text says: the instrument where it can be kept, and all problems by line."""

    instrument: Instrument | None
    problems: tuple[Problem, ...]


@blueprint.route("/<key>/edit/text", methods=["GET", "POST"])
@requires("librarian")
def edit_text(key: str) -> ResponseReturnValue:
    """The whole draft as YAML; what cannot be read stays in the pane, with every reason."""
    stored = own_draft(key)
    if request.method == "GET":
        return _pane(key, write_instrument_file(stored.draft).decode(), stored.sha256)
    text, seen = _text(), request.form.get("seen", "")
    reading = _read(text, key)
    if reading.instrument is None:
        return _pane(key, text, seen, reading.problems), 422
    base = state_of(stored, seen)
    done = edit_instrument(
        current_library_id(),
        key,
        [Replace(instrument=reading.instrument)],
        seen=seen,
        said=gettext("The draft was written as text."),
        account_id=account_id(),
    )
    if done.value is not None:
        flash(summary(changes(base, done.value.instrument)), "success")
        if request.form.get("do") == "close":
            return redirect(edit_url(key, ""))
        return _pane(key, write_instrument_file(done.value.instrument).decode(), done.value.sha256)
    if any(problem.code == CHANGED_MEANWHILE for problem in done.problems):
        newest = own_draft(key)
        clash = Clash(
            who=histories.steps(current_library_id(), key).last_by or gettext("Somebody"),
            theirs=changes(base, newest.draft),
            mine=changes(base, reading.instrument),
        )
        return _pane(key, text, newest.sha256, reading.problems, clash), 409
    return _pane(key, text, seen, done.problems), 422


@blueprint.post("/<key>/edit/text/check")
@requires("librarian")
def check_text(key: str) -> ResponseReturnValue:
    """What the checks say of a text that is not saved, for the pane to show at its lines."""
    own_draft(key)
    return jsonify([_told(problem) for problem in _read(_text(), key).problems])


@blueprint.get("/<key>/edit/newest.yaml")
@requires("librarian")
def newest_text(key: str) -> ResponseReturnValue:
    """The newest draft as text, to look at beside one's own."""
    text = write_instrument_file(own_draft(key).draft)
    return Response(text, mimetype="text/plain")


def _told(problem: Problem) -> dict[str, object]:
    """A problem as the pane shows it; `language` is that of a message which is not translated."""
    return {
        "line": problem.line,
        "severity": problem.severity,
        "mark": _mark(problem),
        "message": told(problem.message),
        "language": "" if isinstance(problem.message, Said) else "en",
    }


def _mark(problem: Problem) -> str:
    is_error = problem.severity == "error"
    if problem.line is None:
        return gettext("to mend") if is_error else gettext("to think about")
    if is_error:
        return gettext("Line %(line)s, to mend", line=problem.line)
    return gettext("Line %(line)s, to think about", line=problem.line)


def _text() -> str:
    return request.form.get("text", "").replace("\r\n", "\n")


def _read(text: str, key: str) -> TextReading:
    reading = read_instrument(text.encode("utf-8", "replace"), f"{key}.yaml")
    found = reading.model.model if reading.model else None
    problems = reading.problems
    if found is not None and found.key != key:
        message = say(
            "The instrument’s own key stays `{key}`, since waves name it. Write it so.", key=key
        )
        own = Problem(code="edit.other-key", where="key", message=message)
        return TextReading(None, (*reading.place([own]), *problems))
    if any(problem.code in STOPS and problem.severity == "error" for problem in problems):
        return TextReading(None, problems)
    return TextReading(found, problems)


def _pane(
    key: str,
    text: str,
    seen: str,
    problems: tuple[Problem, ...] = (),
    clash: Clash | None = None,
) -> str:
    stored = own_draft(key)
    # The checks of a long text come after the page, which asks for them once it stands.
    is_later = len(text) > LONG and not problems and clash is None
    if not problems and not is_later:
        problems = _read(text, key).problems
    return render_template(
        "designer/text.html",
        stored=stored,
        instrument=stored.draft,
        key=key,
        sections=sections(key, "edit"),
        text=text,
        seen=seen,
        found=[_told(problem) for problem in problems],
        is_later=is_later,
        errors=[problem for problem in problems if problem.severity == "error"],
        clash=clash,
    )
