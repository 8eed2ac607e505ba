"""Answering: begin, save a page, send. The second chain of the design ends here.

Every gate stands in the transaction that writes: whether the wave is open, whether the page is on
the person's way and its turn, whether the answers pass the one check. So a direct POST, two tabs or
twenty requests at once meet the same gates as a patron with a steady hand.
"""

import json
import secrets
import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import bindparam, delete, insert, update
from sqlalchemy.orm import Session

from assessor.actions import counting, gates
from assessor.actions.refusals import not_found
from assessor.actions.respond_refusals import (
    LISTED_PROBLEMS as LISTED_PROBLEMS,
)
from assessor.actions.respond_refusals import (
    ended,
    no_draft,
    out_of_order,
    shortened,
)
from assessor.actions.uploads import forget_files, keep_files_of, own_files_only
from assessor.actions.way import Way, still_done, way_of
from assessor.domain.answers import CheckedAnswers, check_page
from assessor.domain.appearing import is_about, marks
from assessor.domain.arrangement import new_seed
from assessor.domain.instrument import NOT_APPLICABLE, Ending, Hidden, Instrument
from assessor.domain.problems import Checked, Problem, failed
from assessor.domain.route import Answers, Person, Route
from assessor.store import answers
from assessor.store.answers import hash_of_token
from assessor.store.database import Base, db, today
from assessor.store.engine import writing
from assessor.store.fielding import Wave

# Executed with every page of every patron, so built once, and on tables rather than objects.
_DRAFTS = Base.metadata.tables["draft"]
_NEW_DRAFT = insert(_DRAFTS)
_CHANGED = ("answers", "pages_done", "touched_on", "language")
_WRITE_DRAFT = (
    update(_DRAFTS)
    .where(_DRAFTS.c.id == bindparam("draft"))
    .values({name: bindparam(name) for name in _CHANGED})
)
_DELETE_DRAFT = delete(_DRAFTS).where(_DRAFTS.c.id == bindparam("draft"))
_NEW_RESPONSE = insert(Base.metadata.tables["response"])


@dataclass(frozen=True)
class SavedPage:
    """A draft after a page was posted. `next_page` is None where every page is done.

    `pages` is the person's way as it is now. `appeared` are the marks of what is asked only since
    these answers and was not seen yet; then the page is not done. `ending` is where the answers
    led: nothing is left of them, and `route` holds what they were for the words of the ending.
    """

    answers: Answers
    pages_done: tuple[str, ...]
    next_page: str | None
    route: Route
    appeared: tuple[str, ...] = ()
    ending: Ending | None = None

    @property
    def pages(self) -> tuple[str, ...]:
        return self.route.pages


@dataclass(frozen=True)
class Receipt:
    """The response is on disk. It says which wave it was, and nothing that finds the response.

    With an `ending` it is not: a quota filled meanwhile, and nothing was kept.
    """

    wave_id: str
    library_id: int
    thanks: str
    route: Route
    ending: Ending | None = None


def may_answer(
    wave_id: str, *, account_id: int | None = None, on: date | None = None
) -> Checked[Wave]:
    """The wave, where this person can answer it now; for pages that show and do not write.

    What writes asks again inside its own transaction.
    """
    wave, problems = gates.answerable(db.session(), wave_id, account_id, on, hold=False)
    return failed(*problems) if wave is None else Checked(wave)


def start_response(
    wave_id: str,
    *,
    account_id: int | None = None,
    given: Mapping[str, str] | None = None,
    language: str | None = None,
    on: date | None = None,
) -> Checked[str]:
    """Begin a draft and return its token, for the patron's browser alone to keep.

    `account_id` is needed where the wave is for signed-in staff, and is not stored in the draft.
    `given`: what came with the link; of it only values that the instrument declares are kept.
    """
    token = secrets.token_urlsafe(32)
    with writing(flush=False) as session:
        wave, problem = gates.answerable(session, wave_id, account_id, on)
        if wave is None:
            return failed(*problem)
        session.execute(
            _NEW_DRAFT,
            {
                "id": hash_of_token(token),
                "wave_id": wave_id,
                "answers": _as_json(hidden_values(wave.published().instrument, given or {})),
                "pages_done": "[]",
                "touched_on": on or today(),
                "seed": new_seed(),
                "instrument_version_id": wave.version_id,
                "language": language,
            },
        )
    return Checked(token)


