"""A folder's problems name the file that each document is written to."""

from assessor.domain.checks.folder import check_folder, instrument_file
from assessor.domain.folder import LibraryFolder
from tests.domain.checks.samples import PLAN, indicator, instrument, item, mapping, with_item


def test_a_sound_folder_has_no_problem() -> None:
    folder = LibraryFolder(plan=PLAN, mapping=mapping(), instruments=(instrument(),))
    assert check_folder(folder) == ()


def test_each_problem_names_its_file() -> None:
    folder = LibraryFolder(
        plan=PLAN,
        mapping=mapping(indicator(element="A.9")),
        instruments=(with_item(item("quiet", scale="agre")),),
    )
    assert {(p.file, p.code) for p in check_folder(folder)} >= {
        ("patrons.yaml", "instrument.unknown-scale"),
        ("mapping.yaml", "mapping.unknown-element"),
    }


def test_instruments_stand_by_key_whatever_order_they_came_in() -> None:
    patrons, staff = instrument(), instrument(key="staff")
    first = LibraryFolder(plan=PLAN, mapping=mapping(), instruments=(staff, patrons))
    second = LibraryFolder(plan=PLAN, mapping=mapping(), instruments=(patrons, staff))
    assert first == second
    assert first.instrument("staff") == staff
    assert first.instrument("members") is None


def test_no_instrument_is_written_over_the_plan_or_the_mapping() -> None:
    assert instrument_file("patrons") == "patrons.yaml"
    assert instrument_file("plan") != "plan.yaml"
    assert instrument_file("mapping") != "mapping.yaml"
