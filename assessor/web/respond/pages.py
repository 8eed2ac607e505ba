"""Answering: the second chain, from a wave's link to the thank-you.

The pages show and lead on; every gate stands in `actions.respond`, inside the transaction that
writes. Whoever posts past a page meets the same gates here, in plain words.
"""

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    redirect,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from wtforms import Form

from assessor.actions import respond
from assessor.actions.refusals import not_found
from assessor.domain.problems import Problem
from assessor.store import answers, fielding
from assessor.store.answers import Draft
from assessor.store.database import db
from assessor.store.faults import problem_of
from assessor.store.fielding import Wave
from assessor.store.published import Published
from assessor.web import errors
from assessor.web.access import current_account, requires
from assessor.web.items import Mistake, posted, stored
from assessor.web.languages import speak
from assessor.web.messages import gettext, told
from assessor.web.respond import place, screens
from assessor.web.respond.forms import form_class

blueprint = Blueprint("respond", __name__, template_folder="templates")


@blueprint.get("/s/<wave_id>")
@requires("patron")
def welcome(wave_id: str) -> ResponseReturnValue:
    """What it is about, what is kept of it, and the button to begin or go on."""
    wave = _open(wave_id)
    published = wave.published()
    draft = _draft(wave_id)
    return screens.welcome(wave, published, _next_number(published, draft) if draft else None)


@blueprint.post("/s/<wave_id>")
@requires("patron")
def start(wave_id: str) -> ResponseReturnValue:
    """Begin, or go on with what this browser has begun."""
    wave = _open(wave_id)
    draft = _draft(wave_id)
    if draft is not None:
        return _to_page(wave_id, _next_number(wave.published(), draft))
    started = respond.start_response(wave_id, account_id=_account_id())
    if started.value is None:
        return _refused(started.problems[0], wave)
    place.keep(wave_id, started.value)
    return _to_page(wave_id, 1)


@blueprint.get("/s/<wave_id>/<int:number>")
@requires("patron")
def questions(wave_id: str, number: int) -> ResponseReturnValue:
    """One page of questions with what was answered before."""
    draft = _draft(wave_id)
    if draft is None and place.is_sent(wave_id):
        return _to_thanks(wave_id)
    wave = _open(wave_id)
    published = wave.published()
    page = screens.page_at(published, number)
    if page is None:
        return _refused(not_found("page", str(number)), wave)
    if draft is None:
        return _begin_first(wave_id)
    first_left = _next_number(published, draft)
    if number > first_left:
        flash(gettext("Please answer this section first."), "warning")
        return _to_page(wave_id, first_left)
    form = form_class(published, page.key)(stored(draft.answers, page))
    return screens.questions(wave, published, number, form)


@blueprint.post("/s/<wave_id>/<int:number>")
@requires("patron")
def turn(wave_id: str, number: int) -> ResponseReturnValue:
    """Save the page; then on, back, or send. What does not pass stays on the page."""
    wave = _fielded(wave_id)
    published = wave.published()
    page = screens.page_at(published, number)
    if page is None:
        return _refused(not_found("page", str(number)), wave)
    form = form_class(published, page.key)()
    if wave.access == "signed_in" and current_account() is None:
        return _signed_out(wave, published, number, form)
    token = place.token(wave_id)
    if token is None:
        return _without_draft(wave, published, number)
    raw = posted(form, request.form)
    saved = respond.save_page(token, wave_id, page.key, raw, account_id=_account_id())
    if saved.value is None:
        return _not_saved(saved.problems[0], wave, published, number, form)
    place.keep(wave_id, token)
    if request.form.get("page-turn") == "back":
        _say_what_was_refused(saved.errors)
        return _to_page(wave_id, number - 1)
    if saved.errors:
        return screens.questions(wave, published, number, form, saved.errors), 422
    if number < len(published.page_keys):
        return _to_page(wave_id, number + 1)
    sent = respond.submit_response(token, wave_id, account_id=_account_id())
    if sent.value is None:
        return _not_saved(sent.problems[0], wave, published, number, form)
    return _to_thanks(wave_id)


