"""What a patron sees: the pages, and each refusal as a page in plain words.

Nothing here writes. What was typed is shown again or handed back, never dropped in silence.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, make_response, render_template, request
from flask_wtf import FlaskForm

from assessor.actions.drafts import DRAFT_DAYS
from assessor.actions.way import Way
from assessor.domain.appearing import marks
from assessor.domain.instrument import (
    Ending,
    FileItem,
    Instrument,
    ItemBase,
    LongTextItem,
    Page,
    ShortText,
)
from assessor.domain.logic import references
from assessor.domain.logic_functions import LogicValue
from assessor.domain.problems import Problem
from assessor.store.accounts import LibraryRow
from assessor.store.database import db
from assessor.store.fielding import Wave
from assessor.web import navigation
from assessor.web.item_views import has_something_for_a_script, mistakes, sheet_of, views
from assessor.web.items import Filled, Mistake, add_problems
from assessor.web.languages import language_of
from assessor.web.messages import lazy_gettext
from assessor.web.respond import language, place
from assessor.web.wording import Wording, piped_keys, rich_text
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


def welcome(wave: Wave, instrument: Instrument, go_on: int | None, given: Mapping[str, str]) -> str:
    """The first page. `go_on`: the page where this browser stopped; None where it has not begun.

    `given`: what came with the link, to go on to the first question.
    """
    return render_template(
        "respond/welcome.html",
        instrument=instrument,
        introduction=rich_text(instrument.introduction),
        pages=len(instrument.pages),
        may_be_more=any(page.relevant for page in instrument.pages),
        go_on=go_on,
        given=given,
        sent=place.is_sent(wave.id),
        form=FlaskForm(),
        **_frame(wave, instrument),
    )


@dataclass(frozen=True)
class Shown:
    """A page of questions as it is to be shown: whose, which, and what stands in it.

    `problems` lie on the questions; `also` are told above everything else. `new` says that the
    page came back because more is asked by now; `focus` is the id of what takes the focus.
    """

    wave: Wave
    way: Way
    number: int
    filled: Filled
    problems: Sequence[Problem] = ()
    also: Sequence[Mistake] = ()
    new: bool = False
    focus: str = ""


def questions(shown: Shown) -> str:
    """One page of questions, with every problem at its question and in the summary."""
    parts = _parts(shown)
    way, number = shown.way, shown.number
    wrong = parts.pop("wrong")
    instrument, page = parts["instrument"], parts["page"]
    # What may still come counts, so that nobody is promised the end too early.
    pages = len(way.route.pages) + len(way.may_come)
    return render_template(
        "respond/questions.html",
        number=number,
        pages=pages,
        is_last=number == pages,
        title_of_page=parts["say"].text(page.title),
        introduction=parts["say"].html(page.introduction),
        problems=[{"text": one.text, "href": one.href} for one in wrong],
        new=shown.new,
        focus=shown.focus,
        has_files=any(isinstance(item, FileItem) for item in page.items),
        is_live=comes_and_goes(way.instrument, page),
        needs_script=has_something_for_a_script(parts["views"]),
        **parts,
        **_frame(shown.wave, instrument),
    )


def questions_part(shown: Shown) -> str:
    """Only the questions of a page, for a page that is there already."""
    return render_template("respond/questions_part.html", **_parts(shown))


# Any: what a template context holds.
def _parts(shown: Shown) -> dict[str, Any]:
    way = shown.way
    page = way.page(shown.number)
    assert page is not None, "the caller looked the page up"
    instrument = language.spoken(shown.wave.id, way.instrument, way.draft.language)
    said = next(one for one in instrument.pages if one.key == page.key)
    add_problems(shown.filled, shown.problems)
    sheet = sheet_of(instrument, way.route, way.person, shown.filled)
    seen = views(sheet, way.items(said))
    wrong, elsewhere = mistakes(seen, shown.filled)
    elsewhere_too = [Mistake(text, None) for text in elsewhere[:LISTED]]
    return {
        "instrument": instrument,
        "page": said,
        "say": sheet.say,
        "views": seen,
        "marks": marks(way.instrument, page, way.route, way.person),
        "wrong": [*shown.also, *wrong, *elsewhere_too],
    }


def comes_and_goes(instrument: Instrument, page: Page) -> bool:
    """Whether something on the page hangs on an answer that is given on the same page.

    What hangs on earlier pages alone stays as it is while the page is open.
    """
    known: dict[str, bool] = instrument.worked_out.setdefault("comes_and_goes", {})
    if page.key not in known:
        known[page.key] = _hangs_on_itself(page)
    return known[page.key]


def _hangs_on_itself(page: Page) -> bool:
    said = [text for item in page.items for text in _expressions(item)]
    named = {key.partition(".")[0] for text in said for key in references(text)}
    named |= {key for item in page.items for key in piped_keys(f"{item.text} {item.hint}")}
    return bool(named & {key for item in page.items for key in (item.key, *_inner_keys(item))})


def _expressions(item: ItemBase) -> Iterator[str]:
    yield item.relevant
    yield item.required_when
    yield getattr(item, "option_filter", "")
    for option in getattr(item, "options", ()):
        yield option.relevant
    for part in (*getattr(item, "rows", ()), *getattr(item, "items", ())):
        yield part.relevant


def _inner_keys(item: ItemBase) -> Iterator[str]:
    for part in (*getattr(item, "rows", ()), *getattr(item, "items", ())):
        yield part.key


def thanks(wave: Wave, instrument: Instrument, quoted: Mapping[str, LogicValue]) -> str:
    """What a patron reads when the response is on disk."""
    return render_template(
        "respond/thanks.html",
        instrument=instrument,
        words=Wording(instrument, quoted).html(instrument.thanks),
        **_frame(wave, instrument),
    )


def ended(
    wave: Wave, instrument: Instrument, ending: Ending, quoted: Mapping[str, LogicValue]
) -> str:
    """Where answering ended before the last page: the ending's own words, and nothing kept."""
    say = Wording(instrument, quoted)
    return render_template(
        "respond/ended.html",
        instrument=instrument,
        heading=say.text(ending.title),
        words=say.html(ending.text),
        **_frame(wave, instrument),
    )


