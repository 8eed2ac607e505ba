"""Libraries and accounts: what holds whoever asks."""

from typing import Any

import pytest
from flask import Flask

from assessor.actions import libraries
from assessor.actions.folders import load_folder
from assessor.domain.problems import Checked
from assessor.store import account_queries, documents
from assessor.store.accounts import Account
from tests.actions.conftest import House
from tests.actions.test_definitions import FOLDER

SITE: dict[str, Any] = {
    "key": "riverbend",
    "library": "Riverbend Library",
    "email": "First@Example.org ",
    "password_hash": "hash",
}


# Any: whatever the action answers with.
def codes(checked: Checked[Any]) -> list[str]:
    return [problem.code for problem in checked.errors]


def account_of(library_id: int, account_id: int) -> Account:
    found = account_queries.account(library_id, account_id)
    assert found is not None
    return found


def test_the_first_run_makes_a_library_with_its_administrator_once(app: Flask) -> None:
    assert not account_queries.is_set_up()
    site = libraries.set_up_site(**SITE).unwrap()
    account = account_of(site.library_id, site.account_id)
    assert (account.email, account.password) == ("first@example.org", "hash")
    assert [role.name for role in account.roles] == ["administrator"]
    assert account_queries.is_set_up()
    again = libraries.set_up_site(**SITE | {"key": "other", "email": "second@example.org"})
    assert codes(again) == ["site.set-up-already"]
    assert account_queries.library_with_key("other") is None


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"key": "River Bend"}, "library.key"),
        ({"key": "a" * 61}, "library.key"),
        ({"library": "  "}, "library.name"),
        ({"email": "nobody"}, "account.email"),
    ],
)
def test_a_first_run_with_something_wrong_makes_nothing(
    app: Flask, changed: dict[str, str], code: str
) -> None:
    assert codes(libraries.set_up_site(**SITE | changed)) == [code]
    assert account_queries.library_with_key("riverbend") is None


def test_a_key_and_an_address_belong_to_one(house: House) -> None:
    assert codes(libraries.create_library("riverbend", "Again")) == ["library.key-taken"]
    again = libraries.create_account(house.library_id, "STAFF@example.org", roles=["staff"])
    assert codes(again) == ["account.email-taken"]


def test_an_unknown_role_is_refused(house: House) -> None:
    for roles in (["king"], []):
        made = libraries.create_account(house.library_id, "a@example.org", roles=roles)
        assert codes(made) == ["account.roles"]


def test_a_library_never_loses_its_last_administrator(house: House) -> None:
    library_id = house.library_id
    one = libraries.create_account(library_id, "a@example.org", roles=["administrator"]).unwrap()
    refused = [
        libraries.change_roles(library_id, one, ["librarian"]),
        libraries.set_account_active(library_id, one, False),
        libraries.delete_account(library_id, one),
    ]
    assert [codes(answer) for answer in refused] == [["account.last-administrator"]] * 3
    two = libraries.create_account(library_id, "b@example.org", roles=["administrator"]).unwrap()
    assert libraries.change_roles(library_id, one, ["librarian", "staff"]).ok
    assert [role.name for role in account_of(library_id, one).roles] == ["librarian", "staff"]
    assert codes(libraries.delete_account(library_id, two)) == ["account.last-administrator"]


def test_an_administrator_who_may_not_sign_in_does_not_count(house: House) -> None:
    library_id = house.library_id
    one = libraries.create_account(library_id, "a@example.org", roles=["administrator"]).unwrap()
    two = libraries.create_account(library_id, "b@example.org", roles=["administrator"]).unwrap()
    libraries.set_account_active(library_id, two, False).unwrap()
    assert codes(libraries.delete_account(library_id, one)) == ["account.last-administrator"]


def test_stopping_an_account_ends_its_sessions(house: House) -> None:
    before = account_of(house.library_id, house.account_id).fs_uniquifier
    libraries.set_account_active(house.library_id, house.account_id, False).unwrap()
    account = account_of(house.library_id, house.account_id)
    assert not account.active
    assert account.fs_uniquifier != before


def test_what_an_account_saved_stays_when_the_account_goes(house: House) -> None:
    load_folder(house.library_id, FOLDER, account_id=house.account_id).unwrap()
    libraries.delete_account(house.library_id, house.account_id).unwrap()
    stored = documents.current_plan(house.library_id, "riverbend")
    assert stored is not None
    assert stored.accepted_by is None


def test_another_librarys_accounts_are_out_of_reach(house: House) -> None:
    other = libraries.create_library("elsewhere", "Elsewhere").unwrap()
    for answer in (
        libraries.change_roles(other, house.account_id, ["staff"]),
        libraries.set_account_active(other, house.account_id, False),
        libraries.rename_account(other, house.account_id, "X"),
        libraries.delete_account(other, house.account_id),
    ):
        assert codes(answer) == ["account.not-found"]


def test_name_accent_and_logo(house: House) -> None:
    library_id = house.library_id
    libraries.set_appearance(library_id, accent="#123456", logo=(b"png", "image/png")).unwrap()
    libraries.set_appearance(library_id, name="Riverbend").unwrap()
    library = account_queries.library(library_id)
    assert library is not None
    assert (library.name, library.accent, library.logo) == ("Riverbend", "#123456", b"png")
    libraries.set_appearance(library_id, remove_logo=True).unwrap()
    assert library.logo is None
    svg = libraries.set_appearance(library_id, logo=(b"<svg/>", "image/svg+xml"))
    assert codes(svg) == ["library.logo-type"]
    large = libraries.set_appearance(library_id, logo=(b"x" * 600_000, "image/png"))
    assert codes(large) == ["library.logo-size"]
    assert codes(libraries.set_appearance(library_id, name=" ")) == ["library.name"]
