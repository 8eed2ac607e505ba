"""Mappings: every save is an edition, so nothing is overwritten and undo is restoring one."""

from sqlalchemy.orm import Session

from assessor.actions.instruments import lock_library
from assessor.actions.refusals import as_warnings, changed_meanwhile, not_found
from assessor.domain.checks.mapping import check_mapping
from assessor.domain.fingerprint import canonical_json, fingerprint
from assessor.domain.mapping import Mapping
from assessor.domain.plan import Plan
from assessor.domain.problems import Checked, Problem, failed
from assessor.store import documents
from assessor.store.engine import writing
from assessor.store.plans import MappingEdition


def save_mapping(
    library_id: int,
    mapping: Mapping,
    *,
    note: str = "",
    expected: int | None = None,
    account_id: int | None = None,
) -> Checked[int]:
    """Save the mapping as its plan's next edition and return the number.

    `expected`: the edition that was changed (0: none was there); refused where a newer one is.
    Refused where it brings an error that the newest edition does not have. Errors that were there
    already, as after a new edition of the plan, come along as warnings, so that they can be
    mended one by one.
    """
    with writing() as session:
        if not lock_library(session, library_id):
            return failed(not_found("library", str(library_id)))
        stored = documents.current_plan(library_id, mapping.plan)
        if stored is None:
            return failed(not_found("plan", mapping.plan))
        newest = documents.current_mapping(library_id, mapping.plan)
        if expected is not None and expected != (newest.edition if newest else 0):
            return failed(changed_meanwhile("mapping", mapping.plan))
        found = _problems(library_id, mapping, stored.plan)
        known = {
            _essence(problem)
            for problem in (_problems(library_id, newest.mapping, stored.plan) if newest else ())
        }
        if any(_essence(problem) not in known for problem in _errors(found)):
            return failed(*found)
        edition = put_mapping(session, library_id, mapping, note, account_id)
        return Checked(edition, as_warnings(found))


def restore_mapping(
    library_id: int,
    plan_key: str,
    edition: int,
    *,
    expected: int | None = None,
    account_id: int | None = None,
) -> Checked[int]:
    """Save an older edition again as the newest and return the new number.

    It may no longer fit today's plan and instruments: what does not comes along as warnings.
    """
    with writing() as session:
        if not lock_library(session, library_id):
            return failed(not_found("library", str(library_id)))
        old = documents.stored_mapping(library_id, plan_key, edition) if edition > 0 else None
        stored = documents.current_plan(library_id, plan_key)
        if old is None or stored is None:
            return failed(not_found("edition", str(edition)))
        newest = documents.latest_edition(MappingEdition, library_id, plan_key)
        if expected is not None and expected != newest:
            return failed(changed_meanwhile("mapping", plan_key))
        found = _problems(library_id, old.mapping, stored.plan)
        restored = put_mapping(
            session, library_id, old.mapping, f"Edition {edition} restored", account_id
        )
        return Checked(restored, as_warnings(found))


def put_mapping(
    session: Session, library_id: int, mapping: Mapping, note: str, account_id: int | None
) -> int:
    """Write the next edition within the caller's transaction, unless nothing changed."""
    newest = documents.current_mapping(library_id, mapping.plan)
    sha256 = fingerprint(mapping)
    if newest is not None and newest.sha256 == sha256:
        return newest.edition
    edition = newest.edition + 1 if newest else 1
    session.add(
        MappingEdition(
            library_id=library_id,
            plan_key=mapping.plan,
            edition=edition,
            document=canonical_json(mapping),
            sha256=sha256,
            note=note.strip()[:500],
            saved_by=account_id,
        )
    )
    session.flush()
    return edition


def _problems(library_id: int, mapping: Mapping, plan: Plan) -> tuple[Problem, ...]:
    drafts = [stored.draft for stored in documents.instruments(library_id)]
    return check_mapping(mapping, plan, drafts)


def _errors(problems: tuple[Problem, ...]) -> list[Problem]:
    return [problem for problem in problems if problem.severity == "error"]


def _essence(problem: Problem) -> tuple[str, str]:
    # Not the place: it moves when an indicator above is added or removed.
    return problem.code, problem.message