def hidden_values(instrument: Instrument, given: Mapping[str, str]) -> Answers:
    """The hidden items' values: those of the link that are declared, else the default."""
    found: Answers = {}
    for item in instrument.items():
        if isinstance(item, Hidden):
            value = given.get(item.parameter or item.key, "")
            found[item.key] = value if value in item.values else (item.default or None)
    return found


def save_page(
    token: str,
    wave_id: str,
    page_key: str,
    raw: Mapping[str, object],
    *,
    account_id: int | None = None,
    shown: Collection[str] | None = None,
    language: str | None = None,
    on: date | None = None,
) -> Checked[SavedPage]:
    """Check and keep one page of the draft; only a page without problems counts as done.

    `raw`: column name → posted value. What passes is kept even where the rest of the page does
    not, so that nothing has to be typed twice; the problems name the columns that were refused.
    Pages can be saved again, but none before those that come before it on the person's way are
    done. `shown`: the marks of `appearing.marks` that the person saw; None: all there are.

    Where the answers lead to an ending the draft is deleted, and only counted.
    """
    with writing(flush=False) as session:
        wave, problem = gates.answerable(session, wave_id, account_id, on)
        if wave is None:
            return failed(*problem)
        found = answers.draft(token, wave_id, hold=True)
        if found is None:
            return failed(no_draft(page_key))
        way = way_of(found, wave_id, on or today())
        place = way.number(page_key)
        if place is None:
            return failed(not_found("page", page_key))
        missing = [key for key in way.route.pages[: place - 1] if key not in way.done]
        if missing:
            return failed(out_of_order(missing[0]))
        checked = look_at(way, page_key, raw, token, language=language)
        saved = _after_page(way, page_key, checked, shown)
        if saved.ending is not None:
            files = _end(session, wave_id, token, saved.ending)
        else:
            session.execute(
                _WRITE_DRAFT,
                {
                    "draft": hash_of_token(token),
                    "answers": _as_json(saved.answers),
                    "pages_done": _as_json(saved.pages_done),
                    "touched_on": on or today(),
                    "language": language or found.language,
                },
            )
    if saved.ending is not None:
        forget_files(wave_id, files)
    return Checked(saved, _seen(checked.problems, saved.appeared))


def look_at(
    way: Way,
    page_key: str,
    raw: Mapping[str, object],
    token: str,
    *,
    language: str | None = None,
) -> CheckedAnswers:
    """What a page's answers would be, and where they would lead; nothing is written.

    What is hidden comes from the link alone, whatever was posted. Problems quote the instrument in
    `language`, else in the one the draft was last read in.
    """
    page = way.published.pages[page_key]
    hidden = {item.key for item in page.items if isinstance(item, Hidden)}
    given = {name: value for name, value in raw.items() if name not in hidden}
    given |= {key: way.draft.answers[key] for key in hidden if key in way.draft.answers}
    given, problems = own_files_only(page, given, token)
    done = frozenset({*way.done, page_key})
    read_in = language or way.draft.language
    checked = check_page(
        way.instrument,
        given,
        way.draft.answers,
        way.person,
        pages=[page_key],
        done=done,
        spoken=way.in_language(read_in) if read_in else None,
    )
    return replace(checked, problems=(*problems, *checked.problems))


def submit_response(
    token: str, wave_id: str, *, account_id: int | None = None, on: date | None = None
) -> Checked[Receipt]:
    """Turn the draft into a response, once, whoever else tries at the same moment.

    One transaction deletes the draft, stores the response, counts it towards its quotas and, in a
    wave for signed-in staff, notes that the account took part. When this returns a receipt without
    an ending, the response is on disk.
    """
    with writing() as session:
        wave, problem = gates.answerable(session, wave_id, account_id, on)
        if wave is None:
            return failed(*problem)
        found = answers.draft(token, wave_id, hold=True)
        if found is None:
            return failed(no_draft(wave_id))
        counting.hold_quotas(session, wave_id, found.published().instrument)
        way = way_of(found, wave_id, on or today())
        if way.next_page is not None:
            return failed(out_of_order(way.next_page))
        checked = check_page(way.instrument, found.answers, {}, way.person)
        errors = [one for one in checked.problems if one.severity == "error"]
        if errors:
            return failed(*errors)
        receipt = Receipt(
            wave_id, wave.library_id, way.instrument.thanks, checked.route, checked.route.ending
        )
        if receipt.ending is not None:
            left = _end(session, wave_id, token, receipt.ending)
        else:
            if wave.access == "signed_in" and not gates.note_participation(
                session, wave_id, account_id
            ):
                return failed(gates.already_answered(wave_id))
            left = keep_files_of(session, wave_id, token, way.instrument, checked.answers)
            session.execute(_DELETE_DRAFT, {"draft": hash_of_token(token)})
            _store(session, wave, way, checked, found.language, on or today())
        is_postgresql = session.get_bind().dialect.name == "postgresql"
    forget_files(wave_id, left)
    if wave.access == "signed_in" and is_postgresql and receipt.ending is None:
        gates.forget_order(wave)
    return Checked(receipt)


