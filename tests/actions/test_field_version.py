"""A wave goes on with another version of its instrument, or says why it cannot."""

from typing import Any

import pytest

from assessor.actions import waves
from assessor.actions.instruments import publish_instrument, save_instrument_draft
from assessor.actions.libraries import create_library
from assessor.actions.respond import save_page, start_response, submit_answers
from assessor.domain.instrument import Instrument
from assessor.store import fielding
from assessor.store.answers import answered_by_version
from assessor.store.fielding import VersionProgress
from tests.actions.conftest import House
from tests.actions.instruments import PATRONS


def next_version(house: House, **changed: Any) -> int:
    save_instrument_draft(house.library_id, PATRONS.model_copy(update={"thanks": "T", **changed}))
    return publish_instrument(house.library_id, "patrons").unwrap()


def with_groups(*codes: str) -> dict[str, Any]:
    """The instrument's pages, with these groups to choose from."""
    content = PATRONS.model_dump(mode="json")
    options = [{"code": code, "label": code.title()} for code in codes]
    content["pages"][0]["items"][0]["options"] = options
    return {"pages": Instrument.model_validate(content).pages}


def test_new_people_get_the_new_version_and_the_others_keep_theirs(house: House) -> None:
    wave_id = house.wave()
    submit_answers(wave_id, [{"who": "adult", "quiet": 4}] * 2).unwrap()
    begun = start_response(wave_id).unwrap()
    version = next_version(house)
    assert waves.field_version(house.library_id, wave_id, version).unwrap() == 2
    submit_answers(wave_id, [{"who": "child", "quiet": 1}]).unwrap()
    assert save_page(begun, wave_id, "about", {"who": "adult"}).ok
    assert fielding.progress_by_version(house.library_id, "patrons") == (
        VersionProgress(wave_id, 1, 2, 1),
        VersionProgress(wave_id, 2, 1, 0),
    )
    parts = answered_by_version(wave_id)
    assert [(part.version, part.groups) for part in parts] == [
        (1, ["adult", "adult"]),
        (2, ["child"]),
    ]
    assert parts[0].published.instrument == PATRONS


def test_the_same_version_again_changes_nothing(house: House) -> None:
    wave_id = house.wave()
    assert waves.field_version(house.library_id, wave_id, 1).unwrap() == 1


def test_a_planned_wave_can_be_given_another_version(house: House) -> None:
    planned = waves.plan_wave(
        house.library_id, instrument="patrons", title="T", period="2026"
    ).unwrap()
    next_version(house)
    assert waves.field_version(house.library_id, planned, 2).ok


@pytest.mark.parametrize(("version", "code"), [(2, "wave.closed"), (3, "wave.closed")])
def test_what_a_closed_wave_asked_stays(house: House, version: int, code: str) -> None:
    wave_id = house.wave()
    next_version(house)
    waves.close_wave(house.library_id, wave_id)
    refused = waves.field_version(house.library_id, wave_id, version)
    assert [problem.code for problem in refused.problems] == [code]


def test_a_version_or_a_wave_that_is_not_there(house: House) -> None:
    wave_id = house.wave()
    other = create_library("elsewhere", "Elsewhere").unwrap()
    for library_id, wave, version, code in (
        (house.library_id, wave_id, 9, "version.not-found"),
        (house.library_id, "no-such-wave-here", 1, "wave.not-found"),
        (other, wave_id, 1, "wave.not-found"),
    ):
        refused = waves.field_version(library_id, wave, version)
        assert [problem.code for problem in refused.problems] == [code]


def test_a_version_without_a_group_of_the_wave_is_refused(house: House) -> None:
    wave_id = house.wave()
    next_version(house, **with_groups("adult"))
    (problem,) = waves.field_version(house.library_id, wave_id, 2).problems
    assert problem.code == "wave.groups-gone"
    assert "“Child”" in problem.message


def test_new_groups_join_the_audience_and_the_others_keep_their_sizes(house: House) -> None:
    wave_id = waves.plan_wave(
        house.library_id, instrument="patrons", title="T", period="2026", sizes={"adult": 70}
    ).unwrap()
    next_version(house, **with_groups("adult", "child", "staff"))
    waves.field_version(house.library_id, wave_id, 2).unwrap()
    found = {group.code: group.size for group in fielding.groups(wave_id)}
    assert found == {"adult": 70, "child": None, "staff": None}
