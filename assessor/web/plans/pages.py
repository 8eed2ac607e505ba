"""The plan as it was accepted: its tree, the document it was read from, its editions."""

from collections import Counter
from collections.abc import Sequence

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from assessor.domain.plan import Element
from assessor.planning.comparing import compare_editions
from assessor.store import account_queries, documents
from assessor.store.documents import Edition, StoredPlan
from assessor.web.access import current_library_id, requires
from assessor.web.chosen_plan import chosen_plan
from assessor.web.plans import review, upload
from assessor.web.plans.changes import counted_changes, shown_changes
from assessor.web.plans.frame import blueprint
from assessor.web.plans.passages import passages
from assessor.web.writing import counted, listed

__all__ = ["blueprint", "review", "upload"]


@blueprint.get("/")
@requires("leadership")
def index() -> ResponseReturnValue:
    """The newest edition as a tree; where there is none, the way to one."""
    library_id = current_library_id()
    reviews = documents.plan_reviews(library_id)
    stored = chosen_plan(library_id)
    if stored is None:
        return render_template("plans/empty.html", reviews=reviews)
    return _plan_page(stored, reviews)


@blueprint.get("/editions/<int:edition>")
@requires("leadership")
def edition(edition: int) -> ResponseReturnValue:
    """An edition as it was accepted."""
    return _plan_page(_stored(edition), ())


@blueprint.get("/editions/<int:edition>/source")
@requires("leadership")
def source(edition: int) -> ResponseReturnValue:
    """The document that an edition was read from, and what became of every line."""
    stored = _stored(edition)
    return render_template(
        "plans/source.html",
        stored=stored,
        passages=passages(
            stored.plan.elements, stored.plan.statements, stored.left_out, stored.source_lines
        ),
    )


@blueprint.get("/editions/<int:edition>/changes")
@requires("leadership")
def changes(edition: int) -> ResponseReturnValue:
    """An edition against the one before it."""
    stored = _stored(edition)
    before = documents.stored_plan(current_library_id(), stored.plan.key, edition - 1)
    if before is None or edition < 2:
        abort(404)
    found = compare_editions(before.plan.elements, stored.plan.elements)
    return render_template(
        "plans/changes.html",
        stored=stored,
        before=before,
        sentence=counted_changes(found),
        changes=shown_changes(found),
    )


def counted_levels(elements: Sequence[Element]) -> list[str]:
    """ "4 priorities", "24 outcomes": how many elements each level has, in the plan's order."""
    counts = Counter(element.level for element in elements)
    return [counted(number, level) for level, number in counts.items()]


def _plan_page(stored: StoredPlan, reviews: Sequence[documents.Review]) -> ResponseReturnValue:
    library_id = current_library_id()
    editions = documents.plan_editions(library_id, stored.plan.key)
    return render_template(
        "plans/plan.html",
        stored=stored,
        plan=stored.plan,
        below=_below(stored.plan.elements),
        is_newest=stored.edition == editions[0].edition,
        levels=listed(counted_levels(stored.plan.elements)),
        doubts=[element for element in stored.plan.elements if element.doubt],
        editions=[(one, _who(library_id, one)) for one in editions],
        reviews=reviews,
    )


def _below(elements: Sequence[Element]) -> dict[str | None, list[Element]]:
    """The elements right below each code, found once for the whole tree."""
    found: dict[str | None, list[Element]] = {}
    for element in elements:
        found.setdefault(element.parent, []).append(element)
    return found


def _who(library_id: int, one: Edition) -> str:
    account = account_queries.account(library_id, one.by) if one.by else None
    return (account.name or account.email) if account else ""


def _stored(edition: int) -> StoredPlan:
    newest = chosen_plan(current_library_id())
    if newest is None:
        abort(404)
    if newest.edition == edition:
        return newest
    stored = documents.stored_plan(current_library_id(), newest.plan.key, edition)
    if stored is None or edition < 1:
        abort(404)
    return stored
