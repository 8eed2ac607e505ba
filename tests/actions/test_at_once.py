"""Many at the same moment: nothing twice, nothing lost, nobody told that the database is locked."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from flask import Flask
from sqlalchemy import func, select

from assessor.actions import instruments, mappings, respond, waves
from assessor.actions.folders import load_folder
from assessor.actions.libraries import set_up_site
from assessor.domain.mapping import Mapping
from assessor.domain.problems import Checked
from assessor.store import fielding
from assessor.store.accounts import Account
from assessor.store.database import db
from tests.actions.conftest import House
from tests.actions.instruments import PATRONS
from tests.actions.test_definitions import FOLDER

T = TypeVar("T")
ABOUT = {"who": "adult", "visits": "3"}
VIEWS = {"quiet": "4"}


def at_once(app: Flask, times: int, act: Callable[[int], Checked[T]]) -> list[Checked[T]]:
    """What `act(0)` … `act(times - 1)` answer when all begin together."""
    start = Barrier(times)

    def one(number: int) -> Checked[T]:
        with app.app_context():
            start.wait()
            return act(number)

    db.session.remove()
    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def written(wave_id: str) -> str:
    token = respond.start_response(wave_id).unwrap()
    respond.save_page(token, wave_id, "about", ABOUT).unwrap()
    respond.save_page(token, wave_id, "views", VIEWS).unwrap()
    return token


def test_twenty_sendings_of_one_draft_store_one_response(app: Flask, house: House) -> None:
    wave_id = house.wave()
    token = written(wave_id)
    sent = at_once(app, 20, lambda _: respond.submit_response(token, wave_id))
    assert sum(one.ok for one in sent) == 1
    assert {problem.code for one in sent for problem in one.problems} == {"response.no-draft"}
    assert fielding.progress(wave_id).responses == 1


def test_fifty_patrons_at_once_lose_nothing(app: Flask, house: House) -> None:
    wave_id = house.wave()

    def answer(number: int) -> Checked[respond.Receipt]:
        token = respond.start_response(wave_id).unwrap()
        respond.save_page(token, wave_id, "about", {"visits": str(number)}).unwrap()
        respond.save_page(token, wave_id, "views", VIEWS).unwrap()
        return respond.submit_response(token, wave_id)

    assert all(one.ok for one in at_once(app, 50, answer))
    progress = fielding.progress(wave_id)
    assert (progress.responses, progress.drafts) == (50, 0)


def test_two_tabs_of_one_account_send_one_response(app: Flask, house: House) -> None:
    wave_id, account_id = house.wave("signed_in"), house.account_id

    def answer(number: int) -> Checked[respond.Receipt]:
        token = tokens[number]
        return respond.submit_response(token, wave_id, account_id=account_id)

    tokens = [respond.start_response(wave_id, account_id=account_id).unwrap() for _ in range(8)]
    for token in tokens:
        for page, raw in (("about", ABOUT), ("views", VIEWS)):
            respond.save_page(token, wave_id, page, raw, account_id=account_id).unwrap()
    assert sum(one.ok for one in at_once(app, 8, answer)) == 1
    assert fielding.progress(wave_id).responses == 1


def test_whatever_is_confirmed_while_a_wave_closes_is_stored(app: Flask, house: House) -> None:
    wave_id = house.wave()
    tokens = [written(wave_id) for _ in range(11)]

    def answer_or_close(number: int) -> Checked[object]:
        if number == 5:
            waves.close_wave(house.library_id, wave_id).unwrap()
            return Checked(None)
        sent = respond.submit_response(tokens[number], wave_id)
        return Checked(sent.value, sent.problems)

    answers = at_once(app, 11, answer_or_close)
    confirmed = sum(one.value is not None for one in answers)
    assert fielding.progress(wave_id).responses == confirmed
    assert {p.code for one in answers for p in one.problems} <= {"wave.closed"}


def test_of_ten_librarians_who_save_at_once_one_saves(app: Flask, house: House) -> None:
    load_folder(house.library_id, FOLDER).unwrap()

    def save(number: int) -> Checked[int]:
        card = FOLDER.mapping.indicators[0].model_copy(update={"name": f"Name {number}"})
        mapping: Mapping = FOLDER.mapping.model_copy(update={"indicators": (card,)})
        return mappings.save_mapping(house.library_id, mapping, expected=1)

    saved = at_once(app, 10, save)
    assert sorted(one.value or 0 for one in saved) == [0] * 9 + [2]


def test_publishing_at_once_publishes_one_version(app: Flask, house: House) -> None:
    changed = PATRONS.model_copy(update={"title": "Our patrons"})
    instruments.save_instrument_draft(house.library_id, changed).unwrap()
    found = at_once(app, 10, lambda _: instruments.publish_instrument(house.library_id, "patrons"))
    assert {one.value for one in found} == {2}


def test_of_two_first_runs_at_once_one_makes_the_site(app: Flask) -> None:
    made = at_once(
        app,
        6,
        lambda number: set_up_site(
            key=f"library-{number}",
            library="Library",
            email=f"{number}@example.org",
            password_hash="hash",
        ),
    )
    assert sum(one.ok for one in made) == 1
    assert {p.code for one in made for p in one.problems} == {"site.set-up-already"}
    assert db.session.scalar(select(func.count()).select_from(Account)) == 1
