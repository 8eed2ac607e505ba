"""Answers that were collected elsewhere: choose a file, match its columns, take it in as a wave.

Between the steps nothing is stored: the file travels in the page, and is read again from there with
whatever the person changed about its columns.
"""

import hashlib
from dataclasses import dataclass
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from assessor.actions.imports import Source, import_answers, undo_import
from assessor.actions.instruments import save_instrument_draft
from assessor.domain.instrument import Instrument
from assessor.domain.problems import Problem
from assessor.formats.responses.applying import MappedResponses, apply_map
from assessor.formats.responses.column_map import ColumnMap
from assessor.formats.responses.exports import read_table
from assessor.formats.responses.layouts import known_layout
from assessor.formats.responses.suggesting import suggest_map
from assessor.formats.responses.table import ForeignTable
from assessor.store import documents, imports
from assessor.store.published import published_version
from assessor.web.access import current_account, current_library_id, requires
from assessor.web.carried import packed, plain_name, unpacked
from assessor.web.messages import gettext, lazy_gettext, told
from assessor.web.waves.columns import Matching, edited, matching
from assessor.web.waves.frame import blueprint, own_wave

LARGEST = 20 * 1024 * 1024
MOST_PACKED = 4 * 1024 * 1024
"""What a page carries from step to step; a larger file is taken in by the command."""
FILE = "packed-file"
NAME = "packed-name"
MOST_SHOWN = 50


class AnswersForm(FlaskForm):  # type: ignore[misc]  # the package has no types
    """A file of responses, and what it answers."""

    file = FileField(
        lazy_gettext("File of responses"),
        [FileRequired(lazy_gettext("Choose a file first, such as responses.csv."))],
        description=lazy_gettext("CSV, SPSS (.sav) or a LimeSurvey archive (.lsa); at most 20 MB."),
        render_kw={"accept": ".csv,.tsv,.txt,.sav,.lsa"},
    )
    instrument = SelectField(lazy_gettext("Which instrument it answers"))


@dataclass(frozen=True)
class Chosen:
    """A file that was read, and the published instrument it is matched with."""

    name: str
    data: bytes
    table: ForeignTable
    instrument: Instrument

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


# A wave's id holds no hyphen, so no wave can stand at this address.
@blueprint.route("/import-answers", methods=["GET", "POST"])
@requires("librarian")
def import_file() -> ResponseReturnValue:
    """Choose a file and an instrument; then see how its columns are read."""
    form = AnswersForm()
    keys = _published_keys()
    form.instrument.choices = [SelectChoice(key, title) for key, title in keys.items()]
    if not keys or not form.validate_on_submit():
        return _choosing(form, ()), 422 if form.errors else 200
    upload = form.file.data
    data, name = upload.read(LARGEST + 1), plain_name(upload.filename or "")
    chosen, problems = _read(data, name, form.instrument.data)
    if chosen is None:
        return _choosing(form, problems), 422
    return _matching(chosen, _remembered(chosen) or _suggested(chosen), problems)


@blueprint.post("/import-answers/columns")
@requires("librarian")
def match_columns() -> ResponseReturnValue:
    """Check the answers by the columns as they are matched now, or take them in."""
    data = unpacked(request.form.get(FILE, ""), LARGEST)
    if data is None:
        flash(
            gettext("What was read is not complete any more. Choose the file once more."), "error"
        )
        return redirect(url_for(".import_file"))
    key = request.form.get("instrument", "")
    chosen, problems = _read(data, plain_name(request.form.get(NAME, "")), key)
    if chosen is None:
        flash(told(problems[0].message), "error")
        return redirect(url_for(".import_file"))
    column_map, wrong = edited(
        _remembered(chosen) or _suggested(chosen), chosen.table, chosen.instrument, request.form
    )
    checked = apply_map(chosen.table, column_map, chosen.instrument)
    problems = (*wrong, *checked.problems)
    is_sound = checked.value is not None and not any(p.severity == "error" for p in problems)
    if request.form.get("do") != "keep" or not is_sound or checked.value is None:
        page = _matching(chosen, column_map, problems, checked.value if is_sound else None)
        return page, 200 if is_sound else 422
    return _kept(chosen, column_map, checked.value)


@blueprint.post("/import-answers/instrument")
@requires("librarian")
def keep_layout() -> ResponseReturnValue:
    """Keep the instrument of a known export as a draft, to publish before its answers come."""
    data = unpacked(request.form.get(FILE, ""), LARGEST)
    table = read_table(data, plain_name(request.form.get(NAME, ""))).value if data else None
    layout = known_layout(table) if table else None
    if layout is None:
        flash(gettext("This file is none whose questions are known."), "error")
        return redirect(url_for(".import_file"))
    saved = save_instrument_draft(current_library_id(), layout.instrument)
    if saved.value is None:
        flash(told(saved.problems[0].message), "error")
        return redirect(url_for(".import_file"))
    flash(
        gettext("The instrument is kept as a draft. Put your words in, publish it, come back."),
        "success",
    )
    return redirect(url_for("instruments.show", key=layout.instrument.key))


