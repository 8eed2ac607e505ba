"""Conditions, skips, branches, ends, random parts and carried answers of Qualtrics."""

from datetime import date
from typing import Any

import pytest

from assessor.domain.instrument import Instrument
from assessor.domain.route import Person, follow
from tests.formats.qualtrics_documents import (
    AGREEMENT,
    PLAIN,
    ROWS,
    asked,
    choices,
    expression,
    imported,
    question,
    single,
    survey,
    the_item,
    when,
)

Q1, Q2 = "q://QID1/SelectableChoice/1", "q://QID2/SelectableChoice/2"


CONDITIONS = [
    (when(expression(Q1)), "${q1} = '1'"),
    (when(expression(Q1, "NotSelected")), "not(${q1} = '1')"),
    (
        when(
            expression(Q1),
            expression(Q2, Conjuction="And"),
            expression(Q2, "NotSelected", Conjuction="Or"),
        ),
        "${q1} = '1' and selected(${q2}, '2') or not(selected(${q2}, '2'))",
    ),
    (
        {
            "0": {"0": expression(Q1), "1": expression(Q2, Conjuction="Or"), "Type": "If"},
            "1": {"0": expression("q://QID3/ChoiceTextEntryValue", "NotEmpty"), "Type": "AndIf"},
            "Type": "BooleanExpression",
        },
        "(${q1} = '1' or selected(${q2}, '2')) and ${q3} != ''",
    ),
    (
        when(expression("q://QID2/SelectedChoicesCount", "GreaterThan", "1")),
        "count-selected(${q2}) > 1",
    ),
    (
        when(expression("q://QID3/ChoiceTextEntryValue", "Contains", "it's")),
        'contains(${q3}, "it\'s")',
    ),
    (
        when(expression("q://QID3/ChoiceTextEntryValue", "MatchesRegex", "/^a+$/")),
        "regex(${q3}, '^a+$')",
    ),
    (when(expression("q://QID4/SelectableChoice/1/2")), "${q4_1} = 2"),
    (when(expression("source", "EqualTo", "web")), "${source} = 'web'"),
]


@pytest.mark.parametrize(("logic", "wanted"), CONDITIONS)
def test_display_logic_is_relevance(logic: dict[str, Any], wanted: str) -> None:
    rating = question(
        "QID4", "Matrix", "Likert", SubSelector="SingleAnswer", Choices=ROWS, Answers=AGREEMENT
    )
    several = question("QID2", "MC", "MAVR", Choices=PLAIN)
    last = single("QID5", DisplayLogic=logic)
    instrument, _ = imported(
        survey(single("QID1"), several, question("QID3", "TE", "SL"), rating, last)
    )
    item = the_item(instrument, "q5")
    assert item is not None
    assert item.relevant == wanted


def test_an_unknown_part_of_a_condition_shows_too_much_and_never_too_little() -> None:
    device = {
        "LogicType": "DeviceType",
        "LeftOperand": "mobile",
        "Operator": "Is",
        "Type": "Expression",
    }
    both = single("QID2", DisplayLogic=when(expression(Q1), {**device, "Conjuction": "And"}))
    either = single("QID3", DisplayLogic=when(expression(Q1), {**device, "Conjuction": "Or"}))
    instrument, found = imported(survey(single("QID1"), both, either))
    assert [i.relevant for i in instrument.items()] == ["", "${q1} = '1'", ""]
    assert len(found.report.of("lost")) == 2


def test_choices_and_rows_have_display_logic_too() -> None:
    shown = {"DisplayLogic": when(expression(Q1))}
    second = question("QID2", "MC", "SAVR", Choices=choices("a", "b", c2=shown))
    third = question("QID3", "Matrix", "Likert", Choices=choices("a", "b", c1=shown), Answers=PLAIN)
    instrument, _ = imported(survey(single("QID1"), second, third))
    assert the_item(instrument, "q2").options[1].relevant == "${q1} = '1'"
    assert the_item(instrument, "q3").rows[0].relevant == "${q1} = '1'"


def skipping(destination: str) -> Instrument:
    rule = {"ChoiceLocator": Q1, "Condition": "Selected", "SkipToDestination": destination}
    first = {"Type": "Question", "QuestionID": "QID1", "SkipLogic": [rule]}
    asked_ones = [single(f"QID{n}") for n in (1, 2, 3, 4)]
    instrument, _ = imported(
        survey(*asked_ones, blocks={"BL_1": [first, "QID2", "QID3"], "BL_2": ["QID4"]})
    )
    return instrument


@pytest.mark.parametrize(
    ("destination", "left"),
    [("QID3", {"q1", "q3", "q4"}), ("ENDOFBLOCK", {"q1", "q4"}), ("ENDOFSURVEY", {"q1"})],
)
def test_skip_logic_leaves_out_what_is_skipped(destination: str, left: set[str]) -> None:
    instrument = skipping(destination)
    assert asked(instrument, q1="1") == left
    assert asked(instrument, q1="2") == {"q1", "q2", "q3", "q4"}


def branching(*inner: dict[str, Any]) -> list[dict[str, Any]]:
    branch = {"Type": "Branch", "BranchLogic": when(expression(Q1)), "Flow": list(inner)}
    return [{"Type": "Block", "ID": "BL_1"}, branch, {"Type": "Block", "ID": "BL_3"}]


BLOCKS: dict[str, list[Any]] = {"BL_1": ["QID1"], "BL_2": ["QID2"], "BL_3": ["QID3"]}


THREE = [single("QID1"), single("QID2"), single("QID3")]


