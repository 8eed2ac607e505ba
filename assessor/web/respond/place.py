"""What a patron's browser keeps: for each survey a random token, in the one signed cookie.

The database knows only the token's hash, and only until the answers are sent. So the browser
leads to the draft, and nothing leads back.
"""

from datetime import date, timedelta
from typing import cast

from flask import session

from assessor.actions.respond import DRAFT_DAYS
from assessor.store.database import today
from assessor.web.access import current_account

Entry = list[str]
"""A token, the day it was last used, and the account it was begun with or an empty text."""

_DRAFTS = "drafts"
_SENT = "sent"
KEPT = 12
"""Surveys one browser keeps its place in; a cookie holds no more than some four thousand bytes."""


def keep(wave_id: str, token: str) -> None:
    """Keep the token, the day, and whose it is where somebody is signed in.

    The day, because after `DRAFT_DAYS` without a page the draft is gone.
    """
    entry: Entry = [token, today().isoformat(), _account()]
    session[_DRAFTS] = _newest({**_drafts(), wave_id: entry})
    session[_SENT] = [one for one in _sent() if one != wave_id]
    if not _account():
        # To go on another day. Who is signed in stays so for as long as they chose.
        session.permanent = True


def token(wave_id: str) -> str | None:
    """The token of this person's draft; None where they have begun nothing here, or sent it."""
    found = _mine(wave_id)
    return found[0] if found else None


def last_used(wave_id: str) -> date | None:
    """The day on which this person's draft was last begun or saved."""
    found = _mine(wave_id)
    return date.fromisoformat(found[1]) if found else None


def is_too_old(wave_id: str) -> bool:
    """Whether the draft was deleted for its age."""
    day = last_used(wave_id)
    return day is not None and today() - day >= timedelta(days=DRAFT_DAYS)


def mark_sent(wave_id: str) -> None:
    """Forget the token, and keep only that answers went out from here."""
    forget(wave_id)
    session[_SENT] = [*_sent(), wave_id][-KEPT:]


def is_sent(wave_id: str) -> bool:
    """Whether answers to this survey went out from this browser."""
    return wave_id in _sent()


def forget(wave_id: str) -> None:
    """Keep nothing of this survey."""
    session[_DRAFTS] = {key: entry for key, entry in _drafts().items() if key != wave_id}
    session[_SENT] = [one for one in _sent() if one != wave_id]


def _mine(wave_id: str) -> Entry | None:
    """What was begun here, unless somebody else who shares this browser was signed in then."""
    found = _drafts().get(wave_id)
    return found if found is not None and found[2] in ("", _account()) else None


def _account() -> str:
    account = current_account()
    return str(account.id) if account else ""


def _drafts() -> dict[str, Entry]:
    return cast("dict[str, Entry]", session.get(_DRAFTS, {}))


def _sent() -> list[str]:
    return cast("list[str]", session.get(_SENT, []))


def _newest(drafts: dict[str, Entry]) -> dict[str, Entry]:
    ordered = sorted(drafts.items(), key=lambda entry: entry[1][1])
    return dict(ordered[-KEPT:])
