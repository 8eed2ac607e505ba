"""A new edition is read against the old: codes of unchanged and reworded elements stay."""

from pathlib import Path

from assessor.domain.plan import Plan
from assessor.planning.editions import EditionReading, carry_codes
from assessor.planning.read import read_text

OLD = """Goal 1: Reach more readers
Objectives
• Visit every school in the county each year
• Lend books by mail to people who cannot come

Goal 2: Keep the archive of the county
Objectives
• Digitise the newspapers printed before 1950
"""


def edition(new: str, old: str = OLD) -> EditionReading:
    before = read_text(old).unwrap().reading
    plan = Plan(key="old", title="Old", elements=before.elements)
    return carry_codes(plan, read_text(new).unwrap().reading)


def kinds(result: EditionReading) -> dict[str, str]:
    return {change.code: change.kind for change in result.changes}


def test_the_same_plan_is_unchanged_throughout() -> None:
    assert set(kinds(edition(OLD)).values()) == {"unchanged"}


def test_a_reworded_element_keeps_its_code() -> None:
    result = edition(OLD.replace("each year", "twice each year"))
    assert kinds(result)["1.1"] == "reworded"
    assert kinds(result)["1.2"] == "unchanged"


def test_an_element_put_first_takes_no_code_from_those_that_stay() -> None:
    result = edition(OLD.replace("• Visit", "• Open a branch at the station\n• Visit"))
    assert kinds(result)["1.1"] == "unchanged"
    assert kinds(result)["1.2"] == "unchanged"
    new = [c for c in result.changes if c.kind == "new"]
    assert [(c.code, c.after.text if c.after else "") for c in new] == [
        ("1.3", "Open a branch at the station")
    ]


def test_an_element_below_another_parent_is_moved_and_keeps_its_code() -> None:
    line = "• Lend books by mail to people who cannot come\n"
    result = edition(OLD.replace(line, "") + line)
    assert kinds(result)["1.2"] == "moved"
    assert next(e for e in result.reading.elements if e.code == "1.2").parent == "2"


def test_a_dropped_element_is_gone_and_its_code_is_not_used_again() -> None:
    result = edition(
        OLD.replace(
            "• Digitise the newspapers printed before 1950", "• Buy a new boiler for stacks"
        )
    )
    assert kinds(result)["2.1"] == "gone"
    assert [c.code for c in result.changes if c.kind == "new"] == ["2.2"]


def test_goals_that_change_places_keep_their_codes() -> None:
    first, second = OLD.split("\n\n")
    swapped = second.replace("Goal 2", "Goal 1") + "\n" + first.replace("Goal 1", "Goal 2") + "\n"
    codes = {e.text: e.code for e in edition(swapped).reading.elements}
    assert codes["Reach more readers"] == "1"
    assert codes["Keep the archive of the county"] == "2"
    assert codes["Digitise the newspapers printed before 1950"] == "2.1"


def test_published_plans_keep_every_code_when_one_element_is_reworded(shared_folder: Path) -> None:
    text = (shared_folder / "plans" / "caltech.txt").read_text("utf-8")
    result = edition(
        text.replace("for all staff positions", "for every position on the staff"), text
    )
    assert kinds(result).pop("DEI.2.3") == "reworded"
    assert set(kinds(result).values()) == {"reworded", "unchanged"}
