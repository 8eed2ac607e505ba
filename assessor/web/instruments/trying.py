"""Trying an instrument on robots, and taking it to paper."""

from datetime import UTC, datetime

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from assessor.domain.checks.instrument import check_instrument
from assessor.domain.instrument import Instrument
from assessor.domain.problems import Problem, has_errors, say
from assessor.domain.route import Answers
from assessor.domain.trial import Trial, try_instrument
from assessor.formats.answers_csv_writing import write_answers_csv
from assessor.reports.trial_words import trial_findings
from assessor.web.access import requires
from assessor.web.instruments.frame import blueprint, own_draft, own_version, sections
from assessor.web.instruments.reading import item_count
from assessor.web.messages import gettext, lazy_gettext

MOST_WORK = 400_000
"""Robots times items: what can be waited for on a page. The command takes more."""


class TrialForm(FlaskForm):  # type: ignore[misc]  # the package has no types
    """How many robots, and which."""

    respondents = IntegerField(
        lazy_gettext("Robots"),
        [
            InputRequired(lazy_gettext("Say how many robots shall answer.")),
            NumberRange(1, 5000, lazy_gettext("Choose from 1 to 5,000 robots.")),
        ],
        default=500,
    )
    seed = IntegerField(
        lazy_gettext("Seed"),
        [
            InputRequired(lazy_gettext("Enter a number.")),
            NumberRange(0, 10**9, lazy_gettext("Enter a number from 0 up.")),
        ],
        default=1,
        description=lazy_gettext("The same number gives the same robots."),
    )


@blueprint.route("/<key>/try", methods=["GET", "POST"])
@requires("librarian")
def try_page(key: str) -> ResponseReturnValue:
    """Send robots through the draft and say what nobody saw. Nothing is stored."""
    stored = own_draft(key)
    form = TrialForm()
    checks = check_instrument(stored.draft)
    trial: Trial | None = None
    problems: list[Problem] = []
    if form.validate_on_submit() and not has_errors(checks):
        respondents, seed = form.respondents.data or 0, form.seed.data or 0
        too_much = _too_much(stored.draft, respondents)
        problems = [too_much] if too_much else []
        if not too_much:
            trial, _rows = _try(stored.draft, respondents, seed)
    page = render_template(
        "instruments/try.html",
        stored=stored,
        instrument=stored.draft,
        sections=sections(key, "try_page"),
        form=form,
        checks=checks,
        is_blocked=has_errors(checks),
        trial=trial,
        findings_of_trial=trial_findings(trial, stored.draft) if trial else [],
        try_problems=problems,
    )
    return page, 422 if form.errors or problems else 200


@blueprint.get("/<key>/robots.csv")
@requires("librarian")
def robots(key: str) -> ResponseReturnValue:
    """The answers of the same robots, to try a scorecard on."""
    stored = own_draft(key)
    respondents = request.args.get("respondents", 500, type=int)
    seed = request.args.get("seed", 1, type=int)
    is_possible = 1 <= respondents <= 5000 and not has_errors(check_instrument(stored.draft))
    if not is_possible or _too_much(stored.draft, respondents):
        return Response("", status=404)
    _trial, rows = _try(stored.draft, respondents, seed)
    asked = stored.draft.group_item
    groups = [_group(row.get(asked or "")) for row in rows] if asked else None
    data = write_answers_csv(stored.draft, rows, groups).unwrap()
    response = Response(data, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{key}-robots.csv"'
    return response


@blueprint.get("/<key>/questionnaire.pdf")
@requires("leadership")
def questionnaire(key: str) -> ResponseReturnValue:
    """The draft, or a published version, as a questionnaire on paper."""
    number = request.args.get("version", type=int)
    found = own_draft(key).draft if number is None else own_version(key, number)[1].instrument
    language = request.args.get("language", "")
    try:
        # Loads the engine that draws text, which the other pages do not need.
        from assessor.reports.questionnaire import questionnaire_pdf

        data = questionnaire_pdf(found, language=language if language in found.languages else None)
    except OSError:
        current_app.logger.exception("Pango is missing")
        message = gettext(
            "This site cannot print: its server lacks Pango. Tell your administrator."
        )
        flash(message, "error")
        return redirect(url_for(".show", key=key))
    response = Response(data, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{key}.pdf"'
    return response


def _try(instrument: Instrument, respondents: int, seed: int) -> tuple[Trial, list[Answers]]:
    return try_instrument(instrument, respondents, seed=seed, on=datetime.now(UTC).date())


def _too_much(instrument: Instrument, respondents: int) -> Problem | None:
    items = max(item_count(instrument), 1)
    if respondents * items <= MOST_WORK:
        return None
    message = say(
        "That many robots would take too long here. Choose at most {most:,}, or use the command "
        "`assessor try {key}.yaml --respondents {respondents}`.",
        most=MOST_WORK // items,
        key=instrument.key,
        respondents=respondents,
    )
    return Problem(code="trial.too-much", where="respondents", message=message)


def _group(answer: object) -> str | None:
    return answer if isinstance(answer, str) else None
