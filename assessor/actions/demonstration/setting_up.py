"""Riverbend's library, accounts and documents."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assessor.actions.folders import load_folder
from assessor.actions.libraries import create_account, create_library
from assessor.actions.refusals import refused
from assessor.domain.folder import LibraryFolder
from assessor.domain.plan import Plan
from assessor.domain.problems import Checked, failed
from assessor.formats.folder import read_folder
from assessor.planning.read import ReadPlan, read_plan
from assessor.store import account_queries, documents

KEY = "riverbend"
NAME = "Riverbend Library"
DOCUMENT = "plan.txt"


@dataclass(frozen=True)
class Member:
    """Somebody who works at Riverbend. `.example` is set aside: no mail can ever reach anybody."""

    email: str
    name: str
    role: str


MEMBERS: tuple[Member, ...] = (
    Member("administrator@riverbend.example", "Ada Quay", "administrator"),
    Member("librarian@riverbend.example", "Ling Weir", "librarian"),
    Member("leadership@riverbend.example", "Leo Ford", "leadership"),
    Member("staff@riverbend.example", "Sam Bank", "staff"),
)


def set_up_library(hash_of: Callable[[Member], str]) -> Checked[int]:
    """The library and its accounts; its id. `hash_of` gives the hash of a new member's password.

    Refused where a library of that key is somebody else's: answers that nobody gave must never
    come to lie beside real ones.
    """
    library = account_queries.library_with_key(KEY)
    if library is None:
        made = create_library(KEY, NAME)
        if made.value is None:
            return made
        library_id = made.value
    else:
        library_id = library.id
        there = {account.email for account in account_queries.accounts(library_id)}
        if there and there.isdisjoint(member.email for member in MEMBERS):
            message = (
                "This site has a library with the key “riverbend” that is not the demonstration. "
                "Show the demonstration on a site of its own: set ASSESSOR_INSTANCE to an empty "
                "folder and run `assessor site demo` again."
            )
            return failed(refused("demonstration.key-taken", KEY, message))
    known = {account.email for account in account_queries.accounts(library_id)}
    # Whoever was removed stays removed: only a library without accounts gets them.
    for member in MEMBERS if not known else ():
        added = create_account(
            library_id,
            member.email,
            roles=[member.role],
            password_hash=hash_of(member),
            name=member.name,
        )
        if added.value is None:
            return added
    return Checked(library_id)


def read_riverbend(surveys: Path) -> Checked[tuple[ReadPlan, LibraryFolder]]:
    """The plan as read out of its document, and the folder; refused where the two disagree."""
    document = surveys / KEY / DOCUMENT
    read = read_plan(document.read_bytes(), DOCUMENT)
    folder = read_folder(surveys / KEY)
    if read.value is None or folder.value is None:
        return failed(*read.problems, *folder.problems)
    differing = _differences(read.value, folder.value.plan)
    if differing:
        message = (
            f"The plan read out of {DOCUMENT} differs from plan.yaml at {', '.join(differing)}. "
            "Mend the one that is wrong."
        )
        return failed(refused("demonstration.plan-differs", str(document), message))
    return Checked((read.value, folder.value))


def load_riverbend(library_id: int, read: ReadPlan, folder: LibraryFolder) -> Checked[bool]:
    """Plan, mapping and instruments, published; False where the library has its plan already."""
    if documents.current_plan(library_id, folder.plan.key) is not None:
        return Checked(False)
    loaded = load_folder(
        library_id,
        folder,
        source_name=DOCUMENT,
        source_lines=read.source_lines,
        left_out=read.reading.left_out,
        note="The demonstration's files",
    )
    return failed(*loaded.problems) if loaded.value is None else Checked(True)


def _differences(read: ReadPlan, plan: Plan) -> list[str]:
    """Where the reading and the file say different things, as codes or names of parts."""
    reading = read.reading
    proposed = {element.code: element for element in reading.elements}
    kept = {element.code: element for element in plan.elements}
    parts = {
        "period": reading.period == plan.period,
        "statements": reading.statements == plan.statements,
        "the order of elements": list(proposed) == list(kept),
    }
    codes = [
        code
        for code in {**kept, **proposed}
        if kept.get(code) is None or proposed.get(code) != kept[code]
    ]
    return [*codes, *(part for part, same in parts.items() if not same)]
