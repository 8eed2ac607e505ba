"""What a survey of Qualtrics becomes: each question type, each form of logic, every file."""

from pathlib import Path
from typing import Any

import pytest

from tests.formats.qualtrics_documents import (
    AGREEMENT,
    PLAIN,
    ROWS,
    choices,
    expression,
    imported,
    question,
    single,
    survey,
    the_item,
    when,
)

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
    choice = the_item(instrument, "q1")
    text = the_item(instrument, "q1_1_text")
    assert choice.other == "Else"
    assert [o.code for o in choice.options] == ["1", "2"]
    assert text.kind == "short_text"
    assert text.relevant == "${q1} = '1'"


def test_codes_are_the_recoded_values() -> None:
    raw = single("QID1", "Yes", "No", "Never", RecodeValues={"1": "10", "2": "20", "3": "-1"})
    instrument, found = imported(survey(raw))
    item = the_item(instrument)
    assert [o.code for o in item.options] == ["10", "20", "minus1"]
    assert found.report.of("changed")


def test_a_scale_knows_its_better_end_whichever_way_it_is_written() -> None:
    turned = choices("Strongly agree", "Agree", "Disagree", "Strongly disagree", "N/A")
    raw = question(
        "QID1", "Matrix", "Likert", SubSelector="SingleAnswer", Choices=ROWS, Answers=turned
    )
    instrument, _ = imported(survey(raw))
    scale = instrument.scales[0]
    assert (scale.worst, scale.best) == (4, 1)
    assert the_item(instrument).na == "N/A"


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
    item = the_item(instrument)
    assert {name: getattr(item, name) for name in wanted} == wanted


def test_custom_validation_is_a_constraint() -> None:
    custom = {"Logic": when(expression("q://QID1/ChoiceTextEntryValue", "GreaterThan", "17"))}
    settings = {"Type": "CustomValidation", "CustomValidation": custom}
    raw = question("QID1", "TE", "SL", Validation={"Settings": settings})
    instrument, _ = imported(survey(raw))
    assert the_item(instrument).constraint == ". > 17"


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
    item = the_item(instrument)
    assert item.kind == "multiple_choice"
    assert (item.exclusive, item.order, item.min_choices, item.max_choices) == (
        ("3",),
        "random",
        1,
        2,
    )


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


def test_scripts_and_links_to_scripts_do_not_arrive() -> None:
    text = '<script>alert(1)</script><a href="javascript:alert(2)" onclick="x()">Read</a> this'
    instrument, found = imported(
        survey(question("QID1", "DB", "TB", QuestionText=text), single("QID2", text, "b"))
    )
    written = instrument.model_dump_json()
    assert "alert" not in written
    assert "javascript" not in written
    assert "Read this" in written.replace("\\n", "")
    assert found.report.of("lost")


def test_public_surveys_arrive_whole(shared_folder: Path) -> None:
    files = sorted((shared_folder / "formats" / "qsf").glob("*.qsf"))
    assert files
    for path in files:
        _, found = imported(path.read_bytes())
        assert all(in_file == ours for in_file, ours in found.report.counts.values()), path.name


def test_pictures_of_choices_and_checks_of_form_fields_are_reported() -> None:
    pictured = choices("", "b", c1={"Image": {"ImageLocation": "IM_1"}})
    form = choices("Mail", c1={"TextEntryValidation": "ValidEmail"})
    instrument, found = imported(
        survey(
            question("QID1", "MC", "SAVR", Choices=pictured),
            question("QID2", "TE", "FORM", Choices=form),
        )
    )
    assert [one.label for one in the_item(instrument).options] == ["Choice 1", "b"]
    assert {"picture", "validation"} <= {loss.about for loss in found.report.of("lost")}
