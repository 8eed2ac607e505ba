"""Whatever people write stays text: on every page, in every download, in every mistake."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assessor.actions.libraries import rename_account, set_appearance
from assessor.store.database import db
from assessor.web.access import rule_for
from tests.web.conftest import Cast, csrf_token, make_site, sign_in
from tests.web.test_sweep_access import address, methods
from tests.web.world import World, build_world, rules

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=1>"
SIGNS = ("<script>alert(1)", "<img src=x", "onerror=1>")
"""What would be on a page if any of it were taken for markup."""


ENDS_THE_SITTING = (
    "security.logout",
    "security.two_factor_token_validation",
    "accounts.remove",
    "accounts.active",
)
"""After these nobody is signed in any more, or nobody is there to be."""


@pytest.fixture(scope="module")
def marked(populated: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory) -> World:
    """A site with the script in every text of its plan, mapping, instruments and answers."""
    return build_world(populated, tmp_path_factory.mktemp("marked") / "site", SCRIPT)


@pytest.fixture
def marked_site(marked: World, tmp_path: Path, cast: Cast) -> Iterator[Flask]:
    folder = tmp_path / "marked"
    shutil.copytree(marked.folder, folder)
    app = make_site(folder)
    with app.app_context():
        set_appearance(cast.librarian.library_id, name=SCRIPT).unwrap()
        rename_account(cast.librarian.library_id, cast.administrator.account_id, SCRIPT).unwrap()
        rename_account(cast.librarian.library_id, cast.staff.account_id, SCRIPT).unwrap()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def reader(marked_site: Flask, cast: Cast) -> FlaskClient:
    return sign_in(marked_site.test_client(), cast.administrator)


def test_no_page_and_no_download_takes_text_for_markup(
    marked_site: Flask, marked: World, reader: FlaskClient
) -> None:
    taken, with_text = [], 0
    for route in rules(marked_site):
        if "GET" not in methods(route):
            continue
        where = address(marked_site, route, marked.ours)
        answer = reader.get(where, follow_redirects=True)
        body = answer.get_data(as_text=True) if _is_text(answer.mimetype) else ""
        with_text += "alert(1)" in body
        if answer.mimetype in ("text/html", "image/svg+xml", "application/xml"):
            taken += [f"{where}: {sign}" for sign in SIGNS if sign in body]
    assert taken == []
    assert with_text > 10, "the script is hardly anywhere: the sweep proves nothing"


def test_a_patron_s_pages_show_the_words_and_run_nothing(marked_site: Flask, marked: World) -> None:
    client = marked_site.test_client()
    where = f"/s/{marked.ours.wave_id}"
    page = client.get(where).get_data(as_text=True)
    token = csrf_token(client, where)
    page += client.post(where, data={"csrf_token": token}, follow_redirects=True).get_data(
        as_text=True
    )
    assert "alert(1)" in page
    assert [sign for sign in SIGNS if sign in page] == []


def test_a_form_that_is_refused_gives_back_words_and_no_markup(
    marked_site: Flask, marked: World, reader: FlaskClient
) -> None:
    """Every field of every form is filled with the script; most of it is refused."""
    taken = []
    for route in rules(marked_site):
        if "POST" not in methods(route) or rule_for(marked_site, route.endpoint) == "nobody":
            continue
        if route.endpoint in ENDS_THE_SITTING:
            continue
        where = address(marked_site, route, marked.ours)
        names = _fields(reader, where) if "GET" in methods(route) else set()
        data = {**dict.fromkeys(names, SCRIPT), "csrf_token": csrf_token(reader, "/accounts/you")}
        answer = reader.post(where, data=data)
        assert answer.status_code != 500, where
        body = answer.get_data(as_text=True)
        taken += [f"{where}: {sign}" for sign in SIGNS if sign in body]
    assert taken == []


@pytest.mark.parametrize(
    "place", ["/{}", "/sign-in?next={}", "/start?code={}", "/s/{}", "/look/{}"]
)
def test_an_address_is_never_shown_as_markup(place: str, anonymous: FlaskClient) -> None:
    where = place.format(quote(SCRIPT, safe=""))
    body = anonymous.get(where, follow_redirects=True).get_data(as_text=True)
    assert [sign for sign in SIGNS if sign in body] == []


def _fields(client: FlaskClient, where: str) -> set[str]:
    page = client.get(where).get_data(as_text=True)
    return set(re.findall(r'<(?:input|textarea|select)[^>]*\bname="([^"]+)"', page)) - {
        "csrf_token"
    }


def _is_text(mimetype: str | None) -> bool:
    mimetype = mimetype or ""
    return mimetype.startswith("text/") or mimetype.endswith(("json", "xml", "yaml"))