def submit_answers(
    wave_id: str, rows: Iterable[Mapping[str, object]], *, on: date | None = None
) -> Checked[int]:
    """Store whole responses that were collected elsewhere, and return how many.

    `rows`: column name → raw value, each checked as a patron's answers are, and stored by the
    same function. All or none: where a single row has an error, or leads to an ending, nothing is
    stored.
    """
    with writing() as session:
        wave, problem = gates.open_wave(wave_id, on)
        if wave is None:
            return failed(*problem)
        instrument = wave.published().instrument
        counting.hold_quotas(session, wave_id, instrument)
        counts = Counter(counting.quota_counts(wave_id))
        problems: list[Problem] = []
        accepted: list[CheckedAnswers] = []
        for number, raw in enumerate(rows, start=1):
            full = frozenset(q.key for q in instrument.quotas if counts[q.key] >= q.limit)
            person = Person(on=on or today(), full=full)
            checked = check_page(instrument, raw, {}, person)
            found = [one for one in checked.problems if one.severity == "error"]
            if not found and checked.route.ending is not None:
                found = [ended(checked.route.ending)]
            problems.extend(
                one.model_copy(update={"where": f"row {number}, {one.where}"}) for one in found
            )
            counts.update(checked.route.quotas)
            accepted.append(checked)
        if problems:
            return failed(*shortened(problems))
        for checked in accepted:
            _store(session, wave, None, checked, None, on or today())
    return Checked(len(accepted))


def _store(
    session: Session,
    wave: Wave,
    way: Way | None,
    checked: CheckedAnswers,
    language: str | None,
    day: date,
) -> None:
    """The one place where a response is written; `way` is None where no draft led to it."""
    instrument = way.instrument if way else wave.published().instrument
    group = checked.answers.get(instrument.group_item or "")
    session.execute(
        _NEW_RESPONSE,
        {
            "id": uuid.uuid4().hex,
            "wave_id": wave.id,
            "group_code": group if isinstance(group, str) and group != NOT_APPLICABLE else None,
            "answers": _as_json(checked.answers),
            "submitted_on": day,
            "instrument_version_id": way.draft.version_id if way else wave.version_id,
            "language": language,
        },
    )
    counting.count_quotas(session, wave.id, checked.route.quotas)


def _after_page(
    way: Way, page_key: str, checked: CheckedAnswers, shown: Collection[str] | None
) -> SavedPage:
    """The draft, now that this page was posted."""
    route, page = checked.route, way.published.pages[page_key]
    there = marks(way.instrument, page, route, way.person)
    appeared = () if shown is None else tuple(mark for mark in there if mark not in shown)
    done = set(way.draft.pages_done) - {page_key}
    if not appeared and not any(one.severity == "error" for one in checked.problems):
        done.add(page_key)
    # In the instrument's order: the order of a person's way would be their seed, for who reads it.
    in_order = tuple(key for key in way.published.page_keys if key in done)
    still = still_done(way.instrument, route, in_order)
    ahead = next((key for key in route.pages if key not in still), None)
    ending = route.ending if page_key in done else None
    return SavedPage(route.answers, in_order, ahead, route, appeared, ending)


def _seen(problems: tuple[Problem, ...], appeared: tuple[str, ...]) -> tuple[Problem, ...]:
    """The problems without those of what the person has not seen yet."""
    return tuple(one for one in problems if not (appeared and is_about(one, appeared)))


def _end(session: Session, wave_id: str, token: str, ending: Ending) -> tuple[str, ...]:
    """Count that somebody was led here, and keep nothing else; the files to delete."""
    files = keep_files_of(session, wave_id, token, None, {})
    session.execute(_DELETE_DRAFT, {"draft": hash_of_token(token)})
    counting.count_ending(session, wave_id, ending.key)
    return files


def _as_json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
