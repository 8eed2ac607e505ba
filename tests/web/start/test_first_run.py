"""The first run: who started the site sets it up, once, and nobody who merely passes by."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assessor.store import account_queries, migrating
from assessor.store.database import db
from assessor.web.app import create_app
from assessor.web.signing_in import setup_code
from tests.web.conftest import csrf_token, settings_in

ANSWERS = {
    "library": "Town Library",
    "key": "town",
    "name": "Ada",
    "email": "ada@example.org",
    "password": "seven calm otters",
    "again": "seven calm otters",
}


@pytest.fixture
def new_site(tmp_path: Path) -> Iterator[Flask]:
    """A migrated database with nobody in it."""
    app = create_app(settings_in(tmp_path), TESTING=True, RATELIMIT_ENABLED=False)
    with app.app_context():
        migrating.upgrade()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def code(tmp_path: Path) -> str:
    return setup_code(settings_in(tmp_path))


def send(client: FlaskClient, **answers: str) -> str:
    data = {**ANSWERS, **answers, "csrf_token": csrf_token(client, "/start")}
    answer = client.post("/start", data=data, follow_redirects=True)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def libraries(site: Flask) -> list[str]:
    with site.app_context():
        return [library.key for library in account_queries.libraries()]


def test_the_first_page_of_a_new_site_is_its_first_run(new_site: Flask) -> None:
    assert new_site.test_client().get("/").location == "/start"


def test_the_address_that_was_printed_fills_in_the_code(new_site: Flask, code: str) -> None:
    page = new_site.test_client().get(f"/start?code={code}").get_data(as_text=True)
    assert f'value="{code}"' in page


def test_one_form_makes_library_and_administrator_and_signs_in(new_site: Flask, code: str) -> None:
    client = new_site.test_client()
    page = send(client, code=code)
    assert "Begin with your plan" in page
    assert libraries(new_site) == ["town"]
    assert client.get("/accounts/").status_code == 200


@pytest.mark.parametrize("wrong", ["", "aaaa-aaaa-aaaa", "é"])
def test_without_the_code_a_passer_by_gets_nothing(new_site: Flask, wrong: str) -> None:
    page = send(new_site.test_client(), code=wrong)
    assert "setup code" in page
    assert libraries(new_site) == []


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("key", "Town Library!", "small letters"),
        ("library", "", "library’s name"),
        ("email", "ada", "e-mail address"),
        ("password", "short", "12 characters"),
        ("again", "seven calm badgers", "two passwords differ"),
    ],
)
def test_a_mistake_is_named_and_what_was_typed_stays(
    new_site: Flask, code: str, field: str, value: str, said: str
) -> None:
    page = send(new_site.test_client(), code=code, **{field: value})
    assert said in page
    assert 'value="Ada"' in page
    assert "seven calm otters" not in page
    assert libraries(new_site) == []


def test_it_is_over_once_there_is_an_account(new_site: Flask, code: str) -> None:
    send(new_site.test_client(), code=code)
    late = new_site.test_client()
    assert late.get("/start").status_code == 302
    token = csrf_token(late)
    data = {**ANSWERS, "code": code, "key": "mine", "email": "me@example.org"}
    assert late.post("/start", data={**data, "csrf_token": token}).status_code == 302
    assert libraries(new_site) == ["town"]
