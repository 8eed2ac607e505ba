"""Waves on the site: planned, opened, watched, closed; and what each person may see of them."""

import struct
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assessor.actions.respond import save_page, start_response, submit_response
from assessor.actions.retention import forget_what_is_due
from assessor.actions.waves import change_wave
from assessor.store import fielding
from assessor.store.database import today
from tests.web.conftest import Cast
from tests.web.waves.conftest import Answer, post, words

NEW = "/waves/new?instrument=patrons"


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return words(answer.get_data(as_text=True))


def test_without_a_published_instrument_the_way_leads_to_the_instruments(
    stranger: FlaskClient,
) -> None:
    assert "Nothing can be asked yet" in page(stranger, "/waves/")
    assert "No instrument is published" in page(stranger, "/waves/new")


def test_a_librarian_chooses_what_is_asked_first(
    librarian: FlaskClient,
) -> None:
    found = page(librarian, "/waves/new")
    assert "How is the library doing for you?" in found
    assert "Working at Riverbend Library" in found


def test_a_wave_is_planned_with_its_audience(site: Flask, librarian: FlaskClient) -> None:
    fields = {"title": "Patrons 2026", "period": "2026", "access": "open_link"}
    sizes = {"size-adult": "12 000", "size-family": "1,400", "size-senior": ""}
    status, address = post(
        librarian,
        NEW,
        **fields,
        **sizes,
        opens_on="2026-03-01",
        closes_on="2026-03-31",
        retention_months="12",
    )
    assert status == 302
    with site.app_context():
        wave_id = address.rpartition("/")[2]
        wave = fielding.wave(wave_id)
        assert wave is not None
        assert (wave.state, wave.access, wave.retention_months) == ("draft", "open_link", 12)
        known = {group.code: group.size for group in fielding.groups(wave_id)}
    assert known["adult"] == 12_000
    assert known["family"] == 1_400
    assert known["senior"] is None


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("title", "", "Enter a title"),
        ("period", "", "Enter the period"),
        ("opens_on", "soon", "Enter a day"),
        ("closes_on", "2020-01-01", "closes before it opens"),
        ("retention_months", "0", "1 to 240 months"),
        ("retention_months", "", "1 to 240 months"),
        ("size-adult", "1.5", "Enter a whole number"),
        ("size-adult", "-3", "0 or more"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_nothing_is_planned(
    site: Flask, librarian: FlaskClient, field: str, typed: str, told: str
) -> None:
    good = {"title": "Ours", "period": "2026", "access": "open_link", "opens_on": "2026-03-01"}
    status, shown = post(librarian, NEW, **(good | {"retention_months": "12"} | {field: typed}))
    assert status == 422
    assert told in shown
    assert "Something needs mending" in shown
    with site.app_context():
        assert fielding.waves(1) == ()


def test_a_wave_is_opened_closed_and_reopened_each_after_a_question(
    site: Flask, cast: Cast, planned: str, librarian: FlaskClient, anonymous: FlaskClient
) -> None:
    assert anonymous.get(f"/s/{planned}").status_code == 404
    for name, open_for_answers in (("open", True), ("close", False), ("reopen", True)):
        assert "?" in page(librarian, f"/waves/{planned}/{name}")
        with site.app_context():
            before = fielding.wave(planned)
        assert before is not None
        assert before.is_open(today()) is not open_for_answers  # asking changes nothing
        assert post(librarian, f"/waves/{planned}/{name}")[0] == 302
        assert (anonymous.get(f"/s/{planned}").status_code == 200) is open_for_answers


def test_pressing_twice_changes_nothing_and_says_so(opened: str, librarian: FlaskClient) -> None:
    answer = librarian.get(f"/waves/{opened}/open", follow_redirects=True)
    assert "Nothing was changed" in answer.get_data(as_text=True)


def test_a_wave_reopens_until_a_day_that_is_still_to_come(
    site: Flask, opened: str, librarian: FlaskClient
) -> None:
    post(librarian, f"/waves/{opened}/close")
    status, shown = post(librarian, f"/waves/{opened}/reopen", closes_on="2020-01-01")
    assert status == 422
    assert "last day is over" in shown
    coming = (today() + timedelta(days=3)).isoformat()
    assert post(librarian, f"/waves/{opened}/reopen", closes_on=coming)[0] == 302


def test_a_wave_that_was_never_opened_can_be_deleted_and_no_other(
    site: Flask, opened: str, planned: str, librarian: FlaskClient
) -> None:
    answer = librarian.get(f"/waves/{opened}/delete", follow_redirects=True)
    assert "Nothing was changed" in answer.get_data(as_text=True)
    with site.app_context():
        assert fielding.wave(opened) is not None


def test_a_planned_wave_is_deleted_after_a_question(
    site: Flask, planned: str, librarian: FlaskClient
) -> None:
    assert post(librarian, f"/waves/{planned}/delete")[0] == 302
    with site.app_context():
        assert fielding.wave(planned) is None


def test_dates_and_sizes_change_while_it_is_open(
    site: Flask, opened: str, librarian: FlaskClient
) -> None:
    coming = (today() + timedelta(days=3)).isoformat()
    fields = {"title": "Patrons", "period": "2026", "closes_on": coming, "size-adult": "1100"}
    assert post(librarian, f"/waves/{opened}/edit", **fields)[0] == 302
    with site.app_context():
        wave = fielding.wave(opened)
        assert wave is not None
        assert wave.closes_on == today() + timedelta(days=3)
        sizes = {group.code: group.size for group in fielding.groups(opened)}
    assert sizes["adult"] == 1100


def test_after_its_last_day_a_wave_says_that_it_is_over(
    site: Flask, cast: Cast, opened: str, librarian: FlaskClient
) -> None:
    with site.app_context():
        change_wave(
            cast.librarian.library_id,
            opened,
            title="Patrons",
            period="2026",
            opens_on=None,
            closes_on=today() - timedelta(days=1),
            sizes={},
        ).unwrap()
    assert "It takes no more answers" in page(librarian, f"/waves/{opened}")


def test_the_page_holds_the_public_link_and_its_code(opened: str, librarian: FlaskClient) -> None:
    found = librarian.get(f"/waves/{opened}").get_data(as_text=True)
    assert f'value="http://localhost/s/{opened}"' in found
    drawing = librarian.get(f"/waves/{opened}/qr.svg")
    assert drawing.mimetype == "image/svg+xml"
    assert drawing.get_data().lstrip().startswith(b"<?xml")
    picture = librarian.get(f"/waves/{opened}/qr.png?save=1")
    assert picture.get_data()[1:4] == b"PNG"
    width, height = struct.unpack(">II", picture.get_data()[16:24])
    assert width == height >= 600
    assert "attachment" in picture.headers["Content-Disposition"]


def test_the_poster_says_what_how_long_and_that_nobody_is_traced(
    opened: str, librarian: FlaskClient
) -> None:
    found = page(librarian, f"/waves/{opened}/poster")
    assert "How is the library doing for you?" in found
    assert f"localhost/s/{opened}" in found
    assert "About 4 minutes" in found
    assert "Nobody can tell who answered" in found


def test_progress_counts_large_groups_and_no_small_one(
    opened: str, answer: Answer, librarian: FlaskClient
) -> None:
    answer(adult=250, family=20, senior=2, nobody=3)
    found = page(librarian, f"/waves/{opened}")
    assert "275 responses so far" in found
    assert "A resident of the town 1 000 people 1 000 250 25 %" in found
    assert "A resident aged 65 or over not known fewer than 5" in found


def test_the_list_does_not_count_a_handful(
    opened: str, answer: Answer, librarian: FlaskClient
) -> None:
    answer(adult=2)
    assert "fewer than 5" in page(librarian, "/waves/")
    assert "Fewer than 5 responses so far" in page(librarian, f"/waves/{opened}")


def test_answers_that_were_kept_long_enough_are_gone_and_the_page_says_why(
    site: Flask, opened: str, answer: Answer, librarian: FlaskClient
) -> None:
    answer(adult=20)
    with site.app_context():
        forget_what_is_due(on=today() + timedelta(days=2000)).unwrap()
    assert "As promised, its answers have been deleted since" in page(librarian, f"/waves/{opened}")
    assert "deleted as promised" in page(librarian, "/waves/")


def test_the_promise_stands_on_the_page(opened: str, librarian: FlaskClient) -> None:
    found = page(librarian, f"/waves/{opened}")
    assert "No name, no address, no time of day" in found
    assert "24 months" in found


def test_staff_find_their_surveys_and_those_they_have_answered(
    site: Flask, cast: Cast, staff_wave: str, opened: str, staff: FlaskClient
) -> None:
    found = page(staff, "/waves/mine")
    assert "Working at Riverbend Library To be answered" in found
    assert "How is the library doing for you?" not in found  # that one is for patrons
    answer_as(site, cast.staff.account_id, staff_wave)
    assert "Working at Riverbend Library Answered" in page(staff, "/waves/mine")


def answer_as(site: Flask, account_id: int, wave_id: str) -> None:
    with site.app_context():
        wave = fielding.wave(wave_id)
        assert wave is not None
        token = start_response(wave_id, account_id=account_id).unwrap()
        for key in wave.published().page_keys:
            save_page(token, wave_id, key, {}, account_id=account_id).unwrap()
        submit_response(token, wave_id, account_id=account_id).unwrap()


def test_where_nothing_is_asked_of_staff_the_page_says_so(staff: FlaskClient) -> None:
    assert "Nothing is asked of you now" in page(staff, "/waves/mine")


def test_leadership_reads_and_changes_nothing(opened: str, leadership: FlaskClient) -> None:
    found = leadership.get(f"/waves/{opened}").get_data(as_text=True)
    assert "Close the wave" not in found
    assert leadership.get(f"/waves/{opened}/close").status_code == 403
    assert leadership.get("/waves/new").status_code == 403


def test_staff_see_no_wave_but_their_own(opened: str, staff: FlaskClient) -> None:
    assert staff.get("/waves/").status_code == 403
    assert staff.get(f"/waves/{opened}").status_code == 403


def test_another_librarys_wave_is_not_there(
    opened: str, planned: str, stranger: FlaskClient
) -> None:
    for path in ("", "/edit", "/close", "/poster", "/qr.svg", "/qr.png"):
        assert stranger.get(f"/waves/{opened}{path}").status_code == 404
