"""Signing in: passwords, mail, the second factor, and what an attacker would try."""

import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assessor.web.app import create_app
from assessor.web.passwords import password_problems
from tests.web.conftest import (
    PASSWORD,
    QUICK,
    Cast,
    Person,
    csrf_token,
    settings_in,
    sign_in,
)
from tests.web.one_time_codes import code_at
from tests.web.post_office import PostOffice, post_office

NEW = "seven calm otters"


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as running:
        yield running


@pytest.fixture
def site_with_mail(populated: tuple[Path, Cast], tmp_path: Path, office: PostOffice) -> Flask:
    return mailing_site(populated, tmp_path, office.port)


def mailing_site(populated: tuple[Path, Cast], tmp_path: Path, port: int) -> Flask:
    """The site with a relay at this port, reached by its own name only."""
    folder = tmp_path / "mailing"
    shutil.copytree(populated[0], folder)
    settings = replace(
        settings_in(folder),
        base_url="https://assess.example.org",
        mail_server="127.0.0.1",
        mail_port=port,
        mail_sender="assessor@example.org",
    )
    over_http = {"SESSION_COOKIE_SECURE": False, "WTF_CSRF_SSL_STRICT": False}
    return create_app(settings, **QUICK, MAIL_SUPPRESS_SEND=False, **over_http)