@blueprint.get("/s/<wave_id>/thanks")
@requires("patron")
def thanks(wave_id: str) -> ResponseReturnValue:
    """The answers are on disk. Shown only where they are."""
    wave = _fielded(wave_id)
    if not place.is_sent(wave_id):
        return redirect(url_for(".welcome", wave_id=wave_id))
    return screens.thanks(wave, wave.published().instrument)


@blueprint.get("/s/<wave_id>/delete")
@requires("patron")
def ask_to_delete(wave_id: str) -> ResponseReturnValue:
    """Ask before everything that was written is deleted."""
    wave = _fielded(wave_id)
    if _draft(wave_id) is None:
        return redirect(url_for(".welcome", wave_id=wave_id))
    return screens.delete(wave, wave.published().instrument)


@blueprint.post("/s/<wave_id>/delete")
@requires("patron")
def delete(wave_id: str) -> ResponseReturnValue:
    """Forget what this browser wrote. A closed survey forgets as well as an open one."""
    _fielded(wave_id)
    token = place.token(wave_id)
    if token is not None:
        respond.discard_draft(token, wave_id)
    place.forget(wave_id)
    flash(gettext("Everything you had written here is deleted."), "success")
    return redirect(url_for(".welcome", wave_id=wave_id))


@blueprint.errorhandler(CSRFError)
def form_has_expired(error: CSRFError) -> ResponseReturnValue:
    """A form without its token: no cookie at all, or one that is not this page's any more."""
    wave = fielding.wave((request.view_args or {}).get("wave_id", ""))
    if wave is None or wave.state == "draft":
        return _refused(not_found("survey", ""), None)
    speak(wave.published().instrument)
    number = (request.view_args or {}).get("number", 0)
    page = screens.page_at(wave.published(), number)
    if not session:
        problem = screens.problem_of("browser.no-cookie", wave.id)
        return screens.refusal(problem, wave, screens.typed_words(page) if page else ())
    if page is None:
        return errors.form_expired(error)
    if _draft(wave.id) is None:
        return _without_draft(wave, wave.published(), number)
    text = gettext(
        "This page was open for too long. Your answers are still here: send the page again."
    )
    form = form_class(wave.published(), page.key)()
    again = screens.questions(wave, wave.published(), number, form, also=[Mistake(text, None)])
    return again, 400


@blueprint.errorhandler(SQLAlchemyError)
def could_not_be_saved(error: SQLAlchemyError) -> ResponseReturnValue:
    """The database is busy, full or away: what was typed is shown again, to be sent again."""
    problem = problem_of(error)
    db.session.rollback()
    if problem is None or request.endpoint != f"{blueprint.name}.{turn.__name__}":
        return errors.database_error(error)
    current_app.logger.error("%s: %s", request.endpoint, problem.code)
    about = request.view_args or {}
    try:
        wave = _fielded(about["wave_id"])
        published = wave.published()
        page = screens.page_at(published, about["number"])
        assert page is not None, "only a page that is there can be saved"
        form = form_class(published, page.key)()
        text = gettext("This could not be saved just now. Wait a moment, then send the page again.")
        also = [Mistake(text, None)]
        again = screens.questions(wave, published, about["number"], form, also=also)
    except SQLAlchemyError:
        return errors.database_error(error)
    return again, 503


def _open(wave_id: str) -> Wave:
    """The wave, where this person can answer it now; a page that says why not otherwise."""
    checked = respond.may_answer(wave_id, account_id=_account_id())
    if checked.value is None:
        problem = checked.problems[0]
        if problem.code == "wave.sign-in" and current_account() is None:
            abort(redirect(url_for("security.login", next=request.path)))
        if problem.code == "wave.closed" and _draft(wave_id) is not None:
            problem = screens.problem_of("response.closed-meanwhile", wave_id)
        abort(_refused(problem, fielding.wave(wave_id)))
    speak(checked.value.published().instrument)
    return checked.value


def _fielded(wave_id: str) -> Wave:
    """The wave, open or closed, where it was ever opened."""
    wave = fielding.wave(wave_id)
    if wave is None or wave.state == "draft":
        abort(_refused(not_found("survey", wave_id), None))
    speak(wave.published().instrument)
    return wave


def _account_id() -> int | None:
    account = current_account()
    return account.id if account else None


