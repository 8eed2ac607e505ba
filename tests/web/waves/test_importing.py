"""Answers from elsewhere: what a file becomes is seen first, and taken in whole or not at all."""

import re
from html import unescape
from io import BytesIO

from flask import Flask
from flask.testing import FlaskClient

from assessor.store import answers, fielding, imports
from tests.web.conftest import Cast, csrf_token, sign_in

PATH = "/waves/import-answers"
CSV = (
    "Respondent,Who are you,recommend,When,Remarks\n"
    "1,Student,9,2024-03-01 10:11:12,Fine\n"
    "2,College staff,10,2024-03-02 08:00:00,\n"
    "3,Student,4,2024-03-09 09:00:00,Too loud\n"
)


def librarian(site: Flask, cast: Cast) -> FlaskClient:
    return sign_in(site.test_client(), cast.librarian)


def sent(client: FlaskClient, content: str = CSV, instrument: str = "patrons") -> str:
    form = {
        "csrf_token": csrf_token(client, PATH),
        "file": (BytesIO(content.encode()), "C:\\answers\\desk.csv"),
        "instrument": instrument,
    }
    return client.post(PATH, data=form).get_data(as_text=True)


def fields(page: str) -> dict[str, str]:
    """What a browser would post of the page of columns."""
    found = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page))
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    found |= re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', page)
    return {name: unescape(value) for name, value in found.items() if name != "do"}


def column(page: str, header: str) -> str:
    """The name of the field that says what a column of the file answers."""
    found = re.search(rf'id="header-(\d+)">{re.escape(header)}<', page)
    assert found, header
    return f"column-{found[1]}"


def test_answers_become_a_closed_wave_that_says_where_they_came_from(
    site: Flask, cast: Cast
) -> None:
    client = librarian(site, cast)
    page = sent(client)
    form = fields(page)
    assert form[column(page, "recommend")] == "recommend"
    form |= {
        column(page, "Who are you"): "role",
        column(page, "Remarks"): "comment",
        "day": "When",
        "title": "Desk",
        "period": "2024",
        "description": "Counted at the desk",
    }
    page = client.post(f"{PATH}/columns", data=form | {"do": "check"}).get_data(as_text=True)
    form = fields(page)
    values = column(page, "Who are you").replace("column", "values")
    assert form[values] == "Student = \nCollege staff = ", "what is to be said stands there"
    form |= {values: "Student = student\nCollege staff = college_staff"}
    page = client.post(f"{PATH}/columns", data=form | {"do": "check"}).get_data(as_text=True)
    assert "Every value can be read" in page
    page = client.post(
        f"{PATH}/columns", data=fields(page) | {"do": "keep"}, follow_redirects=True
    ).get_data(as_text=True)
    assert "Counted at the desk" in page
    with site.app_context():
        (wave,) = [w for w in fielding.waves(cast.librarian.library_id) if w.title == "Desk"]
        assert (str(wave.opens_on), str(wave.closes_on), wave.state) == (
            "2024-03-01", "2024-03-09", "closed",
        )  # fmt: skip
        stored = answers.answered(wave.id)
        assert sorted(str(row["role"]) for row in stored.rows) == [
            "college_staff", "student", "student",
        ]  # fmt: skip
        assert imports.source_of(wave.id) is not None
    again = sent(client)
    assert fields(again)[column(again, "Who are you")] == "role", "the columns are remembered"


def test_wrong_values_are_told_by_row_and_nothing_is_stored(site: Flask, cast: Cast) -> None:
    client = librarian(site, cast)
    page = sent(client, CSV.replace("3,Student,4", "3,Student,40"))
    form = fields(page) | {"title": "Desk", "period": "2024", "description": "x", "do": "keep"}
    answered = client.post(f"{PATH}/columns", data=form)
    assert answered.status_code == 422
    assert "40" in answered.get_data(as_text=True)
    with site.app_context():
        assert not [w for w in fielding.waves(cast.librarian.library_id) if w.title == "Desk"]


def test_what_was_typed_stays_when_something_lacks(site: Flask, cast: Cast) -> None:
    client = librarian(site, cast)
    form = fields(sent(client)) | {"title": "Desk of 2024", "description": "", "do": "keep"}
    answered = client.post(f"{PATH}/columns", data=form)
    assert answered.status_code == 422
    assert 'value="Desk of 2024"' in answered.get_data(as_text=True)


def test_a_file_that_is_none_says_so(site: Flask, cast: Cast) -> None:
    client = librarian(site, cast)
    for content in ("", "a,a\n1,2\n", "\x00\x01\x02"):
        assert "Nothing was stored" in sent(client, content), repr(content)


def test_a_page_that_somebody_made_up_leads_back_to_the_start(site: Flask, cast: Cast) -> None:
    client = librarian(site, cast)
    for packed in ("", "no base64 !", "AAAA"):
        form = {"csrf_token": csrf_token(client, PATH), "packed-file": packed, "do": "keep"}
        answered = client.post(f"{PATH}/columns", data=form)
        assert answered.status_code == 302
        assert answered.location.endswith(PATH)


def test_an_import_is_undone_after_asking(site: Flask, cast: Cast) -> None:
    client = librarian(site, cast)
    form = fields(sent(client)) | {"title": "D", "period": "1", "description": "x", "do": "keep"}
    address = client.post(f"{PATH}/columns", data=form).location
    undo = f"{address}/undo-import"
    assert "Take “D” out again?" in client.get(undo).get_data(as_text=True)
    client.post(undo, data={"csrf_token": csrf_token(client, undo)})
    assert client.get(address).status_code == 404
