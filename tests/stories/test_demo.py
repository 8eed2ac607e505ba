"""The demonstration: one command, and a library with two years of answers can be looked at."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from assessor.actions.demonstration.fielding import FIELDINGS, Fielding, field_wave
from assessor.actions.demonstration.people import answers
from assessor.actions.demonstration.setting_up import KEY, read_riverbend
from assessor.actions.folders import load_folder
from assessor.actions.libraries import create_account, create_library, rename_account
from assessor.cli.main import main
from assessor.domain.answers import check_answers
from assessor.domain.instrument import Instrument
from assessor.domain.scorecard import Scorecard
from assessor.paths import surveys_folder
from assessor.settings import read_settings
from assessor.store import account_queries, fielding, migrating, scorecard_queries
from assessor.store.bare import bare_app
from assessor.store.database import db
from assessor.web.app import create_app
from tests.cli.sites import database_of
from tests.web.conftest import csrf_token

INSTRUMENTS = {
    instrument.key: instrument
    for instrument in read_riverbend(surveys_folder()).unwrap()[1].instruments
}
STATUSES = {
    "met", "partly_met", "not_met", "too_close_to_call", "not_enough_evidence", "not_measured",
}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """What the command said, and where the site is that it made."""

    instance: Path
    output: str

    def address(self, what: str) -> str:
        found = re.search(rf"{what}\s+http://127\.0\.0\.1:8000(/\S+)", self.output)
        assert found, self.output
        return found.group(1)

    def password(self, email: str) -> str:
        found = re.search(rf"{re.escape(email)}\s+(\S+)", self.output)
        assert found, self.output
        return found.group(1)


def run(instance: Path) -> str:
    result = CliRunner().invoke(
        main, ["site", "demo", "--no-serve"], env={"ASSESSOR_INSTANCE": str(instance)}
    )
    assert result.exit_code == 0, result.output + str(result.exception or "")
    return result.output


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """The demonstration, made once for all of these."""
    instance = tmp_path_factory.mktemp("demo") / "instance"
    return Shown(instance, run(instance))


@pytest.fixture
def visitor(shown: Shown) -> FlaskClient:
    settings = read_settings({"ASSESSOR_INSTANCE": str(shown.instance)}).unwrap()
    return create_app(settings, TESTING=True, RATELIMIT_ENABLED=False).test_client()


def scorecards(shown: Shown) -> dict[str, Scorecard]:
    with database_of(shown.instance):
        library = account_queries.library_with_key(KEY)
        assert library is not None
        found = (
            scorecard_queries.scorecard(library.id, row[0])
            for row in scorecard_queries.scorecards(library.id)
        )
        return {one.period: one.scorecard for one in found if one is not None}


def counts(instance: Path) -> dict[tuple[str, str], tuple[str, int]]:
    with database_of(instance):
        library = account_queries.library_with_key(KEY)
        assert library is not None
        return {
            (wave.period, wave.instrument_key): (wave.state, fielding.progress(wave.id).responses)
            for wave in fielding.waves(library.id)
        }


pytestmark = pytest.mark.xdist_group("demo")


@pytest.mark.slow
def test_it_fields_two_years_and_leaves_two_surveys_running(shown: Shown) -> None:
    found = counts(shown.instance)
    assert {wave for wave, (state, _) in found.items() if state == "closed"} == {
        (period, instrument) for period in ("2024", "2025") for instrument in ("patrons", "staff")
    }
    assert {state for wave, (state, _) in found.items() if wave[0] == "2026"} == {"open"}
    assert 1_400 < sum(responses for _, responses in found.values()) < 1_600


@pytest.mark.slow
def test_the_newest_scorecard_shows_every_status(shown: Shown) -> None:
    found = Counter(one.score.status for one in scorecards(shown)["2025"].indicators)
    assert set(found) == STATUSES, found


@pytest.mark.slow
def test_there_is_something_to_find(shown: Shown) -> None:
    before, after = scorecards(shown)["2024"], scorecards(shown)["2025"]

    def value(scorecard: Scorecard, key: str) -> float:
        score = next(one.score for one in scorecard.indicators if one.indicator.key == key)
        assert score.value is not None
        return score.value

    def group(scorecard: Scorecard, key: str, code: str) -> float | None:
        card = next(one for one in scorecard.indicators if one.indicator.key == key)
        return next(one.score.value for one in card.groups if one.group == code)

    # The website got better, the app did not.
    assert value(after, "website_ease") > value(before, "website_ease") + 0.4
    assert value(after, "app_ease") < value(before, "app_ease")
    # Families feel left out, which the total hides.
    families, everybody = group(after, "belonging", "family"), value(after, "belonging")
    assert families is not None
    assert families < everybody - 0.5
    # Three newcomers are not shown; with nineteen there is too little to judge.
    assert group(before, "belonging", "newcomer") is None
    assert group(after, "belonging", "newcomer") is not None


@pytest.mark.slow
def test_the_files_say_what_the_site_says(shown: Shown, tmp_path: Path) -> None:
    """A scorecard computed anew from the exported answers alone is the one on the site."""
    environment = {"ASSESSOR_INSTANCE": str(shown.instance)}
    folder, out = tmp_path / "answers", tmp_path / "scorecard.json"
    command = ["site", "answers", str(folder), "--period", "2025"]
    result = CliRunner().invoke(main, command, env=environment)
    assert result.exit_code == 0, result.output
    written = {path.name for path in folder.iterdir()}
    versions = {"patrons-version-1.yaml", "staff-version-1.yaml"}
    assert written == {"2025-patrons.csv", "2025-staff.csv"} | versions
    files = [f"--answers={path}" for path in sorted(folder.glob("*.csv"))]
    command = ["score", str(surveys_folder() / KEY), *files, "--period", "2025", "--out", str(out)]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    scores = {one.indicator.key: one.score for one in scorecards(shown)["2025"].indicators}
    anew = Scorecard.model_validate_json(out.read_bytes())
    assert {one.indicator.key: one.score for one in anew.indicators} == scores


@pytest.mark.slow
def test_what_it_prints_leads_to_the_scorecard_and_to_the_survey(
    shown: Shown, visitor: FlaskClient
) -> None:
    survey = visitor.get(shown.address("Survey"))
    assert "How is the library doing for you?" in survey.get_data(as_text=True)
    email = "leadership@riverbend.example"
    data = {"email": email, "password": shown.password(email)}
    visitor.post(
        shown.address("Sign in"), data={**data, "csrf_token": csrf_token(visitor, "/sign-in")}
    )
    page = visitor.get(shown.address("Scorecard"))
    assert page.status_code == 200
    assert "Welcome and Belonging" in page.get_data(as_text=True)


@pytest.mark.slow
def test_run_again_it_keeps_what_was_added(shown: Shown) -> None:
    before = counts(shown.instance)
    with database_of(shown.instance):
        library = account_queries.library_with_key(KEY)
        assert library is not None
        library_id = library.id
        someone = account_queries.accounts(library_id)[0]
        rename_account(library_id, someone.id, "Somebody Else").unwrap()
        create_account(library_id, "new@riverbend.example", roles=["staff"]).unwrap()
    again = run(shown.instance)
    assert "Kept plan, mapping and instruments" in again
    assert counts(shown.instance) == before
    assert shown.password("staff@riverbend.example") in again
    with database_of(shown.instance):
        names = {one.email: one.name for one in account_queries.accounts(library_id)}
    assert names["new@riverbend.example"] == ""
    assert "Somebody Else" in names.values()


def small() -> Fielding:
    plan = FIELDINGS[1]
    return Fielding(
        instrument=plan.instrument, title="Small", period=plan.period, opens_on=plan.opens_on,
        closes_on=plan.closes_on, opinions=plan.opinions,
        groups={"collections": (6, 10), "digital": (5, None)},
    )  # fmt: skip


@pytest.fixture
def loaded(database_url: str) -> Iterator[int]:
    """Riverbend's files in a database of their own; the library's id."""
    app = bare_app(database_url)
    with app.app_context():
        migrating.upgrade()
        library = create_library(KEY, "Riverbend Library").unwrap()
        load_folder(library, read_riverbend(surveys_folder()).unwrap()[1]).unwrap()
        yield library
        db.session.remove()
        db.engine.dispose()


def test_interrupted_it_goes_on_where_it_stopped(loaded: int) -> None:
    def interrupt(count: int) -> None:
        if count == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        field_wave(loaded, small(), interrupt)
    heard: list[int] = []
    wave = field_wave(loaded, small(), heard.append).unwrap()
    assert heard == [5, 6, 7, 8, 9, 10, 11]
    assert fielding.progress(wave).by_group == {"collections": 6, "digital": 5}
    field_wave(loaded, small(), heard.append).unwrap()
    assert fielding.progress(wave).responses == 11


def test_it_never_comes_to_lie_beside_real_answers(tmp_path: Path) -> None:
    with database_of(tmp_path):
        migrating.upgrade()
        library = create_library(KEY, "Riverbend Town Library").unwrap()
        create_account(library, "real@example.org", roles=["administrator"]).unwrap()
    result = CliRunner().invoke(
        main, ["site", "demo", "--no-serve"], env={"ASSESSOR_INSTANCE": str(tmp_path)}
    )
    assert result.exit_code == 1
    assert "on a site of its own" in result.output


@pytest.mark.parametrize("plan", FIELDINGS, ids=lambda plan: plan.title)
def test_every_answer_is_one_that_the_site_takes(plan: Fielding) -> None:
    instrument: Instrument = INSTRUMENTS[plan.instrument]
    for number, group in enumerate(plan.groups):
        said = answers(instrument, plan.opinions, period=plan.period, number=number, group=group)
        whole = {name: value for page in said.values() for name, value in page.items()}
        assert check_answers(instrument, whole).problems == ()


def test_a_person_answers_the_same_every_time_and_as_nobody_else() -> None:
    plan, instrument = FIELDINGS[0], INSTRUMENTS["patrons"]

    def person(number: int) -> dict[str, dict[str, object]]:
        return answers(instrument, plan.opinions, period=plan.period, number=number, group="adult")

    assert person(7) == person(7)
    assert len({repr(person(number)) for number in range(50)}) == 50
