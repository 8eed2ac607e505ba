"""Every gate holds against a direct POST, and is answered in plain words with nothing half-done."""

import logging
import re
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assessor.actions.drafts import DRAFT_DAYS, delete_old_drafts
from assessor.actions.waves import close_wave, reopen_wave
from assessor.store.database import db, today
from tests.web.conftest import Cast, csrf_token, sign_in
from tests.web.respond.conftest import Field, Patron, csrf_token_of
from tests.web.respond.instruments import LAST, VIEWS, YOU


def test_a_link_that_never_existed_and_a_wave_only_planned_look_the_same(
    site: Flask, field: Field
) -> None:
    never = Patron(site.test_client(), "neverwasneverwas")
    planned = Patron(site.test_client(), field.planned())
    for page in ("", 1, "thanks", "delete"):
        answers = [never.get(page), planned.get(page)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].text.replace(never.wave_id, "") == re.sub(
            planned.wave_id, "", answers[1].text
        )
    assert "There is no survey here" in never.get().text


def test_posting_to_a_link_that_never_existed_is_not_found(site: Flask) -> None:
    browser = site.test_client()
    token = csrf_token(browser)
    for address in ("/s/neverwas", "/s/neverwas/1", "/s/neverwas/delete"):
        assert browser.post(address, data={"csrf_token": token}).status_code == 404


def test_a_wave_says_when_it_opens(site: Flask, field: Field) -> None:
    opens_on = date(2090, 3, 1)
    answer = Patron(site.test_client(), field.wave(opens_on=opens_on)).get()
    assert answer.status_code == 403
    assert "This survey opens on 1 March 2090" in answer.text


def test_a_closed_wave_takes_nothing_and_says_so(field: Field, patron: Patron) -> None:
    patron.token = csrf_token_of(patron.get())
    close(field, patron.wave_id)
    assert patron.get().status_code == 410
    assert patron.start().status_code == 410
    assert "This survey is closed" in patron.get().text


def test_who_is_answering_when_a_wave_closes_is_told_and_gets_the_words_back(
    field: Field, patron: Patron
) -> None:
    patron.answers_all_but_the_last()
    close(field, patron.wave_id)
    answer = patron.post(3, LAST)
    assert answer.status_code == 410
    assert "closed before your answers were sent" in answer.text
    assert "More lamps, please. 💡" in answer.text
    assert field.rows(patron.wave_id) == []
    assert "closed before your answers were sent" in patron.get().text


def test_when_a_wave_opens_again_the_patron_goes_on_where_it_stopped(
    field: Field, patron: Patron
) -> None:
    patron.answers_all_but_the_last()
    close(field, patron.wave_id)
    patron.post(3, LAST)
    with field.site.app_context():
        reopen_wave(field.library_id, patron.wave_id).unwrap()
    assert "Go on with section 3" in patron.get().text
    patron.post(3, LAST)
    assert len(field.rows(patron.wave_id)) == 1


def test_what_was_written_can_be_deleted_when_the_wave_is_closed(
    field: Field, patron: Patron
) -> None:
    patron.answers_all_but_the_last()
    close(field, patron.wave_id)
    assert patron.address("delete") in patron.get().text
    patron.post("delete")
    assert field.drafts(patron.wave_id) == 0


def test_a_page_out_of_order_leads_to_the_one_that_is_due(field: Field, patron: Patron) -> None:
    patron.start()
    assert patron.get(3).location == patron.address(1)
    assert "Please answer this section first." in patron.get(1).text
    answer = patron.post(3, LAST)
    assert answer.status_code == 409
    assert "Section 1 is not done yet" in answer.text
    assert "More lamps, please." in answer.text
    assert field.rows(patron.wave_id) == []


@pytest.mark.parametrize("number", [0, 4, 99])
def test_a_section_that_does_not_exist_is_answered_with_the_way_to_the_start(
    patron: Patron, number: int
) -> None:
    patron.start()
    for answer in (patron.get(number), patron.post(number, YOU)):
        assert answer.status_code == 404
        assert "There is no such section" in answer.text
        assert f'href="{patron.address()}"' in answer.text


def test_items_of_other_pages_and_unknown_ones_are_refused(field: Field, patron: Patron) -> None:
    patron.start()
    answer = patron.post(1, {**YOU, "overall": "4", "is_admin": "1", "form": "2"})
    assert answer.status_code == 422
    assert "No question here is called “is_admin”" in answer.text
    assert "No question here is called “overall”" in answer.text
    assert patron.get(2).location == patron.address(1)


def test_a_thousand_unknown_names_are_not_all_told(patron: Patron) -> None:
    patron.start()
    answer = patron.post(1, {f"x{number}": "1" for number in range(1000)})
    assert answer.status_code == 422
    assert answer.text.count("No question here") <= 10


