"""A patron's answers: every gate holds, and what is confirmed is stored once."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, text

from assessor.actions import drafts, respond, waves
from assessor.actions.libraries import create_account, create_library, set_account_active
from assessor.domain.problems import Checked
from assessor.store import answers, fielding
from assessor.store.database import db, today
from assessor.store.responses import DraftRow, ResponseRow
from tests.actions.conftest import House

ABOUT = {"who": "adult", "visits": "3"}
VIEWS = {"quiet": "4", "more": "More lamps, please."}


# Any: whatever the action answers with.
def codes(checked: Checked[Any]) -> list[str]:
    return [problem.code for problem in checked.problems]


def begun(wave_id: str) -> str:
    return respond.start_response(wave_id).unwrap()


def written(wave_id: str) -> str:
    """The token of a draft with every page done."""
    token = begun(wave_id)
    respond.save_page(token, wave_id, "about", ABOUT).unwrap()
    assert respond.save_page(token, wave_id, "views", VIEWS).unwrap().next_page is None
    return token


def test_a_patron_answers_page_by_page_and_one_response_is_stored(house: House) -> None:
    wave_id = house.wave()
    token = begun(wave_id)
    first = respond.save_page(token, wave_id, "about", ABOUT).unwrap()
    assert (first.next_page, first.pages_done) == ("views", ("about",))
    respond.save_page(token, wave_id, "views", VIEWS)
    receipt = respond.submit_response(token, wave_id).unwrap()
    assert receipt.thanks == "Thank you."
    stored = answers.answered(wave_id)
    assert stored.rows == [{"who": "adult", "visits": 3, "quiet": 4, "more": "More lamps, please."}]
    assert stored.groups == ["adult"]
    assert fielding.progress(wave_id).by_group == {"adult": 1}


def test_sending_removes_the_draft(house: House) -> None:
    wave_id = house.wave()
    token = written(wave_id)
    respond.submit_response(token, wave_id).unwrap()
    assert answers.draft(token, wave_id) is None
    assert fielding.progress(wave_id).drafts == 0


def test_sending_twice_stores_one_response(house: House) -> None:
    wave_id = house.wave()
    token = written(wave_id)
    respond.submit_response(token, wave_id).unwrap()
    assert codes(respond.submit_response(token, wave_id)) == ["response.no-draft"]
    assert fielding.progress(wave_id).responses == 1


def test_saving_a_page_again_after_sending_begins_no_second_response(house: House) -> None:
    wave_id = house.wave()
    token = written(wave_id)
    respond.submit_response(token, wave_id).unwrap()
    assert codes(respond.save_page(token, wave_id, "about", ABOUT)) == ["response.no-draft"]


def test_skipped_and_not_applicable_are_told_apart(house: House) -> None:
    wave_id = house.wave()
    token = begun(wave_id)
    respond.save_page(token, wave_id, "about", {"visits": ""})
    respond.save_page(token, wave_id, "views", {"quiet": "NA"})
    respond.submit_response(token, wave_id).unwrap()
    stored = answers.answered(wave_id)
    assert stored.rows == [{"who": None, "visits": None, "quiet": "NA", "more": None}]
    assert stored.groups == [None]


def test_what_passes_is_kept_where_the_rest_of_the_page_does_not(house: House) -> None:
    wave_id = house.wave()
    token = begun(wave_id)
    saved = respond.save_page(token, wave_id, "about", {"who": "adult", "visits": "-2"})
    assert [(p.code, p.where) for p in saved.problems] == [("answer.too-small", "visits")]
    assert saved.value is not None
    assert (saved.value.next_page, saved.value.pages_done) == ("about", ())
    draft = answers.draft(token, wave_id)
    assert draft is not None
    assert draft.answers == {"who": "adult", "visits": None}


def test_a_page_that_no_longer_passes_is_no_longer_done(house: House) -> None:
    wave_id = house.wave()
    token = written(wave_id)
    respond.save_page(token, wave_id, "views", {"quiet": ""})
    assert codes(respond.submit_response(token, wave_id)) == ["response.page-order"]
    assert fielding.progress(wave_id).responses == 0


def test_pages_are_done_in_order(house: House) -> None:
    wave_id = house.wave()
    token = begun(wave_id)
    assert codes(respond.save_page(token, wave_id, "views", VIEWS)) == ["response.page-order"]
    assert codes(respond.submit_response(token, wave_id)) == ["response.page-order"]


def test_an_earlier_page_can_be_changed_without_losing_later_ones(house: House) -> None:
    wave_id = house.wave()
    token = written(wave_id)
    changed = respond.save_page(token, wave_id, "about", {"who": "child"}).unwrap()
    assert changed.next_page is None
    assert changed.answers["quiet"] == 4
    respond.submit_response(token, wave_id).unwrap()
    assert answers.answered(wave_id).groups == ["child"]


def test_items_of_another_page_and_unknown_items_are_refused(house: House) -> None:
    wave_id = house.wave()
    token = begun(wave_id)
    posted = respond.save_page(token, wave_id, "about", {**ABOUT, "quiet": "1", "admin": "1"})
    assert codes(posted) == ["answer.unknown-column"] * 2
    draft = answers.draft(token, wave_id)
    assert draft is not None
    assert set(draft.answers) == {"who", "visits"}


def test_a_page_that_never_existed_is_not_found(house: House) -> None:
    wave_id = house.wave()
    assert codes(respond.save_page(begun(wave_id), wave_id, "nowhere", {})) == ["page.not-found"]


def test_a_link_that_never_existed_is_not_found(house: House) -> None:
    assert codes(respond.start_response("neverwasneverwas")) == ["survey.not-found"]


def test_a_wave_that_is_only_planned_looks_as_if_it_did_not_exist(house: House) -> None:
    planned = waves.plan_wave(house.library_id, instrument="patrons", title="T", period="2025")
    assert codes(respond.start_response(planned.unwrap())) == ["survey.not-found"]


def test_a_closed_wave_takes_neither_pages_nor_responses(house: House) -> None:
    wave_id = house.wave()
    token = written(wave_id)
    waves.close_wave(house.library_id, wave_id).unwrap()
    assert codes(respond.save_page(token, wave_id, "about", ABOUT)) == ["wave.closed"]
    assert codes(respond.submit_response(token, wave_id)) == ["wave.closed"]
    assert codes(respond.start_response(wave_id)) == ["wave.closed"]
    assert codes(respond.submit_answers(wave_id, [ABOUT | VIEWS])) == ["wave.closed"]
    assert fielding.progress(wave_id).responses == 0


def test_a_draft_goes_on_when_the_wave_is_reopened(house: House) -> None:
    wave_id = house.wave()
    token = written(wave_id)
    waves.close_wave(house.library_id, wave_id)
    waves.reopen_wave(house.library_id, wave_id).unwrap()
    respond.submit_response(token, wave_id).unwrap()


def test_answers_are_taken_from_the_first_to_the_last_day(house: House) -> None:
    planned = waves.plan_wave(
        house.library_id,
        instrument="patrons",
        title="T",
        period="2024",
        opens_on=date(2024, 3, 1),
        closes_on=date(2024, 3, 31),
    )
    wave_id = planned.unwrap()
    waves.open_wave(house.library_id, wave_id, on=date(2024, 2, 1)).unwrap()
    started = {
        day: codes(respond.start_response(wave_id, on=date(2024, *day)))
        for day in [(2, 29), (3, 1), (3, 31), (4, 1)]
    }
    assert started == {
        (2, 29): ["wave.not-yet-open"],
        (3, 1): [],
        (3, 31): [],
        (4, 1): ["wave.closed"],
    }


def test_a_token_opens_no_other_wave(house: House) -> None:
    mine, other = house.wave(), house.wave()
    token = written(mine)
    assert answers.draft(token, other) is None
    assert codes(respond.submit_response(token, other)) == ["response.no-draft"]
    assert fielding.progress(mine).drafts == 1


def test_the_token_itself_is_nowhere_in_the_database(house: House) -> None:
    wave_id = house.wave()
    token = written(wave_id)
    rows = db.session.execute(text("SELECT id, answers, pages_done FROM draft")).all()
    assert token not in str(rows)


def test_staff_answer_once_and_are_known_only_to_have_taken_part(house: House) -> None:
    wave_id, account_id = house.wave("signed_in"), house.account_id
    tokens = [respond.start_response(wave_id, account_id=account_id).unwrap() for _ in range(2)]
    for token in tokens:
        for page, raw in (("about", ABOUT), ("views", VIEWS)):
            respond.save_page(token, wave_id, page, raw, account_id=account_id).unwrap()
    sent = [respond.submit_response(token, wave_id, account_id=account_id) for token in tokens]
    assert [codes(one) for one in sent] == [[], ["wave.already-answered"]]
    assert fielding.has_taken_part(wave_id, account_id)
    assert fielding.progress(wave_id).responses == 1
    assert fielding.waves_for_account(house.library_id, account_id, today()) == ()
    again = respond.start_response(wave_id, account_id=account_id)
    assert codes(again) == ["wave.already-answered"]


def test_a_staff_wave_is_closed_to_strangers_and_to_other_libraries(house: House) -> None:
    wave_id = house.wave("signed_in")
    other = create_library("elsewhere", "Elsewhere").unwrap()
    colleague = create_account(other, "other@example.org", roles=["staff"]).unwrap()
    assert codes(respond.start_response(wave_id)) == ["wave.sign-in"]
    assert codes(respond.start_response(wave_id, account_id=colleague)) == ["wave.sign-in"]
    set_account_active(house.library_id, house.account_id, False).unwrap()
    left = respond.start_response(wave_id, account_id=house.account_id)
    assert codes(left) == ["wave.sign-in"]


@pytest.mark.postgresql
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_no_mark_of_postgresql_ties_an_account_to_its_response(house: House) -> None:
    """Of PostgreSQL alone: xmin and xmax are its marks."""
    wave_id = house.wave("signed_in")
    for number in range(3):
        account = create_account(house.library_id, f"{number}@example.org", roles=["staff"])
        account_id = account.unwrap()
        token = respond.start_response(wave_id, account_id=account_id).unwrap()
        for page, raw in (("about", ABOUT), ("views", VIEWS)):
            respond.save_page(token, wave_id, page, raw, account_id=account_id).unwrap()
        respond.submit_response(token, wave_id, account_id=account_id).unwrap()
    db.session.rollback()
    responses = set(db.session.scalars(text("SELECT xmin::text FROM response")))
    took_part = set(db.session.scalars(text("SELECT xmin::text FROM participation")))
    locked = set(
        db.session.scalars(
            text(
                "SELECT xmax::text FROM account WHERE id IN (SELECT account_id FROM participation)"
            )
        )
    )
    assert len(responses) == 3
    assert len(took_part) == 1
    assert len(locked) == 1
    assert not responses & (took_part | locked)


def test_whole_responses_pass_the_same_check_all_or_none(house: House) -> None:
    wave_id = house.wave()
    good = {"who": "child", "visits": 2, "quiet": 5}
    refused = respond.submit_answers(wave_id, [good, {"quiet": 9}, good])
    assert codes(refused) == ["answer.not-on-scale"]
    assert refused.problems[0].where == "row 2, quiet"
    assert fielding.progress(wave_id).responses == 0
    assert respond.submit_answers(wave_id, [good] * 7).unwrap() == 7
    assert fielding.progress(wave_id).by_group == {"child": 7}


def test_many_problems_are_counted_and_not_all_listed(house: House) -> None:
    refused = respond.submit_answers(house.wave(), [{"quiet": 9}] * 80)
    assert len(refused.problems) == respond.LISTED_PROBLEMS + 1
    assert "30 more" in refused.problems[-1].message


def test_a_draft_can_be_withdrawn(house: House) -> None:
    wave_id = house.wave()
    token = written(wave_id)
    assert drafts.discard_draft(token, wave_id).unwrap()
    assert not drafts.discard_draft(token, wave_id).value
    assert codes(respond.submit_response(token, wave_id)) == ["response.no-draft"]


def test_drafts_that_nobody_touches_are_deleted(house: House) -> None:
    wave_id = house.wave()
    old = respond.start_response(wave_id, on=date(2025, 1, 1)).unwrap()
    new = respond.start_response(wave_id, on=date(2025, 1, 31)).unwrap()
    assert drafts.delete_old_drafts(on=date(2025, 2, 1)).unwrap() == 1
    assert answers.draft(old, wave_id) is None
    assert answers.draft(new, wave_id) is not None


def test_ids_are_random_and_days_have_no_time(house: House) -> None:
    wave_id = house.wave()
    respond.submit_answers(wave_id, [{"quiet": 5}] * 40)
    rows = db.session.execute(select(ResponseRow.id, ResponseRow.submitted_on)).all()
    assert len({row.id[:4] for row in rows}) > 30
    assert {type(row.submitted_on) for row in rows} == {date}
    assert db.session.scalars(select(DraftRow.id)).all() == []
