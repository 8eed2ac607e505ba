"""Translating side by side: nothing a person typed is lost, and two can work at once."""

import re
from html import unescape
from io import BytesIO

import polib
from flask import Flask
from flask.testing import FlaskClient

from assessor.domain.instrument import Instrument
from assessor.store import documents
from tests.web.conftest import Cast, csrf_token, sign_in

PATH = "/instruments/patrons/languages/de"


def librarian(site: Flask, cast: Cast) -> FlaskClient:
    return sign_in(site.test_client(), cast.librarian)


def fields(client: FlaskClient, path: str = PATH) -> dict[str, str]:
    """Every field of the page as a browser would post it."""
    page = client.get(path).get_data(as_text=True)
    found = dict(re.findall(r'name="((?:seen|text):[^"]+)" value="([^"]*)"', page))
    areas = r'<textarea[^>]*name="(text:[^"]+)"[^>]*>([^<]*)</textarea>'
    found |= dict(re.findall(areas, page))
    return {name: unescape(value) for name, value in found.items()} | {
        "csrf_token": csrf_token(client, path)
    }


def draft(site: Flask, cast: Cast) -> Instrument:
    with site.app_context():
        found = documents.instrument_draft(cast.librarian.library_id, "patrons")
        assert found is not None
        return found.draft


def test_what_is_typed_beside_a_text_is_its_translation(site: Flask, cast: Cast) -> None:
    client = librarian(site, cast)
    client.post(PATH, data={**fields(client), "text:title": "Wie geht es der Bibliothek?"})
    assert draft(site, cast).translations == {"de": {"title": "Wie geht es der Bibliothek?"}}
    shown = client.get("/instruments/patrons/languages").get_data(as_text=True)
    assert re.search(r"1 of \d+", shown)


def test_two_people_translate_at_once_and_lose_nothing(site: Flask, cast: Cast) -> None:
    one, other = librarian(site, cast), librarian(site, cast)
    seen_by_other = fields(other)
    client_fields = fields(one)
    one.post(PATH, data={**client_fields, "text:title": "Eins", "text:thanks": "Danke"})
    answered = other.post(
        PATH, data={**seen_by_other, "text:title": "Zwei", "text:introduction": "Hallo"}
    )
    page = answered.get_data(as_text=True)
    assert answered.status_code == 409
    assert "Meanwhile it reads: Eins" in page
    assert 'value="Zwei"' in page
    assert draft(site, cast).translations["de"] == {
        "title": "Eins",
        "introduction": "Hallo",
        "thanks": "Danke",
    }


def test_a_language_that_is_none_is_not_begun(site: Flask, cast: Cast) -> None:
    client = librarian(site, cast)
    path = "/instruments/patrons/languages"
    for wanted in ("", "en", "klingon", "../x", "<script>"):
        form = {"language": wanted, "csrf_token": csrf_token(client, path)}
        assert client.post(path, data=form).status_code == 422, wanted


def test_a_file_from_a_translation_program_is_taken_in(site: Flask, cast: Cast) -> None:
    client = librarian(site, cast)
    catalog = polib.pofile(client.get(f"{PATH}/texts.po").get_data(as_text=True))
    catalog[0].msgstr = "Titel"
    form = {
        "csrf_token": csrf_token(client, PATH),
        "file": (BytesIO(str(catalog).encode()), "de.po"),
    }
    client.post(f"{PATH}/take-in", data=form)
    assert draft(site, cast).translations == {"de": {"title": "Titel"}}


def test_a_language_is_removed_only_after_asking(site: Flask, cast: Cast) -> None:
    client = librarian(site, cast)
    client.post(PATH, data={**fields(client), "text:title": "Titel"})
    asked = client.get(f"{PATH}/remove").get_data(as_text=True)
    assert "1 translated text" in asked
    assert draft(site, cast).translations
    client.post(f"{PATH}/remove", data={"csrf_token": csrf_token(client, f"{PATH}/remove")})
    assert draft(site, cast).translations == {}