@pytest.mark.parametrize(
    "wrong",
    [
        {"who": "giraffe"},
        {"who": ["adult", "child"]},
        {"visits": "1e400"},
        {"visits": "٣"},
        {"used": ["books", "everything"]},
        {"used": ["none", "rooms"]},
    ],
)
def test_values_that_cannot_be_are_refused_and_stay_in_the_form(
    field: Field, patron: Patron, wrong: dict[str, str | list[str]]
) -> None:
    patron.start()
    answer = patron.post(1, {**YOU, **wrong})
    assert answer.status_code == 422
    assert "Please look at this again" in answer.text
    assert field.rows(patron.wave_id) == []


def test_nobody_answers_who_has_not_begun(field: Field, patron: Patron) -> None:
    assert patron.get(1).location == patron.address()
    answer = patron.post(1, YOU)
    assert answer.status_code == 409
    assert "has to be begun again" in answer.text
    assert field.drafts(patron.wave_id) == 0


def test_a_double_click_on_send_ends_on_the_thank_you(field: Field, patron: Patron) -> None:
    patron.answers_all_but_the_last()
    # The second click leaves with the cookies that the first one left with.
    second = with_the_cookies_of(patron)
    assert patron.post(3, LAST).location == patron.address("thanks")
    answer = second.post(3, LAST)
    assert answer.location == patron.address("thanks")
    assert "Your answers are in" in second.get("thanks").text
    assert len(field.rows(patron.wave_id)) == 1


def test_the_second_click_is_thanked_even_where_the_wave_closed_in_between(
    field: Field, patron: Patron
) -> None:
    patron.answers_all_but_the_last()
    second = with_the_cookies_of(patron)
    patron.post(3, LAST)
    close(field, patron.wave_id)
    assert second.post(3, LAST).location == patron.address("thanks")


def test_the_back_button_after_sending_leads_to_the_thank_you(field: Field, patron: Patron) -> None:
    patron.answers()
    assert patron.get(3).location == patron.address("thanks")
    assert patron.post(3, LAST).location == patron.address("thanks")
    assert len(field.rows(patron.wave_id)) == 1


def test_nobody_is_thanked_whose_draft_went_otherwise(
    site: Flask, field: Field, patron: Patron
) -> None:
    """As after a backup was restored: what the thank-you confirms has to be stored."""
    patron.answers_all_but_the_last()
    with field.site.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM draft")
    answer = patron.post(3, LAST)
    assert answer.status_code == 409
    assert "Nothing of yours is waiting here" in answer.text
    assert "More lamps, please." in answer.text
    Patron(site.test_client(), patron.wave_id).answers()
    assert patron.post(2, VIEWS).status_code == 409
    assert patron.get(2).location == patron.address()
    assert "they were sent and all is well. Otherwise" in patron.get().text


def test_thanks_are_shown_only_to_who_sent(patron: Patron) -> None:
    patron.start()
    assert patron.get("thanks").location == patron.address()


def test_somebody_else_can_answer_on_the_same_device(field: Field, patron: Patron) -> None:
    patron.answers()
    page = patron.get().text
    assert "Answers were sent from this browser" in page
    assert patron.start().location == patron.address(1)
    assert "checked" not in patron.get(1).text
    patron.answers()
    assert len(field.rows(patron.wave_id)) == 2


def test_a_draft_too_old_is_told_to_be_deleted_and_not_to_be_sent(
    field: Field, patron: Patron, monkeypatch: pytest.MonkeyPatch
) -> None:
    patron.answers_all_but_the_last()
    later = today() + timedelta(days=DRAFT_DAYS + 2)
    with field.site.app_context():
        delete_old_drafts(on=later)
    monkeypatch.setattr("assessor.web.respond.place.today", lambda: later)
    answer = patron.post(3, LAST)
    assert answer.status_code == 409
    assert f"deleted after {DRAFT_DAYS} days" in answer.text
    assert "More lamps, please." in answer.text
    patron.get(3)
    assert f"deleted after {DRAFT_DAYS} days" in patron.get().text


def test_without_cookies_it_says_that_one_is_needed(patron: Patron) -> None:
    page = patron.get().text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token
    deaf = patron.browser.application.test_client(use_cookies=False)
    answer = deaf.post(patron.address(), data={"csrf_token": token.group(1)})
    assert answer.status_code == 400
    assert "This survey needs one cookie" in answer.text


def test_a_form_that_expired_keeps_what_was_typed(field: Field, patron: Patron) -> None:
    patron.answers_all_but_the_last()
    answer = patron.browser.post(patron.address(3), data={**LAST, "csrf_token": "old"})
    assert answer.status_code == 400
    assert "send the page again" in answer.text
    assert "More lamps, please." in answer.text
    assert field.rows(patron.wave_id) == []


