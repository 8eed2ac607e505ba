"""A plan on its way in: read, reviewed edit by edit, accepted as an edition.

Nothing is an edition before a person accepts it. Until then the review is a working copy with
every step kept, so that undo and redo work across pages and days.
"""

import json
import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.actions.instruments import lock_library
from assessor.actions.refusals import changed_meanwhile, not_found, refused
from assessor.domain.fingerprint import canonical_json, fingerprint
from assessor.domain.plan import LeftOut, Plan, Reading, check_plan
from assessor.domain.problems import Checked, failed, say
from assessor.planning.editions import carry_codes
from assessor.planning.edits import Edit, apply_edit
from assessor.planning.read import ReadPlan, read_plan
from assessor.store.accounts import LibraryRow
from assessor.store.documents import latest_edition, review_of, stored_plan
from assessor.store.engine import writing
from assessor.store.plans import PlanEdition, PlanReview

STEPS_KEPT = 60
"""How many steps back a review remembers."""
_NAME_LENGTH = 300


def start_plan_review(
    library_id: int,
    data: bytes,
    name: str,
    *,
    plan_key: str | None = None,
    against: int | None = None,
    account_id: int | None = None,
) -> Checked[str]:
    """Read a document and keep what it proposes for review; return the review's id.

    `plan_key`: the plan that it is an edition of, the library's own key where None. Where that
    plan has an edition, unchanged and reworded elements keep the codes they have in the newest;
    `against` says which that was when the person looked. Problems are the reader's.
    """
    read = read_plan(data, name)
    if read.value is None:
        return failed(*read.problems)
    started = review_reading(
        library_id, read.value, name, plan_key=plan_key, against=against, account_id=account_id
    )
    return Checked(started.value, (*read.problems, *started.problems))


def review_reading(
    library_id: int,
    read: ReadPlan,
    name: str,
    *,
    plan_key: str | None = None,
    against: int | None = None,
    account_id: int | None = None,
) -> Checked[str]:
    """Keep a reading that was made elsewhere, from pasted text for example, for review."""
    reading = read.reading
    with writing() as session:
        library = session.get(LibraryRow, library_id)
        if library is None:
            return failed(not_found("library", str(library_id)))
        key = plan_key or library.key
        old = stored_plan(library_id, key)
        if against is not None and (old is None or old.edition != against):
            return failed(changed_meanwhile("plan", key))
        if old is not None:
            reading = carry_codes(old.plan, reading).reading
        review = PlanReview(
            id=secrets.token_hex(16),
            library_id=library_id,
            account_id=account_id,
            plan_key=key,
            source_name=name.replace("\x00", "")[:_NAME_LENGTH],
            source_lines=_as_json(read.source_lines),
            reading=_as_json(_content(reading)),
            states=_as_json([_content(reading)]),
            position=0,
            against_edition=old.edition if old else None,
        )
        session.add(review)
        return Checked(review.id)


def edit_review(library_id: int, review_id: str, *edits: Edit) -> Checked[Reading]:
    """Apply edits as one step and return the reading after it; all of them or none.

    What was undone can no longer be redone.
    """
    with writing() as session:
        row = _locked(session, library_id, review_id)
        if row is None:
            return failed(not_found("review", review_id))
        reading = review_of(row).reading
        for edit in edits:
            checked = apply_edit(reading, edit)
            if checked.value is None:
                return checked
            reading = checked.value
        states = [*json.loads(row.states)[: row.position + 1], _content(reading)]
        states = states[-(STEPS_KEPT + 1) :]
        row.states, row.position = _as_json(states), len(states) - 1
        return Checked(reading)


def undo_review(library_id: int, review_id: str) -> Checked[Reading]:
    """Go one step back and return the reading there."""
    return _step(library_id, review_id, -1)


def redo_review(library_id: int, review_id: str) -> Checked[Reading]:
    """Go one step forth again and return the reading there."""
    return _step(library_id, review_id, 1)


def accept_plan(library_id: int, review_id: str, *, account_id: int | None = None) -> Checked[int]:
    """Make the reviewed plan the next edition and return its number; the review is over.

    Doubts that nobody settled stay with their elements. Where nothing changed since the newest
    edition, that one's number comes back and no edition is made.
    """
    with writing() as session:
        if not lock_library(session, library_id):
            return failed(not_found("library", str(library_id)))
        row = _locked(session, library_id, review_id)
        library = session.get(LibraryRow, library_id)
        if row is None or library is None:
            return failed(not_found("review", review_id))
        review = review_of(row)
        newest = latest_edition(PlanEdition, library_id, review.plan_key)
        if newest != (review.against_edition or 0):
            # The codes were fitted to an edition that is no longer the newest.
            return failed(changed_meanwhile("plan", review.plan_key))
        reading = review.reading
        plan = Plan(
            key=review.plan_key,
            title=(reading.title.strip() or library.name)[:300],
            library=library.name,
            period=reading.period,
            statements=reading.statements,
            elements=reading.elements,
        )
        problems = check_plan(plan)
        if problems:
            return failed(*problems)
        edition = put_plan(
            session,
            library_id,
            plan,
            review.source_name,
            review.source_lines,
            reading.left_out,
            account_id,
        )
        session.delete(row)
        return Checked(edition)


def discard_review(library_id: int, review_id: str) -> Checked[str]:
    """End the review without an edition."""
    with writing() as session:
        row = _locked(session, library_id, review_id)
        if row is None:
            return failed(not_found("review", review_id))
        session.delete(row)
    return Checked(review_id)


def put_plan(
    session: Session,
    library_id: int,
    plan: Plan,
    source_name: str,
    source_lines: tuple[str, ...],
    left_out: tuple[LeftOut, ...],
    account_id: int | None,
) -> int:
    """Write the next edition within the caller's transaction, unless nothing changed."""
    newest = latest_edition(PlanEdition, library_id, plan.key)
    same = select(PlanEdition.edition).where(
        PlanEdition.library_id == library_id,
        PlanEdition.plan_key == plan.key,
        PlanEdition.edition == newest,
        PlanEdition.sha256 == fingerprint(plan),
    )
    if session.scalar(same):
        return newest
    session.add(
        PlanEdition(
            library_id=library_id,
            plan_key=plan.key,
            edition=newest + 1,
            document=canonical_json(plan),
            sha256=fingerprint(plan),
            source_name=source_name,
            source_lines=_as_json(source_lines),
            left_out=_as_json([entry.model_dump(mode="json") for entry in left_out]),
            accepted_by=account_id,
        )
    )
    session.flush()
    return newest + 1


def _step(library_id: int, review_id: str, by: int) -> Checked[Reading]:
    with writing() as session:
        row = _locked(session, library_id, review_id)
        if row is None:
            return failed(not_found("review", review_id))
        if not 0 <= row.position + by < len(json.loads(row.states)):
            if by < 0:
                return failed(
                    refused("review.nothing-to-undo", "", say("There is nothing to undo."))
                )
            return failed(refused("review.nothing-to-redo", "", say("There is nothing to redo.")))
        row.position += by
        return Checked(review_of(row).reading)


def _locked(session: Session, library_id: int, review_id: str) -> PlanReview | None:
    row = select(PlanReview).where(PlanReview.id == review_id, PlanReview.library_id == library_id)
    return session.scalar(row.with_for_update())


def _content(reading: Reading) -> object:
    return reading.model_dump(mode="json")


def _as_json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
