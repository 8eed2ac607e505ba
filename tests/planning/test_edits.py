"""What a person does to a proposed plan: nothing vanishes, untouched codes stay."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.domain.plan import Element, LeftOut, Plan, Reading, check_plan
from assessor.planning.edits import (
    DROPPED,
    Accept,
    Add,
    Drop,
    Edit,
    Merge,
    Move,
    Recode,
    Relevel,
    Rename,
    Retitle,
    Split,
    apply_edit,
    read_edit,
)


def element(code: str, parent: str | None, first: int, last: int, **more: str) -> Element:
    level = "goal" if parent is None else "outcome"
    fields = {"level": level, "text": f"Text of {code}.", **more}
    return Element(code=code, parent=parent, lines=(first, last), **fields)


READING = Reading(
    title="Plan",
    elements=(
        element("A", None, 2, 2, doubt="Is this a goal?"),
        element("A.1", "A", 3, 4),
        element("A.2", "A", 5, 5),
        element("B", None, 7, 7),
        element("B.1", "B", 8, 9, text="First half. Second half."),
    ),
    left_out=(LeftOut(lines=(1, 1), reason="the title"),),
)


def edited(edit: Edit, reading: Reading = READING) -> Reading:
    return apply_edit(reading, edit).unwrap()


def refusal(edit: Edit) -> str:
    checked = apply_edit(READING, edit)
    assert checked.value is None
    return checked.problems[0].code


def outline(reading: Reading) -> list[str]:
    plan = Plan(key="p", title="P", elements=reading.elements)
    return [f"{'  ' * depth}{found.code}" for depth, found in plan.walk()]


def by_code(reading: Reading, code: str) -> Element:
    return next(found for found in reading.elements if found.code == code)


def test_accepting_settles_the_doubt_and_changes_nothing_else() -> None:
    accepted = edited(Accept(code="A"))
    assert by_code(accepted, "A").doubt is None
    assert accepted.elements[1:] == READING.elements[1:]


def test_renaming_tidies_white_space_and_settles_the_doubt() -> None:
    renamed = by_code(edited(Rename(code="A", text="  A  new\ntext ")), "A")
    assert (renamed.text, renamed.doubt) == ("A new text", None)


def test_a_level_is_lower_case() -> None:
    assert by_code(edited(Relevel(code="A", level="Priority")), "A").level == "priority"


def test_recoding_takes_the_children_along_under_their_own_codes() -> None:
    assert outline(edited(Recode(code="A", new_code="ACC"))) == [
        "ACC",
        "  A.1",
        "  A.2",
        "B",
        "  B.1",
    ]


def test_moving_puts_an_element_where_it_is_wanted() -> None:
    first = edited(Move(code="A.2", parent="B", position=0))
    assert outline(first) == ["A", "  A.1", "B", "  A.2", "  B.1"]
    assert outline(edited(Move(code="A.2", parent="B"))) == ["A", "  A.1", "B", "  B.1", "  A.2"]
    assert outline(edited(Move(code="B", position=0))) == ["B", "  B.1", "A", "  A.1", "  A.2"]
    assert outline(edited(Move(code="A.1", parent=None)))[-1] == "A.1"


def test_moving_within_its_siblings() -> None:
    assert outline(edited(Move(code="A.2", parent="A", position=0)))[:3] == ["A", "  A.2", "  A.1"]


def test_merging_joins_texts_in_the_order_of_the_source_and_keeps_the_children() -> None:
    for edit in (Merge(code="A.2", into="A.1"), Merge(code="A.1", into="A.2")):
        merged = by_code(edited(edit), edit.into)
        assert merged.text == "Text of A.1. Text of A.2."
        assert merged.lines == (3, 5)
    assert outline(edited(Merge(code="B", into="A"))) == ["A", "  A.1", "  A.2", "  B.1"]


def test_splitting_makes_a_sibling_with_a_code_of_its_own() -> None:
    split = edited(Split(code="B.1", at=11))
    assert outline(split) == ["A", "  A.1", "  A.2", "B", "  B.1", "  B.2"]
    assert [by_code(split, code).text for code in ("B.1", "B.2")] == ["First half.", "Second half."]
    assert by_code(split, "B.2").lines == (8, 9)


def test_dropping_lists_the_lines_as_left_out_and_moves_the_children_up() -> None:
    dropped = edited(Drop(code="A"))
    assert outline(dropped) == ["A.1", "A.2", "B", "  B.1"]
    assert LeftOut(lines=(2, 2), reason=DROPPED) in dropped.left_out


def test_dropping_with_its_children_lists_all_their_lines() -> None:
    dropped = edited(Drop(code="A", children="drop"))
    assert outline(dropped) == ["B", "  B.1"]
    assert [left.lines for left in dropped.left_out] == [(1, 1), (2, 2), (3, 4), (5, 5)]


def test_dropping_half_of_a_split_leaves_its_lines_with_the_other_half() -> None:
    split = edited(Split(code="B.1", at=11))
    assert edited(Drop(code="B.2"), split).left_out == READING.left_out


def test_adding_gives_the_next_free_code() -> None:
    added = edited(Add(parent="A", position=1, level="Outcome", text="New."))
    assert outline(added)[:4] == ["A", "  A.1", "  A.3", "  A.2"]
    assert by_code(added, "A.3").lines is None


def test_the_title_and_the_period() -> None:
    named = edited(Retitle(title="Our plan", period=(2024, 2027)))
    assert (named.title, named.period) == ("Our plan", (2024, 2027))


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (Accept(code="Z"), "edit.unknown-code"),
        (Rename(code="A", text="   "), "edit.empty"),
        (Recode(code="A", new_code="B"), "edit.code-taken"),
        (Recode(code="A", new_code="two words"), "edit.bad-code"),
        (Move(code="A", parent="A.1"), "edit.circle"),
        (Move(code="A", parent="A"), "edit.circle"),
        (Move(code="A", parent="Z"), "edit.unknown-code"),
        (Merge(code="A", into="A"), "edit.same-element"),
        (Merge(code="A", into="A.1"), "edit.circle"),
        (Split(code="A", at=500), "edit.split-place"),
        (Add(parent="Z", level="goal", text="x"), "edit.unknown-code"),
        (Add(level="goal", text="x", code="A"), "edit.code-taken"),
        (Retitle(title="x", period=(2027, 2024)), "edit.period"),
    ],
)
def test_what_cannot_be_is_refused_and_says_what_to_do(edit: Edit, code: str) -> None:
    assert refusal(edit) == code


def test_an_edit_is_read_from_a_form_and_says_what_is_missing() -> None:
    assert read_edit({"do": "move", "code": "A", "parent": None}).unwrap() == Move(code="A")
    assert read_edit({"do": "explode", "code": "A"}).problems[0].code == "edit.invalid"
    assert read_edit({"do": "rename", "code": "A"}).problems[0].where == "text"


CODES = st.sampled_from([found.code for found in READING.elements])
EDITS: st.SearchStrategy[Edit] = st.one_of(
    st.builds(Accept, code=CODES),
    st.builds(Rename, code=CODES, text=st.text("ab ", min_size=1)),
    st.builds(Relevel, code=CODES, level=st.text("ab", min_size=1, max_size=9)),
    st.builds(Recode, code=CODES, new_code=st.text("XY./ ", min_size=1, max_size=5)),
    st.builds(Move, code=CODES, parent=CODES | st.none(), position=st.integers(0, 5) | st.none()),
    st.builds(Merge, code=CODES, into=CODES),
    st.builds(Split, code=CODES, at=st.integers(1, 30)),
    st.builds(Drop, code=CODES, children=st.sampled_from(["move_up", "drop"])),
    st.builds(
        Add, parent=CODES | st.none(), level=st.just("goal"), text=st.just("New"), code=st.none()
    ),
)


def lines_of(reading: Reading) -> set[int]:
    ranges = [found.lines for found in reading.elements if found.lines]
    ranges += [found.lines for found in reading.left_out]
    return {line for first, last in ranges for line in range(first, last + 1)}


@settings(max_examples=150, deadline=None)
@given(st.lists(EDITS, max_size=12))
def test_whatever_is_done_no_line_vanishes_and_the_plan_holds_together(edits: list[Edit]) -> None:
    reading = READING
    for edit in edits:
        reading = apply_edit(reading, edit).value or reading
    assert lines_of(reading) >= lines_of(READING)
    plan = Plan(key="p", title="P", elements=reading.elements)
    problems = {problem.code for problem in check_plan(plan)}
    assert problems <= {"plan.empty"}
    assert len(list(plan.walk())) == len(plan.elements)


def test_lines_that_an_added_element_is_made_of_are_left_out_no_longer() -> None:
    reading = Reading(
        title="Plan",
        elements=(Element(code="1", level="goal", text="Welcome", lines=(1, 1)),),
        left_out=(LeftOut(lines=(2, 9), reason="aside"), LeftOut(lines=(12, 12), reason="aside")),
    )
    added = apply_edit(reading, Add(parent="1", level="outcome", text="Belong", lines=(4, 5)))
    after = added.unwrap()
    assert after.elements[-1].lines == (4, 5)
    assert [one.lines for one in after.left_out] == [(2, 3), (6, 9), (12, 12)]


def test_an_added_element_cannot_be_made_of_lines_that_are_none() -> None:
    reading = Reading(title="Plan")
    for lines in ((0, 1), (3, 2)):
        refused = apply_edit(reading, Add(level="goal", text="Welcome", lines=lines))
        assert [one.code for one in refused.problems] == ["edit.lines"]
