"""The review: the document beside what is proposed, doubts first, nothing saved until accepted."""

from itertools import pairwise
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessor.actions.plans import (
    accept_plan,
    discard_review,
    edit_review,
    redo_review,
    undo_review,
)
from assessor.domain.plan import Element, Reading
from assessor.domain.problems import Problem
from assessor.planning.comparing import compare_editions
from assessor.store import documents
from assessor.store.documents import Review, StoredPlan
from assessor.web.access import current_account, current_library_id, requires
from assessor.web.messages import gettext, ngettext, told
from assessor.web.plans.changes import counted_changes, shown_changes
from assessor.web.plans.editing import DEEDS, alike, edits_for, in_order
from assessor.web.plans.forms import TitleForm
from assessor.web.plans.frame import blueprint
from assessor.web.plans.opened import Opened, opened_at
from assessor.web.plans.passages import passages
from assessor.web.writing import counted, listed


@blueprint.get("/reviews/<review_id>")
@requires("librarian")
def review(review_id: str) -> ResponseReturnValue:
    """Source and proposal side by side."""
    stored = _review(review_id)
    return _page(stored, opened_at(stored, request.args.get("at"), request.args.get("take")))


@blueprint.post("/reviews/<review_id>/edits")
@requires("librarian")
def edit(review_id: str) -> ResponseReturnValue:
    """One change; what cannot be done is said, with everything typed still in its form."""
    stored = _review(review_id)
    do, code = request.form.get("do", ""), request.form.get("code", "")
    deed = DEEDS.get(do)
    if deed is None:
        abort(400)
    element = _element(stored.reading, code)
    if element is None and not (do in ("add", "take") and code == ""):
        flash(
            gettext(
                "There is no element %(code)s any more. Look at the plan as it is now.", code=code
            ),
            "warning",
        )
        return redirect(url_for("plans.review", review_id=review_id))
    opened = opened_at(stored, code or None, request.form.get("lines") if do == "take" else None)
    form = opened.forms.get(do)
    if deed.form is not None and form is None:
        abort(400)
    if form is not None and not form.validate():
        return _page(stored, opened), 422
    wanted = edits_for(do, stored.reading, element, form)
    if not wanted.value:
        return _page(stored, opened, list(wanted.problems)), 422
    checked = edit_review(current_library_id(), review_id, *wanted.value)
    if checked.value is None:
        return _page(stored, opened, list(checked.problems)), 422
    return _edited(stored, do, code, checked.value)


@blueprint.post("/reviews/<review_id>/undo")
@requires("librarian")
def undo(review_id: str) -> ResponseReturnValue:
    """One step back."""
    return _stepped(review_id, undo_review, gettext("The last step is undone."))


@blueprint.post("/reviews/<review_id>/redo")
@requires("librarian")
def redo(review_id: str) -> ResponseReturnValue:
    """One step forth again."""
    return _stepped(review_id, redo_review, gettext("The step is done again."))


@blueprint.get("/reviews/<review_id>/changes")
@requires("librarian")
def compare(review_id: str) -> ResponseReturnValue:
    """The proposal against the edition that is in force."""
    stored = _review(review_id)
    old = _old(stored)
    if old is None:
        abort(404)
    changes = compare_editions(old.plan.elements, stored.reading.elements)
    return render_template(
        "plans/compare.html",
        review=stored,
        before=old,
        sentence=counted_changes(changes),
        changes=shown_changes(changes),
    )


@blueprint.route("/reviews/<review_id>/accept", methods=["GET", "POST"])
@requires("librarian")
def accept(review_id: str) -> ResponseReturnValue:
    """What will be saved, its title and period; then it is the plan."""
    stored = _review(review_id)
    first, last = stored.reading.period or (None, None)
    form = TitleForm(data={"title": stored.reading.title, "first": first, "last": last})
    problems: tuple[Problem, ...] = ()
    if form.validate_on_submit():
        problems = _retitled(stored, form)
        if not problems:
            account = current_account()
            accepted = accept_plan(
                current_library_id(), review_id, account_id=account.id if account else None
            )
            problems = accepted.problems
            if accepted.value is not None:
                flash(
                    ngettext(
                        "The plan is saved as edition %(edition)s: %(num)s element.",
                        "The plan is saved as edition %(edition)s: %(num)s elements.",
                        len(stored.reading.elements),
                        edition=accepted.value,
                    ),
                    "success",
                )
                return redirect(url_for("plans.index"))
    page = render_template("plans/accept.html", form=form, problems=problems, **_summary(stored))
    return page, 422 if problems or form.errors else 200


@blueprint.route("/reviews/<review_id>/discard", methods=["GET", "POST"])
@requires("librarian")
def discard(review_id: str) -> ResponseReturnValue:
    """End the review without an edition, after asking."""
    stored = _review(review_id)
    if request.method == "GET":
        return render_template("plans/discard.html", review=stored)
    discard_review(current_library_id(), review_id)
    flash(gettext("The proposal is gone. The plan in force is as it was."), "success")
    return redirect(url_for("plans.index"))


def _review(review_id: str) -> Review:
    stored = documents.plan_review(current_library_id(), review_id)
    if stored is None:
        abort(404)
    return stored


