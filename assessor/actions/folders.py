"""A library's folder of files, in and out of the database."""

from dataclasses import dataclass, field

from assessor.actions.instruments import lock_library, publish, put_draft
from assessor.actions.mappings import put_mapping
from assessor.actions.plans import put_plan
from assessor.actions.refusals import not_found, refused
from assessor.domain.checks.folder import check_folder
from assessor.domain.folder import LibraryFolder
from assessor.domain.plan import LeftOut
from assessor.domain.problems import Checked, failed, has_errors, say
from assessor.store import documents
from assessor.store.engine import reading, writing


@dataclass(frozen=True)
class Loaded:
    """What a folder became: editions, and the version of each published instrument by key."""

    plan_edition: int
    mapping_edition: int
    versions: dict[str, int] = field(default_factory=dict)


def load_folder(
    library_id: int,
    folder: LibraryFolder,
    *,
    publish_instruments: bool = True,
    source_name: str = "plan.yaml",
    source_lines: tuple[str, ...] = (),
    left_out: tuple[LeftOut, ...] = (),
    note: str = "Loaded from files",
    account_id: int | None = None,
) -> Checked[Loaded]:
    """Load plan, mapping and instruments, all or none; what is the same already stays as it is.

    `source_lines` and `left_out`: the document that the plan was read from, where it is at hand.
    Refused with all problems where the folder has an error.
    """
    problems = check_folder(folder)
    if has_errors(problems):
        return failed(*problems)
    with writing() as session:
        if not lock_library(session, library_id):
            return failed(not_found("library", str(library_id)))
        plan_edition = put_plan(
            session, library_id, folder.plan, source_name, source_lines, left_out, account_id
        )
        versions = {}
        for instrument in folder.instruments:
            put_draft(session, library_id, instrument)
            if publish_instruments:
                version = publish(session, library_id, instrument, account_id)
                versions[instrument.key] = version
        mapping_edition = put_mapping(session, library_id, folder.mapping, note, account_id)
    return Checked(Loaded(plan_edition, mapping_edition, versions), problems)


def export_folder(library_id: int, plan_key: str) -> Checked[LibraryFolder]:
    """The newest plan and mapping and every instrument's draft, as they would be loaded again."""
    with reading():
        plan = documents.current_plan(library_id, plan_key)
        if plan is None:
            return failed(not_found("plan", plan_key))
        mapping = documents.current_mapping(library_id, plan_key)
        if mapping is None:
            message = say(
                "This plan has no mapping yet, so there is no folder to download. Begin one."
            )
            return failed(refused("folder.no-mapping", plan_key, message))
        drafts = tuple(stored.draft for stored in documents.instruments(library_id))
    return Checked(LibraryFolder(plan=plan.plan, mapping=mapping.mapping, instruments=drafts))
