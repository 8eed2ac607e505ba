"""An instrument is changed while people answer it: nobody notices, and nothing is lost.

Given a wave that eight people have answered and three are in the middle of, when the librarian
publishes the next version and lets the wave go on with it, then the three finish what they began,
whoever comes next is asked the new version, and every answer stays where it was given.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password

from assessor.actions.folders import load_folder
from assessor.actions.instruments import publish_instrument, save_instrument_draft
from assessor.actions.libraries import create_account, create_library
from assessor.actions.respond import submit_answers
from assessor.actions.scorecards import compute_scorecard
from assessor.actions.waves import open_wave, plan_wave
from assessor.cli.main import main
from assessor.domain.folder import LibraryFolder
from assessor.domain.instrument import Instrument
from assessor.domain.mapping import Mapping
from assessor.domain.plan import Plan
from assessor.formats.folder import write_folder
from assessor.settings import Settings
from assessor.store import migrating
from assessor.store.answers import answered_by_version
from assessor.store.database import db
from assessor.web.app import create_app
from tests.web.conftest import PASSWORD, csrf_token
from tests.web.respond.conftest import Patron
from tests.web.waves.conftest import post, words

FIVE = {"key": "five", "points": [{"value": v} for v in range(1, 6)], "worst": 1, "best": 5}
SEVEN = {"key": "seven", "points": [{"value": v} for v in range(1, 8)], "worst": 1, "best": 7}
ROLE = {
    "kind": "single_choice",
    "key": "role",
    "text": "Who are you?",
    "options": [{"code": "child", "label": "Child"}, {"code": "adult", "label": "Adult"}],
}


def rating(key: str, text: str, scale: str = "five") -> dict[str, object]:
    return {"kind": "rating", "key": key, "text": text, "scale": scale}


def asked(*views: dict[str, object]) -> Instrument:
    pages = [
        {"key": "you", "title": "You", "items": [ROLE]},
        {"key": "views", "title": "Your views", "items": list(views)},
    ]
    given = {"key": "patrons", "title": "Ours", "group_item": "role", "scales": [FIVE, SEVEN]}
    return Instrument.model_validate(given | {"pages": pages})


QUIET, HELPED = rating("quiet", "I find a quiet place."), rating("helped", "Staff helped me.")
FIRST = asked(QUIET, HELPED, rating("light", "There is enough light."))
# Quiet is asked on another scale, light is gone, warm is new, and helped stays as it was.
SECOND = asked(
    rating("quiet", "I find a quiet place.", "seven"), HELPED, rating("warm", "It is warm.")
)

PLAN = Plan.model_validate(
    {"key": "p", "title": "Plan", "elements": [{"code": "1", "level": "goal", "text": "Room"}]}
)
MAPPING = Mapping.model_validate(
    {
        "plan": "p",
        "indicators": [
            {
                "key": key,
                "element": "1",
                "name": key.title(),
                "method": "mean",
                "minimum_n": 5,
                "evidence": [{"kind": "items", "instrument": "patrons", "items": [key]}],
            }
            for key in ("quiet", "helped", "light")
        ],
    }
)


@dataclass
class House:
    """The site with its open wave, and the addresses of its database and folder."""

    site: Flask
    library_id: int
    wave_id: str
    url: str
    folder: Path

    def patron(self) -> Patron:
        return Patron(self.site.test_client(), self.wave_id)

    def librarian(self) -> FlaskClient:
        client = self.site.test_client()
        given = {"email": "ada@example.org", "password": PASSWORD}
        answer = client.post("/sign-in", data=given | {"csrf_token": csrf_token(client)})
        assert answer.status_code == 302
        return client

    def command(self, *arguments: str) -> str:
        places = {"ASSESSOR_INSTANCE": str(self.folder), "ASSESSOR_DATABASE_URL": self.url}
        done = CliRunner().invoke(main, arguments, env=places)
        assert done.exit_code == 0, done.output
        return done.output


@pytest.fixture
def house(database_url: str, tmp_path: Path) -> Iterator[House]:
    folder = tmp_path / "site"
    settings = Settings(
        instance=folder,
        database_url=database_url,
        secret_key="a secret for tests, long enough to be taken",
        base_url="http://localhost",
    )
    site = create_app(settings, TESTING=True, RATELIMIT_ENABLED=False)
    with site.app_context():
        migrating.upgrade()
        library_id = create_library("town", "Town Library").unwrap()
        hashed = hash_password(PASSWORD)
        create_account(
            library_id, "ada@example.org", roles=["librarian"], password_hash=hashed
        ).unwrap()
        files = LibraryFolder(plan=PLAN, mapping=MAPPING, instruments=(FIRST,))
        load_folder(library_id, files).unwrap()
        publish_instrument(library_id, "patrons").unwrap()
        wave_id = plan_wave(
            library_id, instrument="patrons", title="Spring", period="2026", sizes={"child": 40}
        ).unwrap()
        open_wave(library_id, wave_id).unwrap()
        rows = [{"role": "adult", "quiet": "5", "helped": "4", "light": "2"}] * 8
        submit_answers(wave_id, rows).unwrap()
    yield House(site, library_id, wave_id, database_url, folder)
    with site.app_context():
        db.session.remove()
        db.engine.dispose()


def change(house: House, instrument: Instrument) -> str:
    """The librarian changes the draft and goes to publish it: what the page says."""
    with house.site.app_context():
        save_instrument_draft(house.library_id, instrument).unwrap()
    return words(house.librarian().get("/instruments/patrons/publish").get_data(as_text=True))


def publish(house: House, how: str) -> tuple[int, str]:
    return post(house.librarian(), "/instruments/patrons/publish", **{f"wave-{house.wave_id}": how})


def half_way(house: House) -> list[Patron]:
    """Three people who have sent the first page."""
    people = [house.patron() for _ in range(3)]
    for person in people:
        person.start()
        assert person.post(1, {"role": "child"}).status_code == 302
    return people


def test_everybody_finishes_what_they_began_and_no_answer_is_lost(house: House) -> None:
    people = half_way(house)

    told = change(house, SECOND)
    assert "“Light” loses all of its evidence" in told
    assert "“Quiet” breaks its trend" in told
    assert "fewer than 5 in the middle of version 1" in told
    assert publish(house, "")[0] == 422, "how the wave goes on has to be said"
    assert publish(house, "go_on") == (302, "/instruments/patrons/versions")

    for number, person in enumerate(people, start=1):
        page = words(person.get(2).get_data(as_text=True))
        assert "There is enough light." in page
        assert "It is warm." not in page
        answers = {"quiet": "1", "helped": "5", "light": str(number)}
        assert "thanks" in str(person.post(2, answers).location)

    for _ in range(6):
        newcomer = house.patron()
        newcomer.start()
        newcomer.post(1, {"role": "adult"})
        assert "It is warm." in words(newcomer.get(2).get_data(as_text=True))
        answers = {"quiet": "7", "helped": "3", "warm": "4"}
        assert "thanks" in str(newcomer.post(2, answers).location)

    with house.site.app_context():
        parts = answered_by_version(house.wave_id)
        assert [(part.version, len(part.rows)) for part in parts] == [(1, 11), (2, 6)]
        assert sorted(str(row["light"]) for row in parts[0].rows) == [*"1", *"2" * 9, *"3"]
        card = compute_scorecard(house.library_id, "p", "2026").unwrap().scorecard
    (wave,) = card.waves
    assert (wave.version, wave.responses, wave.versions) == (2, 17, {1: 11, 2: 6})
    scores = {one.indicator.key: one.score for one in card.indicators}
    # Asked alike in both: 8 fours, 3 fives, 6 threes.
    assert scores["helped"].value == pytest.approx((8 * 4 + 3 * 5 + 6 * 3) / 17)
    # On its new scale only for those who were asked it so; gone, but not forgotten.
    assert (scores["quiet"].value, scores["quiet"].excluded) == (7, {"not_asked": 11})
    assert scores["light"].value == pytest.approx((8 * 2 + 1 + 2 + 3) / 11)
    assert scores["light"].excluded == {"not_asked": 6}
    assert {item.version for one in card.indicators for item in one.items} == {1, 2}


def test_files_hold_every_version_and_score_alike(house: House, tmp_path: Path) -> None:
    people = half_way(house)
    change(house, SECOND)
    publish(house, "go_on")
    for person in people:
        person.post(2, {"quiet": "1", "helped": "5", "light": "3"})
    with house.site.app_context():
        rows = [{"role": "adult", "quiet": "6", "helped": "2", "warm": "4"}] * 7
        submit_answers(house.wave_id, rows).unwrap()
        card = compute_scorecard(house.library_id, "p", "2026").unwrap().scorecard

    out = tmp_path / "out"
    house.command("site", "answers", str(out))
    assert {path.name for path in out.iterdir()} == {
        "2026-patrons.csv",
        "patrons-version-1.yaml",
        "patrons-version-2.yaml",
    }
    lines = (out / "2026-patrons.csv").read_text().splitlines()
    assert lines[0] == "instrument,version,language,role,quiet,helped,warm,light"
    assert sum(bool(re.fullmatch(r"patrons,1,.*,5,4,\.,2", line)) for line in lines) == 8
    assert sum(bool(re.fullmatch(r"patrons,2,.*,6,2,4,\.", line)) for line in lines) == 7

    library = tmp_path / "library"
    library.mkdir()
    files = LibraryFolder(plan=PLAN, mapping=MAPPING, instruments=(FIRST,))
    for name, data in write_folder(files).items():
        (library / name).write_bytes(data)
    scored = tmp_path / "scorecard.json"
    answers = f"patrons={out / '2026-patrons.csv'}"
    house.command("score", str(library), "--answers", answers, "--out", str(scored))
    text = scored.read_text()
    for one in card.indicators:
        assert f'"value": {one.score.value}' in text


def test_a_wave_may_stay_and_go_on_later_and_goes_back_too(house: House) -> None:
    change(house, SECOND)
    publish(house, "stay")
    newcomer = house.patron()
    newcomer.start()
    newcomer.post(1, {"role": "adult"})
    assert "There is enough light." in words(newcomer.get(2).get_data(as_text=True))

    librarian = house.librarian()
    shown = words(librarian.get(f"/waves/{house.wave_id}").get_data(as_text=True))
    assert "Version 2 is published, and this wave asks version 1." in shown
    address = f"/waves/{house.wave_id}/version"
    assert post(librarian, address, version="2") == (302, f"/waves/{house.wave_id}")
    shown = words(librarian.get(f"/waves/{house.wave_id}").get_data(as_text=True))
    assert "Version 2 what new people are asked" in shown
    assert post(librarian, address, version="1")[0] == 302
    assert "thanks" in str(newcomer.post(2, {"quiet": "2"}).location)


def test_a_wave_for_a_group_that_is_gone_stays(house: House) -> None:
    gone = FIRST.model_dump(mode="json")
    gone["pages"][0]["items"][0]["options"].pop(0)
    told = change(house, Instrument.model_validate(gone))
    assert "Waves for this group cannot go on with the new version." in told
    assert "It is for “Child”, which the new version does not ask for." in told
    assert publish(house, "go_on")[0] == 422
    assert publish(house, "stay")[0] == 302
    status, page = post(house.librarian(), f"/waves/{house.wave_id}/version", version="2")
    assert status == 422
    assert "no group “Child”" in page
