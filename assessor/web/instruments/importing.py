"""A questionnaire of another tool comes in, is looked at with all that was lost, and kept or not.

Between looking and keeping nothing is stored: what was read travels in the page and comes back
with the button, and is checked again as if it were a new file.
"""

import json
from dataclasses import dataclass

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from assessor.actions.instruments import save_instrument_draft
from assessor.domain.instrument import Instrument
from assessor.domain.problems import Problem
from assessor.formats import exporting, importing
from assessor.formats.foreign import LARGEST_IMPORT, Imported, Loss, LossReport, Outcome
from assessor.formats.loss_words import OUTCOMES, report_bytes
from assessor.store import documents
from assessor.web.access import current_library_id, requires
from assessor.web.carried import packed, plain_name, unpacked
from assessor.web.instruments.frame import blueprint, own_draft, own_version
from assessor.web.messages import gettext, lazy_gettext, to_translate, told

READ = "read"
MOST_UNPACKED = 4 * LARGEST_IMPORT
MOST_SHOWN = 500


_TITLES: dict[Outcome, str] = {
    "lost": to_translate("Left out"),
    "changed": to_translate("Kept in another form"),
    "translated": to_translate("Translated"),
}
_COUNTED = {
    "questions": to_translate("Questions"),
    "subquestions": to_translate("Sub-questions"),
    "options": to_translate("Options"),
    "languages": to_translate("Languages"),
}


class ImportForm(FlaskForm):  # type: ignore[misc]  # the package has no types
    """A file of another tool."""

    file = FileField(
        lazy_gettext("File of the other tool"),
        [FileRequired(lazy_gettext("Choose a file first, such as survey.lss or form.xlsx."))],
        description=lazy_gettext("At most 20 MB."),
        render_kw={"accept": ",".join(importing.suffixes())},
    )
    wanted = SelectField(
        lazy_gettext("What it is"),
        choices=lambda: [
            SelectChoice("", gettext("Tell it by the file")),
            *(SelectChoice(one.name, one.label) for one in importing.formats_there()),
        ],
        default="",
    )


@dataclass(frozen=True)
class Lines:
    """The lines of a report with one outcome."""

    title: str
    count: int
    shown: tuple[Loss, ...]


# A key holds no hyphen, so no instrument can stand at this address.
@blueprint.route("/import-file", methods=["GET", "POST"])
@requires("librarian")
def import_file() -> ResponseReturnValue:
    """Choose a file, and see what it becomes before it is kept."""
    form = ImportForm()
    if not form.validate_on_submit():
        return _choosing(form, ()), 422 if form.errors else 200
    upload = form.file.data
    data, name = upload.read(LARGEST_IMPORT + 1), plain_name(upload.filename or "file")
    imported = importing.import_instrument(data, name, form.wanted.data or None)
    if imported.instrument is None:
        return _choosing(form, imported.problems), 422
    return _looking(imported)


@blueprint.post("/import-file/keep")
@requires("librarian")
def keep_import() -> ResponseReturnValue:
    """Keep what was looked at as a draft, under a key that no other instrument has."""
    found = _unpacked(request.form.get(READ, ""))
    if found is None:
        return _start_again()
    instrument, _report = found
    free = _free_key(instrument.key)
    saved = save_instrument_draft(current_library_id(), instrument.model_copy(update={"key": free}))
    if saved.value is None:
        flash(told(saved.problems[0].message), "error")
        return redirect(url_for(".import_file"))
    flash(
        gettext("“%(title)s” is kept as a draft. Read it through.", title=instrument.title),
        "success",
    )
    return redirect(url_for(".show", key=free))


@blueprint.post("/import-file/report")
@requires("librarian")
def import_report() -> ResponseReturnValue:
    """The loss report as JSON, to keep or to send."""
    found = _unpacked(request.form.get(READ, ""))
    if found is None:
        return _start_again()
    instrument, report = found
    return _download(report_bytes(report), f"{instrument.key}-losses.json", "application/json")


@blueprint.get("/<key>/export/<wanted>")
@requires("leadership")
def export(key: str, wanted: str) -> ResponseReturnValue:
    """The draft, or a published version of it, as a file of another tool."""
    number = request.args.get("version", type=int)
    if number is None:
        instrument, name = own_draft(key).draft, key
    else:
        instrument, name = own_version(key, number)[1].instrument, f"{key}-version-{number}"
    row = next((one for one in exporting.formats_there() if one.name == wanted), None)
    if row is None:
        return Response("", status=404)
    data, _report = row.write(instrument)
    return _download(data, f"{name}{row.suffix}", row.media_type)


def _start_again() -> ResponseReturnValue:
    message = gettext("What was read is not complete any more. Choose the file once more.")
    flash(message, "error")
    return redirect(url_for(".import_file"))


def _download(data: bytes, name: str, media_type: str) -> Response:
    response = Response(data, mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.context_processor
def export_links() -> dict[str, object]:
    """The formats that an instrument's page offers."""
    return {"export_formats": exporting.formats_there()}


def _choosing(form: ImportForm, problems: tuple[Problem, ...]) -> str:
    return render_template(
        "instruments/import.html", form=form, import_problems=problems,
        formats=importing.formats_there(),
    )  # fmt: skip


def _looking(imported: Imported) -> str:
    assert imported.instrument is not None
    report = imported.report
    lines = [
        Lines(gettext(_TITLES[outcome]), len(report.of(outcome)), report.of(outcome)[:MOST_SHOWN])
        for outcome in OUTCOMES
    ]
    return render_template(
        "instruments/imported.html",
        instrument=imported.instrument,
        report=report,
        counts=[
            (gettext(_COUNTED.get(name, name)), there, kept)
            for name, (there, kept) in report.counts.items()
        ],
        lines=lines,
        answers=len(imported.answers),
        taken=_free_key(imported.instrument.key) != imported.instrument.key,
        form=FlaskForm(),
        field=READ,
        packed=_packed(imported.instrument, report),
    )


def _packed(instrument: Instrument, report: LossReport) -> str:
    content = {
        "instrument": instrument.model_dump(mode="json", exclude_defaults=True),
        "report": report.model_dump(mode="json"),
    }
    return packed(json.dumps(content).encode())


def _unpacked(text: str) -> tuple[Instrument, LossReport] | None:
    """What `_packed` packed; None for anything else that somebody may post."""
    data = unpacked(text, MOST_UNPACKED)
    if data is None:
        return None
    try:
        content = json.loads(data)
        return (
            Instrument.model_validate(content["instrument"]),
            LossReport.model_validate(content["report"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _free_key(key: str) -> str:
    """The key itself, or with a number where the library has an instrument of that key."""
    start, number = key, 1
    while documents.instrument_draft(current_library_id(), key) is not None:
        number += 1
        key = f"{start[:54]}_{number}"
    return key
