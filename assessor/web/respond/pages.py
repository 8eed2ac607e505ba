"""Answering: the second chain, from a wave's link to the thank-you.

The pages show and lead on; every gate stands in `actions.respond`, inside the transaction that
writes. Whoever posts past a page meets the same gates here, in plain words.
"""

from flask import (
    Blueprint,
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

from assessor.actions import drafts, respond
from assessor.actions.refusals import not_found
from assessor.actions.way import Way
from assessor.store import fielding
from assessor.store.database import db
from assessor.store.faults import problem_of
from assessor.store.fielding import Wave
from assessor.store.published import published_by_id
from assessor.web import errors
from assessor.web.access import current_account, requires
from assessor.web.items import Filled, raw_of, stored, typed
from assessor.web.messages import gettext
from assessor.web.respond import language, outcomes, place, screens, turning
from assessor.web.respond.screens import Shown

blueprint = Blueprint("respond", __name__, template_folder="templates")


@blueprint.get("/s/<wave_id>")
@requires("patron")
def welcome(wave_id: str) -> ResponseReturnValue:
    """What it is about, what is kept of it, and the button to begin or go on."""
    wave = _open(wave_id)
    way = outcomes.way_here(wave_id)
    published = way.published if way else wave.published()
    kept = way.draft.language if way else None
    instrument = language.spoken(wave_id, published.instrument, kept)
    given = outcomes.given(published.instrument)
    return screens.welcome(wave, instrument, way.next_number if way else None, given)


@blueprint.post("/s/<wave_id>")
@requires("patron")
def start(wave_id: str) -> ResponseReturnValue:
    """Begin, or go on with what this browser has begun."""
    wave = _open(wave_id)
    way = outcomes.way_here(wave_id)
    if way is not None:
        return outcomes.to_page(wave_id, way.next_number)
    instrument = wave.published().instrument
    started = respond.start_response(
        wave_id,
        account_id=outcomes.account_id(),
        given=outcomes.given(instrument),
        language=language.chosen(wave_id, instrument),
    )
    if started.value is None:
        return outcomes.refused(started.problems[0], wave)
    place.keep(wave_id, started.value)
    return outcomes.to_page(wave_id, 1)


@blueprint.get("/s/<wave_id>/<int:number>")
@requires("patron")
def questions(wave_id: str, number: int) -> ResponseReturnValue:
    """One page of questions with what was answered before."""
    way = outcomes.way_here(wave_id)
    if way is None and place.is_sent(wave_id):
        return outcomes.to_thanks(wave_id)
    if way is None and place.ended(wave_id):
        return redirect(url_for(".ended", wave_id=wave_id))
    wave = _open(wave_id)
    if way is None and not 1 <= number <= len(wave.published().page_keys):
        return outcomes.refused(not_found("page", str(number)), wave)
    if way is None:
        return outcomes.begin_first(wave_id)
    page = way.page(number)
    if page is None:
        return outcomes.refused(not_found("page", str(number)), wave)
    if number > way.next_number:
        flash(gettext("Please answer this section first."), "warning")
        return outcomes.to_page(wave_id, way.next_number)
    filled = stored(way.draft.answers, page)
    return screens.questions(Shown(wave, way, number, filled, new="new" in request.args))


@blueprint.post("/s/<wave_id>/<int:number>")
@requires("patron")
def turn(wave_id: str, number: int) -> ResponseReturnValue:
    """Save the page; then on, back, or send. What does not pass stays on the page."""
    wave = _fielded(wave_id)
    if wave.access == "signed_in" and current_account() is None:
        return outcomes.signed_out(wave, number)
    way, token = outcomes.way_here(wave_id), place.token(wave_id)
    if way is None or token is None:
        return outcomes.without_draft(wave, number)
    page = way.page(number)
    if page is None:
        return outcomes.refused(not_found("page", str(number)), wave)
    filled, problems = turning.taken_in(wave_id, way, page, token, outcomes.account_id())
    if turning.stays_here():
        return _shown_again(wave, way, number, filled, token)
    saved = respond.save_page(
        token,
        wave_id,
        page.key,
        raw_of(filled),
        account_id=outcomes.account_id(),
        shown=turning.shown(),
        language=language.chosen(wave_id, way.instrument, way.draft.language),
    )
    if saved.value is None:
        return outcomes.not_saved(saved.problems[0], wave, way, number, filled)
    if saved.value.ending is not None:
        return outcomes.to_ending(wave_id, way, saved.value.ending, saved.value.route)
    place.keep(wave_id, token)
    wrong = (*problems, *saved.errors)
    after = way.with_route(saved.value.route)
    leads = turning.where_to(after, page.key, saved.value, number, has_mistakes=bool(wrong))
    if leads.said:
        outcomes.say_what_was_refused(wrong)
    if leads.number is not None:
        return outcomes.to_page(wave_id, leads.number, new=leads.new)
    if wrong or saved.value.appeared:
        here = after.number(page.key) or number
        again = Shown(wave, after, here, filled, wrong, new=bool(saved.value.appeared))
        return screens.questions(again), 422 if wrong else 200
    sent = respond.submit_response(token, wave_id, account_id=outcomes.account_id())
    if sent.value is None:
        return outcomes.not_saved(sent.problems[0], wave, after, number, filled)
    if sent.value.ending is not None:
        return outcomes.to_ending(wave_id, way, sent.value.ending, sent.value.route)
    place.quote_once(wave_id, outcomes.quoted(sent.value.thanks, sent.value.route))
    return outcomes.to_thanks(wave_id)


@blueprint.post("/s/<wave_id>/<int:number>/items")
@requires("patron")
def items(wave_id: str, number: int) -> ResponseReturnValue:
    """The questions of a page as they are with what stands in it now; nothing is stored.

    A script asks this when an answer changes, so that what hangs on it comes and goes at once.
    """
    wave = _fielded(wave_id)
    way, token = outcomes.way_here(wave_id), place.token(wave_id)
    page = way.page(number) if way else None
    if way is None or token is None or page is None:
        return "", 409
    filled = typed(request.form)
    spoken = language.chosen(wave_id, way.instrument, way.draft.language)
    looked = respond.look_at(way, page.key, raw_of(filled), token, language=spoken)
    here = way.with_route(looked.route)
    problems = looked.problems if "page-wrong" in request.form else ()
    return screens.questions_part(Shown(wave, here, number, filled, problems))


@blueprint.get("/s/<wave_id>/thanks")
@requires("patron")
def thanks(wave_id: str) -> ResponseReturnValue:
    """The answers are on disk. Shown only where they are."""
    wave = _fielded(wave_id)
    if not place.is_sent(wave_id):
        return redirect(url_for(".welcome", wave_id=wave_id))
    instrument = language.spoken(wave_id, wave.published().instrument)
    return screens.thanks(wave, instrument, place.quoted_once(wave_id))


@blueprint.get("/s/<wave_id>/ended")
@requires("patron")
def ended(wave_id: str) -> ResponseReturnValue:
    """Where this browser came out before the last page. Looking again counts nobody again."""
    wave = _fielded(wave_id)
    version_id, key = place.ended(wave_id) or (0, "")
    published = published_by_id(version_id)
    if published is None:
        return redirect(url_for(".welcome", wave_id=wave_id))
    instrument = language.spoken(wave_id, published.instrument)
    ending = instrument.ending(key)
    if ending is None:
        return redirect(url_for(".welcome", wave_id=wave_id))
    return screens.ended(wave, instrument, ending, place.quoted_once(wave_id))


@blueprint.get("/s/<wave_id>/delete")
@requires("patron")
def ask_to_delete(wave_id: str) -> ResponseReturnValue:
    """Ask before everything that was written is deleted."""
    wave = _fielded(wave_id)
    way = outcomes.way_here(wave_id)
    if way is None:
        return redirect(url_for(".welcome", wave_id=wave_id))
    return screens.delete(wave, language.spoken(wave_id, way.instrument, way.draft.language))


@blueprint.post("/s/<wave_id>/delete")
@requires("patron")
def delete(wave_id: str) -> ResponseReturnValue:
    """Forget what this browser wrote. A closed survey forgets as well as an open one."""
    _fielded(wave_id)
    token = place.token(wave_id)
    if token is not None:
        drafts.discard_draft(token, wave_id)
    place.forget(wave_id)
    flash(gettext("Everything you had written here is deleted."), "success")
    return redirect(url_for(".welcome", wave_id=wave_id))


@blueprint.errorhandler(CSRFError)
def form_has_expired(error: CSRFError) -> ResponseReturnValue:
    """A form without its token: no cookie at all, or one that is not this page's any more."""
    wave = fielding.wave((request.view_args or {}).get("wave_id", ""))
    if wave is None or wave.state == "draft":
        return outcomes.refused(not_found("survey", ""), None)
    number = (request.view_args or {}).get("number", 0)
    if not session:
        problem = screens.problem_of("browser.no-cookie", wave.id)
        return screens.refusal(problem, wave, outcomes.typed_words(wave))
    way = outcomes.way_here(wave.id)
    if not number:
        return errors.form_expired(error)
    if way is None:
        return outcomes.without_draft(wave, number)
    if way.page(number) is None:
        return errors.form_expired(error)
    text = gettext(
        "This page was open for too long. Your answers are still here: send the page again."
    )
    return outcomes.shown_with(wave, way, number, typed(request.form), text), 400


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
        wave, way = _fielded(about["wave_id"]), outcomes.way_here(about["wave_id"])
        if way is None or way.page(about["number"]) is None:
            return errors.database_error(error)
        text = gettext("This could not be saved just now. Wait a moment, then send the page again.")
        return outcomes.shown_with(wave, way, about["number"], typed(request.form), text), 503
    except SQLAlchemyError:
        return errors.database_error(error)


def _open(wave_id: str) -> Wave:
    """The wave, where this person can answer it now; a page that says why not otherwise."""
    checked = respond.may_answer(wave_id, account_id=outcomes.account_id())
    if checked.value is None:
        problem = checked.problems[0]
        if problem.code == "wave.sign-in" and current_account() is None:
            abort(redirect(url_for("security.login", next=request.path)))
        if problem.code == "wave.closed" and outcomes.way_here(wave_id) is not None:
            problem = screens.problem_of("response.closed-meanwhile", wave_id)
        abort(outcomes.refused(problem, fielding.wave(wave_id)))
    language.spoken(wave_id, checked.value.published().instrument)
    return checked.value


def _fielded(wave_id: str) -> Wave:
    """The wave, open or closed, where it was ever opened."""
    wave = fielding.wave(wave_id)
    if wave is None or wave.state == "draft":
        abort(outcomes.refused(not_found("survey", wave_id), None))
    language.spoken(wave_id, wave.published().instrument)
    return wave


def _shown_again(
    wave: Wave, way: Way, number: int, filled: Filled, token: str
) -> ResponseReturnValue:
    """The page with one time of a group, or one file, more or less; nothing is saved yet."""
    page = way.page(number)
    assert page is not None, "the caller looked the page up"
    focus = turning.changed(page, filled)
    looked = respond.look_at(way, page.key, raw_of(filled), token)
    here = way.with_route(looked.route)
    return screens.questions(Shown(wave, here, number, filled, focus=focus))
