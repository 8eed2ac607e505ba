"""The scorecard on the site: the same report as the file, for those who may read it."""

import json
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assessor.actions.folders import load_folder
from assessor.actions.respond import submit_answers
from assessor.actions.waves import open_wave, plan_wave
from assessor.domain.kinds import columns
from assessor.formats.folder import read_folder
from assessor.reports.numbers import day
from assessor.store.database import today
from tests.web.conftest import Cast


@pytest.fixture
def fielded(site: Flask, cast: Cast, project_root: Path) -> int:
    """Riverbend's folder loaded, and forty patrons who gave the best mark to everything rated."""
    library_id = cast.librarian.library_id
    folder = read_folder(project_root / "surveys" / "riverbend").unwrap()
    with site.app_context():
        load_folder(library_id, folder).unwrap()
        planned = plan_wave(
            library_id, instrument="patrons", title="Patrons 2025", period="2025"
        ).unwrap()
        wave_id = open_wave(library_id, planned).unwrap()
        instrument = folder.instrument("patrons")
        assert instrument is not None
        best = {
            column.name: scale.best
            for column in columns(instrument)
            if column.scale and (scale := instrument.scale(column.scale))
        }
        submit_answers(wave_id, [best] * 40).unwrap()
    return library_id


def test_without_a_plan_the_page_leads_to_reading_one(librarian: FlaskClient) -> None:
    page = librarian.get("/scorecards/").get_data(as_text=True)
    assert "There is no plan yet" in page


def test_leadership_opens_the_newest_scorecard(fielded: int, leadership: FlaskClient) -> None:
    page = leadership.get("/scorecards/", follow_redirects=True).get_data(as_text=True)
    assert "Of 24 outcomes" in page
    assert "40 responses" in page


def test_the_page_says_when_and_from_how_much_it_was_computed(
    fielded: int, leadership: FlaskClient
) -> None:
    page = leadership.get("/scorecards/", follow_redirects=True).get_data(as_text=True)
    assert f"Computed on {day(today().isoformat())} from 40 responses" in page


def test_every_element_has_an_address_of_its_own(fielded: int, leadership: FlaskClient) -> None:
    address = leadership.get("/scorecards/").location
    page = leadership.get(f"{address}/elements/1.1")
    assert page.status_code == 200
    assert "Make every branch" in page.get_data(as_text=True)
    assert leadership.get(f"{address}/elements/no-such").status_code == 404


def test_the_data_are_the_scorecard_in_its_format(fielded: int, leadership: FlaskClient) -> None:
    address = leadership.get("/scorecards/").location
    answer = leadership.get(f"{address}/scorecard.json")
    assert json.loads(answer.get_data())["format"] == "assessor-scorecard/1"
    assert "attachment" in answer.headers["Content-Disposition"]


def test_the_file_needs_no_other(fielded: int, leadership: FlaskClient) -> None:
    address = leadership.get("/scorecards/").location
    page = leadership.get(f"{address}/scorecard.html").get_data(as_text=True)
    assert "Of 24 outcomes" in page
    assert "src=" not in page.split("</head>")[0]


def test_another_librarys_scorecard_is_not_there(
    fielded: int, leadership: FlaskClient, stranger: FlaskClient
) -> None:
    address = leadership.get("/scorecards/").location
    for path in ("", "/elements/1.1", "/scorecard.json", "/scorecard.html"):
        assert stranger.get(address + path).status_code == 404


def test_a_period_without_a_wave_is_not_there(fielded: int, leadership: FlaskClient) -> None:
    assert leadership.get("/scorecards/periods/1999").status_code == 404
    assert leadership.get("/scorecards/periods/2025").status_code == 302


def test_staff_may_not_read_it(fielded: int, staff: FlaskClient) -> None:
    assert staff.get("/scorecards/").status_code == 403