def ask_for_link(client: FlaskClient, email: str, *, host: str = "localhost") -> str:
    """What the page says to whoever asks for a link, with this Host in both requests."""
    base = f"http://{host}"
    page = client.get("/forgotten-password", base_url=base).get_data(as_text=True)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token, page
    answer = client.post(
        "/forgotten-password",
        base_url=base,
        data={"email": email, "csrf_token": token.group(1)},
        follow_redirects=True,
    )
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def text_of(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def test_a_forgotten_password_is_set_anew_by_mail(
    site_with_mail: Flask, office: PostOffice, cast: Cast
) -> None:
    client = site_with_mail.test_client()
    said = ask_for_link(client, cast.staff.email)
    (letter,) = office.letters
    assert letter["To"] == cast.staff.email
    assert letter["From"] == "assessor@example.org"
    link = re.search(r"https://assess\.example\.org(/\S+)", text_of(letter))
    assert link, text_of(letter)
    html = letter.get_body(("html",))
    assert html is not None
    assert link.group(0) in html.get_content()
    token = csrf_token(client, link.group(1))
    client.post(link.group(1), data={"password": NEW, "password_confirm": NEW, "csrf_token": token})
    answer = client.post(
        "/sign-in",
        data={"email": cast.staff.email, "password": NEW, "csrf_token": csrf_token(client)},
    )
    assert answer.status_code == 302
    assert "was set" in office.letters[1]["Subject"]
    assert "on its way" in said


def test_nobody_learns_whether_an_address_has_an_account(
    site_with_mail: Flask, office: PostOffice, cast: Cast
) -> None:
    known = ask_for_link(site_with_mail.test_client(), cast.staff.email)
    unknown = ask_for_link(site_with_mail.test_client(), "nobody@example.org")
    assert len(office.letters) == 1
    tokens = re.compile(r'value="[^"]*"|nonce="[^"]*"')
    assert tokens.sub("", known) == tokens.sub("", unknown)


def test_a_false_host_never_gets_into_a_mail(
    site_with_mail: Flask, office: PostOffice, cast: Cast
) -> None:
    ask_for_link(site_with_mail.test_client(), cast.staff.email, host="evil.example")
    (letter,) = office.letters
    assert "https://assess.example.org/forgotten-password/" in text_of(letter)
    assert "evil.example" not in letter.as_string()


def test_an_invitation_goes_out_by_mail(
    site_with_mail: Flask, office: PostOffice, cast: Cast
) -> None:
    client = sign_in(site_with_mail.test_client(), cast.administrator)
    answer = client.post(
        "/accounts/invite",
        data={
            "email": "nia@example.org",
            "name": "Nia",
            "roles": "staff",
            "csrf_token": csrf_token(client, "/accounts/you"),
        },
        follow_redirects=True,
    )
    assert "was invited by mail" in answer.get_data(as_text=True)
    assert "https://assess.example.org/forgotten-password/" in text_of(office.letters[0])


def test_a_relay_that_is_down_stops_no_invitation(
    populated: tuple[Path, Cast], tmp_path: Path, cast: Cast
) -> None:
    with post_office() as gone:
        port = gone.port
    client = sign_in(mailing_site(populated, tmp_path, port).test_client(), cast.administrator)
    answer = client.post(
        "/accounts/invite",
        data={
            "email": "nia@example.org",
            "name": "",
            "roles": "staff",
            "csrf_token": csrf_token(client, "/accounts/you"),
        },
        follow_redirects=True,
    )
    assert "/forgotten-password/" in answer.get_data(as_text=True)
    assert "on its way" in ask_for_link(client.application.test_client(), cast.staff.email)


def test_without_a_relay_the_page_says_whom_to_ask(anonymous: FlaskClient) -> None:
    page = anonymous.get("/forgotten-password").get_data(as_text=True)
    assert "Ask an administrator" in page


@pytest.mark.parametrize(
    "password",
    ["", "short", "elevenchars", "a" * 40, "password1234", "123456789012", "qwertyuiop12",
     "staff@example.org", "staff@example.org1", "x" * 129],
)  # fmt: skip
def test_a_weak_password_is_refused_with_what_to_do(site: Flask, password: str) -> None:
    with site.test_request_context():
        assert password_problems(password, email="staff@example.org")


@pytest.mark.parametrize("password", [NEW, "Zukunftsfähigkeit", "🐟🐠🐡🦈🐙🐚🦀🦞🦐🐋🐳🐬"])
def test_a_strong_password_is_taken(site: Flask, password: str) -> None:
    with site.test_request_context():
        assert password_problems(password, email="staff@example.org") == ()


def test_changing_the_password_asks_for_the_old_one(staff: FlaskClient, cast: Cast) -> None:
    def change(old: str) -> str:
        token = csrf_token(staff, "/change-password")
        chosen = {"new_password": NEW, "new_password_confirm": NEW}
        data = {"password": old, **chosen, "csrf_token": token}
        return staff.post("/change-password", data=data, follow_redirects=True).get_data(
            as_text=True
        )

    assert "not your password" in change("something else entirely")
    assert "was changed" in change(PASSWORD)


def set_up_app(client: FlaskClient) -> str:
    """Sets up the second factor as somebody with an app would; its key."""
    token = csrf_token(client, "/second-factor")
    page = client.post(
        "/second-factor", data={"setup": "authenticator", "csrf_token": token}
    ).get_data(as_text=True)
    key = re.search(r"<code>([A-Z2-7 -]+)</code>", page)
    action = re.search(r'action="(/second-factor/[^"]+)"', page)
    assert key, page
    assert action, page
    answer = client.post(
        action.group(1),
        data={"code": code_at(key.group(1), time.time()), "csrf_token": token},
        follow_redirects=True,
    )
    assert "second factor is set up" in answer.get_data(as_text=True)
    return key.group(1)


def begin_sign_in(site: Flask, person: Person) -> FlaskClient:
    client = site.test_client()
    answer = client.post(
        "/sign-in",
        data={"email": person.email, "password": PASSWORD, "csrf_token": csrf_token(client)},
        follow_redirects=True,
    )
    assert "Enter the code" in answer.get_data(as_text=True)
    return client


def test_with_a_second_factor_the_password_alone_opens_nothing(
    site: Flask, librarian: FlaskClient, cast: Cast
) -> None:
    key = set_up_app(librarian)
    client = begin_sign_in(site, cast.librarian)
    assert client.get("/accounts/you").status_code == 302
    token = csrf_token(client, "/sign-in/code")
    wrong = client.post("/sign-in/code", data={"code": "000000", "csrf_token": token})
    assert wrong.status_code == 200
    # The step after this one: no code is taken twice.
    code = code_at(key, time.time() + 30)
    assert client.post("/sign-in/code", data={"code": code, "csrf_token": token}).status_code == 302
    assert client.get("/accounts/you").status_code == 200


def test_a_recovery_code_lets_in_once(site: Flask, librarian: FlaskClient, cast: Cast) -> None:
    set_up_app(librarian)
    token = csrf_token(librarian, "/recovery-codes")
    page = librarian.post("/recovery-codes", data={"csrf_token": token}).get_data(as_text=True)
    code = re.findall(r"<li><code>([^<]+)</code>", page)[0]
    entered = []
    for _ in range(2):
        client = begin_sign_in(site, cast.librarian)
        token = csrf_token(client, "/sign-in/recovery-code")
        client.post("/sign-in/recovery-code", data={"code": code, "csrf_token": token})
        entered.append(client.get("/accounts/you").status_code)
    assert entered == [200, 302]


def test_the_second_factor_can_be_turned_off_again(
    site: Flask, librarian: FlaskClient, cast: Cast
) -> None:
    set_up_app(librarian)
    token = csrf_token(librarian, "/second-factor")
    librarian.post("/second-factor", data={"setup": "disable", "csrf_token": token})
    sign_in(site.test_client(), cast.librarian)


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "\\\\evil.example", "https:evil.example",
     "/\\evil.example", "javascript:alert(1)", "http://localhost.evil.example/"],
)  # fmt: skip
@pytest.mark.parametrize("place", ["address", "form"])
def test_signing_in_leads_to_no_other_site(
    elsewhere: str, place: str, anonymous: FlaskClient, cast: Cast
) -> None:
    data = {
        "email": cast.staff.email,
        "password": PASSWORD,
        "csrf_token": csrf_token(anonymous),
        **({"next": elsewhere} if place == "form" else {}),
    }
    query = {"next": elsewhere} if place == "address" else {}
    answer = anonymous.post("/sign-in", data=data, query_string=query)
    if answer.status_code == 302:
        led_to = urlsplit(urljoin("http://localhost/sign-in", answer.location))
        assert (led_to.scheme, led_to.netloc) == ("http", "localhost")
        assert not answer.location.startswith(("//", "/\\", "\\"))


def test_guessing_is_slowed_down(populated: tuple[Path, Cast], tmp_path: Path, cast: Cast) -> None:
    folder = tmp_path / "limited"
    shutil.copytree(populated[0], folder)
    client = create_app(settings_in(folder), TESTING=True).test_client()
    data = {
        "email": cast.staff.email,
        "password": "not it at all",
        "csrf_token": csrf_token(client),
    }
    tries = [client.post("/sign-in", data=data).status_code for _ in range(12)]
    assert tries[0] == 200
    assert tries[-1] == 429


def test_what_signing_in_sends_is_kept_nowhere(anonymous: FlaskClient) -> None:
    for address in ("/sign-in", "/forgotten-password", "/sign-in/passkey"):
        assert anonymous.get(address).headers["Cache-Control"] == "no-store"
