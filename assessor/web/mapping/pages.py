"""The coverage matrix: which element is measured how, and which is not; and its history."""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessor.actions.mappings import restore_mapping
from assessor.domain.checks.mapping import check_mapping
from assessor.domain.mapping import Mapping
from assessor.domain.problems import Problem
from assessor.store import account_queries, documents
from assessor.web.access import current_library_id, requires
from assessor.web.chosen_plan import chosen_plan
from assessor.web.mapping import elements, files, indicators
from assessor.web.mapping.at_hand import account_id, the_instruments, the_plan
from assessor.web.mapping.differences import mapping_differences
from assessor.web.mapping.frame import blueprint
from assessor.web.mapping.matrix import View, coverage_matrix, coverage_sentence
from assessor.web.mapping.saving import newest_mapping
from assessor.web.messages import gettext, told

__all__ = ["blueprint", "elements", "files", "indicators"]


@dataclass(frozen=True)
class ToMend:
    """A problem of the mapping, and the page where it is mended."""

    message: str
    href: str


@blueprint.get("/")
@requires("leadership")
def index() -> ResponseReturnValue:
    """The matrix of the plan in force; without a plan, the way to one."""
    library_id = current_library_id()
    stored = chosen_plan(library_id)
    if stored is None:
        return render_template("mapping/empty.html")
    mapping, edition = newest_mapping(library_id, stored.plan.key)
    drafts = the_instruments()
    view: View = "groups" if request.args.get("by") == "groups" else "instruments"
    matrix = coverage_matrix(stored.plan, mapping, drafts, view)
    return render_template(
        "mapping/index.html",
        plan=stored.plan,
        edition=edition,
        sentence=coverage_sentence(stored.plan, mapping),
        waits=any(
            evidence.kind != "items"
            for indicator in mapping.indicators
            for evidence in indicator.evidence
        ),
        matrix=matrix,
        view=view,
        to_mend=_to_mend(mapping, check_mapping(mapping, stored.plan, drafts)),
    )


@blueprint.get("/history")
@requires("leadership")
def history() -> ResponseReturnValue:
    """Every edition of the mapping, newest first."""
    library_id = current_library_id()
    editions = documents.mapping_editions(library_id, the_plan().plan.key)
    people = {one.id: one.name or one.email for one in account_queries.accounts(library_id)}
    return render_template("mapping/history.html", editions=editions, people=people)


@blueprint.route("/history/<int:edition>/restore", methods=["GET", "POST"])
@requires("librarian")
def restore(edition: int) -> ResponseReturnValue:
    """An older edition becomes the newest again, after saying what that changes."""
    library_id, plan_key = current_library_id(), the_plan().plan.key
    old = documents.stored_mapping(library_id, plan_key, edition) if edition > 0 else None
    if old is None:
        abort(404)
    mapping, newest = newest_mapping(library_id, plan_key)
    if request.method == "GET":
        return render_template(
            "mapping/restore.html",
            old=old,
            newest=newest,
            differences=mapping_differences(mapping, old.mapping),
        )
    seen = request.args.get("seen", type=int)
    restored = restore_mapping(
        library_id, plan_key, edition, expected=seen, account_id=account_id()
    )
    if restored.value is None:
        for problem in restored.problems:
            flash(told(problem.message), "error")
        return redirect(url_for("mapping.history"))
    flash(
        gettext(
            "Edition %(edition)s is in force again, as edition %(value)s.",
            edition=edition,
            value=restored.value,
        ),
        "success",
    )
    return redirect(url_for("mapping.index"))


def _to_mend(mapping: Mapping, problems: tuple[Problem, ...]) -> list[ToMend]:
    """What is wrong, without what the matrix itself shows: that something is not measured yet."""
    return [
        ToMend(one.message, _place(mapping, one.where))
        for one in problems
        if one.code != "mapping.uncovered"
    ]


def _place(mapping: Mapping, where: str) -> str:
    kind, _, rest = where.partition(".")
    number = rest.partition(".")[0]
    if kind == "indicators" and number.isdecimal():
        return url_for("mapping.indicator", key=mapping.indicators[int(number)].key)
    if kind == "not_measured" and number.isdecimal():
        return url_for("mapping.listed", _anchor=f"n-{number}")
    if kind == "weights" and rest:
        return url_for("mapping.weights", beside=rest)
    return url_for("mapping.index")
