"""What lists of a library show: its own, in order, and nothing of another library."""

from assessor.actions import folders, instruments, respond, waves
from assessor.actions.libraries import create_library
from assessor.store import documents, fielding
from tests.actions.conftest import House
from tests.actions.instruments import PATRONS
from tests.actions.test_definitions import FOLDER


def planned(house: House, title: str, period: str) -> str:
    wave = waves.plan_wave(house.library_id, instrument="patrons", title=title, period=period)
    return wave.unwrap()


def test_waves_are_listed_newest_period_first(house: House) -> None:
    for title, period in (("B", "2024"), ("C", "2025"), ("A", "2025")):
        planned(house, title, period)
    listed = fielding.waves(house.library_id)
    assert [(wave.period, wave.title) for wave in listed] == [
        ("2025", "A"),
        ("2025", "C"),
        ("2024", "B"),
    ]
    assert [wave.title for wave in fielding.waves(house.library_id, "2024")] == ["B"]
    assert fielding.periods(house.library_id) == ("2025", "2024")


def test_responses_are_counted_for_every_wave_in_one_query(house: House) -> None:
    first, second = house.wave(), house.wave()
    respond.submit_answers(first, [{"quiet": 3}] * 4)
    respond.submit_answers(second, [{"quiet": 3}] * 2)
    planned(house, "Later", "2026")
    assert fielding.response_counts(house.library_id) == {first: 4, second: 2}


def test_plans_and_versions_are_listed(house: House) -> None:
    folders.load_folder(house.library_id, FOLDER).unwrap()
    changed = PATRONS.model_copy(update={"title": "Our patrons"})
    instruments.save_instrument_draft(house.library_id, changed)
    instruments.publish_instrument(house.library_id, "patrons")
    assert documents.plan_keys(house.library_id) == ("riverbend",)
    listed = documents.versions(house.library_id, "patrons")
    assert [version.version for version in listed] == [2, 1]


def test_another_library_sees_nothing_of_ours(house: House) -> None:
    folders.load_folder(house.library_id, FOLDER).unwrap()
    wave_id = house.wave()
    respond.submit_answers(wave_id, [{"quiet": 3}])
    other = create_library("elsewhere", "Elsewhere").unwrap()
    assert documents.plan_keys(other) == ()
    assert documents.current_plan(other, "riverbend") is None
    assert documents.current_mapping(other, "riverbend") is None
    assert documents.instruments(other) == ()
    assert documents.versions(other) == ()
    assert fielding.waves(other) == ()
    assert fielding.wave_of(other, wave_id) is None
    assert fielding.response_counts(other) == {}
    for answer in (
        waves.close_wave(other, wave_id),
        waves.delete_wave(other, wave_id),
        instruments.publish_instrument(other, "patrons"),
        folders.export_folder(other, "riverbend"),
    ):
        assert [problem.code.endswith("not-found") for problem in answer.problems] == [True]


def test_a_waves_dates_title_and_sizes_can_change_and_its_groups_stay(house: House) -> None:
    wave_id = house.wave()
    respond.submit_answers(wave_id, [{"quiet": 3, "who": "adult"}])
    waves.change_wave(
        house.library_id,
        wave_id,
        title="Patrons again",
        period="2026",
        opens_on=None,
        closes_on=None,
        sizes={"adult": 900, "child": 120},
    ).unwrap()
    wave = fielding.wave(wave_id)
    assert wave is not None
    assert (wave.title, wave.period) == ("Patrons again", "2026")
    progress = fielding.progress(wave_id)
    assert [(group.code, group.size) for group in progress.groups] == [
        ("adult", 900),
        ("child", 120),
    ]
    assert progress.by_group == {"adult": 1}
