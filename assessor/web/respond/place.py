"""What a patron's browser keeps: for each survey a random token, in the one signed cookie.

The database knows only the token's hash, and only until the answers are sent. So the browser
leads to the draft, and nothing leads back.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, cast

from flask import session

from assessor.actions.drafts import DRAFT_DAYS
from assessor.domain.logic_functions import LogicValue
from assessor.store.database import today
from assessor.web.access import current_account

Entry = list[str]
"""A token, the day it was last used, and the account it was begun with or an empty text."""

_DRAFTS = "drafts"
_SENT = "sent"
_ENDED = "ended"
_LANGUAGES = "languages"
_WORDS = "words"
KEPT = 12
"""Surveys one browser keeps its place in; a cookie holds no more than some four thousand bytes."""

QUOTED = 200
"""How many letters of an answer the last page can quote, for the same reason."""


def keep(wave_id: str, token: str) -> None:
    """Keep the token, the day, and whose it is where somebody is signed in.

    The day, because after `DRAFT_DAYS` without a page the draft is gone.
    """
    entry: Entry = [token, today().isoformat(), _account()]
    session[_DRAFTS] = _newest({**_drafts(), wave_id: entry})
    session[_SENT] = [one for one in _sent() if one != wave_id]
    if wave_id in _of(_ENDED):
        session[_ENDED] = {key: one for key, one in _of(_ENDED).items() if key != wave_id}
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


def mark_ended(wave_id: str, version_id: int, ending: str) -> None:
    """Forget the token, and keep only at which ending of which version this browser came out."""
    forget(wave_id)
    others = {key: one for key, one in _of(_ENDED).items() if key != wave_id}
    session[_ENDED] = dict([*others.items(), (wave_id, [version_id, ending])][-KEPT:])


def ended(wave_id: str) -> tuple[int, str] | None:
    """The version and the ending at which this browser came out; None where it did not."""
    found = _of(_ENDED).get(wave_id)
    return (int(found[0]), str(found[1])) if found else None


def quote_once(wave_id: str, values: Mapping[str, LogicValue]) -> None:
    """Keep the answers that the last page quotes until it was shown; the draft is gone by then."""
    short = {key: one[:QUOTED] if isinstance(one, str) else one for key, one in values.items()}
    session[_WORDS] = {wave_id: short}


def quoted_once(wave_id: str) -> dict[str, LogicValue]:
    """Those answers, forgotten from here on."""
    return cast("dict[str, LogicValue]", session.pop(_WORDS, {}).get(wave_id, {}))


def speak(wave_id: str, language: str) -> None:
    """Remember the language that was chosen for this survey."""
    others = {key: one for key, one in _of(_LANGUAGES).items() if key != wave_id}
    session[_LANGUAGES] = dict([*others.items(), (wave_id, language)][-KEPT:])


def language(wave_id: str) -> str | None:
    """The language that was chosen for this survey in this browser."""
    return cast("str | None", _of(_LANGUAGES).get(wave_id))


def is_sent(wave_id: str) -> bool:
    """Whether answers to this survey went out from this browser."""
    return wave_id in _sent()


def forget(wave_id: str) -> None:
    """Keep nothing of this survey."""
    session[_DRAFTS] = {key: entry for key, entry in _drafts().items() if key != wave_id}
    session[_SENT] = [one for one in _sent() if one != wave_id]
    session[_ENDED] = {key: one for key, one in _of(_ENDED).items() if key != wave_id}


def _of(what: str) -> dict[str, Any]:
    return cast("dict[str, Any]", session.get(what, {}))


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
