"""What a survey of Qualtrics becomes: each question type, each form of logic, every file."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.domain.checks.instrument import check_instrument
from assessor.domain.instrument import Instrument
from assessor.domain.route import Person, follow
from assessor.formats.foreign import LARGEST_IMPORT, Imported
from assessor.formats.qualtrics import read_qualtrics
from tests.formats.qualtrics_documents import choices, expression, question, single, survey, when


def imported(data: bytes) -> tuple[Instrument, Imported]:
    found = read_qualtrics(data, "survey.qsf")
    assert found.instrument is not None, found.problems
    assert not [p for p in check_instrument(found.instrument) if p.severity == "error"]
    return found.instrument, found


def asked(instrument: Instrument, **answers: Any) -> set[str]:
    return set(follow(instrument, answers, Person(on=date(2026, 1, 1))).asked)


ROWS = choices("The catalogue", "The desk")
AGREEMENT = choices("Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree")
PLAIN = choices("Steampunk", "Fractal")

TYPES: list[tuple[str, dict[str, Any], list[str]]] = [
    ("one of several", question("QID1", "MC", "SAVR", Choices=PLAIN), ["single_choice"]),
    ("side by side on a line", question("QID1", "MC", "SAHR", Choices=PLAIN), ["single_choice"]),
    ("a list", question("QID1", "MC", "DL", Choices=PLAIN), ["dropdown"]),
    ("a box to select in", question("QID1", "MC", "SB", Choices=PLAIN), ["single_choice"]),
    ("several", question("QID1", "MC", "MAVR", Choices=PLAIN), ["multiple_choice"]),
    ("several in a box", question("QID1", "MC", "MSB", Choices=PLAIN), ["multiple_choice"]),
    (
        "0 to 10",
        question("QID1", "MC", "NPS", Choices=choices(*map(str, range(11)))),
        ["likelihood"],
    ),
    (
        "a scale",
        question(
            "QID1", "Matrix", "Likert", SubSelector="SingleAnswer", Choices=ROWS, Answers=AGREEMENT
        ),
        ["rating_matrix"],
    ),
    (
        "no scale",
        question(
            "QID1", "Matrix", "Likert", SubSelector="SingleAnswer", Choices=ROWS, Answers=PLAIN
        ),
        ["choice_matrix"],
    ),
    (
        "several a row",
        question(
            "QID1",
            "Matrix",
            "Likert",
            SubSelector="MultipleAnswer",
            Choices=ROWS,
            Answers=AGREEMENT,
        ),
        ["choice_matrix"],
    ),
    (
        "opposites",
        question(
            "QID1",
            "Matrix",
            "Bipolar",
            Choices=choices("Cold:Warm", "Slow:Fast"),
            Answers=AGREEMENT,
        ),
        ["semantic_differential"],
    ),
    (
        "answers of its own a row",
        question(
            "QID1",
            "Matrix",
            "Profile",
            Choices=ROWS,
            Answers={"1": PLAIN, "2": choices("a", "b", "c")},
        ),
        ["text_block", "single_choice", "single_choice"],
    ),
    (
        "most and least",
        question(
            "QID1",
            "Matrix",
            "MaxDiff",
            Choices=choices("a", "b", "c"),
            Answers=choices("Most", "Least"),
        ),
        ["choice_matrix"],
    ),
    (
        "words in a grid",
        question("QID1", "Matrix", "TE", Choices=ROWS, Answers=PLAIN),
        ["entry_grid"],
    ),
    (
        "sums in a grid",
        question("QID1", "Matrix", "CS", Choices=ROWS, Answers=PLAIN),
        ["entry_grid"],
    ),
    (
        "ranks in a grid",
        question("QID1", "Matrix", "RO", Choices=ROWS, Answers=PLAIN),
        ["entry_grid"],
    ),
    ("a line", question("QID1", "TE", "SL"), ["short_text"]),
    ("lines", question("QID1", "TE", "ML"), ["long_text"]),
    ("an essay", question("QID1", "TE", "ESTB"), ["long_text"]),
    ("a password", question("QID1", "TE", "PW"), ["short_text"]),
    ("a form", question("QID1", "TE", "FORM", Choices=ROWS), ["entry_grid"]),
    ("bars", question("QID1", "Slider", "HBAR", Choices=ROWS), ["text_block", "slider", "slider"]),
    ("one bar", question("QID1", "Slider", "HSLIDER", Choices=choices("Use")), ["slider"]),
    ("stars", question("QID1", "Slider", "STAR", Choices=ROWS), ["rating_matrix"]),
    ("an order", question("QID1", "RO", "DND", Choices=PLAIN), ["ranking"]),
    (
        "a total",
        question(
            "QID1",
            "CS",
            "HR",
            Choices=PLAIN,
            Validation={"Settings": {"Type": "ChoicesTotal", "ChoiceTotal": "100"}},
        ),
        ["constant_sum"],
    ),
    ("no total", question("QID1", "CS", "VRTL", Choices=PLAIN), ["entry_grid"]),
    ("a file", question("QID1", "FileUpload", "FileUpload"), ["file"]),
    ("a signature", question("QID1", "Draw", "Signature"), ["file"]),
    (
        "lists that narrow down",
        question(
            "QID1", "DD", "DL", Answers=choices("Arts~History", "Arts~Music", "Science~Physics")
        ),
        ["dropdown", "dropdown"],
    ),
    (
        "things sorted into groups",
        question("QID1", "PGR", "DragAndDrop", Choices=ROWS, Groups=["Keep", "Drop"]),
        ["choice_matrix"],
    ),
    (
        "a picture to click on",
        question("QID1", "HotSpot", "OnOff", Choices=ROWS),
        ["multiple_choice"],
    ),
    ("a map of heat", question("QID1", "HeatMap", "Image"), ["text_block"]),
    ("a type nobody knows", question("QID1", "Hologram", "3D"), ["text_block"]),
    ("text", question("QID1", "DB", "TB"), ["text_block"]),
]


@pytest.mark.parametrize(
    ("raw", "kinds"), [row[1:] for row in TYPES], ids=[row[0] for row in TYPES]
)
def test_each_question_type_has_its_kind(raw: dict[str, Any], kinds: list[str]) -> None:
    instrument, found = imported(survey(raw, single("QID9")))
    assert [i.kind for i in instrument.items() if i.key != "q9"] == kinds
    assert all(in_file == ours for in_file, ours in found.report.counts.values())


@pytest.mark.parametrize("kind", ["Timing", "Meta", "Captcha"])
def test_what_asks_nobody_anything_is_reported(kind: str) -> None:
    instrument, found = imported(survey(question("QID1", kind, "X"), single("QID2")))
    assert [i.key for i in instrument.items()] == ["q2"]
    assert any(
        loss.item.startswith("Q1") and loss.outcome == "lost" for loss in found.report.losses
    )


def test_the_last_choice_with_a_line_is_other_and_any_else_a_text_of_its_own() -> None:
    labels = choices("Desk", "Room", "Else", c1={"TextEntry": "true"}, c3={"TextEntry": "true"})
    instrument, _ = imported(survey(question("QID1", "MC", "SAVR", Choices=labels)))
    choice, text = instrument.items()
    assert choice.other == "Else" and [o.code for o in choice.options] == ["1", "2"]  # type: ignore[union-attr]
    assert text.kind == "short_text" and text.relevant == "${q1} = '1'"


def test_codes_are_the_recoded_values() -> None:
    raw = single("QID1", "Yes", "No", "Never", RecodeValues={"1": "10", "2": "20", "3": "-1"})
    instrument, found = imported(survey(raw))
    item = next(instrument.items())
    assert [o.code for o in item.options] == ["10", "20", "minus1"]  # type: ignore[union-attr]
    assert found.report.of("changed")


def test_a_scale_knows_its_better_end_whichever_way_it_is_written() -> None:
    turned = choices("Strongly agree", "Agree", "Disagree", "Strongly disagree", "N/A")
    raw = question(
        "QID1", "Matrix", "Likert", SubSelector="SingleAnswer", Choices=ROWS, Answers=turned
    )
    instrument, _ = imported(survey(raw))
    scale = instrument.scales[0]
    assert (scale.worst, scale.best) == (4, 1)
    assert next(instrument.items()).na == "N/A"  # type: ignore[union-attr]


def test_side_by_side_is_matrices_and_nothing_of_it_is_missing() -> None:
    part = {"QuestionType": "Matrix", "Selector": "Likert", "SubSelector": "SingleAnswer"}
    columns = {
        "1": {**part, "QuestionText": "Importance", "Answers": AGREEMENT},
        "2": {**part, "QuestionText": "Kind", "Answers": PLAIN},
    }
    raw = question("QID1", "SBS", "SBSMatrix", Choices=ROWS, AdditionalQuestions=columns)
    instrument, found = imported(survey(raw))
    assert [i.text for i in instrument.items()] == [
        "Text of QID1 – Importance",
        "Text of QID1 – Kind",
    ]
    assert found.report.counts["subquestions"] == (4, 4)
    assert found.report.counts["options"] == (7, 7)


VALIDATIONS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"ForceResponse": "ON"}, {"required": True}),
    ({"ForceResponse": "RequestResponse"}, {"required": False}),
    ({"Type": "ContentType", "ContentType": "ValidEmail"}, {"kind": "email"}),
    ({"Type": "ContentType", "ContentType": "ValidDate"}, {"kind": "date"}),
    (
        {
            "Type": "ContentType",
            "ContentType": "ValidNumber",
            "ValidNumber": {"Min": "1", "Max": "9"},
        },
        {"kind": "number", "minimum": 1, "maximum": 9},
    ),
    ({"Type": "TotalChar", "TotalChars": "30"}, {"max_length": 30}),
    ({"Type": "MinChar", "MinChars": "5"}, {"constraint": "string-length(.) >= 5"}),
]


@pytest.mark.parametrize(("settings", "wanted"), VALIDATIONS)
def test_validation_arrives(settings: dict[str, Any], wanted: dict[str, Any]) -> None:
    raw = question("QID1", "TE", "SL", Validation={"Settings": settings})
    instrument, _ = imported(survey(raw))
    item = next(instrument.items())
    assert {name: getattr(item, name) for name in wanted} == wanted


def test_custom_validation_is_a_constraint() -> None:
    custom = {"Logic": when(expression("q://QID1/ChoiceTextEntryValue", "GreaterThan", "17"))}
    settings = {"Type": "CustomValidation", "CustomValidation": custom}
    raw = question("QID1", "TE", "SL", Validation={"Settings": settings})
    instrument, _ = imported(survey(raw))
    assert next(instrument.items()).constraint == ". > 17"


def test_choices_may_be_limited_stand_alone_and_be_shuffled() -> None:
    raw = question(
        "QID1",
        "MC",
        "MAVR",
        Choices=choices("a", "b", "None", c3={"ExclusiveAnswer": True}),
        Randomization={"Type": "All"},
        Validation={"Settings": {"Type": "ChoiceRange", "MinChoices": "1", "MaxChoices": "2"}},
    )
    instrument, _ = imported(survey(raw))
    item = next(instrument.items())
    assert item.kind == "multiple_choice"
    assert (item.exclusive, item.order, item.min_choices, item.max_choices) == (
        ("3",),
        "random",
        1,
        2,
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
    item = instrument.item("q5")
    assert item is not None and item.relevant == wanted


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
    assert instrument.item("q2").options[1].relevant == "${q1} = '1'"  # type: ignore[union-attr]
    assert instrument.item("q3").rows[0].relevant == "${q1} = '1'"  # type: ignore[union-attr]


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
    assert (
        source
        and source.kind == "hidden"
        and (source.parameter, source.values) == ("source", ("web",))
    )
    assert arm and arm.kind == "hidden" and arm.default == "A"
    assert kind and kind.kind == "calculated" and kind.calculation == "if(${q1} = '1', 'user', '')"


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
    item = instrument.item("q2")
    assert item is not None and item.kind == "single_choice"
    assert [o.relevant for o in item.options] == ["selected(${q1}, '1')", "selected(${q1}, '2')"]


def test_every_language_arrives() -> None:
    german = {
        "QuestionText": "Frage?",
        "Choices": {"1": {"Display": "Ja"}, "2": {"Display": "Nein"}},
    }
    instrument, found = imported(
        survey(single("QID1", Language={"DE": german, "ZH-S": {"QuestionText": "问"}}))
    )
    assert instrument.translations["de"] == {
        "q1.text": "Frage?",
        "q1.option.1": "Ja",
        "q1.option.2": "Nein",
    }
    assert instrument.languages == ("en", "de", "zh-Hans")
    assert found.report.counts["languages"] == (3, 3)


def test_the_trash_is_reported_and_what_the_flow_forgets_is_never_asked() -> None:
    blocks = {"BL_1": ["QID1"], "BL_2": ["QID2"]}
    instrument, found = imported(
        survey(
            single("QID1"), single("QID2"), blocks=blocks, flow=[{"Type": "Block", "ID": "BL_1"}]
        )
    )
    assert asked(instrument) == {"q1"} and instrument.item("q2")
    assert found.report.counts["questions"] == (2, 2)


def test_scripts_and_links_to_scripts_do_not_arrive() -> None:
    text = '<script>alert(1)</script><a href="javascript:alert(2)" onclick="x()">Read</a> this'
    instrument, found = imported(
        survey(question("QID1", "DB", "TB", QuestionText=text), single("QID2", text, "b"))
    )
    written = instrument.model_dump_json()
    assert "alert" not in written and "javascript" not in written
    assert "Read this" in written.replace("\\n", "")
    assert found.report.of("lost")


REFUSED = [
    (b"", "qualtrics.json"),
    (b"not json", "qualtrics.json"),
    (b"[1, 2]", "qualtrics.shape"),
    (b'{"SurveyEntry": {}}', "qualtrics.shape"),
    (b'{"SurveyElements": []}', "qualtrics.no-questions"),
    (b"\xff\x00\xfe", "qualtrics.encoding"),
    (b'{"a":' * 100_000, "qualtrics.nesting"),
    (b'{"a":' * 200 + b"1" + b"}" * 200, "qualtrics.nesting"),
    (b" " * (LARGEST_IMPORT + 1), "qualtrics.too-large"),
]


@pytest.mark.parametrize(("data", "code"), REFUSED, ids=[row[1] for row in REFUSED])
def test_what_is_no_survey_is_refused_in_words(data: bytes, code: str) -> None:
    found = read_qualtrics(data, "survey.qsf")
    assert found.instrument is None
    assert [p.code for p in found.problems] == [code]


def whole_document() -> Any:
    asked_ones = [{**row[1], "QuestionID": f"QID{n}"} for n, row in enumerate(TYPES, 1)]
    return json.loads(survey(*asked_ones))


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    inside = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for name, one in inside:
        found += places(one, (*path, name))
    return found


PLACES = places(whole_document())
JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.just([]), st.just({}),
    st.just({"1": {"Display": "x"}}), st.just("${q://QID1/ChoiceGroup/SelectedChoices}"), st.just("\ud800"),
)  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(PLACES), JUNK), min_size=1, max_size=5))
def test_no_content_whatever_raises(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    document = whole_document()
    for path, junk in changes:
        owner = document
        try:
            for step in path[:-1]:
                owner = owner[step]
            owner[path[-1]] = junk
        except (KeyError, IndexError, TypeError):
            continue
    found = read_qualtrics(json.dumps(document).encode(), "survey.qsf")
    if found.instrument is None:
        assert found.problems
    else:
        assert not [p for p in check_instrument(found.instrument) if p.severity == "error"]


@given(st.binary(max_size=200))
def test_no_bytes_whatever_raise(data: bytes) -> None:
    assert read_qualtrics(data, "survey.qsf").problems


def test_public_surveys_arrive_whole(shared_folder: Path) -> None:
    files = sorted((shared_folder / "formats" / "qsf").glob("*.qsf"))
    assert files
    for path in files:
        _, found = imported(path.read_bytes())
        assert all(in_file == ours for in_file, ours in found.report.counts.values()), path.name
