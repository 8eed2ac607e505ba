"""The site's own words on a patron's pages: in the language of the survey, or marked."""

import re
from html import unescape

import pytest
from flask import Flask

from assessor.domain.answers import check_answers
from assessor.domain.instrument import Instrument
from assessor.domain.translations import texts
from tests.web.conftest import Cast, sign_in
from tests.web.respond.conftest import Field, Patron
from tests.web.respond.instruments import Posted, everything
from tests.web.respond.kinds import ITEMS, every_kind


def page_of(patron: Patron, asks: str = "") -> str:
    return patron.browser.get(
        patron.address(), headers={"Accept-Language": asks} if asks else {}
    ).get_data(as_text=True)


def test_the_site_speaks_the_language_of_the_survey_whatever_the_browser_asks(
    site: Flask, field: Field
) -> None:
    patron = Patron(site.test_client(), field.wave(everything(language="fr-CA")))
    page = page_of(patron, "de")
    assert '<html lang="fr-CA" dir="ltr"' in page
    assert "Personne ne peut savoir qui a répondu" in page
    assert 'lang="fr"' not in page


def test_in_a_survey_of_a_language_the_site_lacks_its_own_words_are_marked(
    site: Flask, field: Field
) -> None:
    patron = Patron(site.test_client(), field.wave(everything(language="ar", title="كيف حالنا؟")))
    page = page_of(patron, "de-AT")
    assert '<html lang="ar" dir="rtl"' in page
    assert re.search(r'<div lang="de" dir="ltr">\s*<p class="welcome__size">', page)
    assert "Niemand kann erkennen, wer geantwortet hat" in page


def test_what_is_wrong_with_an_answer_and_what_was_not_kept_is_said_in_it_too(
    site: Flask, field: Field
) -> None:
    patron = Patron(site.test_client(), field.wave(everything(language="es")))
    patron.start()
    page = patron.post(1, {}).get_data(as_text=True)
    assert "Revise este punto, por favor" in page
    assert "Esta pregunta requiere una respuesta antes de continuar." in page
    assert "(requiere respuesta)" in page
    ahead = patron.browser.get(patron.address(2), follow_redirects=True).get_data(as_text=True)
    assert "Responda primero esta sección, por favor." in ahead


def test_the_same_page_of_questions_is_shown_to_each_in_their_language(
    site: Flask, field: Field
) -> None:
    wave_id = field.wave(everything(language="cy"))
    for asks, words in (("fr", "(réponse obligatoire)"), ("de", "(Antwort erforderlich)")):
        patron = Patron(site.test_client(), wave_id)
        patron.start()
        page = patron.browser.get(patron.address(1), headers={"Accept-Language": asks})
        assert words in page.get_data(as_text=True)


def test_a_survey_that_is_not_there_speaks_what_the_browser_asks_for(
    site: Flask, field: Field
) -> None:
    page = Patron(site.test_client(), "nothing-here-at-all")
    said = page_of(page, "es")
    assert '<html lang="es"' in said
    assert "Aquí no hay ninguna encuesta" in said


def test_an_account_s_choice_is_for_the_office_alone(site: Flask, field: Field, cast: Cast) -> None:
    wave_id = field.wave(everything(language="cy"))
    client = sign_in(site.test_client(), cast.librarian)
    page = page_of(Patron(client, wave_id), "fr")
    assert "Personne ne peut savoir qui a répondu" in page


STRICT = [
    {
        "kind": "number",
        "key": "age",
        "text": "How old are you?",
        "constraint": ". > 17",
        "constraint_message": "Only grown-ups answer here.",
    },
    {
        "kind": "short_text",
        "key": "since",
        "text": "Since when do you come?",
        "pattern": "[0-9]{4}",
        "constraint_message": "Write the year with four digits.",
    },
    {
        "kind": "repeating_group",
        "key": "loans",
        "text": "Tell us of your loans",
        "most": 2,
        "items": [
            {
                "kind": "number",
                "key": "weeks",
                "text": "For how many weeks?",
                "constraint": ". < 9",
                "constraint_message": "Nothing is lent for so long.",
            }
        ],
    },
]
WRONG: Posted = {
    "who": "nobody",
    "branch": ["harbour", "hillside"],
    "used": ["books", "nothing"],
    "card": "perhaps",
    "wishes.longer_hours": "1",
    "wishes.more_desks": "1",
    "budget.books": "60",
    "budget.rooms": "30",
    "overall": "9",
    "quiet": "9",
    "weekday": "midnight",
    "alone.term": "many",
    "loud": "9",
    "recommend": "11",
    "share": "33",
    "visits": "-1",
    "last": "2027-01-01",
    "clock": "25:00",
    "data": "Much more than one word",
    "more": "m" * 6000,
    "address": "nobody",
    "picture": "no-file",
    "agree": "no",
    "found.1": "perhaps",
    "age": "12",
    "since": "long",
    "weeks.1": "10",
}
"""A wrong answer to every kind that can have one, and to every constraint."""


def strict(language: str) -> Instrument:
    """Every kind of question, with every text of its author in another language."""
    written = every_kind(pages=[{"key": "all", "title": "All", "items": [*ITEMS, *STRICT]}])
    said = {address: address.upper() for address in texts(written)}
    return written.model_copy(update={"translations": {language: said}})


@pytest.mark.parametrize("language", ["de", "es"])
def test_what_is_wrong_quotes_the_author_in_the_language_that_is_read(
    language: str, site: Flask, field: Field
) -> None:
    written = strict(language)
    english = {problem.message for problem in check_answers(written, WRONG).errors}
    patron = Patron(site.test_client(), field.wave(written))
    patron.browser.get(f"{patron.address()}?language={language}")
    patron.start()

    page = patron.post(1, WRONG)

    said = messages(page.get_data(as_text=True))
    assert page.status_code == 422
    # At the question and in the summary; two names of one sum or one ranking are one mistake.
    assert len(said) == 2 * (len(WRONG) - 2)
    for own in ("AGE.CONSTRAINT_MESSAGE", "SINCE.CONSTRAINT_MESSAGE", "WEEKS.CONSTRAINT_MESSAGE"):
        assert own in said
    for quoted in ("USED.OPTION.NOTHING", "BUDGET.UNIT", "AGREE.LABEL"):
        assert any(quoted in one for one in said)
    assert [one for one in said for mistake in english if mistake in one] == []
    words = [text for text in texts(written).values() if len(text) > 5]
    assert [one for one in said for text in words if text in one] == []


def messages(page: str) -> list[str]:
    """What stands beside the questions that were answered wrongly, and in the summary of them."""
    found = re.findall(r'class="govuk-error-message"[^>]*>(.*?)</p>', page, re.DOTALL)
    found += re.findall(r'<li>\s*(<a href="#q-.*?</a>)', page, re.DOTALL)
    plain = (re.sub(r"<span.*?</span>|<[^>]+>", "", one) for one in found)
    return [" ".join(unescape(one).split()) for one in plain]