def _old(stored: Review) -> StoredPlan | None:
    if not stored.against_edition:
        return None
    return documents.stored_plan(current_library_id(), stored.plan_key, stored.against_edition)


def _element(reading: Reading, code: str | None) -> Element | None:
    return next((one for one in reading.elements if one.code == code), None)


def _edited(stored: Review, do: str, code: str, reading: Reading) -> ResponseReturnValue:
    """Where to go on after an edit: the next doubt, or the element that was edited."""
    deed, now = DEEDS[do], _named_now(stored.reading, reading, do, code)
    flash(deed.done.format(code=now or code), "success")
    if do in ("accept", "accept_alike"):
        return redirect(_next_doubt(reading, stored, code))
    if now is None:
        ordered = [one.code for one in in_order(stored.reading)]
        near = ordered[max(ordered.index(code) - 1, 0)] if code in ordered else None
        now = near if near and _element(reading, near) else None
    at = now if deed.keeps_open else None
    address = url_for("plans.review", review_id=stored.id, at=at, _anchor=f"e-{now}" if now else "")
    return redirect(address)


def _named_now(old: Reading, new: Reading, do: str, code: str) -> str | None:
    """The code of what was worked on: a new one after adding or recoding, None when it is gone."""
    had = {one.code for one in old.elements}
    fresh = [one.code for one in new.elements if one.code not in had]
    if fresh and do in ("add", "take", "change"):
        return fresh[0]
    return code if _element(new, code) else None


def _next_doubt(reading: Reading, stored: Review, code: str) -> str:
    """Where to go on: the next doubt below, else the first one, else where one was."""
    ordered = in_order(reading)
    at = next((n for n, one in enumerate(ordered) if one.code == code), 0)
    doubted = [one.code for one in [*ordered[at:], *ordered[:at]] if one.doubt]
    anchor = f"e-{doubted[0] if doubted else code}"
    return url_for("plans.review", review_id=stored.id, _anchor=anchor)


def _stepped(review_id: str, step: Any, done: str) -> ResponseReturnValue:
    stored = _review(review_id)
    checked = step(current_library_id(), review_id)
    anchor = ""
    if checked.value is None:
        for problem in checked.problems:
            flash(told(problem.message), "warning")
    else:
        flash(done, "success")
        anchor = _first_difference(stored.reading, checked.value)
    return redirect(url_for("plans.review", review_id=review_id, _anchor=anchor))


def _first_difference(old: Reading, new: Reading) -> str:
    """The anchor of the first element that differs, so that the page opens where it changed."""
    then, now = in_order(old), in_order(new)
    for one, other in zip(then, now, strict=False):
        if one != other:
            return f"e-{other.code}"
    return f"e-{now[-1].code}" if now else ""


def _page(stored: Review, opened: Opened, problems: list[Problem] | None = None) -> str:
    reading = stored.reading
    ordered = in_order(reading)
    doubted = [one for one in ordered if one.doubt]
    after = {one.code: two.code for one, two in pairwise(doubted)}
    wrong = [form for form in opened.forms.values() if form.errors]
    return render_template(
        "plans/review.html",
        review=stored,
        reading=reading,
        passages=passages(
            reading.elements, reading.statements, reading.left_out, stored.source_lines
        ),
        doubted=doubted,
        alike={one.code: len(alike(reading, one)) for one in doubted},
        after=after,
        take_line=lambda number, anchor: url_for(
            "plans.review", review_id=stored.id, take=f"{number}-{number}", _anchor=anchor
        ),
        levels=sorted({one.level for one in reading.elements}),
        opened=opened,
        mistakes=wrong[0] if wrong else None,
        refusals=[
            {"text": one.message, "href": f"#{one.where or 'proposal'}"} for one in problems or ()
        ],
        counted=_counted(ordered),
    )


def _counted(elements: list[Element]) -> str:
    levels: dict[str, int] = {}
    for element in elements:
        levels[element.level] = levels.get(element.level, 0) + 1
    return listed([counted(number, level) for level, number in levels.items()])


def _summary(stored: Review) -> dict[str, Any]:
    """What the page before accepting says; Any, since a template's context holds all kinds."""
    reading = stored.reading
    old = _old(stored)
    changes = compare_editions(old.plan.elements, reading.elements) if old else ()
    mapping = documents.current_mapping(current_library_id(), stored.plan_key)
    gone = {change.code for change in changes if change.kind == "gone"}
    stranded = [one for one in mapping.mapping.indicators if one.element in gone] if mapping else []
    return {
        "review": stored,
        "reading": reading,
        "counted": _counted(in_order(reading)),
        "doubted": [one for one in in_order(reading) if one.doubt],
        "left_out_lines": sum(one.lines[1] - one.lines[0] + 1 for one in reading.left_out),
        "old": old,
        "sentence": counted_changes(changes) if old else "",
        "stranded": stranded,
    }


def _retitled(stored: Review, form: TitleForm) -> tuple[Problem, ...]:
    wanted = edits_for("retitle", stored.reading, None, form)
    if wanted.value is None:
        return wanted.problems
    if not wanted.value:
        return ()
    return edit_review(current_library_id(), stored.id, *wanted.value).problems