def delete(wave: Wave, instrument: Instrument) -> str:
    """The page that asks before it deletes what was written."""
    return render_template("respond/delete.html", form=FlaskForm(), **_frame(wave, instrument))


def typed_words(instrument: Instrument) -> list[tuple[str, str]]:
    """What was typed into this request's text fields: question and text."""
    texts = (item for item in instrument.items() if isinstance(item, ShortText | LongTextItem))
    typed = ((item.text, request.form.get(item.key, "").strip()) for item in texts)
    return [(question, text) for question, text in typed if text]


# Any: what a template context holds.
def _frame(wave: Wave | None, instrument: Instrument | None = None) -> dict[str, Any]:
    """The wave's own library and the instrument's language, whoever may be signed in."""
    library = db.session.get(LibraryRow, wave.library_id) if wave else None
    if wave is not None and instrument is None:
        language.spoken(wave.id, wave.published().instrument)
    return {
        "wave": wave,
        "languages": [],
        "minutes": minutes,
        "site_library": navigation.shown(library) if library else None,
        "draft_days": DRAFT_DAYS,
        **(language_of(instrument) if instrument else _ALL_OURS),
        **({"languages": _languages(wave, instrument)} if wave and instrument else {}),
    }


def _languages(wave: Wave, instrument: Instrument) -> list[language.Choice]:
    # An instrument in another language carries no translations itself: the wave's has them all.
    return language.choices(wave.published().instrument, instrument.language)


_ALL_OURS = {"page_direction": "ltr", "ours": "", "our_words": ""}
"""A page that shows nothing of an instrument: the site says all of it, in its own language."""
