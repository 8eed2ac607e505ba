"""What became of a request: where it leads, or why not, with nothing of what was typed lost."""

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from assessor.actions.refusals import not_found
from assessor.actions.way import Way, way_of
from assessor.actions.way import way as way_of_token
from assessor.domain.instrument import Ending, Hidden, Instrument
from assessor.domain.logic_functions import LogicValue
from assessor.domain.problems import Problem
from assessor.domain.route import Route
from assessor.store import answers
from assessor.store.answers import Draft
from assessor.store.database import today
from assessor.store.fielding import Wave
from assessor.web.access import current_account
from assessor.web.items import Filled, Mistake, typed
from assessor.web.messages import gettext, told
from assessor.web.respond import language, place, screens
from assessor.web.respond.screens import Shown
from assessor.web.wording import piped_keys


def account_id() -> int | None:
    account = current_account()
    return account.id if account else None


def way_here(wave_id: str) -> Way | None:
    """The way of this browser's draft, where it is still there."""
    token = place.token(wave_id)
    found = way_of_token(token, wave_id) if token else None
    if found is not None:
        # From here on whatever the site says is in the language of these questions.
        language.spoken(wave_id, found.instrument, found.draft.language)
    return found


def given(instrument: Instrument) -> dict[str, str]:
    """What of the link's parameters the instrument has a hidden item for, with a known value."""
    hidden = [item for item in instrument.items() if isinstance(item, Hidden)]
    names = {item.parameter or item.key: item.values for item in hidden}
    return {
        name: request.args[name]
        for name, values in names.items()
        if request.args.get(name) in values
    }


def quoted(text: str, route: Route) -> dict[str, LogicValue]:
    """The answers that a text puts in."""
    return {key: route.values[key] for key in piped_keys(text) if key in route.values}


def refused(problem: Problem, wave: Wave | None) -> Response:
    # A wave that is only planned must look like one that never was.
    known = wave if wave is not None and wave.state != "draft" else None
    return screens.refusal(problem, known)


def not_saved(
    problem: Problem, wave: Wave, way: Way, number: int, filled: Filled
) -> ResponseReturnValue:
    """The page was not saved, or the answers not sent: say why, with all that was typed."""
    if problem.code == "response.page-order":
        first = way.number(problem.where) or 1
        href = url_for("respond.questions", wave_id=wave.id, number=first)
        text = gettext(
            "Section %(first)s is not done yet. Complete it first, then come back here.",
            first=first,
        )
        return shown_with(wave, way, number, filled, text, href), 409
    if way_here(wave.id) is None:
        return without_draft(wave, number)
    if problem.code == "wave.closed":
        problem = screens.problem_of("response.closed-meanwhile", wave.id)
    return screens.refusal(problem, wave, typed_words(wave))


def shown_with(
    wave: Wave, way: Way, number: int, filled: Filled, text: str, href: str | None = None
) -> str:
    """The page as it was typed, with a word above it."""
    return screens.questions(Shown(wave, way, number, filled, also=[Mistake(text, href)]))


def signed_out(wave: Wave, number: int) -> ResponseReturnValue:
    """Whoever sits here now may be somebody else: nothing is shown but what was just typed."""
    way = way_of(Draft({}, (), 0, wave.version_id, wave.sha256, None), wave.id, today())
    href = url_for("security.login", next=url_for("respond.welcome", wave_id=wave.id))
    text = gettext(
        "You are no longer signed in. Sign in in another window, then send this page again."
    )
    if way.page(number) is None:
        problem = screens.problem_of("response.not-begun", wave.id)
        return screens.refusal(problem, wave, typed_words(wave))
    return shown_with(wave, way, number, typed(request.form), text, href), 403


def to_ending(wave_id: str, way: Way, ending: Ending, route: Route) -> ResponseReturnValue:
    place.mark_ended(wave_id, way.draft.version_id, ending.key)
    place.quote_once(wave_id, quoted(f"{ending.title} {ending.text}", route))
    return redirect(url_for("respond.ended", wave_id=wave_id))


def typed_words(wave: Wave) -> list[tuple[str, str]]:
    return screens.typed_words(wave.published().instrument)


def without_draft(wave: Wave, number: int) -> ResponseReturnValue:
    """A page was posted and there is no draft: sent a moment ago, too old, or never begun."""
    if place.ended(wave.id):
        return redirect(url_for("respond.ended", wave_id=wave.id))
    if place.is_sent(wave.id) or is_second_click(wave, number):
        return to_thanks(wave.id)
    if not 1 <= number <= len(wave.published().page_keys):
        return refused(not_found("page", str(number)), wave)
    problem = screens.problem_of(why_no_draft(wave.id), wave.id)
    return screens.refusal(problem, wave, typed_words(wave))


def is_second_click(wave: Wave, number: int) -> bool:
    """Whether "Send answers" was pressed twice, and the first one stored the response.

    The draft is gone although it is young, and a response came since it was last saved. That it
    is this one cannot be asked, and must not be: so no other button than the sending one counts,
    lest somebody be thanked whose draft went otherwise, as with a restored backup.
    """
    day = place.last_used(wave.id)
    is_last = "page-last" in request.form or number == len(wave.published().page_keys)
    if day is None or not is_last or place.is_too_old(wave.id):
        return False
    return answers.any_since(wave.id, day)


def why_no_draft(wave_id: str) -> str:
    if place.token(wave_id) is None:
        return "response.not-begun"
    return "response.expired" if place.is_too_old(wave_id) else "response.no-draft"


def begin_first(wave_id: str) -> ResponseReturnValue:
    if place.token(wave_id) is not None:
        flash(str(screens.REFUSALS[why_no_draft(wave_id)].text), "warning")
        place.forget(wave_id)
    return redirect(url_for("respond.welcome", wave_id=wave_id))


def say_what_was_refused(problems: tuple[Problem, ...]) -> None:
    """Going back keeps what passes; what does not is told, since it could not be kept."""
    refused = [problem for problem in problems if problem.code != "answer.required"]
    for problem in refused[:3]:
        flash(
            gettext(
                "One answer could not be kept: %(message)s You will come to it again.",
                message=told(problem.message),
            )
        )


def to_page(wave_id: str, number: int, *, new: bool = False) -> ResponseReturnValue:
    if number < 1:
        return redirect(url_for("respond.welcome", wave_id=wave_id))
    address = url_for("respond.questions", wave_id=wave_id, number=number)
    return redirect(f"{address}?new" if new else address)


def to_thanks(wave_id: str) -> ResponseReturnValue:
    place.mark_sent(wave_id)
    return redirect(url_for("respond.thanks", wave_id=wave_id))
