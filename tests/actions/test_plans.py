"""A plan on its way in: nothing is an edition before a person accepts it."""

from typing import Any

from assessor.actions import plans
from assessor.actions.libraries import create_library
from assessor.domain.problems import Checked
from assessor.planning.edits import Add, Drop, Rename
from assessor.store import documents
from tests.actions.conftest import House

DOCUMENT = b"""# Riverbend plan 2024-2027

## Goal 1: Reach everyone

- Objective 1.1: Open on Sundays in every branch.
- Objective 1.2: Lend laptops to whoever needs one.

## Goal 2: Keep what matters

- Objective 2.1: Digitise the local newspapers.
- Objective 2.2: Store the maps safely.
"""


# Any: whatever the action answers with.
def codes(checked: Checked[Any]) -> list[str]:
    return [problem.code for problem in checked.errors]


def started(house: House, data: bytes = DOCUMENT) -> str:
    checked = plans.start_plan_review(house.library_id, data, "plan.md")
    assert checked.value is not None, checked.problems
    return checked.value


def element_codes(house: House, review_id: str) -> list[str]:
    review = documents.plan_review(house.library_id, review_id)
    assert review is not None
    return [element.code for element in review.reading.elements]


def test_a_review_shows_the_source_beside_the_proposal(house: House) -> None:
    review = documents.plan_review(house.library_id, started(house))
    assert review is not None
    assert "Goal 1: Reach everyone" in review.source_lines[2]
    assert [element.level for element in review.reading.elements].count("objective") == 4
    assert (review.can_undo, review.can_redo, review.against_edition) == (False, False, None)
    assert documents.current_plan(house.library_id, "riverbend") is None


def test_edits_are_undone_and_redone(house: House) -> None:
    review_id = started(house)
    before = element_codes(house, review_id)
    library_id = house.library_id
    plans.edit_review(library_id, review_id, Drop(code=before[0], children="drop")).unwrap()
    dropped = element_codes(house, review_id)
    assert len(dropped) == 3
    plans.undo_review(library_id, review_id).unwrap()
    assert element_codes(house, review_id) == before
    plans.redo_review(library_id, review_id).unwrap()
    assert element_codes(house, review_id) == dropped


def test_an_edit_after_undo_takes_away_what_could_be_redone(house: House) -> None:
    library_id, review_id = house.library_id, started(house)
    first = element_codes(house, review_id)[0]
    plans.edit_review(library_id, review_id, Rename(code=first, text="One")).unwrap()
    plans.undo_review(library_id, review_id).unwrap()
    plans.edit_review(library_id, review_id, Rename(code=first, text="Two")).unwrap()
    assert codes(plans.redo_review(library_id, review_id)) == ["review.nothing-to-redo"]
    assert plans.undo_review(library_id, review_id).ok
    assert codes(plans.undo_review(library_id, review_id)) == ["review.nothing-to-undo"]


def test_a_review_remembers_its_last_steps_and_not_all(house: House) -> None:
    library_id, review_id = house.library_id, started(house)
    for number in range(plans.STEPS_KEPT + 5):
        plans.edit_review(library_id, review_id, Add(level="goal", text=f"Goal {number}")).unwrap()
    back = 0
    while plans.undo_review(library_id, review_id).ok:
        back += 1
    assert back == plans.STEPS_KEPT


def test_a_refused_edit_leaves_the_review_as_it_was(house: House) -> None:
    review_id = started(house)
    refused = plans.edit_review(house.library_id, review_id, Rename(code="nowhere", text="x"))
    assert codes(refused) == ["edit.unknown-code"]
    review = documents.plan_review(house.library_id, review_id)
    assert review is not None
    assert not review.can_undo


def test_accepting_makes_an_edition_and_ends_the_review(house: House) -> None:
    review_id = started(house)
    assert plans.accept_plan(house.library_id, review_id).unwrap() == 1
    stored = documents.current_plan(house.library_id, "riverbend")
    assert stored is not None
    assert stored.plan.library == "Riverbend Library"
    assert "Riverbend plan 2024-2027" in stored.source_lines[0]
    assert documents.plan_review(house.library_id, review_id) is None
    assert codes(plans.accept_plan(house.library_id, review_id)) == ["review.not-found"]


def test_a_new_edition_keeps_the_codes_of_what_stayed(house: House) -> None:
    plans.accept_plan(house.library_id, started(house))
    first = documents.current_plan(house.library_id, "riverbend")
    changed = DOCUMENT.replace(b"Digitise the local newspapers", b"Digitise all local newspapers")
    review_id = started(
        house, changed.replace(b"- Objective 1.1: Open on Sundays in every branch.\n", b"")
    )
    plans.accept_plan(house.library_id, review_id).unwrap()
    second = documents.current_plan(house.library_id, "riverbend")
    assert first is not None
    assert second is not None
    assert second.edition == 2
    old = {element.text: element.code for element in first.plan.elements}
    new = {element.text: element.code for element in second.plan.elements}
    assert new["Store the maps safely."] == old["Store the maps safely."]
    assert new["Digitise all local newspapers."] == old["Digitise the local newspapers."]
    assert [e.edition for e in documents.plan_editions(house.library_id, "riverbend")] == [2, 1]


def test_accepting_the_same_plan_again_makes_no_edition(house: House) -> None:
    plans.accept_plan(house.library_id, started(house))
    assert plans.accept_plan(house.library_id, started(house)).unwrap() == 1


def test_two_reviews_of_one_edition_cannot_both_be_accepted(house: House) -> None:
    first, second = started(house), started(house)
    plans.accept_plan(house.library_id, first).unwrap()
    refused = plans.accept_plan(house.library_id, second)
    assert codes(refused) == ["plan.changed-meanwhile"]
    assert documents.plan_review(house.library_id, second) is not None


def test_a_review_without_elements_cannot_be_accepted(house: House) -> None:
    review_id = started(house)
    for code in element_codes(house, review_id):
        plans.edit_review(house.library_id, review_id, Drop(code=code)).unwrap()
    assert codes(plans.accept_plan(house.library_id, review_id)) == ["plan.empty"]


def test_a_discarded_review_leaves_nothing(house: House) -> None:
    review_id = started(house)
    plans.discard_review(house.library_id, review_id).unwrap()
    assert documents.plan_reviews(house.library_id) == ()


def test_an_unreadable_document_starts_no_review(house: House) -> None:
    assert plans.start_plan_review(house.library_id, b"", "plan.txt").value is None
    assert documents.plan_reviews(house.library_id) == ()


def test_another_library_sees_and_changes_no_review_of_ours(house: House) -> None:
    review_id = started(house)
    other = create_library("elsewhere", "Elsewhere").unwrap()
    assert documents.plan_review(other, review_id) is None
    for answer in (
        plans.edit_review(other, review_id, Rename(code="1", text="x")),
        plans.undo_review(other, review_id),
        plans.accept_plan(other, review_id),
        plans.discard_review(other, review_id),
    ):
        assert codes(answer) == ["review.not-found"]
