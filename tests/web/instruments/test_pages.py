"""Instruments on the site: read, previewed, loaded from a file, published, compared."""

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from assessor.actions.instruments import publish_instrument, save_instrument_draft
from assessor.domain.instrument import Instrument
from assessor.formats.instrument_file import read_instrument_file, write_instrument_file
from assessor.store import documents
from assessor.store.database import db
from assessor.store.responses import DraftRow, ResponseRow
from tests.web.conftest import Cast, csrf_token
from tests.web.waves.conftest import post, words

SMALL = b"""
key: short
title: A short one
pages:
  - key: only
    title: Only
    items:
      - {key: again, kind: likelihood, text: Would you come again?, required: true}
"""


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return words(answer.get_data(as_text=True))


def send_file(client: FlaskClient, address: str, content: bytes) -> TestResponse:
    token = csrf_token(client, address)
    data = {"csrf_token": token, "file": (BytesIO(content), "ours.yaml")}
    return client.post(address, data=data, content_type="multipart/form-data")


@pytest.fixture
def reworded(site: Flask, cast: Cast, patrons: Instrument) -> Instrument:
    """The patrons' instrument with another title as the draft."""
    changed = patrons.model_copy(update={"title": "How do we do?"})
    with site.app_context():
        save_instrument_draft(cast.librarian.library_id, changed).unwrap()
    return changed


def test_without_an_instrument_the_page_says_what_one_is(stranger: FlaskClient) -> None:
    assert "There is no instrument yet" in page(stranger, "/instruments/")


def test_the_list_tells_state_items_and_length(leadership: FlaskClient) -> None:
    found = page(leadership, "/instruments/")
    assert "How is the library doing for you?" in found
    assert "Version 1 26 4 minutes none" in found


def test_every_item_is_read_with_its_key_its_answers_and_what_it_feeds(
    leadership: FlaskClient, patrons: Instrument
) -> None:
    found = page(leadership, "/instruments/patrons")
    for item in patrons.items():
        assert item.key in found
    assert "A resident of the town · A parent or carer who comes with children" in found
    assert "role · Single choice, gives the groups of the audience" in found
    assert "Feeds 2.1.1 Patrons who found what they came for" in found
    assert "Feeds no indicator" not in found.partition("found · Single choice")[0]


def test_a_row_feeds_what_it_feeds_and_not_what_its_neighbour_does(
    leadership: FlaskClient,
) -> None:
    found = page(leadership, "/instruments/patrons")
    assert "quiet_desk Feeds 1.2.1 Quiet places, above the least accepted A place" in found


def test_an_instrument_comes_as_a_file_and_is_not_published(
    site: Flask, cast: Cast, librarian: FlaskClient
) -> None:
    answer = send_file(librarian, "/instruments/load-file", SMALL)
    assert answer.location == "/instruments/short"
    assert "Nobody can be asked before it is published" in page(librarian, "/instruments/short")
    with site.app_context():
        assert documents.versions(cast.librarian.library_id, "short") == ()


