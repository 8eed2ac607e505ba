"""What a patron sees: the pages, and each refusal as a page in plain words.

Nothing here writes. What was typed is shown again or handed back, never dropped in silence.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import Response, make_response, render_template, request
from flask_wtf import FlaskForm
from wtforms import Form

from assessor.actions.respond import DRAFT_DAYS
from assessor.domain.instrument import Instrument, LongTextItem, Page, ShortText
from assessor.domain.problems import Problem
from assessor.store.accounts import LibraryRow
from assessor.store.database import db
from assessor.store.fielding import Wave
from assessor.store.published import Published
from assessor.web import navigation
from assessor.web.item_views import rich_text, views
from assessor.web.items import Mistake, add_problems, mistakes
from assessor.web.languages import language_of, speak
from assessor.web.messages import lazy_gettext
from assessor.web.respond import place
from assessor.web.writing import minutes

LISTED = 10
"""How many problems that belong to no question are told one by one."""


@dataclass(frozen=True)
class Refusal:
    """A refusal as a page: its status, its heading, and what to do in plain words."""

    status: int
    heading: str
    text: str


REFUSALS: dict[str, Refusal] = {
    "survey.not-found": Refusal(
        404,
        lazy_gettext("There is no survey here"),
        lazy_gettext(
            "Check that the whole link was copied. If it came in a message or on a poster, ask the "
            "library for a new one."
        ),
    ),
    "page.not-found": Refusal(
        404,
        lazy_gettext("There is no such section"),
        lazy_gettext("Go back to the start of the survey and go on from there."),
    ),
    "wave.not-yet-open": Refusal(403, lazy_gettext("This survey has not opened yet"), ""),
    "wave.closed": Refusal(
        410, lazy_gettext("This survey is closed"), lazy_gettext("Thank you for wanting to answer.")
    ),
    "wave.sign-in": Refusal(403, lazy_gettext("This survey is for the library’s staff"), ""),
    "wave.already-answered": Refusal(403, lazy_gettext("You have answered already"), ""),
    "response.not-begun": Refusal(
        409,
        lazy_gettext("This survey has to be begun again"),
        lazy_gettext(
            "This browser no longer knows which answers are yours. It may have deleted the cookie "
            "that kept your place."
        ),
    ),
    "response.no-draft": Refusal(
        409,
        lazy_gettext("Nothing of yours is waiting here"),
        lazy_gettext(
            "If you pressed “Send answers” before, they were sent and all is well. Otherwise this "
            "site has lost them: please begin again."
        ),
    ),
    "response.expired": Refusal(
        409,
        lazy_gettext("These answers were kept too long"),
        lazy_gettext(
            "Answers that are not sent are deleted after %(draft_days)s days, and these "
            "were. Please begin again.",
            draft_days=DRAFT_DAYS,
        ),
    ),
    "response.closed-meanwhile": Refusal(
        410,
        lazy_gettext("This survey closed before your answers were sent"),
        lazy_gettext(
            "They do not count, since they were not sent. What you saved before stays for "
            "%(draft_days)s days: if the library opens the survey again, you can go on "
            "from this browser where you stopped.",
            draft_days=DRAFT_DAYS,
        ),
    ),
    "browser.no-cookie": Refusal(
        400,
        lazy_gettext("This survey needs one cookie"),
        lazy_gettext(
            "Your browser sent none back. The cookie keeps your place between the sections, holds "
            "no name, and is the only one. Allow cookies for this site and begin again."
        ),
    ),
}
"""Every refusal a patron can meet, by the code of its problem. An empty text means the problem's
own message says it all."""


CAN_BEGIN = {
    "page.not-found",
    "response.not-begun",
    "response.no-draft",
    "response.expired",
    "browser.no-cookie",
}
"""Refusals after which the way leads to the start of the same survey."""


def refusal(
    problem: Problem, wave: Wave | None = None, words: Iterable[tuple[str, str]] = ()
) -> Response:
    """The page that says why not, and what to do; `words` are what was typed, to be copied."""
    said = REFUSALS[problem.code]
    frame = _frame(wave)
    page = render_template(
        "respond/refusal.html",
        refusal=said,
        text=said.text or problem.message,
        words=list(words),
        can_begin=wave is not None and problem.code in CAN_BEGIN,
        can_delete=problem.code == "response.closed-meanwhile",
        **frame,
    )
    return make_response(page, said.status)


def problem_of(code: str, wave_id: str) -> Problem:
    """A problem that only the pages can meet; its words are those of `REFUSALS`."""
    return Problem(code=code, where=wave_id, message=str(REFUSALS[code].text))


def welcome(wave: Wave, published: Published, go_on: int | None) -> str:
    """The first page. `go_on`: the page where this browser stopped; None where it has not begun."""
    instrument = published.instrument
    return render_template(
        "respond/welcome.html",
        instrument=instrument,
        introduction=rich_text(instrument.introduction),
        pages=len(published.page_keys),
        go_on=go_on,
        sent=place.is_sent(wave.id),
        form=FlaskForm(),
        **_frame(wave, instrument),
    )


def questions(
    wave: Wave,
    published: Published,
    number: int,
    form: Form,
    problems: Iterable[Problem] = (),
    also: Iterable[Mistake] = (),
) -> str:
    """One page of questions, with every problem at its question and in the summary."""
    instrument = published.instrument
    page = page_at(published, number)
    assert page is not None, "the caller looked the page up"
    elsewhere = [Mistake(problem.message, None) for problem in add_problems(form, problems)]
    wrong = [*also, *mistakes(instrument, page, form), *elsewhere[:LISTED]]
    return render_template(
        "respond/questions.html",
        instrument=instrument,
        page=page,
        introduction=rich_text(page.introduction),
        number=number,
        pages=len(published.page_keys),
        form=form,
        views=views(instrument, page, form),
        problems=[{"text": one.text, "href": one.href} for one in wrong],
        **_frame(wave, instrument),
    )


def thanks(wave: Wave, instrument: Instrument) -> str:
    """What a patron reads when the response is on disk."""
    return render_template(
        "respond/thanks.html",
        instrument=instrument,
        words=rich_text(instrument.thanks),
        **_frame(wave, instrument),
    )


def delete(wave: Wave, instrument: Instrument) -> str:
    """The page that asks before it deletes what was written."""
    return render_template("respond/delete.html", form=FlaskForm(), **_frame(wave, instrument))


def page_at(published: Published, number: int) -> Page | None:
    """The page with this number, counted from 1."""
    if not 1 <= number <= len(published.page_keys):
        return None
    return published.pages[published.page_keys[number - 1]]


def typed_words(page: Page) -> list[tuple[str, str]]:
    """What was typed into this request's text fields: question and text."""
    texts = (item for item in page.items if isinstance(item, ShortText | LongTextItem))
    typed = ((item.text, request.form.get(item.key, "").strip()) for item in texts)
    return [(question, text) for question, text in typed if text]


# Any: what a template context holds.
def _frame(wave: Wave | None, instrument: Instrument | None = None) -> dict[str, Any]:
    """The wave's own library and the instrument's language, whoever may be signed in."""
    library = db.session.get(LibraryRow, wave.library_id) if wave else None
    if wave is not None:
        speak(wave.published().instrument)
    return {
        "wave": wave,
        "site_library": navigation.shown(library) if library else None,
        "draft_days": DRAFT_DAYS,
        "minutes": minutes,
        **(language_of(instrument) if instrument else _ALL_OURS),
    }


_ALL_OURS = {"page_direction": "ltr", "ours": "", "our_words": ""}
"""A page that shows nothing of an instrument: the site says all of it, in its own language."""
