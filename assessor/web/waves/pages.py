"""Waves on the site: what is asked now, of whom, until when, and how far it has come."""

from flask import render_template
from flask.typing import ResponseReturnValue

from assessor.store import fielding
from assessor.store.database import today
from assessor.web.access import current_account, current_library_id, requires
from assessor.web.waves.frame import blueprint

__all__ = ["blueprint"]


@blueprint.get("/")
@requires("leadership")
def index() -> ResponseReturnValue:
    """Every wave of the library, newest period first."""
    waves = fielding.waves(current_library_id())
    return render_template("waves/index.html", waves=waves)


@blueprint.get("/mine")
@requires("staff")
def mine() -> ResponseReturnValue:
    """What this member of staff is asked now, answered or not."""
    account = current_account()
    assert account is not None, "the rule lets in only who is signed in"
    asked = [
        (wave, fielding.has_taken_part(wave.id, account.id))
        for wave in fielding.waves(account.library_id)
        if wave.access == "signed_in" and wave.is_open(today())
    ]
    return render_template("waves/mine.html", asked=asked)
