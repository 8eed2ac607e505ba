"""A questionnaire of another tool on the site: looked at, kept or not, and out again."""

import re
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from assessor.domain.instrument import Instrument
from assessor.formats.importing import import_instrument
from assessor.store import documents
from tests.web.conftest import Cast, csrf_token
from tests.web.waves.conftest import words

ADDRESS = "/instruments/import-file"
FORM = b"""
| survey | | | |
|        | type     | name | label |
|        | text     | a    | A <b>bold</b> word |
|        | geopoint | g    | G     |
| settings | |
|          | form_id |
|          | short   |
"""


def send(client: FlaskClient, content: bytes, name: str = "form.md") -> TestResponse:
    data = {
        "csrf_token": csrf_token(client, ADDRESS),
        "wanted": "",
        "file": (BytesIO(content), name),
    }
    return client.post(ADDRESS, data=data, content_type="multipart/form-data")


def packed(answer: TestResponse) -> str:
    found = re.search(r'name="read" value="([^"]+)"', answer.get_data(as_text=True))
    assert found
    return found[1]


def keep(client: FlaskClient, content: str, step: str = "keep") -> TestResponse:
    data = {"csrf_token": csrf_token(client, ADDRESS), "read": content}
    return client.post(f"{ADDRESS}/{step}", data=data)


def draft(site: Flask, cast: Cast, key: str) -> Instrument | None:
    with site.app_context():
        found = documents.instrument_draft(cast.librarian.library_id, key)
        return found.draft if found else None


def test_a_file_is_looked_at_before_it_is_kept(
    site: Flask, cast: Cast, librarian: FlaskClient
) -> None:
    answer = send(librarian, FORM)

    found = words(answer.get_data(as_text=True))
    assert answer.status_code == 200
    assert "Questions 2 1" in found
    assert "Left out (1)" in found
    assert "Kept in another form (1)" in found
    assert "geopoint" in found
    assert draft(site, cast, "short") is None

    kept = keep(librarian, packed(answer))

    assert kept.location.endswith("/instruments/short")
    stored = draft(site, cast, "short")
    assert stored is not None
    assert [item.text for item in stored.items()] == ["A bold word"]


def test_an_instrument_there_is_stays_as_it_is(
    site: Flask, cast: Cast, librarian: FlaskClient
) -> None:
    keep(librarian, packed(send(librarian, FORM)))
    second = FORM.replace(b"A <b>bold</b> word", b"Another")

    kept = keep(librarian, packed(send(librarian, second)))

    assert kept.location.endswith("/instruments/short_2")
    first = draft(site, cast, "short")
    assert first is not None
    assert next(iter(first.items())).text == "A bold word"


def test_the_report_can_be_downloaded(librarian: FlaskClient) -> None:
    answer = keep(librarian, packed(send(librarian, FORM)), "report")

    assert answer.mimetype == "application/json"
    assert answer.get_json()["counts"]["questions"] == [2, 1]
    assert "short-losses.json" in answer.headers["Content-Disposition"]


def test_a_file_with_mistakes_names_the_rows(librarian: FlaskClient) -> None:
    answer = send(librarian, FORM.replace(b"geopoint", b"unheard "))

    assert answer.status_code == 422
    found = words(answer.get_data(as_text=True))
    assert "This file cannot be imported" in found
    assert "line 3" in found


@pytest.mark.parametrize("content", [b"PK\x03\x04rubbish", b"\x00\x01", b"<script>", b"{}"])
def test_what_is_no_questionnaire_is_said_to_be_none(
    content: bytes, librarian: FlaskClient
) -> None:
    assert send(librarian, content, "../../x.lss").status_code == 422


@pytest.mark.parametrize("content", ["", "rubbish", "eJwrTk0uSk0BAAk6Ay4="])
def test_what_comes_back_changed_is_not_kept(content: str, librarian: FlaskClient) -> None:
    answer = keep(librarian, content)

    assert answer.status_code == 302
    assert answer.location.endswith(ADDRESS)


def test_no_file_is_a_mistake_to_mend(librarian: FlaskClient) -> None:
    answer = librarian.post(ADDRESS, data={"csrf_token": csrf_token(librarian, ADDRESS)})

    assert answer.status_code == 422
    assert "Choose a file first" in answer.get_data(as_text=True)


@pytest.mark.parametrize("wanted", ["xlsform", "yaml"])
def test_an_instrument_goes_out_and_comes_back(
    wanted: str, leadership: FlaskClient, patrons: Instrument
) -> None:
    for query in ("", "?version=1"):
        answer = leadership.get(f"/instruments/patrons/export/{wanted}{query}")
        assert answer.status_code == 200
        assert "attachment" in answer.headers["Content-Disposition"]
        assert import_instrument(answer.data, "back").instrument == patrons


def test_an_unknown_format_is_not_there(leadership: FlaskClient) -> None:
    assert leadership.get("/instruments/patrons/export/word").status_code == 404


def test_the_instrument_s_page_offers_every_format(leadership: FlaskClient) -> None:
    found = leadership.get("/instruments/patrons").get_data(as_text=True)

    assert "/instruments/patrons/export/xlsform" in found
    assert "/instruments/patrons/export/limesurvey" in found
