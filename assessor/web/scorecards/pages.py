"""The scorecard on the site: the same report as the file, with an address for every element."""

from flask import Blueprint, Response, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.utils import secure_filename

from assessor.actions.scorecards import compute_scorecard
from assessor.domain.problems import Problem
from assessor.domain.scorecard import Scorecard
from assessor.reports.page import render_scorecard_file, scorecard_body
from assessor.store import documents, fielding, scorecard_queries
from assessor.store.scorecard_queries import StoredScorecard
from assessor.web.access import current_library_id, requires
from assessor.web.chosen_plan import chosen_plan
from assessor.web.messages import gettext, ngettext
from assessor.web.writing import count, day_of

blueprint = Blueprint("scorecards", __name__, template_folder="templates", url_prefix="/scorecards")


@blueprint.get("/")
@requires("leadership")
def index() -> ResponseReturnValue:
    """The newest finished scorecard is the page; where there is none, what is missing for one."""
    library_id = current_library_id()
    stored = chosen_plan(library_id)
    if stored is None:
        return render_template("scorecards/empty.html", missing="plan", problems=())
    plan_key = stored.plan.key
    if documents.current_mapping(library_id, plan_key) is None:
        return render_template("scorecards/empty.html", missing="mapping", problems=())
    periods = _periods(library_id)
    if not periods:
        return render_template("scorecards/empty.html", missing="wave", problems=())
    computed = compute_scorecard(library_id, plan_key, _newest_finished(library_id) or periods[0])
    if computed.value is None:
        return _unwell(computed.problems)
    return redirect(url_for("scorecards.show", scorecard_id=computed.value.id))


@blueprint.get("/<int:scorecard_id>")
@requires("leadership")
def show(scorecard_id: int) -> ResponseReturnValue:
    """The whole report for one period, computed again where something that went in has changed."""
    stored = _current(scorecard_id)
    address = url_for("scorecards.show", scorecard_id=stored.id)
    number = sum(wave.responses for wave in stored.scorecard.waves)
    return render_template(
        "scorecards/show.html",
        stored=stored,
        body=scorecard_body(stored.scorecard, base_url=address),
        document_title=_title(stored.scorecard),
        others=_others(stored),
        computed_on=day_of(stored.computed_on),
        responses=ngettext(
            "%(count)s response", "%(count)s responses", number, count=count(number)
        ),
    )


@blueprint.get("/<int:scorecard_id>/elements/<code>")
@requires("leadership")
def element(scorecard_id: int, code: str) -> ResponseReturnValue:
    """One element and what is below it: an address that can be sent."""
    stored = _current(scorecard_id)
    found = stored.scorecard.element(code)
    if found is None:
        abort(404)
    address = url_for("scorecards.show", scorecard_id=stored.id)
    return render_template(
        "scorecards/element.html",
        stored=stored,
        element=found,
        body=scorecard_body(stored.scorecard, element=code, base_url=address),
    )


@blueprint.get("/<int:scorecard_id>/scorecard.html")
@requires("leadership")
def page_file(scorecard_id: int) -> ResponseReturnValue:
    """The report as one file that needs no other."""
    stored = _current(scorecard_id)
    return _download(stored, "html", "text/html", render_scorecard_file(stored.scorecard))


@blueprint.get("/<int:scorecard_id>/scorecard.json")
@requires("leadership")
def data_file(scorecard_id: int) -> ResponseReturnValue:
    """The numbers themselves, unrounded, in the documented format."""
    stored = _current(scorecard_id)
    content = stored.scorecard.model_dump_json(indent=2) + "\n"
    return _download(stored, "json", "application/json", content)


def _title(scorecard: Scorecard) -> str:
    """What the browser calls the page: as the report calls itself, in the page's language."""
    period = gettext("Scorecard %(period)s", period=scorecard.period).strip()
    of_whom = " · ".join(part for part in (scorecard.library, period) if part)
    return f"{scorecard.title} – {of_whom}"


def _current(scorecard_id: int) -> StoredScorecard:
    kept = scorecard_queries.scorecard(current_library_id(), scorecard_id)
    if kept is None:
        abort(404)
    computed = compute_scorecard(kept.library_id, kept.plan_key, kept.period)
    # Where it cannot be computed any more, what was computed last still stands, with its day.
    return computed.value or kept


def _periods(library_id: int) -> list[str]:
    """Periods with a wave that was opened, newest first."""
    fielded = {wave.period for wave in fielding.waves(library_id) if wave.state != "draft"}
    return sorted(fielded, reverse=True)


def _newest_finished(library_id: int) -> str | None:
    """The newest period that people have stopped answering for: a running one says little yet."""
    finished = {wave.period for wave in fielding.waves(library_id) if wave.state == "closed"}
    return max(finished, default=None)


def _others(stored: StoredScorecard) -> list[dict[str, object]]:
    """Every period of the plan, as links for the section's navigation."""
    known = {
        period: number
        for number, plan_key, period, _ in scorecard_queries.scorecards(stored.library_id)
        if plan_key == stored.plan_key
    }
    return [
        {
            "label": period,
            "href": url_for("scorecards.show", scorecard_id=known[period])
            if period in known
            else url_for("scorecards.of_period", period=period),
            "current": period == stored.period,
        }
        for period in sorted(set(_periods(stored.library_id)) | set(known), reverse=True)
    ]


@blueprint.get("/periods/<period>")
@requires("leadership")
def of_period(period: str) -> ResponseReturnValue:
    """The scorecard of a period that nobody has opened yet."""
    library_id = current_library_id()
    stored = chosen_plan(library_id)
    if period not in _periods(library_id) or stored is None:
        abort(404)
    computed = compute_scorecard(library_id, stored.plan.key, period)
    if computed.value is None:
        return _unwell(computed.problems)
    return redirect(url_for("scorecards.show", scorecard_id=computed.value.id))


def _unwell(problems: tuple[Problem, ...]) -> ResponseReturnValue:
    page = render_template("scorecards/empty.html", missing="score", problems=problems)
    return page, 422


def _download(stored: StoredScorecard, ending: str, kind: str, content: str) -> Response:
    name = secure_filename(f"scorecard-{stored.plan_key}-{stored.period}") or "scorecard"
    response = Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response
