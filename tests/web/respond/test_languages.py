"""The site's own words on a patron's pages: in the language of the survey, or marked."""

import re

from flask import Flask

from tests.web.conftest import Cast, sign_in
from tests.web.respond.conftest import Field, Patron
from tests.web.respond.instruments import everything


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
