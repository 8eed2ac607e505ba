"""Mappings, instruments, scorecards and whole folders: editions, versions and what is kept."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from assessor.actions import folders, instruments, mappings, respond, scorecards, waves
from assessor.domain.fingerprint import fingerprint
from assessor.domain.folder import LibraryFolder
from assessor.domain.instrument import Instrument
from assessor.domain.mapping import Mapping
from assessor.domain.plan import Element, Plan
from assessor.domain.problems import Checked
from assessor.formats.folder import read_folder
from assessor.store import documents, fielding, scorecard_queries
from assessor.store.database import db
from assessor.store.plans import PlanEdition
from assessor.store.published import published_version
from tests.actions.conftest import House
from tests.actions.instruments import PATRONS

PLAN = Plan(
    key="riverbend",
    title="Riverbend plan",
    elements=(
        Element(code="1", level="goal", text="Reach everyone"),
        Element(code="1.1", level="outcome", text="Everyone finds quiet", parent="1"),
        Element(code="1.2", level="outcome", text="Maps are stored safely", parent="1"),
    ),
)
MAPPING = Mapping.model_validate(
    {
        "plan": "riverbend",
        "indicators": [
            {
                "key": "quiet",
                "element": "1.1",
                "name": "A quiet place",
                "method": "mean",
                "target": {"value": 4.0},
                "evidence": [{"kind": "items", "instrument": "patrons", "items": ["quiet"]}],
            }
        ],
        "not_measured": [{"element": "1.2", "reason": "Nobody but the archivist could tell."}],
    }
)
FOLDER = LibraryFolder(plan=PLAN, mapping=MAPPING, instruments=(PATRONS,))


# Any: whatever the action answers with.
def codes(checked: Checked[Any]) -> list[str]:
    return [problem.code for problem in checked.errors]


def changed(mapping: Mapping, **fields: Any) -> Mapping:
    card = mapping.indicators[0].model_copy(update=fields)
    return mapping.model_copy(update={"indicators": (card,)})


def reworded(text: str) -> Instrument:
    return PATRONS.model_copy(update={"title": text})


@pytest.fixture
def loaded(house: House) -> House:
    """The library with plan and mapping in their first edition."""
    folders.load_folder(house.library_id, FOLDER).unwrap()
    return house


def test_every_save_of_a_mapping_is_an_edition(loaded: House) -> None:
    library_id = loaded.library_id
    second = changed(MAPPING, name="Quiet")
    assert mappings.save_mapping(library_id, second, note="Shorter", expected=1).value == 2
    stored = documents.current_mapping(library_id, "riverbend")
    assert stored is not None
    assert (stored.mapping, stored.note) == (second, "Shorter")
    listed = documents.mapping_editions(library_id, "riverbend")
    assert [(e.edition, e.note) for e in listed] == [(2, "Shorter"), (1, "Loaded from files")]


def test_saving_a_mapping_unchanged_makes_no_edition(loaded: House) -> None:
    assert mappings.save_mapping(loaded.library_id, MAPPING).value == 1


def test_whoever_saves_second_is_told_and_overwrites_nothing(loaded: House) -> None:
    library_id = loaded.library_id
    mappings.save_mapping(library_id, changed(MAPPING, name="First"), expected=1)
    late = mappings.save_mapping(library_id, changed(MAPPING, name="Second"), expected=1)
    assert codes(late) == ["mapping.changed-meanwhile"]
    stored = documents.current_mapping(library_id, "riverbend")
    assert stored is not None
    assert stored.mapping.indicators[0].name == "First"


def test_a_mapping_with_a_new_error_is_not_saved(loaded: House) -> None:
    wrong = changed(MAPPING, element="9.9")
    assert "mapping.unknown-element" in codes(mappings.save_mapping(loaded.library_id, wrong))
    assert len(documents.mapping_editions(loaded.library_id, "riverbend")) == 1


def test_errors_that_a_new_plan_brought_are_mended_one_by_one(loaded: House) -> None:
    library_id = loaded.library_id
    gone = tuple(e for e in PLAN.elements if e.code != "1.2")
    other = PLAN.model_copy(update={"elements": gone})
    db.session.add(
        PlanEdition(
            library_id=library_id,
            plan_key="riverbend",
            edition=2,
            document=other.model_dump_json(),
            sha256=fingerprint(other),
            source_name="",
            source_lines="[]",
            left_out="[]",
        )
    )
    db.session.commit()
    saved = mappings.save_mapping(library_id, changed(MAPPING, name="Quiet"))
    assert saved.ok
    assert "mapping.unknown-element" in {problem.code for problem in saved.problems}


def test_restoring_an_edition_saves_it_as_the_newest(loaded: House) -> None:
    library_id = loaded.library_id
    mappings.save_mapping(library_id, changed(MAPPING, name="Other"))
    assert mappings.restore_mapping(library_id, "riverbend", 1, expected=2).value == 3
    stored = documents.current_mapping(library_id, "riverbend")
    assert stored is not None
    assert (stored.mapping, stored.note) == (MAPPING, "Edition 1 restored")
    assert codes(mappings.restore_mapping(library_id, "riverbend", 9)) == ["edition.not-found"]


def test_publishing_makes_the_next_version_and_only_where_something_changed(house: House) -> None:
    library_id = house.library_id
    assert instruments.publish_instrument(library_id, "patrons").value == 1
    instruments.save_instrument_draft(library_id, reworded("Our patrons"))
    draft = documents.instrument_draft(library_id, "patrons")
    assert draft is not None
    assert (draft.latest, draft.changed) == (1, True)
    assert instruments.publish_instrument(library_id, "patrons").value == 2
    first, second = (published_version(library_id, "patrons", version) for version in (1, 2))
    assert first is not None
    assert second is not None
    assert (first.instrument.title, second.instrument.title) == ("Patrons", "Our patrons")


def test_a_draft_saved_by_somebody_else_meanwhile_is_not_overwritten(house: House) -> None:
    read = fingerprint(PATRONS)
    instruments.save_instrument_draft(house.library_id, reworded("First"), expected=read).unwrap()
    late = instruments.save_instrument_draft(house.library_id, reworded("Second"), expected=read)
    assert codes(late) == ["instrument.changed-meanwhile"]


def test_an_instrument_with_errors_is_kept_as_draft_and_not_published(house: House) -> None:
    broken = PATRONS.model_copy(update={"group_item": "nowhere"})
    assert instruments.save_instrument_draft(house.library_id, broken).ok
    refused = instruments.publish_instrument(house.library_id, "patrons")
    assert refused.value is None
    assert codes(refused)


def test_a_wave_keeps_the_version_it_was_planned_with(house: House) -> None:
    wave_id = house.wave()
    instruments.save_instrument_draft(house.library_id, reworded("Our patrons"))
    instruments.publish_instrument(house.library_id, "patrons").unwrap()
    wave = fielding.wave(wave_id)
    assert wave is not None
    assert (wave.version, wave.published().instrument.title) == (1, "Patrons")


def test_a_wave_has_the_groups_of_its_instrument_with_their_sizes(house: House) -> None:
    planned = waves.plan_wave(
        house.library_id, instrument="patrons", title="T", period="2025", sizes={"adult": 800}
    )
    found = fielding.groups(planned.unwrap())
    assert [(group.code, group.size) for group in found] == [("adult", 800), ("child", None)]


def test_a_wave_that_cannot_be_is_refused_with_every_reason(house: House) -> None:
    refused = waves.plan_wave(
        house.library_id,
        instrument="patrons",
        title=" ",
        period="",
        retention_months=0,
        sizes={"elder": 3, "adult": -1},
    )
    assert codes(refused) == [
        "wave.title",
        "wave.period",
        "wave.retention",
        "wave.unknown-group",
        "wave.group-size",
    ]
    unpublished = waves.plan_wave(house.library_id, instrument="none", title="T", period="2025")
    assert codes(unpublished) == ["wave.not-published"]


def test_only_a_wave_that_was_never_opened_can_be_deleted(house: House) -> None:
    planned = waves.plan_wave(house.library_id, instrument="patrons", title="T", period="2025")
    assert waves.delete_wave(house.library_id, planned.unwrap()).ok
    opened = house.wave()
    assert codes(waves.delete_wave(house.library_id, opened)) == ["wave.opened"]
    waves.close_wave(house.library_id, opened)
    assert codes(waves.delete_wave(house.library_id, opened)) == ["wave.opened"]
    assert codes(waves.open_wave(house.library_id, opened)) == ["wave.closed"]


def test_a_scorecard_is_computed_from_the_responses_of_the_period(loaded: House) -> None:
    respond.submit_answers(loaded.wave(), [{"quiet": 4, "who": "adult"}] * 12).unwrap()
    computed = scorecards.compute_scorecard(loaded.library_id, "riverbend", "2025").unwrap()
    score = computed.scorecard.indicators[0].score
    assert (score.n, score.value) == (12, 4.0)
    assert computed.scorecard.waves[0].responses == 12


def test_a_scorecard_is_kept_until_something_that_went_in_changes(loaded: House) -> None:
    library_id, wave_id = loaded.library_id, loaded.wave()
    respond.submit_answers(wave_id, [{"quiet": 4}] * 12)
    first = scorecards.compute_scorecard(library_id, "riverbend", "2025").unwrap()
    again = scorecards.compute_scorecard(library_id, "riverbend", "2025").unwrap()
    assert again == first
    respond.submit_answers(wave_id, [{"quiet": 5}] * 12)
    second = scorecards.compute_scorecard(library_id, "riverbend", "2025").unwrap()
    assert second.inputs_sha256 != first.inputs_sha256
    assert second.scorecard.indicators[0].score.value == 4.5
    assert second.id == first.id
    mappings.save_mapping(library_id, changed(MAPPING, name="Quiet"))
    third = scorecards.compute_scorecard(library_id, "riverbend", "2025").unwrap()
    assert third.scorecard.indicators[0].indicator.name == "Quiet"
    assert scorecard_queries.scorecard(library_id, first.id) == third
    assert [row[2] for row in scorecard_queries.scorecards(library_id)] == ["2025"]


def test_a_plan_without_waves_has_a_scorecard_that_says_so(loaded: House) -> None:
    computed = scorecards.compute_scorecard(loaded.library_id, "riverbend", "2031").unwrap()
    assert computed.scorecard.indicators[0].score.status == "not_measured"


def test_a_plan_without_mapping_has_no_scorecard(house: House) -> None:
    missing = scorecards.compute_scorecard(house.library_id, "riverbend", "2025")
    assert codes(missing) == ["plan.not-found"]


def test_a_folder_comes_out_as_it_went_in(loaded: House) -> None:
    out = folders.export_folder(loaded.library_id, "riverbend").unwrap()
    assert fingerprint(out) == fingerprint(FOLDER)
    again = folders.load_folder(loaded.library_id, out).unwrap()
    assert again == folders.Loaded(1, 1, {"patrons": 1})


def test_a_folder_with_an_error_is_not_loaded_in_part(house: House) -> None:
    wrong = FOLDER.model_copy(update={"mapping": changed(MAPPING, element="9.9")})
    assert "mapping.unknown-element" in codes(folders.load_folder(house.library_id, wrong))
    assert db.session.scalar(select(func.count()).select_from(PlanEdition)) == 0


def test_the_demonstration_library_loads_and_comes_out_unchanged(
    house: House, project_root: Path
) -> None:
    folder = read_folder(project_root / "surveys" / "riverbend").unwrap()
    folders.load_folder(house.library_id, folder).unwrap()
    out = folders.export_folder(house.library_id, folder.plan.key).unwrap()
    assert (out.plan, out.mapping) == (folder.plan, folder.mapping)
    assert {i.key: i for i in out.instruments} == {i.key: i for i in folder.instruments}
