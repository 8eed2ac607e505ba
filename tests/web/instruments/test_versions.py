"""The versions of an instrument on the site: read, compared, and begun from again."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assessor.actions.instruments import publish_instrument, save_instrument_draft
from assessor.actions.respond import start_response, submit_answers
from assessor.actions.retention import forget_what_is_due
from assessor.actions.waves import close_wave, field_version, open_wave, plan_wave
from assessor.domain.instrument import Instrument
from assessor.store import documents, fielding
from assessor.store.database import today
from tests.web.conftest import Cast
from tests.web.instruments.test_pages import page
from tests.web.waves.conftest import post


@pytest.fixture
def wave_id(site: Flask, cast: Cast) -> str:
    """An open wave of the first version, which seven have answered and one is in the middle of."""
    library_id = cast.librarian.library_id
    with site.app_context():
        planned = plan_wave(library_id, instrument="patrons", title="Spring", period="2026")
        wave_id = open_wave(library_id, planned.unwrap()).unwrap()
        submit_answers(wave_id, [{"role": "adult"}] * 7).unwrap()
        start_response(wave_id).unwrap()
    return wave_id


@pytest.fixture
def second(site: Flask, cast: Cast, patrons: Instrument) -> Instrument:
    """The draft with another title, and its published version 2."""
    changed = patrons.model_copy(update={"title": "How do we do?"})
    with site.app_context():
        save_instrument_draft(cast.librarian.library_id, changed).unwrap()
        publish_instrument(cast.librarian.library_id, "patrons").unwrap()
    return changed


def draft_title(site: Flask, cast: Cast) -> str:
    with site.app_context():
        stored = documents.instrument_draft(cast.librarian.library_id, "patrons")
        assert stored is not None
        return stored.draft.title


def test_each_version_says_where_it_was_asked_and_by_how_many(
    site: Flask, cast: Cast, leadership: FlaskClient, wave_id: str, second: Instrument
) -> None:
    with site.app_context():
        field_version(cast.librarian.library_id, wave_id, 2).unwrap()
    found = page(leadership, "/instruments/patrons/versions")
    assert "Where version 2 was asked" in found
    assert "Version: 2 · Responses: none · Begun and not sent: none" in found
    assert "Version: 1 · Responses: 7 · Begun and not sent: fewer than 5" in found


def test_a_wave_whose_answers_were_kept_long_enough_says_so(
    site: Flask, cast: Cast, leadership: FlaskClient, wave_id: str
) -> None:
    with site.app_context():
        close_wave(cast.librarian.library_id, wave_id).unwrap()
        forget_what_is_due(on=today() + timedelta(days=5000)).unwrap()
    found = page(leadership, "/instruments/patrons/versions")
    assert "Responses: deleted as promised" in found


def test_few_answers_to_a_version_cannot_be_got_by_subtraction(
    site: Flask, cast: Cast, leadership: FlaskClient, wave_id: str, second: Instrument
) -> None:
    with site.app_context():
        field_version(cast.librarian.library_id, wave_id, 2).unwrap()
        submit_answers(wave_id, [{"role": "adult"}] * 2).unwrap()
    found = page(leadership, f"/waves/{wave_id}")
    assert "Version 2 what new people are asked fewer than 5" in found
    assert "Version 1 not shown" in found


def test_any_two_versions_are_compared(leadership: FlaskClient, second: Instrument) -> None:
    found = page(leadership, "/instruments/patrons/versions/compare?old=1&new=2")
    assert "From version 1 to version 2" in found
    assert "Another title." in found
    assert "Every trend goes on" in found
    backwards = page(leadership, "/instruments/patrons/versions/compare?old=2&new=1")
    assert "From version 2 to version 1" in backwards
    assert "From version 1 to version 2" in page(
        leadership, "/instruments/patrons/versions/compare"
    )
    assert leadership.get("/instruments/patrons/versions/compare?old=9").status_code == 404


def test_the_next_version_begins_from_an_older_one(
    site: Flask, cast: Cast, librarian: FlaskClient, patrons: Instrument, second: Instrument
) -> None:
    address = "/instruments/patrons/versions/1/begin"
    assert "Begin the next version from version 1?" in page(librarian, address)
    assert post(librarian, address) == (302, "/instruments/patrons")
    assert draft_title(site, cast) == patrons.title
    with site.app_context():
        versions = documents.versions(cast.librarian.library_id, "patrons")
    assert [one.version for one in versions] == [2, 1]
    assert post(librarian, "/instruments/patrons/publish") == (
        302,
        "/instruments/patrons/versions",
    )


def test_what_is_not_published_is_shown_before_it_is_lost(
    site: Flask, cast: Cast, librarian: FlaskClient, second: Instrument
) -> None:
    with site.app_context():
        later = second.model_copy(update={"title": "How are we now?"})
        save_instrument_draft(cast.librarian.library_id, later).unwrap()
    found = page(librarian, "/instruments/patrons/versions/1/begin")
    assert "The draft has changes that are not published." in found
    assert "now?" in found


def test_a_colleagues_draft_is_not_written_over(
    site: Flask, cast: Cast, librarian: FlaskClient, second: Instrument
) -> None:
    status, found = post(
        librarian, "/instruments/patrons/versions/1/begin", seen="what was there before"
    )
    assert status == 422
    assert "Somebody saved this instrument" in found
    assert draft_title(site, cast) == second.title


def test_a_draft_that_is_that_version_already_says_so(librarian: FlaskClient) -> None:
    answer = librarian.get("/instruments/patrons/versions/1/begin", follow_redirects=True)
    assert "The draft is the same as version 1 already." in answer.get_data(as_text=True)


def test_publishing_asks_of_each_wave_and_says_what_is_under_way(
    site: Flask, cast: Cast, librarian: FlaskClient, patrons: Instrument, wave_id: str
) -> None:
    with site.app_context():
        changed = patrons.model_copy(update={"title": "How do we do?"})
        save_instrument_draft(cast.librarian.library_id, changed).unwrap()
    found = page(librarian, "/instruments/patrons/publish")
    assert "Every trend goes on" in found
    assert "How does “Spring” go on?" in found
    assert "Those who have begun (fewer than 5 in the middle of version 1) finish it." in found
    status, found = post(librarian, "/instruments/patrons/publish")
    assert status == 422
    assert "Say how “Spring” goes on." in found
    wanted = {f"wave-{wave_id}": "go_on"}
    assert post(librarian, "/instruments/patrons/publish", **wanted)[0] == 302
    with site.app_context():
        wave = fielding.wave(wave_id)
        assert wave is not None
        assert wave.version == 2


def test_a_closed_wave_is_not_asked_about_and_goes_on_with_nothing(
    site: Flask, cast: Cast, librarian: FlaskClient, wave_id: str, second: Instrument
) -> None:
    with site.app_context():
        close_wave(cast.librarian.library_id, wave_id).unwrap()
    assert "Go on with another version" not in page(librarian, f"/waves/{wave_id}")
    answer = librarian.get(f"/waves/{wave_id}/version", follow_redirects=True)
    assert "What it asked stays as it is." in answer.get_data(as_text=True)


def test_leadership_compares_and_changes_nothing(
    leadership: FlaskClient, stranger: FlaskClient, wave_id: str, second: Instrument
) -> None:
    for address in ("/instruments/patrons/versions/1/begin", f"/waves/{wave_id}/version"):
        assert leadership.get(address).status_code == 403
        assert stranger.get(address).status_code == 404
    assert stranger.get("/instruments/patrons/versions/compare").status_code == 404
    assert "Begin the next" not in page(leadership, "/instruments/patrons/versions")
