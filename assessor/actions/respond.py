"""Answering: begin, save a page, send. The second chain of the design ends here.

Every gate stands in the transaction that writes: whether the wave is open, whether the pages come
in order, whether the answers pass the one check. So a direct POST, two tabs or twenty requests at
once meet the same gates as a patron with a steady hand.
"""

import json
import secrets
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import bindparam, delete, insert, select, text, update
from sqlalchemy.orm import Session

from assessor.actions.refusals import not_found, refused
from assessor.domain.answers import Answers, check_answers
from assessor.domain.instrument import NOT_APPLICABLE
from assessor.domain.problems import Checked, Problem, failed, say
from assessor.store import fielding
from assessor.store.accounts import Account
from assessor.store.answers import Draft, hash_of_token
from assessor.store.database import Base, db, today
from assessor.store.engine import writing
from assessor.store.fielding import Wave
from assessor.store.published import Published
from assessor.store.responses import DraftRow

DRAFT_DAYS = 30
"""How long an unfinished draft is kept after it was last touched."""
LISTED_PROBLEMS = 50
"""How many problems of a set of answers are told one by one."""

# Executed with every page of every patron, so built once, and on tables rather than objects.
_DRAFTS = Base.metadata.tables["draft"]
_NEW_DRAFT = insert(_DRAFTS)
_MY_DRAFT = (
    select(_DRAFTS.c.answers, _DRAFTS.c.pages_done)
    .where(_DRAFTS.c.id == bindparam("draft"), _DRAFTS.c.wave_id == bindparam("wave"))
    .with_for_update()
)
_WRITE_DRAFT = (
    update(_DRAFTS)
    .where(_DRAFTS.c.id == bindparam("draft"))
    .values({name: bindparam(name) for name in ("answers", "pages_done", "touched_on")})
)
_DELETE_DRAFT = delete(_DRAFTS).where(_DRAFTS.c.id == bindparam("draft"))
_NEW_RESPONSE = insert(Base.metadata.tables["response"])


@dataclass(frozen=True)
class SavedPage:
    """A draft after a page was posted. `next_page` is None where every page is done."""

    answers: Answers
    pages_done: tuple[str, ...]
    next_page: str | None


@dataclass(frozen=True)
class Receipt:
    """The response is on disk. It says which wave it was, and nothing that finds the response."""

    wave_id: str
    library_id: int
    thanks: str


def may_answer(
    wave_id: str, *, account_id: int | None = None, on: date | None = None
) -> Checked[Wave]:
    """The wave, where this person can answer it now; for pages that show and do not write.

    What writes asks again inside its own transaction.
    """
    wave, problems = _answerable(db.session(), wave_id, account_id, on, hold=False)
    return failed(*problems) if wave is None else Checked(wave)


def start_response(
    wave_id: str, *, account_id: int | None = None, on: date | None = None
) -> Checked[str]:
    """Begin a draft and return its token, for the patron's browser alone to keep.

    `account_id` is needed where the wave is for signed-in staff, and is not stored in the draft.
    """
    token = secrets.token_urlsafe(32)
    with writing(flush=False) as session:
        wave, problem = _answerable(session, wave_id, account_id, on)
        if wave is None:
            return failed(*problem)
        session.execute(
            _NEW_DRAFT,
            {
                "id": hash_of_token(token),
                "wave_id": wave_id,
                "answers": "{}",
                "pages_done": "[]",
                "touched_on": on or today(),
            },
        )
    return Checked(token)


def save_page(
    token: str,
    wave_id: str,
    page_key: str,
    raw: Mapping[str, object],
    *,
    account_id: int | None = None,
    on: date | None = None,
) -> Checked[SavedPage]:
    """Check and keep one page of the draft; only a page without problems counts as done.

    `raw`: column name → posted value. What passes is kept even where the rest of the page does
    not, so that nothing has to be typed twice; the problems name the columns that were refused.
    Pages can be saved again, but none before those that come before it are done.
    """
    with writing(flush=False) as session:
        wave, problem = _answerable(session, wave_id, account_id, on)
        if wave is None:
            return failed(*problem)
        published = wave.published()
        draft = _locked_draft(session, token, wave_id)
        if draft is None:
            return failed(_no_draft(page_key))
        place = published.position(page_key)
        if place is None:
            return failed(not_found("page", page_key))
        missing = [key for key in published.page_keys[:place] if key not in draft.pages_done]
        if missing:
            return failed(_out_of_order(missing[0]))
        checked = check_answers(published.instrument, raw, pages=[page_key])
        answers, done = _after_page(published, draft, page_key, checked)
        session.execute(
            _WRITE_DRAFT,
            {
                "draft": hash_of_token(token),
                "answers": _as_json(answers),
                "pages_done": _as_json(done),
                "touched_on": on or today(),
            },
        )
    ahead = next((key for key in published.page_keys if key not in done), None)
    return Checked(SavedPage(answers, done, ahead), checked.problems)