def _draft(wave_id: str) -> Draft | None:
    """The draft of this browser, where it is still there."""
    token = place.token(wave_id)
    return answers.draft(token, wave_id) if token else None


def _next_number(published: Published, draft: Draft) -> int:
    """The first page that is not done, counted from 1; the last where all are."""
    for number, key in enumerate(published.page_keys, start=1):
        if key not in draft.pages_done:
            return number
    return len(published.page_keys)


def _refused(problem: Problem, wave: Wave | None) -> Response:
    # A wave that is only planned must look like one that never was.
    known = wave if wave is not None and wave.state != "draft" else None
    return screens.refusal(problem, known)


def _not_saved(
    problem: Problem, wave: Wave, published: Published, number: int, form: Form
) -> ResponseReturnValue:
    """The page was not saved, or the answers not sent: say why, with all that was typed."""
    page = published.pages[published.page_keys[number - 1]]
    if problem.code == "response.page-order":
        first = published.position(problem.where) or 0
        href = url_for(".questions", wave_id=wave.id, number=first + 1)
        text = gettext(
            "Section %(first)s is not done yet. Complete it first, then come back here.",
            first=first + 1,
        )
        return screens.questions(wave, published, number, form, also=[Mistake(text, href)]), 409
    if _draft(wave.id) is None:
        return _without_draft(wave, published, number)
    if problem.code == "wave.closed":
        problem = screens.problem_of("response.closed-meanwhile", wave.id)
    return screens.refusal(problem, wave, screens.typed_words(page))


def _signed_out(wave: Wave, published: Published, number: int, form: Form) -> ResponseReturnValue:
    href = url_for("security.login", next=url_for(".welcome", wave_id=wave.id))
    text = gettext(
        "You are no longer signed in. Sign in in another window, then send this page again."
    )
    return screens.questions(wave, published, number, form, also=[Mistake(text, href)]), 403


def _without_draft(wave: Wave, published: Published, number: int) -> ResponseReturnValue:
    """A page was posted and there is no draft: sent a moment ago, too old, or never begun."""
    if place.is_sent(wave.id) or _is_second_click(wave, published, number):
        return _to_thanks(wave.id)
    page = published.pages[published.page_keys[number - 1]]
    problem = screens.problem_of(_why_no_draft(wave.id), wave.id)
    return screens.refusal(problem, wave, screens.typed_words(page))


def _is_second_click(wave: Wave, published: Published, number: int) -> bool:
    """Whether "Send answers" was pressed twice, and the first one stored the response.

    The draft is gone although it is young, and a response came since it was last saved. That it
    is this one cannot be asked, and must not be: so no other page than the last one counts, lest
    somebody be thanked whose draft went otherwise, as with a restored backup.
    """
    day = place.last_used(wave.id)
    if day is None or number != len(published.page_keys) or place.is_too_old(wave.id):
        return False
    return answers.any_since(wave.id, day)


def _why_no_draft(wave_id: str) -> str:
    if place.token(wave_id) is None:
        return "response.not-begun"
    return "response.expired" if place.is_too_old(wave_id) else "response.no-draft"


def _begin_first(wave_id: str) -> ResponseReturnValue:
    if place.token(wave_id) is not None:
        flash(str(screens.REFUSALS[_why_no_draft(wave_id)].text), "warning")
        place.forget(wave_id)
    return redirect(url_for(".welcome", wave_id=wave_id))


def _say_what_was_refused(problems: tuple[Problem, ...]) -> None:
    """Going back keeps what passes; what does not is told, since it could not be kept."""
    refused = [problem for problem in problems if problem.code != "answer.required"]
    for problem in refused[:3]:
        flash(
            gettext(
                "One answer could not be kept: %(message)s You will come to it again.",
                message=told(problem.message),
            )
        )


def _to_page(wave_id: str, number: int) -> ResponseReturnValue:
    if number < 1:
        return redirect(url_for(".welcome", wave_id=wave_id))
    return redirect(url_for(".questions", wave_id=wave_id, number=number))


def _to_thanks(wave_id: str) -> ResponseReturnValue:
    place.mark_sent(wave_id)
    return redirect(url_for(".thanks", wave_id=wave_id))