def test_a_branch_asks_its_blocks_where_it_holds() -> None:
    flow = branching({"Type": "Block", "ID": "BL_2"})
    instrument, _ = imported(survey(*THREE, blocks=BLOCKS, flow=flow))
    assert asked(instrument, q1="1") == {"q1", "q2", "q3"}
    assert asked(instrument, q1="2") == {"q1", "q3"}


def test_an_early_end_right_after_its_question_is_an_ending() -> None:
    instrument, found = imported(
        survey(*THREE, blocks=BLOCKS, flow=branching({"Type": "EndSurvey"}))
    )
    assert [one.when for one in instrument.endings] == ["${q1} = '1'"]
    assert any("not kept" in loss.message for loss in found.report.of("changed"))


def test_an_early_end_after_more_questions_asks_nothing_that_follows() -> None:
    flow = branching({"Type": "Block", "ID": "BL_2"}, {"Type": "EndSurvey"})
    instrument, _ = imported(survey(*THREE, blocks=BLOCKS, flow=flow))
    assert not instrument.endings
    assert asked(instrument, q1="1") == {"q1", "q2"}


def test_blocks_in_random_order_are_pages_that_change_places() -> None:
    inner = [{"Type": "Block", "ID": name} for name in BLOCKS]
    flow = [{"Type": "BlockRandomizer", "FlowID": "FL_2", "SubSet": 3, "Flow": inner}]
    instrument, _ = imported(survey(*THREE, blocks=BLOCKS, flow=flow))
    assert len({page.shuffle for page in instrument.pages}) == 1
    assert instrument.pages[0].shuffle


def test_some_of_several_blocks_are_drawn_for_each_person() -> None:
    inner = [{"Type": "Block", "ID": name} for name in BLOCKS]
    flow = [{"Type": "BlockRandomizer", "FlowID": "FL_2", "SubSet": 1, "Flow": inner}]
    instrument, _ = imported(survey(*THREE, blocks=BLOCKS, flow=flow))
    ways = set()
    for seed in range(40):
        route = follow(instrument, {}, Person(on=date(2026, 1, 1), seed=seed))
        ways.add(frozenset(route.asked) & {"q1", "q2", "q3"})
    assert ways == {frozenset({"q1"}), frozenset({"q2"}), frozenset({"q3"})}


def test_embedded_data_comes_with_the_link_or_is_worked_out() -> None:
    data = [
        {"Field": "source", "Type": "Recipient"},
        {"Field": "arm", "Type": "Custom", "Value": "A"},
        {"Field": "Q_R", "Type": "Recipient"},
    ]
    setting = {
        "Type": "EmbeddedData",
        "EmbeddedData": [{"Field": "kind", "Type": "Custom", "Value": "user"}],
    }
    flow = [{"Type": "EmbeddedData", "EmbeddedData": data}, *branching(setting)]
    second = single("QID3", DisplayLogic=when(expression("source", "EqualTo", "web")))
    instrument, _ = imported(
        survey(single("QID1"), single("QID2"), second, blocks=BLOCKS, flow=flow)
    )
    source, arm, kind = (instrument.item(key) for key in ("source", "arm", "kind"))
    assert source
    assert source.kind == "hidden"
    assert (source.parameter, source.values) == ("source", ("web",))
    assert arm
    assert arm.kind == "hidden"
    assert arm.default == "A"
    assert kind
    assert kind.kind == "calculated"
    assert kind.calculation == "if(${q1} = '1', 'user', '')"


def test_a_quota_leads_to_an_ending() -> None:
    quota = {
        "Name": "Students",
        "Occurrences": 50,
        "Logic": when(expression(Q1)),
        "QuotaAction": "EndCurrentSurvey",
    }
    instrument, _ = imported(
        survey(*THREE, blocks=BLOCKS, elements=[{"Element": "QO", "Payload": quota}])
    )
    assert [(q.when, q.limit) for q in instrument.quotas] == [("${q1} = '1'", 50)]
    assert instrument.ending(instrument.quotas[0].ending)


def test_texts_take_in_earlier_answers() -> None:
    piped = "You said ${q://QID1/ChoiceGroup/SelectedChoices} and ${m://FirstName}."
    last = single("QID2", QuestionText=piped)
    instrument, found = imported(survey(single("QID1"), last))
    assert [i.text for i in instrument.items()][1] == "You said ${q1} and ."
    assert any("${m://FirstName}" in loss.original for loss in found.report.of("lost"))


def test_choices_carried_forward_are_shown_as_they_were_chosen() -> None:
    dynamic = {"Locator": "q://QID1/ChoiceGroup/SelectedChoices", "Type": "Dynamic"}
    second = question("QID2", "MC", "SAVR", Choices={}, DynamicChoices=dynamic)
    instrument, _ = imported(survey(question("QID1", "MC", "MAVR", Choices=PLAIN), second))
    item = the_item(instrument, "q2")
    assert item is not None
    assert item.kind == "single_choice"
    assert [o.relevant for o in item.options] == ["selected(${q1}, '1')", "selected(${q1}, '2')"]


def test_the_trash_is_reported_and_what_the_flow_forgets_is_never_asked() -> None:
    blocks = {"BL_1": ["QID1"], "BL_2": ["QID2"]}
    instrument, found = imported(
        survey(
            single("QID1"), single("QID2"), blocks=blocks, flow=[{"Type": "Block", "ID": "BL_1"}]
        )
    )
    # What it depends on here is a hidden item that no link sets.
    assert asked(instrument) - {"never_asked"} == {"q1"}
    assert the_item(instrument, "q2")
    assert found.report.counts["questions"] == (2, 2)


def test_an_export_tag_that_means_something_else_is_renamed_and_said() -> None:
    instrument, found = imported(survey(single("QID1", DataExportTag="Weight")))
    assert the_item(instrument).key == "weight_2"
    assert any(loss.about == "key" for loss in found.report.of("changed"))
