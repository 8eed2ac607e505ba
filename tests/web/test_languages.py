"""Which language a page speaks, and that what the library below says comes in it."""

import pickle
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale
from lxml import html

from assessor.actions.libraries import choose_language
from assessor.actions.refusals import not_found
from assessor.domain.problems import Problem, say, say_number
from assessor.web import writing
from assessor.web.messages import as_said, told
from tests.web.conftest import Cast, csrf_token, sign_in


def language_of(page: str) -> str:
    return str(html.document_fromstring(page).get("lang"))


def opened(client: FlaskClient, address: str, asks: str = "") -> str:
    headers = {"Accept-Language": asks} if asks else {}
    return client.get(address, headers=headers).get_data(as_text=True)


@pytest.mark.parametrize(
    ("asks", "speaks"),
    [
        ("", "en"),
        ("fr", "fr"),
        ("es-MX,es;q=0.9", "es"),
        ("nl,de;q=0.8,en;q=0.5", "de"),
        ("nl", "en"),
        ("*", "en"),
    ],
)
def test_before_signing_in_a_page_speaks_what_the_browser_asks_for(
    anonymous: FlaskClient, asks: str, speaks: str
) -> None:
    assert language_of(opened(anonymous, "/sign-in", asks)) == speaks


def test_a_page_says_that_it_depends_on_what_the_browser_asks_for(anonymous: FlaskClient) -> None:
    assert "Accept-Language" in anonymous.get("/sign-in").headers["Vary"]


def test_what_the_account_chose_comes_before_what_the_browser_asks_for(
    site: Flask, cast: Cast
) -> None:
    client = sign_in(site.test_client(), cast.librarian)
    form = {"name": "Lina", "language": "fr", "csrf_token": csrf_token(client, "/accounts/you")}
    assert client.post("/accounts/you", data=form).status_code == 302
    page = opened(client, "/accounts/you", "de")
    assert language_of(page) == "fr"
    assert "Enregistré." in page


def test_an_account_that_chose_nothing_is_spoken_to_as_the_browser_asks(
    librarian: FlaskClient,
) -> None:
    form = {"name": "Lina", "language": "", "csrf_token": csrf_token(librarian, "/accounts/you")}
    librarian.post("/accounts/you", data=form)
    assert language_of(opened(librarian, "/accounts/you", "de")) == "de"


def test_a_language_the_site_has_not_cannot_be_chosen(librarian: FlaskClient) -> None:
    form = {"name": "Lina", "language": "tlh", "csrf_token": csrf_token(librarian, "/accounts/you")}
    assert librarian.post("/accounts/you", data=form).status_code == 200
    assert language_of(opened(librarian, "/accounts/you", "fr")) == "fr"


def test_nobody_chooses_for_another_library_s_account(site: Flask, cast: Cast) -> None:
    with site.app_context():
        changed = choose_language(cast.librarian.library_id, cast.stranger.account_id, "de")
    assert changed.value is None


def test_what_flask_security_says_comes_in_the_language_of_the_page(anonymous: FlaskClient) -> None:
    form = {"email": "nobody@example.org", "password": "wrong", "csrf_token": csrf_token(anonymous)}
    page = anonymous.post("/sign-in", data=form, headers={"Accept-Language": "de"})
    assert "Die Adresse oder das Passwort stimmt nicht." in page.get_data(as_text=True)


def test_an_error_speaks_the_language_of_the_page(anonymous: FlaskClient) -> None:
    page = opened(anonymous, "/nowhere", "es")
    assert language_of(page) == "es"
    assert "Esa página no existe" in page


# --- what the library below says


def test_a_message_is_english_text_to_everybody_who_does_not_translate_it() -> None:
    said = say("Choose at most {most} answers.", most=3)
    assert said == "Choose at most 3 answers."
    problem = Problem(code="answer.too-many", where="services", message=said)
    assert str(problem).endswith("Choose at most 3 answers. [answer.too-many]")
    assert problem.model_dump()["message"] == "Choose at most 3 answers."


def test_a_problem_keeps_what_its_message_is_made_of(site: Flask) -> None:
    with site.test_request_context(headers={"Accept-Language": "de"}):
        problem = not_found("wave", "x")
        copied = pickle.loads(pickle.dumps(problem.model_copy(update={"severity": "warning"})))
        assert told(copied.message).startswith("Eine solche Welle gibt es nicht.")


def test_a_number_decides_between_two_messages(site: Flask) -> None:
    said = [say_number("{number} month", "{number} months", number) for number in (1, 2)]
    assert said == ["1 month", "2 months"]
    with site.test_request_context():
        assert [told(one) for one in said] == ["1 month", "2 months"]


def test_values_are_written_as_the_language_writes_them(site: Flask) -> None:
    message = say("There are {problems:,} more problems like these.", problems=1234)
    with site.test_request_context(headers={"Accept-Language": "de"}):
        assert "1.234" in told(message)


def test_decimals_are_written_as_the_language_writes_them(site: Flask) -> None:
    message = say("This takes {minutes:.1f} minutes.", minutes=7.25)
    with site.test_request_context(headers={"Accept-Language": "de"}):
        assert told(message) == "This takes 7,2 minutes."
        assert told(say("{sum:,} in all", sum=1234.5)) == "1.234,5 in all"
    assert message == "This takes 7.2 minutes."


def test_braces_and_percent_signs_in_values_stay_what_they_are(site: Flask) -> None:
    with site.test_request_context(headers={"Accept-Language": "fr"}):
        said = told(say("There is no element {code} any more.", code="{x} 5 % %(y)s"))
    assert "{x} 5 % %(y)s" in said


def test_what_cannot_be_translated_yet_is_marked_as_english(site: Flask) -> None:
    with site.test_request_context(headers={"Accept-Language": "fr"}):
        assert as_said("<b>") == '<span lang="en">&lt;b&gt;</span>'
    with site.test_request_context():
        assert as_said("<b>") == "&lt;b&gt;"


# --- numbers and days


@pytest.mark.parametrize(
    ("language", "day", "several"),
    [
        ("en", "31\xa0March\xa02026", "a, b and c"),
        ("de", "31. März 2026", "a, b und c"),
        ("es", "31 de marzo de 2026", "a, b y c"),
        ("fr", "31 mars 2026", "a, b et c"),
    ],
)
def test_days_and_lists_are_written_as_the_language_does(
    site: Flask, language: str, day: str, several: str
) -> None:
    with site.test_request_context(), force_locale(language):
        assert writing.day_of(date(2026, 3, 31)) == day
        assert writing.listed(["a", "b", "c"]) == several


def test_no_language_shows_another_figure(site: Flask) -> None:
    with site.test_request_context(), force_locale("fr"):
        assert "29" in writing.percent(0.285)