def submit_response(
    token: str, wave_id: str, *, account_id: int | None = None, on: date | None = None
) -> Checked[Receipt]:
    """Turn the draft into a response, once, whoever else tries at the same moment.

    One transaction deletes the draft, stores the response and, in a wave for signed-in staff,
    notes that the account took part. When this returns a receipt, the response is on disk.
    """
    with writing() as session:
        wave, problem = _answerable(session, wave_id, account_id, on)
        if wave is None:
            return failed(*problem)
        published = wave.published()
        draft = _locked_draft(session, token, wave_id)
        if draft is None:
            return failed(_no_draft(wave_id))
        missing = [key for key in published.page_keys if key not in draft.pages_done]
        if missing:
            return failed(_out_of_order(missing[0]))
        checked = check_answers(published.instrument, draft.answers)
        if checked.value is None or checked.errors:
            return failed(*checked.problems)
        if wave.access == "signed_in" and not _note_participation(session, wave_id, account_id):
            return failed(_already_answered(wave_id))
        session.execute(_DELETE_DRAFT, {"draft": hash_of_token(token)})
        _store(session, wave, published, checked.value, on or today())
        is_postgresql = session.get_bind().dialect.name == "postgresql"
    if wave.access == "signed_in" and is_postgresql:
        _forget_order(wave)
    return Checked(Receipt(wave_id, wave.library_id, published.instrument.thanks))


def submit_answers(
    wave_id: str, rows: Iterable[Mapping[str, object]], *, on: date | None = None
) -> Checked[int]:
    """Store whole responses that were collected elsewhere, and return how many.

    `rows`: column name → raw value, each checked as a patron's answers are, and stored by the
    same function. All or none: where a single row has an error, nothing is stored.
    """
    with writing() as session:
        wave, problem = _open_wave(wave_id, on)
        if wave is None:
            return failed(*problem)
        published = wave.published()
        problems: list[Problem] = []
        accepted: list[Answers] = []
        for number, raw in enumerate(rows, start=1):
            checked = check_answers(published.instrument, raw)
            problems.extend(
                found.model_copy(update={"where": f"row {number}, {found.where}"})
                for found in checked.errors
            )
            if checked.value is not None:
                accepted.append(checked.value)
        if problems:
            return failed(*_shortened(problems))
        for answers in accepted:
            _store(session, wave, published, answers, on or today())
    return Checked(len(accepted))


def discard_draft(token: str, wave_id: str) -> Checked[bool]:
    """Forget what this browser wrote; whether there was anything to forget."""
    with writing() as session:
        mine = (DraftRow.id == hash_of_token(token)) & (DraftRow.wave_id == wave_id)
        found = session.scalar(select(DraftRow.id).where(mine)) is not None
        session.execute(delete(DraftRow).where(mine))
    return Checked(found)


def delete_old_drafts(*, on: date | None = None) -> Checked[int]:
    """Delete drafts that nobody touched for `DRAFT_DAYS` days, and return how many."""
    before = (on or today()) - timedelta(days=DRAFT_DAYS)
    with writing() as session:
        old = session.scalars(select(DraftRow.id).where(DraftRow.touched_on < before)).all()
        session.execute(delete(DraftRow).where(DraftRow.touched_on < before))
    return Checked(len(old))


def _store(session: Session, wave: Wave, published: Published, answers: Answers, day: date) -> None:
    """The one place where a response is written."""
    group = answers.get(published.instrument.group_item or "")
    session.execute(
        _NEW_RESPONSE,
        {
            "id": uuid.uuid4().hex,
            "wave_id": wave.id,
            "group_code": group if isinstance(group, str) and group != NOT_APPLICABLE else None,
            "answers": _as_json(answers),
            "submitted_on": day,
        },
    )


