"""Answers collected elsewhere become a wave of their own, with where they came from."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from assessor.actions import waves
from assessor.actions.refusals import not_found, refused
from assessor.domain.answers import Answers, check_page
from assessor.domain.instrument import NOT_APPLICABLE, Instrument
from assessor.domain.problems import Checked, Problem, failed
from assessor.domain.route import Person
from assessor.formats.answers_logic import logic_of_file
from assessor.store import imports
from assessor.store.accounts import LibraryRow
from assessor.store.database import Base, today
from assessor.store.engine import writing
from assessor.store.imports import ColumnMapRow, WaveSource
from assessor.store.instruments import InstrumentVersion
from assessor.store.published import published
from assessor.store.responses import ResponseRow
from assessor.store.waves import WaveRow

LISTED_PROBLEMS = 50
MANY_AT_ONCE = 2_000
NOT_HELD_AGAINST = frozenset({"answer.required", "answer.too-few"})
"""What a form asks for and a file cannot mend: it tells what happened."""

_NEW_RESPONSE = insert(Base.metadata.tables["response"])


@dataclass(frozen=True)
class Source:
    """Where answers came from. `description` is shown with the wave; `sha256` is the file's."""

    description: str
    format: str
    sha256: str
    headers_sha256: str
    column_map: str


def import_answers(
    library_id: int,
    *,
    instrument: str,
    title: str,
    period: str,
    source: Source,
    rows: Sequence[Mapping[str, object]],
    days: Sequence[date | None] | None = None,
    account_id: int | None = None,
    twice: bool = False,
) -> Checked[str]:
    """Store whole responses as a closed wave of the newest version, and return its id.

    `rows`: column name → raw value, checked as a patron's answers are, but that nothing is
    required. `days`: when each was given, in the order of the rows; today where unknown. All or
    none: where a single row has an error, nothing is stored. The same file is refused a second
    time unless `twice` says that it is meant.
    """
    with writing() as session:
        if session.get(LibraryRow, library_id) is None:
            return failed(not_found("library", str(library_id)))
        problem = _cannot_begin(library_id, title, period, source, rows, twice)
        if problem is not None:
            return failed(problem)
        row = InstrumentVersion
        wanted = select(row.id, row.sha256).where(
            row.library_id == library_id, row.key == instrument
        )
        version = session.execute(wanted.order_by(row.version.desc()).limit(1)).first()
        if version is None:
            message = (
                "Publish the instrument first: answers belong to a version that never changes."
            )
            return failed(refused("wave.not-published", "instrument", message))
        asked = published(*version).instrument
        accepted, problems = _checked(asked, rows)
        if problems:
            return failed(*problems)
        given = list(days) if days is not None else [None] * len(rows)
        first, last = _ends(given)
        wave = WaveRow(
            id=waves.new_link(),
            library_id=library_id,
            instrument_version_id=version.id,
            title=title.strip(),
            period=period.strip(),
            access="open_link",
            retention_months=waves.RETENTION_MONTHS,
            opens_on=first,
            closes_on=last,
            state="closed",
        )
        session.add(wave)
        waves.put_groups(wave, asked.groups(), {})
        session.flush()
        _store(session, wave.id, version.id, asked, accepted, given)
        session.add(
            WaveSource(
                wave_id=wave.id,
                description=source.description.strip()[:300],
                format=source.format,
                sha256=source.sha256,
                responses=len(accepted),
                column_map=source.column_map,
                imported_by=account_id,
            )
        )
        _remember(session, library_id, instrument, source)
        return Checked(wave.id)


def _cannot_begin(
    library_id: int,
    title: str,
    period: str,
    source: Source,
    rows: Sequence[Mapping[str, object]],
    twice: bool,
) -> Problem | None:
    for name, text in (("title", title), ("period", period), ("description", source.description)):
        if not text.strip():
            return refused(f"import.{name}", name, "Fill this in, so that the wave can be found.")
    if not rows:
        return refused("import.empty", "file", "The file holds no response.")
    if not twice and imports.wave_with_file(library_id, source.sha256) is not None:
        message = "This very file was taken in before. Say that you mean it, to take it in again."
        return refused("import.twice", "file", message)
    return None


def _checked(
    instrument: Instrument, rows: Sequence[Mapping[str, object]]
) -> tuple[list[Answers], tuple[Problem, ...]]:
    person = Person(on=today())
    header = list(dict.fromkeys(name for raw in rows for name in raw))
    decided = logic_of_file(instrument, header) or instrument
    accepted: list[Answers] = []
    problems: list[Problem] = []
    for number, raw in enumerate(rows, start=1):
        checked = check_page(decided, raw, {}, person)
        accepted.append(
            {n: answer for n, answer in checked.answers.items() if n in raw or answer is not None}
        )
        problems.extend(
            found.model_copy(update={"where": f"row {number}, {found.where}"})
            for found in checked.problems
            if found.severity == "error" and found.code not in NOT_HELD_AGAINST
        )
    if len(problems) > LISTED_PROBLEMS:
        more = len(problems) - LISTED_PROBLEMS
        message = f"There are {more:,} more problems like these. Correct the ones listed first."
        problems = [*problems[:LISTED_PROBLEMS], refused("answers.more-problems", "", message)]
    return accepted, tuple(problems)


def _ends(days: Sequence[date | None]) -> tuple[date | None, date | None]:
    known = [day for day in days if day is not None]
    return (min(known), max(known)) if known else (None, None)


def _store(
    session: Session,
    wave_id: str,
    version_id: int,
    instrument: Instrument,
    accepted: Sequence[Answers],
    days: Sequence[date | None],
) -> None:
    """Write the responses. Their ids are random, so the file's order is not kept."""
    for start in range(0, len(accepted), MANY_AT_ONCE):
        part = zip(
            accepted[start : start + MANY_AT_ONCE], days[start : start + MANY_AT_ONCE], strict=True
        )
        session.execute(
            _NEW_RESPONSE,
            [
                {
                    "id": uuid.uuid4().hex,
                    "wave_id": wave_id,
                    "group_code": _group(instrument, answers),
                    "answers": json.dumps(answers, ensure_ascii=False, separators=(",", ":")),
                    "submitted_on": day or today(),
                    "instrument_version_id": version_id,
                    "language": None,
                }
                for answers, day in part
            ],
        )


def _group(instrument: Instrument, answers: Answers) -> str | None:
    group = answers.get(instrument.group_item or "")
    return group if isinstance(group, str) and group != NOT_APPLICABLE else None


def _remember(session: Session, library_id: int, instrument: str, source: Source) -> None:
    """Keep how the columns were read, for the next file with the same headers."""
    row = ColumnMapRow
    session.execute(
        delete(row).where(
            row.library_id == library_id,
            row.instrument_key == instrument,
            row.headers_sha256 == source.headers_sha256,
        )
    )
    session.add(
        row(
            library_id=library_id,
            instrument_key=instrument,
            headers_sha256=source.headers_sha256,
            document=source.column_map,
        )
    )


def undo_import(library_id: int, wave_id: str) -> Checked[str]:
    """Take an imported wave out again, with its answers; the file it came from still has them."""
    with writing() as session:
        wave = session.get(WaveRow, wave_id)
        if wave is None or wave.library_id != library_id:
            return failed(not_found("wave", wave_id))
        if session.get(WaveSource, wave_id) is None:
            message = "These answers were given here and by nobody else, so they are kept."
            return failed(refused("import.not-imported", wave_id, message))
        for row in (ResponseRow, WaveSource):
            session.execute(delete(row).where(row.wave_id == wave_id))
        session.delete(wave)
    return Checked(wave_id)
