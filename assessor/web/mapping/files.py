"""The whole library as files: one zip to download, and the same zip loaded back."""

import base64
import binascii
import zlib

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from pydantic import ValidationError
from werkzeug.datastructures import FileStorage

from assessor.actions.folders import export_folder, load_folder
from assessor.domain.fingerprint import canonical_json
from assessor.domain.folder import LibraryFolder
from assessor.domain.problems import Checked, Problem, failed, has_errors, say
from assessor.formats.folder_zip import read_zip, zip_folder
from assessor.store import documents
from assessor.web.access import current_library_id, requires
from assessor.web.chosen_plan import chosen_plan
from assessor.web.mapping.at_hand import account_id, the_instruments, the_plan
from assessor.web.mapping.differences import (
    instrument_differences,
    mapping_differences,
    plan_differences,
)
from assessor.web.mapping.forms import FolderForm, LoadForm
from assessor.web.mapping.frame import blueprint
from assessor.web.mapping.saving import newest_mapping
from assessor.web.messages import gettext, told

LARGEST_CONTENT = 4_000_000
"""What a form may carry from the check to the loading, in letters."""
LARGEST_FOLDER = 80_000_000


@blueprint.get("/files.zip")
@requires("librarian")
def download() -> ResponseReturnValue:
    """Plan, mapping and every instrument as the files that `assessor check` reads."""
    stored = the_plan()
    exported = export_folder(current_library_id(), stored.plan.key)
    if exported.value is None:
        for problem in exported.problems:
            flash(told(problem.message), "warning")
        return redirect(url_for("mapping.index"))
    answer = Response(zip_folder(exported.value), mimetype="application/zip")
    name = f"{stored.plan.key}.zip"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@blueprint.route("/upload", methods=["GET", "POST"])
@requires("librarian")
def upload() -> ResponseReturnValue:
    """Check a folder and say what it would change; nothing is loaded yet."""
    form = FolderForm()
    problems: tuple[Problem, ...] = ()
    if form.validate_on_submit():
        checked = _read(form)
        problems = checked.problems
        if checked.value is not None and not has_errors(problems):
            return _preview(checked.value, problems)
    page = render_template("mapping/upload.html", form=form, problems=problems)
    return page, 422 if problems else 200


@blueprint.post("/upload/load")
@requires("librarian")
def load() -> ResponseReturnValue:
    """Load the folder that was checked, all of it or nothing."""
    form = LoadForm()
    folder = _unpacked(form.content.data or "")
    if folder is None:
        flash(gettext("The folder did not arrive whole. Choose the zip file again."), "warning")
        return redirect(url_for("mapping.upload"))
    if (refusal := _other_plan(folder)) is not None:
        return render_template("mapping/upload.html", form=FolderForm(), problems=(refusal,)), 422
    if form.seen.data != _seen():
        flash(
            gettext("A colleague saved something meanwhile. Look once more at what would change."),
            "warning",
        )
        return _preview(folder, ())
    loaded = load_folder(
        current_library_id(),
        folder,
        publish_instruments=bool(form.publish.data),
        note=gettext("Loaded from files"),
        account_id=account_id(),
    )
    if loaded.value is None:
        page = render_template("mapping/upload.html", form=FolderForm(), problems=loaded.problems)
        return page, 422
    flash(
        gettext(
            "The folder is loaded: plan edition %(plan_edition)s, mapping edition "
            "%(mapping_edition)s.",
            plan_edition=loaded.value.plan_edition,
            mapping_edition=loaded.value.mapping_edition,
        ),
        "success",
    )
    return redirect(url_for("mapping.index"))


def _read(form: FolderForm) -> Checked[LibraryFolder]:
    sent: FileStorage | None = form.folder.data or None
    if sent is None or not sent.filename:
        message = say("Choose the zip file of the library’s folder.")
        return failed(Problem(code="folder.nothing-sent", where="", message=message))
    checked = read_zip(sent.stream.read(), sent.filename)
    if checked.value is None:
        return checked
    refusal = _other_plan(checked.value)
    return Checked(None, (refusal,)) if refusal is not None else checked


def _other_plan(folder: LibraryFolder) -> Problem | None:
    """A library has one plan on the site: another key would stand beside it and not replace it."""
    current = chosen_plan(current_library_id())
    if current is None or current.plan.key == folder.plan.key:
        return None
    return Problem(
        code="folder.other-plan",
        where="key",
        file="plan.yaml",
        message=say(
            "This folder is of the plan `{key}`, and the library’s plan is `{key2}`. "
            "Write `key: {key2}` there, and `plan: {key2}` in mapping.yaml, if it is a "
            "new edition of it.",
            key=folder.plan.key,
            key2=current.plan.key,
        ),
    )


def _preview(folder: LibraryFolder, problems: tuple[Problem, ...]) -> ResponseReturnValue:
    content = _packed(folder)
    if len(content) > LARGEST_CONTENT:
        message = say(
            "The folder is too large to be loaded here. Load it with the `assessor` command."
        )
        problem = Problem(code="folder.too-large", where="", message=message)
        page = render_template("mapping/upload.html", form=FolderForm(), problems=(problem,))
        return page, 422
    library_id = current_library_id()
    current = chosen_plan(library_id)
    mapping, edition = newest_mapping(library_id, folder.plan.key)
    has_mapping = edition > 0
    return render_template(
        "mapping/preview.html",
        form=LoadForm(formdata=None, data={"content": content, "seen": _seen()}),
        folder=folder,
        warnings=problems,
        plan=plan_differences(current.plan if current else None, folder.plan),
        mapping=mapping_differences(mapping, folder.mapping),
        has_mapping=has_mapping,
        instruments=instrument_differences(the_instruments(), folder.instruments),
    )


def _seen() -> str:
    """The editions and drafts that are there now: a change of any shows."""
    library_id = current_library_id()
    current = chosen_plan(library_id)
    mapping = newest_mapping(library_id, current.plan.key)[1] if current else 0
    drafts = "".join(one.sha256[:8] for one in documents.instruments(library_id))
    return f"{current.edition if current else 0}-{mapping}-{drafts}"


def _packed(folder: LibraryFolder) -> str:
    return base64.b64encode(zlib.compress(canonical_json(folder).encode(), 9)).decode()


def _unpacked(content: str) -> LibraryFolder | None:
    """The folder of a form; None where it was cut or changed on the way."""
    try:
        packed = base64.b64decode(content, validate=True)
        # What came from outside may unpack without end.
        text = zlib.decompressobj().decompress(packed, LARGEST_FOLDER)
        return LibraryFolder.model_validate_json(text)
    except (binascii.Error, zlib.error, ValidationError, ValueError):
        return None
