"""What every page of the mapping asks for: the plan in force, the instruments, who is at work."""

from flask import abort, flash

from assessor.domain.instrument import Instrument
from assessor.store import documents
from assessor.store.documents import StoredPlan
from assessor.web.access import current_account, current_library_id
from assessor.web.chosen_plan import chosen_plan
from assessor.web.mapping.saving import Saved
from assessor.web.messages import gettext, told


def the_plan() -> StoredPlan:
    """The plan in force; no page of the mapping but the first can do without."""
    stored = chosen_plan(current_library_id())
    if stored is None:
        abort(404)
    return stored


def the_instruments() -> list[Instrument]:
    return [stored.draft for stored in documents.instruments(current_library_id())]


def account_id() -> int | None:
    account = current_account()
    return account.id if account else None


def tell(saved: Saved, done: str) -> None:
    """Say what became of a change that has no form to come back to."""
    if saved.theirs is not None:
        text = gettext(
            "A colleague changed this meanwhile. Look at it as it is now, and try again."
        )
        flash(text, "warning")
        return
    for problem in saved.problems:
        flash(told(problem.message), "error")
    if saved.edition is not None:
        flash(done, "success")
    if saved.together:
        flash(gettext("A colleague saved another change meanwhile; both are kept."), "message")
