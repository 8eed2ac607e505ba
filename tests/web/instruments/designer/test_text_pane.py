"""The draft as text: the same draft, checked at its lines, and never lost."""

from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import Cast
from tests.web.instruments.designer.pressing import draft_of, open_page

TEXT = "/instruments/patrons/edit/text"


def test_a_text_is_saved_as_the_draft_and_can_be_undone(
    site: Flask, cast: Cast, librarian: FlaskClient
) -> None:
    before = draft_of(site, cast, "patrons")
    pane = open_page(librarian, TEXT)
    pane.press("save", text=pane.value("text").replace("How likely", "How probable"))
    found = draft_of(site, cast, "patrons").item("recommend")
    assert found is not None
    assert found.text.startswith("How probable")
    open_page(librarian, "/instruments/patrons/edit").submit("/undo")
    assert draft_of(site, cast, "patrons") == before


def test_an_unchanged_text_changes_nothing(site: Flask, cast: Cast, librarian: FlaskClient) -> None:
    before = draft_of(site, cast, "patrons")
    pane = open_page(librarian, TEXT)
    after = pane.press("save", text=pane.value("text").replace("\n", "\r\n"))
    assert "Nothing that is asked has changed" in after.words
    assert draft_of(site, cast, "patrons") == before


def test_what_is_wrong_stays_in_the_pane_with_every_line(
    site: Flask, cast: Cast, librarian: FlaskClient
) -> None:
    before = draft_of(site, cast, "patrons")
    broken = "key: patrons\ntitle: Ours\npages:\n  - key: one\n    items:\n      - {kind: nmber}\n"
    after = open_page(librarian, TEXT).press("save", text=broken)
    assert after.status_code == 422
    assert "Line 6, to mend" in after.words
    assert after.value("text") == broken
    assert draft_of(site, cast, "patrons") == before
    for text in ("key: [", "", "- just\n- a list", "key: other\ntitle: x"):
        assert open_page(librarian, TEXT).press("save", text=text).status_code == 422


def test_a_draft_may_be_unfinished_but_its_keys_name_one_thing_each(
    site: Flask, cast: Cast, librarian: FlaskClient
) -> None:
    pane = open_page(librarian, TEXT)
    unfinished = pane.value("text").replace("group_item: role", "group_item: nobody")
    assert pane.press("save", text=unfinished).status_code == 200
    assert draft_of(site, cast, "patrons").group_item == "nobody"
    twice = pane.value("text").replace("key: recommend", "key: role")
    after = open_page(librarian, TEXT).press("save", text=twice)
    assert after.status_code == 422
    assert "is the key of two" in after.words


def test_a_text_is_checked_without_being_saved(
    site: Flask, cast: Cast, librarian: FlaskClient
) -> None:
    pane = open_page(librarian, TEXT)
    data = {"csrf_token": pane.value("csrf_token"), "text": "key: patrons\ntitle: x\npages: 3\n"}
    told = librarian.post(f"{TEXT}/check", data=data).get_json()
    assert [(one["line"], one["severity"]) for one in told] == [(3, "error")]
