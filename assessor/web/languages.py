"""Which language a page speaks, and what it says about the languages in it.

The office speaks what the account chose, else what the browser asks for. A patron's page speaks
the language of its instrument where the site knows it, whoever may be signed in.
"""

from collections.abc import Callable
from pathlib import Path

from babel import Locale, UnknownLocaleError
from flask import Flask, Response, current_app, g, has_request_context, request
from flask_babel import Babel, get_locale, refresh
from markupsafe import Markup

from assessor.domain.instrument import Instrument
from assessor.web.access import current_account, rule_for
from assessor.web.messages import as_said, told
from assessor.web.writing import day_of

ENGLISH = "en"
NAMES: dict[str, str] = {"en": "English", "de": "Deutsch", "es": "Español", "fr": "Français"}
"""Every language of the site, by the name its speakers give it."""

CATALOGUES = Path(__file__).parent / "translations"

_INSTRUMENTS = "language_of_the_instrument"


def install(app: Flask, chosen: Callable[[], str] | None = None) -> None:
    """Let every page choose its language, and every template say which one it is.

    `chosen` tells the language instead, for an application without accounts.
    """
    Babel(app, default_translation_directories=str(CATALOGUES), locale_selector=chosen or _chosen)
    app.jinja_env.globals.update(
        site_language=site_language, marked_as=marked_as, as_said=as_said, day_of=day_of
    )
    # What the library below says is translated at the last moment, wherever a template prints it.
    app.jinja_env.finalize = told
    app.after_request(_say_what_it_depends_on)


def site_language() -> str:
    """The language that the site's own words on this page are in."""
    return str(get_locale() or ENGLISH).replace("_", "-")


def speak(instrument: Instrument) -> None:
    """From here on the site's own words follow the language this instrument is shown in."""
    if g.get(_INSTRUMENTS) != instrument.language:
        setattr(g, _INSTRUMENTS, instrument.language)
        refresh()


def speaks(language: str) -> bool:
    """Whether the site's own words on this page are in that language, of whichever country."""
    return _primary(language) == _primary(site_language())


def marked_as(language: str) -> Markup:
    """The attribute of what stands on this page in that language; empty where the page is in it."""
    return Markup("") if speaks(language) else Markup(' lang="{}"').format(language)


def language_of(instrument: Instrument) -> dict[str, object]:
    """Template context: the page's language and direction, and the marks of our own words.

    `ours` marks a block that this site says itself, `our_words` a phrase within the instrument's.
    """
    speak(instrument)
    words = own_words(instrument)
    return {
        "page_language": instrument.language,
        "page_direction": direction_of(instrument.language),
        "ours": words + Markup(' dir="ltr"') if words else words,
        "our_words": words,
    }


def own_words(instrument: Instrument) -> Markup:
    """The attribute for what this site says itself among an instrument's words."""
    if speaks(instrument.language):
        return Markup("")
    return Markup(' lang="{}"').format(site_language())


def direction_of(language: str) -> str:
    """ "rtl" for languages written from right to left, by their script where it is named."""
    try:
        return str(Locale.parse(language, sep="-").text_direction)
    except (UnknownLocaleError, ValueError):
        return "ltr"


def _chosen() -> str:
    if not has_request_context():
        return ENGLISH
    of_instrument = _primary(g.get(_INSTRUMENTS) or "")
    if of_instrument in NAMES:
        return of_instrument
    account = None if _is_a_patrons_page() else current_account()
    if account is not None and account.language in NAMES:
        return account.language
    return request.accept_languages.best_match(NAMES) or ENGLISH


def _is_a_patrons_page() -> bool:
    return rule_for(current_app, request.endpoint or "") == "patron"


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def _say_what_it_depends_on(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.vary.add("Accept-Language")
    return response
