"""Publishing an instrument: what it does, to whom, and how the waves that ask it go on."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from assessor.actions.instruments import publish_instrument
from assessor.actions.waves import field_version
from assessor.domain.checks.instrument import check_instrument
from assessor.domain.problems import has_errors
from assessor.store.documents import StoredInstrument
from assessor.web.access import current_account, current_library_id, requires
from assessor.web.instruments import impact_words
from assessor.web.instruments.changes import changes
from assessor.web.instruments.fielded import GoesOn, asked_in, going_on, impact_of
from assessor.web.instruments.frame import blueprint, own_draft, own_version
from assessor.web.messages import gettext, ngettext, told

ANSWERS = ("go_on", "stay")


@blueprint.route("/<key>/publish", methods=["GET", "POST"])
@requires("librarian")
def publish(key: str) -> ResponseReturnValue:
    """Say what publishing freezes and what it does, ask, and publish. Twice is once."""
    stored = own_draft(key)
    checks = check_instrument(stored.draft)
    if not stored.changed:
        flash(
            gettext(
                "Version %(latest)s is published, and the draft is the same.", latest=stored.latest
            ),
            "success",
        )
        return redirect(url_for("instruments.versions", key=key))
    form = FlaskForm()
    # What is frozen for good is what was read, not what somebody put in its place meanwhile.
    is_other = form.is_submitted() and request.form.get("seen") != stored.sha256
    if is_other:
        flash(
            gettext("The draft is another than the one you read. Look at it again first."),
            "warning",
        )
    waves = going_on(key, stored.draft) if stored.latest is not None else ()
    unsaid = _unsaid(waves) if form.is_submitted() else []
    is_said = form.validate_on_submit() and not unsaid
    if not is_said or has_errors(checks) or is_other:
        page = _page(stored, waves, unsaid)
        return page, 422 if form.is_submitted() else 200
    account = current_account()
    done = publish_instrument(current_library_id(), key, account_id=account.id if account else None)
    if done.value is None:
        for problem in done.problems:
            flash(told(problem.message), "error")
        return redirect(url_for("instruments.show", key=key))
    moved = _go_on(waves, done.value)
    if moved:
        published = ngettext(
            "Version %(version)s is published. New people are asked it in %(num)s wave.",
            "Version %(version)s is published. New people are asked it in %(num)s waves.",
            moved,
            version=done.value,
        )
    else:
        published = gettext(
            "Version %(value)s is published. Plan a wave to ask it.", value=done.value
        )
    flash(published, "success")
    return redirect(url_for("instruments.versions", key=key))


def _page(stored: StoredInstrument, waves: tuple[GoesOn, ...], unsaid: list[dict[str, str]]) -> str:
    checks = check_instrument(stored.draft)
    key = stored.draft.key
    newest = own_version(key, stored.latest)[1].instrument if stored.latest is not None else None
    found = impact_of(key, newest, stored.draft) if newest else None
    asked = asked_in(key) if newest else ()
    return render_template(
        "instruments/publish.html",
        stored=stored,
        number=(stored.latest or 0) + 1,
        checks=checks,
        found=changes(newest, stored.draft) if newest else None,
        impact=impact_words.parts(found) if found and asked else (),
        impact_summary=impact_words.summary(found) if found and asked else "",
        asked=asked,
        waves=waves,
        said={wave.field: request.form.get(wave.field, "") for wave in waves},
        unsaid=unsaid,
        is_blocked=has_errors(checks),
    )


def _unsaid(waves: tuple[GoesOn, ...]) -> list[dict[str, str]]:
    """What still has to be said of each wave, as an error summary takes it."""
    return [
        {
            "text": gettext("Say how “%(wave)s” goes on.", wave=one.wave.title),
            "href": f"#{one.field}-stay" if one.refusal else f"#{one.field}-go_on",
        }
        for one in waves
        if request.form.get(one.field) not in (ANSWERS if not one.refusal else ("stay",))
    ]


def _go_on(waves: tuple[GoesOn, ...], version: int) -> int:
    """Let the chosen waves go on with the version; how many do."""
    moved = 0
    for one in waves:
        if request.form.get(one.field) == "go_on":
            done = field_version(one.wave.library_id, one.wave.id, version)
            for problem in done.problems:
                said = gettext("“%(wave)s” stays as it is:", wave=one.wave.title)
                flash(f"{said} {told(problem.message)}", "warning")
            moved += done.value is not None
    return moved