def _open_wave(
    wave_id: str, on: date | None, *, hold: bool = True
) -> tuple[Wave | None, tuple[Problem, ...]]:
    wave = fielding.wave(wave_id, hold=hold)
    if wave is None or wave.state == "draft":
        return None, (not_found("survey", wave_id),)
    day = on or today()
    if wave.is_open(day):
        return wave, ()
    if wave.state == "open" and wave.opens_on is not None and day < wave.opens_on:
        opening = f"{wave.opens_on.day} {wave.opens_on:%B %Y}"
        message = say("This survey opens on {opening}. Please come back then.", opening=opening)
        return None, (refused("wave.not-yet-open", wave_id, message),)
    message = say("This survey is closed and takes no more answers. Nothing was stored.")
    return None, (refused("wave.closed", wave_id, message),)


def _answerable(
    session: Session,
    wave_id: str,
    account_id: int | None,
    on: date | None,
    *,
    hold: bool = True,
) -> tuple[Wave | None, tuple[Problem, ...]]:
    """The wave, where it is open and this person may answer it."""
    wave, problems = _open_wave(wave_id, on, hold=hold)
    if wave is None or wave.access == "open_link":
        return wave, problems
    member = account_id is not None and session.scalar(
        select(Account.id).where(
            Account.id == account_id, Account.library_id == wave.library_id, Account.active
        )
    )
    if account_id is None or not member:
        message = say(
            "This survey is for the library's staff. Sign in with your account to answer it."
        )
        return None, (refused("wave.sign-in", wave_id, message),)
    if fielding.has_taken_part(wave_id, account_id):
        return None, (_already_answered(wave_id),)
    return wave, ()


def _locked_draft(session: Session, token: str, wave_id: str) -> Draft | None:
    mine = {"draft": hash_of_token(token), "wave": wave_id}
    found = session.execute(_MY_DRAFT, mine).first()
    return Draft(json.loads(found[0]), tuple(json.loads(found[1]))) if found else None


def _after_page(
    published: Published, draft: Draft, page_key: str, checked: Checked[Answers]
) -> tuple[Answers, tuple[str, ...]]:
    """All answers and the pages done, now that this page was posted."""
    answers = {**draft.answers, **(checked.value or {})}
    done = set(draft.pages_done) - {page_key}
    if not checked.errors:
        done.add(page_key)
    return answers, tuple(key for key in published.page_keys if key in done)


def _note_participation(session: Session, wave_id: str, account_id: int | None) -> bool:
    """Spend the account's chance to answer; False where it was spent already."""
    noted = session.execute(
        text(
            "INSERT INTO participation (wave_id, account_id) VALUES (:wave, :account) "
            "ON CONFLICT DO NOTHING RETURNING account_id"
        ),
        {"wave": wave_id, "account": account_id},
    )
    return noted.first() is not None


def _forget_order(wave: Wave) -> None:
    """Take away the mark that PostgreSQL leaves on what one transaction wrote or locked.

    Every row there names the transaction that wrote it (xmin) or last locked it (xmax). A new
    participation names the one that stored the response, and so does the account, which its
    foreign key locked. Here all participations of the wave are written anew, and all accounts of
    the library locked, by one transaction: afterwards all of them name this one.
    """
    with writing() as session:
        # In turn, or two of these could each wait for rows that the other has written.
        session.execute(
            text("SELECT pg_advisory_xact_lock(:library)"), {"library": wave.library_id}
        )
        session.execute(
            text("UPDATE participation SET account_id = account_id WHERE wave_id = :wave"),
            {"wave": wave.id},
        )
        session.execute(
            text("SELECT id FROM account WHERE library_id = :library ORDER BY id FOR UPDATE"),
            {"library": wave.library_id},
        )


def _already_answered(where: str) -> Problem:
    message = say("You have answered this survey already. Thank you; there is nothing left to do.")
    return refused("wave.already-answered", where, message)


def _no_draft(where: str) -> Problem:
    return refused(
        "response.no-draft",
        where,
        say(
            "There is nothing here to send. Either your answers were sent already, and then all is "
            "well; or this browser has forgotten them, and then please begin again."
        ),
    )


def _out_of_order(page_key: str) -> Problem:
    return refused(
        "response.page-order",
        page_key,
        say("An earlier page is not done yet. Please complete that page first."),
    )


def _shortened(problems: list[Problem]) -> tuple[Problem, ...]:
    if len(problems) <= LISTED_PROBLEMS:
        return tuple(problems)
    more = refused(
        "answers.more-problems",
        "",
        say(
            "There are {problems:,} more problems like these. Correct the ones listed first.",
            problems=len(problems) - LISTED_PROBLEMS,
        ),
    )
    return (*problems[:LISTED_PROBLEMS], more)


def _as_json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
