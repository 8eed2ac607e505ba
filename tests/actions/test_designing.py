"""A draft is worked on step by step, by several people, and every step can be taken back."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from assessor.actions.designing import (
    begin_instrument,
    edit_instrument,
    redo_instrument,
    undo_instrument,
)
from assessor.actions.histories import STATES_KEPT
from assessor.actions.instruments import delete_instrument_draft, save_instrument_draft
from assessor.actions.libraries import create_library
from assessor.domain.editing import acts
from assessor.domain.fingerprint import fingerprint
from assessor.domain.instrument import Instrument
from assessor.store import documents, histories
from assessor.store.database import db
from assessor.store.instruments import InstrumentStep
from tests.domain.editing.samples import sample


def reword(text: str, item: str = "visits") -> acts.ChangeItem:
    return acts.ChangeItem(item=item, changes={"text": text})


@pytest.fixture
def library_id(app: Flask) -> int:
    return create_library("riverbend", "Riverbend Library").unwrap()


@pytest.fixture
def draft(library_id: int) -> Instrument:
    begin_instrument(library_id, sample(), said="Begun").unwrap()
    return sample()


def stored(library_id: int) -> Instrument:
    found = documents.instrument_draft(library_id, "patrons")
    assert found is not None
    return found.draft


def seen(library_id: int) -> str:
    return fingerprint(stored(library_id))


def test_an_instrument_begins_once(library_id: int, draft: Instrument) -> None:
    again = begin_instrument(library_id, draft, said="Begun")
    assert [problem.code for problem in again.problems] == ["instrument.exists"]


def test_undo_takes_a_step_back_and_redo_does_it_again(library_id: int, draft: Instrument) -> None:
    act = reword("How often?")
    edited = edit_instrument(library_id, "patrons", [act], seen=seen(library_id), said="Reworded")
    after = edited.unwrap()
    assert histories.steps(library_id, "patrons").undo == "Reworded"
    undone = undo_instrument(library_id, "patrons", seen=after.sha256).unwrap()
    assert undone.instrument == draft == stored(library_id)
    assert histories.steps(library_id, "patrons").redo == "Reworded"
    assert redo_instrument(library_id, "patrons", seen=undone.sha256).unwrap() == after
    nothing = redo_instrument(library_id, "patrons", seen=after.sha256)
    assert [problem.code for problem in nothing.problems] == ["instrument.nothing-to-redo"]


def test_what_was_undone_is_forgotten_by_the_next_step(library_id: int, draft: Instrument) -> None:
    for text in ("One?", "Two?"):
        edit_instrument(library_id, "patrons", [reword(text)], seen=seen(library_id)).unwrap()
    undo_instrument(library_id, "patrons", seen=seen(library_id)).unwrap()
    edit_instrument(library_id, "patrons", [reword("Three?")], seen=seen(library_id)).unwrap()
    assert histories.steps(library_id, "patrons").redo is None
    undo_instrument(library_id, "patrons", seen=seen(library_id)).unwrap()
    item = stored(library_id).item("visits")
    assert item is not None
    assert item.text == "One?"


def test_a_file_put_in_place_of_the_draft_can_be_undone(library_id: int, draft: Instrument) -> None:
    save_instrument_draft(library_id, sample(title="From a file")).unwrap()
    undo_instrument(library_id, "patrons", seen=seen(library_id)).unwrap()
    assert stored(library_id) == draft


def test_a_hundred_states_are_kept(library_id: int, draft: Instrument) -> None:
    for number in range(STATES_KEPT + 5):
        act = reword(f"Number {number}?")
        edit_instrument(library_id, "patrons", [act], seen=seen(library_id)).unwrap()
    assert db.session.scalar(select(func.count()).select_from(InstrumentStep)) == STATES_KEPT
    while undo_instrument(library_id, "patrons", seen=seen(library_id)).ok:
        pass
    item = stored(library_id).item("visits")
    assert item is not None
    assert item.text == "Number 5?"


def test_two_people_on_different_items_both_keep_their_work(
    library_id: int, draft: Instrument
) -> None:
    both_saw = seen(library_id)
    edit_instrument(library_id, "patrons", [reword("Who?", "role")], seen=both_saw).unwrap()
    second = edit_instrument(library_id, "patrons", [reword("Often?")], seen=both_saw).unwrap()
    assert second.merged
    texts = {item.key: item.text for item in stored(library_id).items()}
    assert (texts["role"], texts["visits"]) == ("Who?", "Often?")


def test_two_people_on_one_item_cannot_overwrite_each_other(
    library_id: int, draft: Instrument
) -> None:
    both_saw = seen(library_id)
    edit_instrument(library_id, "patrons", [reword("First?")], seen=both_saw).unwrap()
    second = edit_instrument(library_id, "patrons", [reword("Second?")], seen=both_saw)
    assert [problem.code for problem in second.problems] == ["instrument.changed-meanwhile"]
    undone = undo_instrument(library_id, "patrons", seen=both_saw)
    assert [problem.code for problem in undone.problems] == ["instrument.changed-meanwhile"]
    item = stored(library_id).item("visits")
    assert item is not None
    assert item.text == "First?"


def test_the_history_goes_with_the_draft(library_id: int, draft: Instrument) -> None:
    delete_instrument_draft(library_id, "patrons").unwrap()
    assert db.session.scalar(select(func.count()).select_from(InstrumentStep)) == 0
    begin_instrument(library_id, draft, said="Begun").unwrap()
    assert histories.steps(library_id, "patrons").undo is None


def test_an_act_that_cannot_be_done_leaves_no_step(library_id: int, draft: Instrument) -> None:
    wanted: list[acts.Act] = [reword("Kept?"), acts.RemoveItem(item="nothing")]
    refused = edit_instrument(library_id, "patrons", wanted, seen=seen(library_id))
    assert [problem.code for problem in refused.problems] == ["edit.no-item"]
    assert stored(library_id) == draft
    assert histories.steps(library_id, "patrons").undo is None
