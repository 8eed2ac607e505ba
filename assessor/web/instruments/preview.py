"""An instrument as a patron meets it on a phone: checked like the real pages, and nothing kept."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from assessor.actions.respond import DRAFT_DAYS
from assessor.actions.waves import RETENTION_MONTHS
from assessor.domain.answers import check_answers
from assessor.domain.checks.instrument import check_instrument
from assessor.domain.instrument import Instrument, Page
from assessor.domain.problems import has_errors
from assessor.store.documents import Version
from assessor.web.access import requires
from assessor.web.instruments.frame import blueprint, own_draft, own_version, sections
from assessor.web.item_views import rich_text, views
from assessor.web.items import add_problems, mistakes, page_form, posted
from assessor.web.languages import language_of


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
    of = len(instrument.pages)
    if page < 1 or page > of:
        at = "welcome" if page < 1 else "thanks"
        return _screen(at, instrument, version, page=max(0, min(page, of + 1)))
    asked = instrument.pages[page - 1]
    form = page_form(instrument, asked)()
    if not form.is_submitted():
        return _questions(instrument, version, page, asked, form)
    if request.form.get("page-turn") == "back":
        return redirect(url_for(".preview_page", key=key, page=page - 1, version=number))
    checked = check_answers(instrument, posted(form, request.form), pages=[asked.key])
    if checked.errors:
        add_problems(form, checked.errors)
        return _questions(instrument, version, page, asked, form), 422
    return redirect(url_for(".preview_page", key=key, page=page + 1, version=number))


def _chosen(key: str, number: int | None) -> tuple[Instrument, Version | None]:
    """The draft, or the published version that the address names."""
    if number is None:
        return own_draft(key).draft, None
    version, found = own_version(key, number)
    return found.instrument, version


def _screen(name: str, instrument: Instrument, version: Version | None, page: int) -> str:
    return render_template(
        f"instruments/patron_{name}.html",
        introduction=rich_text(instrument.introduction),
        words=rich_text(instrument.thanks),
        promised={"access": "open_link", "retention_months": RETENTION_MONTHS},
        draft_days=DRAFT_DAYS,
        **_frame(instrument, version, page),
    )


def _questions(
    instrument: Instrument, version: Version | None, number: int, page: Page, form: Form
) -> str:
    wrong = mistakes(instrument, page, form)
    return render_template(
        "instruments/patron_questions.html",
        page=page,
        introduction=rich_text(page.introduction),
        form=form,
        views=views(instrument, page, form),
        problems=[{"text": one.text, "href": one.href} for one in wrong],
        **_frame(instrument, version, number),
    )


def _frame(instrument: Instrument, version: Version | None, number: int) -> dict[str, object]:
    of_version = version.version if version else None
    addresses = {
        name: url_for(".preview_page", key=instrument.key, page=page, version=of_version)
        for name, page in (("here", number), ("onward", number + 1), ("start", 0))
    }
    return {
        "instrument": instrument,
        "number": number,
        "pages": len(instrument.pages),
        "addresses": addresses,
        **language_of(instrument),
    }
