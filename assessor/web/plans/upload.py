"""A plan document on its way in: a file or a pasted text becomes a review."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from assessor.actions.plans import review_reading, start_plan_review
from assessor.domain.problems import Checked, Problem, failed, say
from assessor.planning.read import read_text
from assessor.web.access import current_account, current_library_id, requires
from assessor.web.chosen_plan import chosen_plan
from assessor.web.messages import gettext, told
from assessor.web.plans.forms import SourceForm
from assessor.web.plans.frame import blueprint


@blueprint.route("/new", methods=["GET", "POST"])
@requires("librarian")
def new() -> ResponseReturnValue:
    """Upload a plan or paste it; what is wrong with it is said here, in plain words."""
    library_id = current_library_id()
    current = chosen_plan(library_id)
    form = SourceForm()
    problems: tuple[Problem, ...] = ()
    if form.validate_on_submit():
        started = _start(form, library_id, current.plan.key if current else None)
        if started.value is not None:
            for problem in started.problems:
                flash(told(problem.message), "warning")
            return redirect(url_for("plans.review", review_id=started.value))
        problems = started.problems
    page = render_template("plans/new.html", form=form, problems=problems, current=current)
    return page, 422 if problems else 200


def _start(form: SourceForm, library_id: int, plan_key: str | None) -> Checked[str]:
    account = current_account()
    account_id = account.id if account else None
    upload: FileStorage | None = form.document.data or None
    pasted = form.pasted.data or ""
    if upload is not None and upload.filename:
        data = upload.stream.read()
        return start_plan_review(
            library_id, data, upload.filename, plan_key=plan_key, account_id=account_id
        )
    if not pasted.strip():
        return failed(
            Problem(
                code="plan.nothing-sent",
                where="",
                message=say("Choose the file that holds the plan, or paste its text."),
            )
        )
    read = read_text(pasted)
    if read.value is None:
        return failed(*read.problems)
    return review_reading(
        library_id, read.value, gettext("Pasted text"), plan_key=plan_key, account_id=account_id
    )
