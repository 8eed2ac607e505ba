"""Who has no instrument yet finds one to begin with, and advice is not shown as a mistake."""

from io import BytesIO

from flask import Flask
from flask.testing import FlaskClient

from assessor.actions.instruments import save_instrument_draft
from assessor.domain.instrument import Instrument
from tests.web.conftest import Cast, csrf_token


def test_the_example_is_an_instrument_as_soon_as_it_has_a_key_of_its_own(
    librarian: FlaskClient,
) -> None:
    offered = librarian.get("/instruments/load-file").get_data(as_text=True)
    assert 'href="/instruments/example.yaml"' in offered
    example = librarian.get("/instruments/example.yaml")
    assert "attachment" in example.headers["Content-Disposition"]
    ours = example.get_data().replace(b"key: patrons", b"key: ours", 1)
    answer = librarian.post(
        "/instruments/load-file",
        data={
            "csrf_token": csrf_token(librarian, "/instruments/load-file"),
            "file": (BytesIO(ours), "example.yaml"),
        },
        content_type="multipart/form-data",
    )
    assert answer.location == "/instruments/ours"


def test_a_page_with_advice_is_not_called_an_error(
    site: Flask, cast: Cast, librarian: FlaskClient, patrons: Instrument
) -> None:
    hurried = patrons.model_copy(update={"minutes": 1.0})
    with site.app_context():
        save_instrument_draft(cast.librarian.library_id, hurried).unwrap()
    for path in ("", "/preview", "/publish"):
        page = librarian.get(f"/instruments/patrons{path}").get_data(as_text=True)
        assert "<title>Error" not in page
        assert ("to think about" in page) == (path != "/preview")
