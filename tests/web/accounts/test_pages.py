"""Accounts: who sees them, what an administrator does with them, and what never happens."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assessor.store import account_queries
from tests.web.conftest import PASSWORD, Cast, Person, csrf_token, sign_in

PAGES = ("/accounts/", "/accounts/invite", "/accounts/library")


def post(client: FlaskClient, address: str, **data: str) -> str:
    """What the page says after a form was sent, having followed where it led."""
    token = csrf_token(client, "/accounts/you")
    answer = client.post(address, data={**data, "csrf_token": token}, follow_redirects=True)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def roles_of(site: Flask, person: Person) -> set[str]:
    with site.app_context():
        account = account_queries.account(person.library_id, person.account_id)
        assert account is not None
        return {role.name for role in account.roles}


@pytest.mark.parametrize("address", PAGES)
def test_only_administrators_see_accounts(
    address: str, administrator: FlaskClient, librarian: FlaskClient
) -> None:
    assert administrator.get(address).status_code == 200
    assert librarian.get(address).status_code == 403


def test_the_list_holds_the_library_s_own_people_and_nobody_else(
    administrator: FlaskClient, cast: Cast
) -> None:
    page = administrator.get("/accounts/").get_data(as_text=True)
    assert cast.librarian.email in page
    assert cast.stranger.email not in page


def test_another_library_s_account_looks_as_if_it_never_existed(
    administrator: FlaskClient, cast: Cast
) -> None:
    for path in ("", "/link", "/remove"):
        assert administrator.get(f"/accounts/{cast.stranger.account_id}{path}").status_code == 404


def test_somebody_invited_sets_a_password_with_the_link_and_signs_in(
    site: Flask, administrator: FlaskClient
) -> None:
    page = post(
        administrator, "/accounts/invite", email="New@Example.org", name="Nia", roles="leadership"
    )
    link = re.search(r"http://localhost(/forgotten-password/[^\s<]+)", page)
    assert link, page
    nia = site.test_client()
    chosen = {"password": "seven calm otters", "password_confirm": "seven calm otters"}
    token = csrf_token(nia, link.group(1))
    nia.post(link.group(1), data={**chosen, "csrf_token": token})
    answer = nia.post(
        "/sign-in",
        data={
            "email": "new@example.org",
            "password": "seven calm otters",
            "csrf_token": csrf_token(nia),
        },
    )
    assert answer.status_code == 302
    assert nia.get("/accounts/you").status_code == 200


def test_the_link_is_good_once(site: Flask, administrator: FlaskClient, cast: Cast) -> None:
    page = administrator.get(f"/accounts/{cast.staff.account_id}/link").get_data(as_text=True)
    found = re.search(r"http://localhost(/forgotten-password/[^\s<]+)", page)
    assert found
    path = found.group(1)
    first, second = site.test_client(), site.test_client()
    chosen = {"password": "seven calm otters", "password_confirm": "seven calm otters"}
    first.post(path, data={**chosen, "csrf_token": csrf_token(first, path)})
    answer = second.get(path, follow_redirects=True)
    assert "used already" in answer.get_data(as_text=True)


def test_an_address_is_invited_only_once_and_what_was_typed_stays(
    administrator: FlaskClient, cast: Cast
) -> None:
    page = post(
        administrator, "/accounts/invite", email=cast.staff.email, name="Again", roles="staff"
    )
    assert "There is an account for" in page
    assert 'value="Again"' in page


def test_a_role_is_changed(site: Flask, administrator: FlaskClient, cast: Cast) -> None:
    post(administrator, f"/accounts/{cast.staff.account_id}", name="Staff", roles="librarian")
    assert roles_of(site, cast.staff) == {"librarian"}


@pytest.mark.parametrize("way", ["demote", "stop", "remove"])
def test_the_last_administrator_cannot_be_lost(
    way: str, site: Flask, administrator: FlaskClient, cast: Cast
) -> None:
    own = f"/accounts/{cast.administrator.account_id}"
    page = {
        "demote": lambda: post(administrator, own, name="", roles="staff"),
        "stop": lambda: post(administrator, f"{own}/active", active="no"),
        "remove": lambda: post(administrator, f"{own}/remove"),
    }[way]()
    assert "only administrator" in page
    assert roles_of(site, cast.administrator) == {"administrator"}
    assert administrator.get("/accounts/").status_code == 200


def test_somebody_stopped_is_signed_out_at_once_and_cannot_come_back(
    site: Flask, administrator: FlaskClient, cast: Cast
) -> None:
    staff = sign_in(site.test_client(), cast.staff)
    post(administrator, f"/accounts/{cast.staff.account_id}/active", active="no")
    assert staff.get("/accounts/you").status_code == 302
    answer = staff.post(
        "/sign-in",
        data={"email": cast.staff.email, "password": PASSWORD, "csrf_token": csrf_token(staff)},
    )
    assert answer.status_code == 200
    post(administrator, f"/accounts/{cast.staff.account_id}/active", active="yes")
    sign_in(site.test_client(), cast.staff)


def test_removing_asks_first(administrator: FlaskClient, cast: Cast, site: Flask) -> None:
    address = f"/accounts/{cast.colleague.account_id}/remove"
    assert "for good" in administrator.get(address).get_data(as_text=True)
    with site.app_context():
        there = account_queries.account(cast.colleague.library_id, cast.colleague.account_id)
        assert there is not None
    assert "was removed" in post(administrator, address)
    with site.app_context():
        there = account_queries.account(cast.colleague.library_id, cast.colleague.account_id)
        assert there is None


def test_everybody_changes_their_own_name(staff: FlaskClient) -> None:
    assert "Saved" in post(staff, "/accounts/you", name="Zoë")
    assert "Zoë" in staff.get("/accounts/you").get_data(as_text=True)
