"""Who may answer a wave, asked inside the transaction that writes."""

from datetime import date

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from assessor.actions.refusals import not_found, refused
from assessor.domain.problems import Day, Problem, say
from assessor.store import fielding
from assessor.store.accounts import Account
from assessor.store.database import today
from assessor.store.engine import writing
from assessor.store.fielding import Wave


def open_wave(
    wave_id: str, on: date | None, *, hold: bool = True
) -> tuple[Wave | None, tuple[Problem, ...]]:
    wave = fielding.wave(wave_id, hold=hold)
    if wave is None or wave.state == "draft":
        return None, (not_found("survey", wave_id),)
    day = on or today()
    if wave.is_open(day):
        return wave, ()
    if wave.state == "open" and wave.opens_on is not None and day < wave.opens_on:
        opening = Day.fromordinal(wave.opens_on.toordinal())
        message = say("This survey opens on {opening}. Please come back then.", opening=opening)
        return None, (refused("wave.not-yet-open", wave_id, message),)
    message = say("This survey is closed and takes no more answers. Nothing was stored.")
    return None, (refused("wave.closed", wave_id, message),)


def answerable(
    session: Session,
    wave_id: str,
    account_id: int | None,
    on: date | None,
    *,
    hold: bool = True,
) -> tuple[Wave | None, tuple[Problem, ...]]:
    """The wave, where it is open and this person may answer it."""
    wave, problems = open_wave(wave_id, on, hold=hold)
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
        return None, (already_answered(wave_id),)
    return wave, ()


def note_participation(session: Session, wave_id: str, account_id: int | None) -> bool:
    """Spend the account's chance to answer; False where it was spent already."""
    noted = session.execute(
        text(
            "INSERT INTO participation (wave_id, account_id) VALUES (:wave, :account) "
            "ON CONFLICT DO NOTHING RETURNING account_id"
        ),
        {"wave": wave_id, "account": account_id},
    )
    return noted.first() is not None


def forget_order(wave: Wave) -> None:
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


def already_answered(where: str) -> Problem:
    message = say("You have answered this survey already. Thank you; there is nothing left to do.")
    return refused("wave.already-answered", where, message)
