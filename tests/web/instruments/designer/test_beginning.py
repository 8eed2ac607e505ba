"""A new instrument begins blank, from the demonstration, or from another one."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assessor.domain.checks.instrument import check_instrument
from assessor.domain.instrument import Instrument
from assessor.domain.problems import has_errors
from tests.web.conftest import Cast
from tests.web.instruments.designer.pressing import Page, draft_of, open_page

NEW = "/instruments/new-instrument"


def begun(client: FlaskClient, **typed: str) -> Page:
    page = open_page(client, NEW)
    form = next(one for one in page.forms() if not str(one.get("action")).endswith("/sign-out"))
    fields = {name: values[0] for name, values in form["fields"].items()}  # type: ignore[attr-defined]
    answer = client.post(NEW, data=fields | typed)
    if answer.status_code == 302:
        return open_page(client, str(answer.location))
    return Page(client, NEW, answer.status_code, answer.get_data(as_text=True))


@pytest.mark.parametrize("begin", ["blank", "example", "other"])
def test_each_beginning_gives_a_sound_draft(
    site: Flask, cast: Cast, librarian: FlaskClient, patrons: Instrument, begin: str
) -> None:
    page = begun(librarian, title="How is it going?", begin=begin, other="patrons")
    assert "It is begun" in page.status
    found = draft_of(site, cast, "how_is_it_going")
    assert found.title == "How is it going?"
    assert not has_errors(check_instrument(found))
    if begin != "blank":
        assert found.pages == patrons.pages


def test_a_key_is_taken_once(librarian: FlaskClient) -> None:
    page = begun(librarian, title="Ours", key="patrons")
    assert page.status_code == 422
    assert "There is an instrument `patrons` already" in page.words
    assert "Enter a title" in begun(librarian, title=" ").words
    assert "small letters" in begun(librarian, title="Ours", key="Not a key").words


def test_a_library_without_instruments_is_shown_the_ways(stranger: FlaskClient) -> None:
    page = open_page(stranger, "/instruments/")
    assert "There is no instrument yet" in page.words
    begin = page.follow("New instrument")
    assert "The demonstration’s questionnaire" in begin.words
    assert "Another instrument of yours" not in begin.words
    assert "Load a file" in begin.words
