"""Answers are kept as long as the page promised, and no longer."""

from datetime import date

import pytest

from assessor.actions.respond import start_response, submit_answers
from assessor.actions.retention import Forgotten, forget_what_is_due, months_before
from assessor.store import fielding
from assessor.store.answers import answered, draft
from assessor.store.database import today
from tests.actions.conftest import House

ANSWERS = {"quiet": "4"}


def test_a_response_is_kept_to_the_last_day_that_was_promised(house: House) -> None:
    wave_id = house.wave()
    months = fielding.wave_of(house.library_id, wave_id)
    assert months is not None
    submit_answers(wave_id, [ANSWERS, ANSWERS]).unwrap()
    sent_on = today()
    last = _months_after(sent_on, months.retention_months)
    assert forget_what_is_due(on=last).unwrap().responses == 0
    assert len(answered(wave_id).rows) == 2


def test_after_that_it_is_gone_and_the_wave_says_so(house: House) -> None:
    wave_id = house.wave()
    submit_answers(wave_id, [ANSWERS, ANSWERS]).unwrap()
    later = date(today().year + 30, 1, 15)
    forgotten = forget_what_is_due(on=later).unwrap()
    assert forgotten == Forgotten(drafts=0, responses=2, waves=1)
    assert answered(wave_id).rows == []
    wave = fielding.wave(wave_id)
    assert wave is not None
    assert wave.forgotten_on == later


def test_forgetting_twice_forgets_nothing_more(house: House) -> None:
    submit_answers(house.wave(), [ANSWERS]).unwrap()
    later = date(today().year + 30, 1, 15)
    forget_what_is_due(on=later).unwrap()
    assert forget_what_is_due(on=later).unwrap() == Forgotten(0, 0, 0)


def test_a_draft_nobody_came_back_to_is_forgotten_too(house: House) -> None:
    wave_id = house.wave()
    token = start_response(wave_id).unwrap()
    later = date(today().year + 1, 12, 31)
    assert forget_what_is_due(on=later).unwrap().drafts == 1
    assert draft(token, wave_id) is None


def test_what_is_not_due_stays_beside_what_is(house: House) -> None:
    old, new = house.wave(), house.wave()
    submit_answers(old, [ANSWERS], on=None).unwrap()
    later = date(today().year + 30, 1, 15)
    submit_answers(new, [ANSWERS], on=later).unwrap()
    assert forget_what_is_due(on=later).unwrap().responses == 1
    assert len(answered(new).rows) == 1


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 12, date(2025, 1, 15)),
        (date(2026, 1, 15), 24, date(2024, 1, 15)),
        (date(2026, 12, 31), 3, date(2026, 9, 30)),
        (date(2026, 1, 1), 1, date(2025, 12, 1)),
    ],
)
def test_months_are_those_of_the_calendar(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


def _months_after(day: date, months: int) -> date:
    whole = day.year * 12 + day.month - 1 + months
    year, month = divmod(whole, 12)
    # The 28th is in every month; earlier than the true day, so the answer must still be there.
    return date(year, month + 1, min(day.day, 28))