def test_there_is_one_cookie_and_it_names_nobody(patron: Patron) -> None:
    patron.start()
    header = patron.browser.get(patron.address(1)).headers.getlist("Set-Cookie")
    assert all(one.startswith("place=") for one in header)
    cookie = patron.browser.get_cookie("place")
    assert cookie is not None
    assert cookie.http_only
    assert cookie.same_site == "Lax"


def test_staff_sign_in_answer_once_and_are_told_when_they_come_again(
    site: Flask, field: Field, cast: Cast
) -> None:
    wave_id = field.wave(access="signed_in")
    outside = Patron(site.test_client(), wave_id)
    assert "/sign-in?next=" in outside.get().location
    member = Patron(sign_in(site.test_client(), cast.staff), wave_id)
    assert "noted apart from your answers" in member.get().text
    member.answers()
    assert len(field.rows(wave_id)) == 1
    assert "Your answers are in" in member.get("thanks").text
    again = member.get()
    assert again.status_code == 403
    assert "You have answered already" in again.text


def test_the_staff_of_another_library_cannot_answer(field: Field, stranger: FlaskClient) -> None:
    answer = Patron(stranger, field.wave(access="signed_in")).get()
    assert answer.status_code == 403
    assert "for the library’s staff" in answer.text


def test_staff_who_were_signed_out_keep_what_they_typed(
    site: Flask, field: Field, cast: Cast
) -> None:
    member = Patron(sign_in(site.test_client(), cast.staff), field.wave(access="signed_in"))
    member.answers_all_but_the_last()
    member.browser.post("/sign-out", data={"csrf_token": member.token})
    member.token = csrf_token(member.browser)
    answer = member.post(3, LAST)
    assert answer.status_code == 403
    assert "You are no longer signed in" in answer.text
    assert "More lamps, please." in answer.text


def test_a_colleague_at_the_same_browser_sees_nobody_else_s_answers(
    site: Flask, field: Field, cast: Cast
) -> None:
    wave_id = field.wave(access="signed_in")
    browser = site.test_client()
    first = Patron(sign_in(browser, cast.staff), wave_id)
    first.answers_all_but_the_last()
    browser.post("/sign-out", data={"csrf_token": first.token})
    second = Patron(sign_in(browser, cast.colleague), wave_id)
    assert ">Start<" in second.get().text
    assert second.get(1).location == second.address()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A site that waits for a busy database for a moment only."""
    monkeypatch.setattr("assessor.store.engine.BUSY_SECONDS", 0.1)


def test_while_the_database_is_busy_what_was_typed_stays_on_the_page(
    impatient: None, field: Field, patron: Patron
) -> None:
    patron.answers_all_but_the_last()
    with field.site.app_context(), db.engine.connect() as other:
        other.exec_driver_sql("BEGIN IMMEDIATE")
        answer = patron.post(3, LAST)
        other.exec_driver_sql("ROLLBACK")
    assert answer.status_code == 503
    assert "could not be saved just now" in answer.text
    assert "More lamps, please." in answer.text
    assert patron.post(3, LAST).location == patron.address("thanks")


def test_no_answer_reaches_a_log_even_when_a_page_breaks(
    field: Field, patron: Patron, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    patron.answers_all_but_the_last()
    field.site.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr("assessor.actions.respond._after_page", quotes_what_it_got)
    answer = patron.post(3, LAST)
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    assert "respond.turn failed" in caplog.text
    assert "quotes_what_it_got" in caplog.text
    assert "lamps" not in caplog.text


def test_no_answer_reaches_a_log_even_when_storing_fails(
    field: Field, patron: Patron, caplog: pytest.LogCaptureFixture
) -> None:
    patron.answers_all_but_the_last()
    field.site.config["PROPAGATE_EXCEPTIONS"] = False
    with field.site.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER broken BEFORE INSERT ON response "
            "BEGIN SELECT RAISE(ABORT, 'out of order'); END"
        )
    with caplog.at_level(logging.DEBUG):
        answer = patron.post(3, LAST)
    assert answer.status_code >= 500
    assert "lamps" not in caplog.text
    assert "Warm" not in caplog.text
    with field.site.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER broken")
    assert patron.post(3, LAST).location == patron.address("thanks")


def quotes_what_it_got(*got: object) -> None:
    raise ValueError(str(got))


def close(field: Field, wave_id: str) -> None:
    with field.site.app_context():
        close_wave(field.library_id, wave_id).unwrap()


def with_the_cookies_of(patron: Patron) -> Patron:
    """The same browser at the same moment, for what leaves before an answer has come."""
    twin = patron.browser.application.test_client()
    cookie = patron.browser.get_cookie("place")
    assert cookie is not None
    twin.set_cookie("place", cookie.value)
    return Patron(twin, patron.wave_id, patron.token)