def test_every_problem_of_a_file_is_told_with_its_line_and_nothing_is_kept(
    site: Flask, cast: Cast, librarian: FlaskClient
) -> None:
    broken = SMALL.replace(b"key: again, ", b"").replace(b"title: A short one", b"titel: A")
    answer = send_file(librarian, "/instruments/load-file", broken)
    found = words(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert "ours.yaml, line 3" in found
    assert "ours.yaml, line 8" in found
    with site.app_context():
        assert documents.instrument_draft(cast.librarian.library_id, "short") is None


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02", b"key: [", b"key: a\nkey: b\n", b"just a sentence"]
)
def test_what_is_no_instrument_is_declined_in_plain_words(
    librarian: FlaskClient, content: bytes
) -> None:
    answer = send_file(librarian, "/instruments/load-file", content)
    assert answer.status_code == 422
    assert "This file cannot be taken in" in words(answer.get_data(as_text=True))


def test_without_a_file_the_form_asks_for_one(librarian: FlaskClient) -> None:
    status, found = post(librarian, "/instruments/load-file")
    assert status == 422
    assert "Choose a file first" in found


def test_an_instrument_is_never_loaded_over_another_by_accident(
    librarian: FlaskClient, patrons: Instrument
) -> None:
    answer = send_file(librarian, "/instruments/load-file", write_instrument_file(patrons))
    assert answer.status_code == 422
    assert "Replace by a file" in words(answer.get_data(as_text=True))
    answer = send_file(librarian, "/instruments/patrons/replace", SMALL)
    assert answer.status_code == 422
    assert "not `patrons`" in words(answer.get_data(as_text=True))


def test_what_is_downloaded_is_loaded_back_unchanged(
    librarian: FlaskClient, patrons: Instrument
) -> None:
    answer = librarian.get("/instruments/patrons/instrument.yaml")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert read_instrument_file(answer.get_data()).unwrap() == patrons
    send_file(librarian, "/instruments/patrons/replace", answer.get_data())
    assert "The draft is the same as the published version" in page(
        librarian, "/instruments/patrons"
    )


def test_replacing_the_draft_leaves_the_version_as_it_was_asked(
    librarian: FlaskClient, patrons: Instrument
) -> None:
    changed = patrons.model_copy(update={"title": "How do we do?"})
    send_file(librarian, "/instruments/patrons/replace", write_instrument_file(changed))
    assert "How do we do?" in page(librarian, "/instruments/patrons")
    version = librarian.get("/instruments/patrons/instrument.yaml?version=1").get_data()
    assert read_instrument_file(version).unwrap() == patrons


def test_publishing_asks_first_and_says_what_it_freezes(
    site: Flask, cast: Cast, librarian: FlaskClient, reworded: Instrument
) -> None:
    found = page(librarian, "/instruments/patrons/publish")
    assert "never change again" in found
    assert "Another title." in found
    assert post(librarian, "/instruments/patrons/publish")[0] == 302
    with site.app_context():
        newest = documents.versions(cast.librarian.library_id, "patrons")[0]
    assert (newest.version, newest.published_by) == (2, cast.librarian.account_id)


def test_publishing_twice_is_publishing_once(
    site: Flask, cast: Cast, librarian: FlaskClient, reworded: Instrument
) -> None:
    post(librarian, "/instruments/patrons/publish")
    answer = librarian.get("/instruments/patrons/publish", follow_redirects=True)
    assert "Version 2 is published" in words(answer.get_data(as_text=True))
    with site.app_context():
        assert len(documents.versions(cast.librarian.library_id, "patrons")) == 2


def test_what_somebody_changed_meanwhile_is_not_published_unread(
    site: Flask, cast: Cast, librarian: FlaskClient, reworded: Instrument
) -> None:
    token = csrf_token(librarian, "/instruments/patrons/publish")
    with site.app_context():
        seen = documents.instrument_draft(cast.librarian.library_id, "patrons")
        assert seen is not None
        other = reworded.model_copy(update={"title": "Quite another"})
        save_instrument_draft(cast.librarian.library_id, other).unwrap()
    data = {"csrf_token": token, "seen": seen.sha256}
    answer = librarian.post("/instruments/patrons/publish", data=data)
    assert answer.status_code == 422
    assert "Look at it again first" in words(answer.get_data(as_text=True))
    with site.app_context():
        assert len(documents.versions(cast.librarian.library_id, "patrons")) == 1


def test_a_file_does_not_replace_what_somebody_saved_meanwhile(
    site: Flask, cast: Cast, librarian: FlaskClient, patrons: Instrument
) -> None:
    token = csrf_token(librarian, "/instruments/patrons/replace")
    data = {
        "csrf_token": token,
        "seen": "0" * 64,
        "file": (BytesIO(write_instrument_file(patrons)), "patrons.yaml"),
    }
    answer = librarian.post(
        "/instruments/patrons/replace", data=data, content_type="multipart/form-data"
    )
    assert answer.status_code == 422
    assert "Somebody saved this instrument" in words(answer.get_data(as_text=True))


def test_an_instrument_with_errors_is_not_published_and_says_why(
    site: Flask, cast: Cast, librarian: FlaskClient, patrons: Instrument
) -> None:
    broken = patrons.model_copy(update={"group_item": "no_such_item"})
    with site.app_context():
        save_instrument_draft(cast.librarian.library_id, broken)
    found = page(librarian, "/instruments/patrons/publish")
    assert "It cannot be published yet" in found
    token = csrf_token(librarian, "/instruments/load-file")
    answer = librarian.post("/instruments/patrons/publish", data={"csrf_token": token})
    assert answer.status_code == 422
    with site.app_context():
        assert len(documents.versions(cast.librarian.library_id, "patrons")) == 1


def test_versions_tell_what_changed_from_one_to_the_next(
    site: Flask, cast: Cast, leadership: FlaskClient, reworded: Instrument
) -> None:
    found = page(leadership, "/instruments/patrons/versions")
    assert "The draft, not published 1 other change." in found
    with site.app_context():
        publish_instrument(cast.librarian.library_id, "patrons").unwrap()
    found = page(leadership, "/instruments/patrons/versions")
    assert "Version 2" in found
    assert "How is the library doing for you?" in found  # before
    assert "The first version." in found


def test_an_instrument_is_removed_only_before_it_was_published(
    site: Flask, cast: Cast, librarian: FlaskClient
) -> None:
    send_file(librarian, "/instruments/load-file", SMALL)
    assert "Remove this instrument?" in page(librarian, "/instruments/short/remove")
    assert post(librarian, "/instruments/short/remove")[0] == 302
    answer = librarian.get("/instruments/patrons/remove", follow_redirects=True)
    assert "so it stays" in words(answer.get_data(as_text=True))
    with site.app_context():
        left = [one.draft.key for one in documents.instruments(cast.librarian.library_id)]
    assert left == ["patrons", "staff"]


def test_the_preview_goes_through_every_page_checks_and_keeps_nothing(
    site: Flask, librarian: FlaskClient
) -> None:
    send_file(librarian, "/instruments/load-file", SMALL)
    assert 'src="/instruments/short/preview/0"' in librarian.get(
        "/instruments/short/preview"
    ).get_data(as_text=True)
    assert "Nobody can tell who answered" in page(librarian, "/instruments/short/preview/0")
    status, found = post(librarian, "/instruments/short/preview/1")
    assert status == 422
    assert "Please look at this again" in found
    status, address = post(librarian, "/instruments/short/preview/1", again="9")
    assert (status, address) == (302, "/instruments/short/preview/2")
    assert "Your answers are in" in page(librarian, address)
    with site.app_context():
        for row in (DraftRow, ResponseRow):
            assert db.session.query(row).count() == 0


def test_the_preview_of_a_version_shows_that_version(
    librarian: FlaskClient, reworded: Instrument
) -> None:
    assert "How do we do?" in page(librarian, "/instruments/patrons/preview/0")
    assert "How is the library doing" in page(librarian, "/instruments/patrons/preview/0?version=1")


def test_a_draft_with_errors_has_no_preview_but_the_reasons(
    site: Flask, cast: Cast, librarian: FlaskClient, patrons: Instrument
) -> None:
    broken = patrons.model_copy(update={"scales": ()})
    with site.app_context():
        save_instrument_draft(cast.librarian.library_id, broken)
    assert "have to be mended" in page(librarian, "/instruments/patrons/preview")
    assert librarian.get("/instruments/patrons/preview/1").status_code == 302
    assert "have to be mended" in page(librarian, "/instruments/patrons")


def test_leadership_reads_and_changes_nothing(leadership: FlaskClient) -> None:
    assert "Replace by a file" not in page(leadership, "/instruments/patrons")
    for path in ("publish", "replace", "remove"):
        assert leadership.get(f"/instruments/patrons/{path}").status_code == 403


def test_another_librarys_instrument_is_not_there(stranger: FlaskClient) -> None:
    paths = ("", "/publish", "/replace", "/preview", "/preview/1", "/versions", "/versions/1")
    for path in (*paths, "/instrument.yaml", "/instrument.yaml?version=1"):
        assert stranger.get(f"/instruments/patrons{path}").status_code == 404
