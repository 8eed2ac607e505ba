"""What holds for the site before any feature: signing in, the gate, the headers."""

from flask import Flask
from flask.testing import FlaskClient

from assessor.web.access import rule_for
from tests.web.conftest import PASSWORD, Cast, csrf_token


def test_every_route_states_who_may_open_it(site: Flask) -> None:
    missing = [r.endpoint for r in site.url_map.iter_rules() if rule_for(site, r.endpoint) is None]
    assert not missing, f"give these views a rule with @requires(…): {missing}"


def test_a_person_signs_in_with_the_form(anonymous: FlaskClient, cast: Cast) -> None:
    token = csrf_token(anonymous)
    answer = anonymous.post(
        "/sign-in",
        data={"email": cast.librarian.email, "password": PASSWORD, "csrf_token": token},
    )
    assert answer.status_code == 302
    assert anonymous.get("/style").status_code == 200


def test_a_wrong_password_is_refused_without_saying_which_half_was_wrong(
    anonymous: FlaskClient, cast: Cast
) -> None:
    token = csrf_token(anonymous)
    pages = [
        anonymous.post(
            "/sign-in", data={"email": email, "password": "not it at all", "csrf_token": token}
        )
        for email in (cast.librarian.email, "nobody@example.org")
    ]
    assert [page.status_code for page in pages] == [200, 200]
    assert anonymous.get("/style").status_code == 302


def test_a_page_for_staff_leads_others_to_the_sign_in_and_back(anonymous: FlaskClient) -> None:
    answer = anonymous.get("/style")
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in?next=")


def test_every_answer_carries_the_strict_policy(anonymous: FlaskClient) -> None:
    for address in ("/sign-in", "/no-such-page", "/health"):
        policy = anonymous.get(address).headers["Content-Security-Policy"]
        assert "'unsafe-inline'" not in policy
        assert "default-src 'none'" in policy


def test_an_unknown_address_says_so_in_plain_words(anonymous: FlaskClient) -> None:
    answer = anonymous.get("/no-such-page")
    assert answer.status_code == 404
    assert "There is no such page" in answer.get_data(as_text=True)


def test_a_form_without_its_token_is_refused(anonymous: FlaskClient, cast: Cast) -> None:
    answer = anonymous.post("/sign-in", data={"email": cast.librarian.email, "password": PASSWORD})
    assert answer.status_code == 400
    assert "expired" in answer.get_data(as_text=True)
