"""Robots on a page, the questionnaire on paper, and the answers of the same robots as a file."""

from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import Cast, csrf_token, sign_in

PATH = "/instruments/patrons/try"


def librarian(site: Flask, cast: Cast) -> FlaskClient:
    return sign_in(site.test_client(), cast.librarian)


def test_robots_answer_and_tell_what_they_met(site: Flask, cast: Cast) -> None:
    client = librarian(site, cast)
    form = {"respondents": "40", "seed": "3", "csrf_token": csrf_token(client, PATH)}
    shown = client.post(PATH, data=form).get_data(as_text=True)
    assert "40 of 40 sent their answers" in shown
    assert "Everything was met by somebody" in shown
    assert "robots.csv?respondents=40&amp;seed=3" in shown


def test_what_cannot_be_done_says_so_and_does_nothing(site: Flask, cast: Cast) -> None:
    client = librarian(site, cast)
    for respondents in ("", "0", "99999", "many"):
        form = {"respondents": respondents, "seed": "1", "csrf_token": csrf_token(client, PATH)}
        answered = client.post(PATH, data=form)
        assert answered.status_code == 422, respondents
        assert "sent their answers" not in answered.get_data(as_text=True)


def test_their_answers_are_a_file_of_answers(site: Flask, cast: Cast) -> None:
    client = librarian(site, cast)
    data = client.get("/instruments/patrons/robots.csv?respondents=25&seed=3").data
    lines = data.decode().splitlines()
    assert lines[0].startswith("instrument,group,role")
    assert len(lines) == 26
    assert client.get("/instruments/patrons/robots.csv?respondents=0").status_code == 404


def test_the_questionnaire_on_paper_is_a_pdf(site: Flask, cast: Cast) -> None:
    client = sign_in(site.test_client(), cast.leadership)
    answered = client.get("/instruments/patrons/questionnaire.pdf")
    assert answered.mimetype == "application/pdf"
    assert answered.data.startswith(b"%PDF-")
