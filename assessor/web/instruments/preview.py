"""An instrument as a patron meets it on a phone: checked like the real pages, and nothing kept."""

import json
from dataclasses import dataclass, replace

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessor.actions.drafts import DRAFT_DAYS
from assessor.actions.waves import RETENTION_MONTHS
from assessor.domain.answers import check_page
from assessor.domain.arrangement import items_in_order
from assessor.domain.checks.instrument import check_instrument
from assessor.domain.instrument import Instrument
from assessor.domain.problems import has_errors
from assessor.domain.route import Answers, Person, Route, follow
from assessor.domain.translations import in_language
from assessor.store.database import today
from assessor.store.documents import Version
from assessor.web.access import requires
from assessor.web.instruments.frame import blueprint, own_draft, own_version, sections
from assessor.web.item_views import has_something_for_a_script, mistakes, sheet_of, views
from assessor.web.items import Filled, add_problems, raw_of, stored, typed
from assessor.web.languages import language_of, speak
from assessor.web.wording import Wording, piped_keys


@blueprint.get("/<key>/preview")
@requires("leadership")
def preview(key: str) -> ResponseReturnValue:
    """The phone; inside it the pages, one after the other."""
    number = request.args.get("version", type=int)
    instrument, _ = _chosen(key, number)
    checks = check_instrument(instrument) if number is None else ()
    return render_template(
        "instruments/preview.html",
        instrument=instrument,
        key=key,
        number=number,
        sections=sections(key, "preview"),
        checks=checks,
        is_blocked=has_errors(checks),
    )


@blueprint.route("/<key>/preview/<int:page>", methods=["GET", "POST"])
@requires("leadership")
def preview_page(key: str, page: int) -> ResponseReturnValue:
    """A patron's page: 0 is the welcome, one after the last the thanks."""
    number = request.args.get("version", type=int)
    instrument, version = _chosen(key, number)
    if number is None and has_errors(check_instrument(instrument)):
        return redirect(url_for("instruments.show", key=key))
    trial = _trial(instrument, version)
    speak(trial.spoken)
    of = len(instrument.pages)
    if page < 1 or page > of:
        at = "welcome" if page < 1 else "thanks"
        return _screen(at, trial, page=max(0, min(page, of + 1)))
    asked = instrument.pages[page - 1]
    if request.method == "GET":
        return _questions(trial, page, stored(trial.answers, asked))
    filled = typed(request.form)
    if request.form.get("page-turn") == "back":
        return redirect(trial.address(page - 1))
    checked = check_page(
        instrument,
        raw_of(filled),
        trial.answers,
        trial.person,
        pages=[asked.key],
        done=frozenset(),
        spoken=trial.spoken,
    )
    here = replace(trial, route=checked.route)
    errors = [problem for problem in checked.problems if problem.severity == "error"]
    if errors:
        add_problems(filled, errors)
        return _questions(here, page, filled), 422
    if request.form.get("page-turn", "onward") != "onward":
        return _questions(here, page, filled)
    return redirect(here.address(here.page_after(page)))


@dataclass(frozen=True)
class Trial:
    """Somebody trying an instrument: in a language, as one of a group, with answers so far.

    What later pages hang on is carried in the address, and kept nowhere.
    """

    instrument: Instrument
    version: Version | None
    language: str
    group: str
    person: Person
    answers: Answers
    route: Route

    @property
    def spoken(self) -> Instrument:
        return in_language(self.instrument, self.language)

    def address(self, page: int) -> str:
        carried = {key: one for key, one in self.route.answers.items() if key in self._named}
        return url_for(
            ".preview_page",
            key=self.instrument.key,
            page=page,
            version=self.version.version if self.version else None,
            language=request.args.get("language"),
            group=self.group or None,
            answers=json.dumps(carried, ensure_ascii=False) if carried else None,
        )

    def page_after(self, page: int) -> int:
        """The next page that somebody who answers like this meets."""
        of = len(self.instrument.pages)
        later = range(page + 1, of + 1)
        return next(
            (n for n in later if self.instrument.pages[n - 1].key in self.route.pages), of + 1
        )

    @property
    def _named(self) -> set[str]:
        """The columns that some later page can hang on or quote."""
        known: set[str] | None = self.instrument.worked_out.get("named in logic")
        if known is None:
            document = self.instrument.model_dump_json()
            known = {found.partition(".")[0] for found in piped_keys(document)}
            self.instrument.worked_out["named in logic"] = known
        wanted = known
        return {name for name in self.route.answers if name.partition(".")[0] in wanted}


def _trial(instrument: Instrument, version: Version | None) -> Trial:
    group = request.args.get("group", "")
    language = request.args.get("language", "")
    wanted = language if language in instrument.languages else instrument.language
    answers: Answers = {}
    try:
        carried = json.loads(request.args.get("answers", "{}"))
    except ValueError:
        carried = {}
    if isinstance(carried, dict):
        # As it came from whoever typed the address: the one check reads it.
        answers = check_page(instrument, carried, {}, Person(on=today())).answers
        answers = {name: one for name, one in answers.items() if name in carried}
    if instrument.group_item and group in {one.code for one in instrument.groups()}:
        answers[instrument.group_item] = group
    person = Person(on=today())
    route = follow(instrument, answers, person, done=frozenset())
    return Trial(instrument, version, wanted, group, person, answers, route)


def _chosen(key: str, number: int | None) -> tuple[Instrument, Version | None]:
    """The draft, or the published version that the address names."""
    if number is None:
        return own_draft(key).draft, None
    version, found = own_version(key, number)
    return found.instrument, version


def _screen(name: str, trial: Trial, page: int) -> str:
    said = trial.spoken
    words = Wording(said, trial.route.values)
    return render_template(
        f"instruments/patron_{name}.html",
        introduction=words.html(said.introduction),
        words=words.html(said.thanks),
        promised={"access": "open_link", "retention_months": RETENTION_MONTHS},
        draft_days=DRAFT_DAYS,
        **_frame(trial, page),
    )


def _questions(trial: Trial, number: int, filled: Filled) -> str:
    said = trial.spoken
    page = said.pages[number - 1]
    sheet = sheet_of(said, trial.route, trial.person, filled)
    shown = views(sheet, items_in_order(page, trial.person.seed))
    wrong, elsewhere = mistakes(shown, filled)
    told = [{"text": one.text, "href": one.href} for one in wrong]
    return render_template(
        "instruments/patron_questions.html",
        page=page,
        title_of_page=sheet.say.text(page.title),
        introduction=sheet.say.html(page.introduction),
        views=shown,
        problems=[*told, *({"text": text, "href": None} for text in elsewhere)],
        needs_script=has_something_for_a_script(shown),
        **_frame(trial, number),
    )


def _frame(trial: Trial, number: int) -> dict[str, object]:
    before = max(0, number - 1)
    addresses = {
        name: trial.address(page)
        for name, page in (
            ("here", number),
            ("onward", trial.page_after(number)),
            ("back", before),
            ("start", 0),
        )
    }
    said = trial.spoken
    return {
        "instrument": said,
        "number": number,
        "pages": len(said.pages),
        "addresses": addresses,
        **language_of(said),
    }