@blueprint.route("/<wave_id>/undo-import", methods=["GET", "POST"])
@requires("librarian")
def undo(wave_id: str) -> ResponseReturnValue:
    """Ask, then take an imported wave out again."""
    wave = own_wave(wave_id)
    source = imports.source_of(wave_id)
    if source is None:
        flash(gettext("These answers were given here, so they are kept."), "warning")
        return redirect(url_for(".show", wave_id=wave_id))
    if request.method == "GET":
        return render_template("waves/undo_import.html", wave=wave, source=source)
    undone = undo_import(wave.library_id, wave_id)
    for problem in undone.errors:
        flash(told(problem.message), "error")
    if undone.ok:
        flash(gettext("The imported answers are gone. Their file still has them."), "success")
    return redirect(url_for(".index"))


def _kept(chosen: Chosen, column_map: ColumnMap, responses: MappedResponses) -> ResponseReturnValue:
    account = current_account()
    stored = import_answers(
        current_library_id(),
        instrument=chosen.instrument.key,
        title=request.form.get("title", ""),
        period=request.form.get("period", ""),
        source=Source(
            description=request.form.get("description", ""),
            format=chosen.table.kind,
            sha256=chosen.sha256,
            headers_sha256=chosen.table.headers_sha256,
            column_map=column_map.model_dump_json(exclude_defaults=True),
        ),
        rows=responses.rows,
        days=responses.days,
        account_id=account.id if account else None,
        twice=request.form.get("twice") == "yes",
    )
    if stored.value is None:
        page = _matching(chosen, column_map, stored.problems, responses)
        return page, 422
    flash(gettext("The answers are taken in, as a wave that is closed."), "success")
    return redirect(url_for(".show", wave_id=stored.value))


def _read(data: bytes, name: str, instrument_key: str) -> tuple[Chosen | None, tuple[Problem, ...]]:
    """The file as a table and the instrument it answers; else what is wrong."""
    found = published_version(current_library_id(), instrument_key)
    if found is None:
        message = gettext("Choose an instrument that is published.")
        return None, (Problem(code="import.instrument", where="instrument", message=message),)
    if len(data) > LARGEST or len(packed(data)) > MOST_PACKED:
        message = gettext(
            "This file is too large for a page. Take it in with the command "
            "`assessor site import-answers`."
        )
        return None, (Problem(code="import.too-large", where="file", message=message),)
    read = read_table(data, name)
    if read.value is None or read.errors:
        return None, read.problems
    return Chosen(name, data, read.value, found.instrument), read.problems


def _suggested(chosen: Chosen) -> ColumnMap:
    table = chosen.table
    layout = known_layout(table)
    if layout is not None and layout.instrument.key == chosen.instrument.key:
        return layout.column_map
    return suggest_map(
        table.headers,
        table.sample(),
        chosen.instrument,
        labels=table.labels,
        values=table.values,
        missing=table.missing,
    )


def _remembered(chosen: Chosen) -> ColumnMap | None:
    """How a file with these columns was read last time."""
    document = imports.remembered_map(
        current_library_id(), chosen.instrument.key, chosen.table.headers_sha256
    )
    return ColumnMap.model_validate_json(document) if document else None


def _published_keys() -> dict[str, str]:
    return {
        stored.draft.key: stored.draft.title
        for stored in documents.instruments(current_library_id())
        if stored.latest is not None
    }


def _choosing(form: AnswersForm, problems: tuple[Problem, ...]) -> str:
    return render_template(
        "waves/import.html",
        form=form,
        has_instruments=bool(form.instrument.choices),
        import_problems=problems,
    )


def _matching(
    chosen: Chosen,
    column_map: ColumnMap,
    problems: tuple[Problem, ...],
    sound: MappedResponses | None = None,
) -> str:
    layout = known_layout(chosen.table)
    rows: tuple[Matching, ...] = matching(chosen.table, column_map, chosen.instrument)
    days = [day for day in sound.days if day] if sound else []
    return render_template(
        "waves/import_columns.html",
        chosen=chosen,
        column_map=column_map,
        rows=rows,
        headers=chosen.table.headers,
        form=FlaskForm(),
        packed=packed(chosen.data),
        file_field=FILE,
        name_field=NAME,
        import_problems=problems[:MOST_SHOWN],
        more_problems=max(len(problems) - MOST_SHOWN, 0),
        sound=len(sound.rows) if sound else None,
        is_twice=any(problem.code == "import.twice" for problem in problems),
        has_weights=bool(column_map.weight),
        layout=layout if layout and layout.instrument.key != chosen.instrument.key else None,
        typed={
            "title": request.form.get("title", ""),
            "period": request.form.get("period", "") or _period(days),
            "description": request.form.get("description", ""),
        },
    )


def _period(days: list[date]) -> str:
    """The year of the answers, where all are of one."""
    years = {day.year for day in days}
    return str(years.pop()) if len(years) == 1 else ""
