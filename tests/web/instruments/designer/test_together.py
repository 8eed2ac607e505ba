"""Two people in one draft: both keep their work, or are asked, and nothing is overwritten."""

from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import Cast
from tests.web.instruments.designer.pressing import draft_of, open_page

EDIT = "/instruments/patrons/edit"


def test_changes_of_different_items_are_both_in_the_draft(
    site: Flask, cast: Cast, librarian: FlaskClient, colleague: FlaskClient
) -> None:
    mine = open_page(librarian, f"{EDIT}?at=item:found")
    theirs = open_page(colleague, f"{EDIT}?at=item:role")
    theirs.press("save", text="And you are?")
    after = mine.press("save", text="Would you recommend us?")
    assert "both are in it" in after.status
    found = draft_of(site, cast, "patrons")
    texts = {item.key: item.text for item in found.items()}
    assert (texts["role"], texts["found"]) == ("And you are?", "Would you recommend us?")


def test_changes_of_one_item_are_shown_side_by_side_and_a_person_chooses(
    site: Flask, cast: Cast, librarian: FlaskClient, colleague: FlaskClient
) -> None:
    mine = open_page(librarian, f"{EDIT}?at=item:found")
    theirs = open_page(colleague, f"{EDIT}?at=item:found")
    theirs.press("save", text="Their words?")
    after = mine.press("save", text="My words?", hint="My hint")
    assert after.status_code == 409
    assert "Colleague saved this instrument while you were working on it" in after.words
    assert "What they changed" in after.words
    assert "Their words?" in after.words
    assert "What you changed" in after.words
    assert after.value("text") == "My words?"
    assert after.value("hint") == "My hint"
    kept = draft_of(site, cast, "patrons").item("found")
    assert kept is not None
    assert kept.text == "Their words?"
    chosen = after.press("save")
    assert "is saved" in chosen.status
    now = draft_of(site, cast, "patrons").item("found")
    assert now is not None
    assert (now.text, now.hint) == ("My words?", "My hint")


def test_what_somebody_removed_meanwhile_still_stands_in_the_form(
    librarian: FlaskClient, colleague: FlaskClient
) -> None:
    mine = open_page(librarian, f"{EDIT}?at=item:found")
    open_page(colleague, f"{EDIT}?at=item:found").press("ask-remove").press("remove")
    after = mine.press("save", text="My words?")
    assert after.status_code == 409
    assert "is gone from the newest draft" in after.words
    assert after.value("text") == "My words?"


def test_nobody_undoes_what_somebody_else_did_unseen(
    site: Flask, cast: Cast, librarian: FlaskClient, colleague: FlaskClient
) -> None:
    mine = open_page(librarian, f"{EDIT}?at=item:found").press("save", text="Mine?")
    open_page(colleague, f"{EDIT}?at=item:role").press("save", text="Theirs?")
    after = mine.submit("/undo")
    assert "Somebody saved this instrument" in after.status
    found = draft_of(site, cast, "patrons").item("role")
    assert found is not None
    assert found.text == "Theirs?"


def test_two_texts_are_not_saved_over_each_other(
    site: Flask, cast: Cast, librarian: FlaskClient, colleague: FlaskClient
) -> None:
    mine = open_page(librarian, f"{EDIT}/text")
    open_page(colleague, f"{EDIT}?at=item:role").press("save", text="Theirs?")
    text = mine.value("text").replace("How likely are you", "How probable is it that you are")
    after = mine.press("save", text=text)
    assert after.status_code == 409
    assert "How probable" in after.value("text")
    assert "Theirs?" in after.words
