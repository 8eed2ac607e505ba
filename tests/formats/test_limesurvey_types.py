"""Every question type of LimeSurvey becomes the item it should, from either layout."""

from pathlib import Path
from typing import Any

import pytest

from assessor.domain.checks.instrument import check_instrument
from assessor.domain.translations import completeness
from assessor.formats.limesurvey_questions import TYPES
from tests.formats.limesurvey_surveys import Q, imported, instrument, item, lost

ROWS = [("SQ1", "First row"), ("SQ2", "Second row")]
ANSWERS = [("A1", "One"), ("A2", "Two")]
NUMBERS = [("1", "Bad"), ("2", "Fair"), ("3", "Good")]
COLUMNS = [("C1", "First column", "1"), ("C2", "Second column", "1")]
SECOND = [("B1", "Often", "1"), ("B2", "Never", "1")]

EXAMPLES: dict[str, tuple[Q, list[str]]] = {
    "1": (Q("Q", "1", ROWS, [*ANSWERS, *SECOND]), ["choice_matrix", "choice_matrix"]),
    "5": (Q("Q", "5"), ["rating"]),
    "A": (Q("Q", "A", ROWS), ["rating_matrix"]),
    "B": (Q("Q", "B", ROWS), ["rating_matrix"]),
    "C": (Q("Q", "C", ROWS), ["choice_matrix"]),
    "D": (Q("Q", "D"), ["date"]),
    "E": (Q("Q", "E", ROWS), ["choice_matrix"]),
    "F": (Q("Q", "F", ROWS, ANSWERS), ["choice_matrix"]),
    "G": (Q("Q", "G"), ["single_choice"]),
    "H": (Q("Q", "H", ROWS, ANSWERS), ["choice_matrix"]),
    "I": (Q("Q", "I"), ["text_block"]),
    "K": (Q("Q", "K", ROWS), ["entry_grid"]),
    "L": (Q("Q", "L", (), ANSWERS), ["single_choice"]),
    "M": (Q("Q", "M", ROWS), ["multiple_choice"]),
    "N": (Q("Q", "N"), ["number"]),
    "O": (Q("Q", "O", (), ANSWERS), ["single_choice", "long_text"]),
    "P": (Q("Q", "P", ROWS), ["multiple_choice", "short_text", "short_text"]),
    "Q": (Q("Q", "Q", ROWS), ["entry_grid"]),
    "R": (Q("Q", "R", (), ANSWERS), ["ranking"]),
    "S": (Q("Q", "S"), ["short_text"]),
    "T": (Q("Q", "T"), ["long_text"]),
    "U": (Q("Q", "U"), ["long_text"]),
    "X": (Q("Q", "X"), ["text_block"]),
    "Y": (Q("Q", "Y"), ["yes_no"]),
    "!": (Q("Q", "!", (), ANSWERS), ["dropdown"]),
    ":": (Q("Q", ":", [*ROWS, *COLUMNS]), ["entry_grid"]),
    ";": (Q("Q", ";", [*ROWS, *COLUMNS]), ["entry_grid"]),
    "|": (Q("Q", "|"), ["file"]),
    "*": (Q("Q", "*", text="{1 + 1}"), ["calculated"]),
    "W": (Q("Q", "W", (), ANSWERS), ["dropdown"]),
    "Z": (Q("Q", "Z", (), ANSWERS), ["single_choice"]),
}


def test_there_is_an_example_of_every_type() -> None:
    assert set(EXAMPLES) == set(TYPES)


@pytest.mark.parametrize("letter", TYPES)
def test_the_documentation_names_every_type(letter: str, project_root: Path) -> None:
    page = (project_root / "docs" / "importing-limesurvey.md").read_text()

    known = TYPES[letter]
    assert f"| `{letter}` | {known.name} | {known.becomes} |" in page


@pytest.mark.parametrize("layout", ["old", "new"])
@pytest.mark.parametrize("letter", EXAMPLES)
def test_each_type_becomes_its_kinds_and_nothing_is_missing(letter: str, layout: str) -> None:
    question, kinds = EXAMPLES[letter]
    found = imported(question, Q("Last", "S"), layout=layout, languages=("en", "de", "fr-CA"))

    assert found.instrument is not None
    assert [one.kind for one in found.instrument.items()] == [*kinds, "short_text"]
    assert all(a == b for a, b in found.report.counts.values()), found.report.counts
    assert found.report.counts["languages"] == (3, 3)
    assert not [p for p in check_instrument(found.instrument) if p.severity == "error"]


@pytest.mark.parametrize("letter", EXAMPLES)
def test_both_layouts_mean_the_same(letter: str) -> None:
    question, _kinds = EXAMPLES[letter]

    old = instrument(question, layout="old", languages=("en", "de"))
    new = instrument(question, layout="new", languages=("en", "de"))

    assert old == new


@pytest.mark.parametrize("letter", sorted(set(EXAMPLES) - set("*5BAD")))
def test_every_text_arrives_in_the_second_language(letter: str) -> None:
    question, _kinds = EXAMPLES[letter]
    whole = instrument(question, languages=("en", "de"))

    said = whole.translations["de"]
    assert said["q.text"].endswith("What do you think?")
    missing = set(completeness(whole, "de").missing)
    # LimeSurvey's own headings of a dual scale have no text in the file.
    assert not missing - {"q.hint", "q_1.hint"}


def dumped(found: Any) -> dict[str, Any]:  # whichever kind of item it is
    content: dict[str, Any] = found.model_dump(exclude_defaults=True)
    return content


def test_rows_are_called_after_question_and_row() -> None:
    matrix = dumped(item(Q("Q1", "C", ROWS)))

    assert [row["key"] for row in matrix["rows"]] == ["q1_sq1", "q1_sq2"]
    assert [option["code"] for option in matrix["options"]] == ["Y", "N", "U"]


def test_the_own_words_of_limesurvey_come_in_known_languages() -> None:
    whole = instrument(Q("Q1", "E", ROWS), languages=("de", "en"))

    matrix = dumped(next(whole.items()))
    assert [option["label"] for option in matrix["options"]] == ["Zunahme", "Gleich", "Abnahme"]
    assert whole.translations["en"]["q1.option.I"] == "Increase"


def test_answers_that_are_numbers_in_order_are_a_scale() -> None:
    whole = instrument(Q("Q1", "F", ROWS, NUMBERS))

    matrix = dumped(next(whole.items()))
    scale = whole.scale(matrix["scale"])
    assert matrix["kind"] == "rating_matrix"
    assert scale is not None
    assert (scale.values, scale.worst, scale.best) == ((1, 2, 3), 1, 3)
    assert scale.label(3) == "Good"


def test_a_falling_scale_is_turned_and_said_so() -> None:
    found = imported(Q("Q1", "F", ROWS, [("3", "Good"), ("2", "Fair"), ("1", "Bad")]))

    assert found.instrument is not None
    assert found.instrument.scales[0].values == (1, 2, 3)
    assert any("lowest to the highest" in loss.message for loss in found.report.of("changed"))


def test_assessment_values_in_order_are_a_scale_too() -> None:
    answers = [("A1", "Bad", "0", "0"), ("A2", "Fair", "0", "5"), ("A3", "Good", "0", "10")]
    whole = instrument(Q("Q1", "F", ROWS, answers))

    assert whole.scales[0].values == (0, 5, 10)


@pytest.mark.parametrize(
    "answers",
    [
        [("1", "a"), ("3", "b"), ("2", "c")],
        [("1", "a"), ("2", "b"), ("x", "c")],
        [("01", "a"), ("02", "b"), ("03", "c")],
    ],
)
def test_other_answers_keep_their_codes(answers: list[tuple[str, ...]]) -> None:
    matrix = dumped(item(Q("Q1", "F", ROWS, answers)))

    assert matrix["kind"] == "choice_matrix"
    assert [option["code"] for option in matrix["options"]] == [code for code, _text in answers]


def test_a_last_answer_that_says_not_applicable_is_that() -> None:
    matrix = dumped(item(Q("Q1", "F", ROWS, [*NUMBERS, ("NA", "Does not concern me")])))

    assert matrix["kind"] == "rating_matrix"
    assert matrix["na"] == "Does not concern me"


def test_two_scales_of_numbers_are_one_matrix() -> None:
    second = [("1", "Never", "1"), ("2", "Often", "1")]
    attributes = {"dualscale_headerA": "Quality", "dualscale_headerB": "Use"}
    matrix = dumped(item(Q("Q1", "1", ROWS, [*NUMBERS, *second], attributes=attributes)))

    assert matrix["kind"] == "rating_matrix"
    assert [use["label"] for use in matrix["scales"]] == ["Quality", "Use"]


def test_codes_are_mended_and_said_so() -> None:
    found = imported(Q("Q1", "L", (), [("-1", "Minus"), ("other", "Else"), ("NA", "None")]))

    assert found.instrument is not None
    choice = dumped(next(found.instrument.items()))
    codes = [option["code"] for option in choice["options"]]
    assert codes == ["minus1", "other_option", "NA_option"]
    said = [loss.original for loss in found.report.of("changed") if loss.about == "answer code"]
    assert said == ["-1", "other", "NA"]


def test_other_has_its_own_words() -> None:
    attributes = {"other_replace_text": "Something else"}
    choice = dumped(item(Q("Q1", "L", (), ANSWERS, other="Y", attributes=attributes)))

    assert choice["other"] == "Something else"


def test_several_choices_keep_limits_and_what_stands_alone() -> None:
    attributes = {"min_answers": "1", "max_answers": "2", "exclude_all_others": "SQ2"}
    choice = dumped(item(Q("Q1", "M", ROWS, attributes=attributes)))

    assert choice["exclusive"] == ("SQ2",)
    assert (choice["min_choices"], choice["max_choices"]) == (1, 2)


def test_a_limit_that_is_worked_out_is_lost() -> None:
    found = imported(Q("N1", "N"), Q("Q1", "M", ROWS, attributes={"max_answers": "N1"}))

    assert lost(found, "max_answers") == ["N1"]


def test_comments_follow_what_was_chosen() -> None:
    whole = instrument(Q("Q1", "P", ROWS, other="Y"))

    comments = list(whole.items())[1:]
    assert [one.key for one in comments] == ["q1_sq1comment", "q1_sq2comment", "q1_othercomment"]
    assert comments[0].relevant == "selected(${q1}, 'SQ1')"
    assert comments[2].relevant == "selected(${q1}, 'other')"


def test_numbers_have_limits_and_a_unit() -> None:
    attributes = {
        "min_num_value_n": "0",
        "max_num_value_n": "10.5",
        "num_value_int_only": "1",
        "suffix": "hours",
    }
    number = dumped(item(Q("Q1", "N", attributes=attributes)))

    assert number == {
        "kind": "number",
        "key": "q1",
        "text": "What do you think?",
        "minimum": 0,
        "maximum": 10.5,
        "unit": "hours",
    }


def test_a_sum_that_must_be_reached_is_shared_out() -> None:
    shared = dumped(item(Q("Q1", "K", ROWS, attributes={"equals_num_value": "100"})))

    assert shared["kind"] == "constant_sum"
    assert item(Q("Q1", "K", ROWS, attributes={"equals_num_value": "N1"})).kind == "entry_grid"


def test_boxes_in_an_array_are_choices_in_rows() -> None:
    boxes = Q("Q1", ":", [*ROWS, *COLUMNS], attributes={"multiflexible_checkbox": "1"})
    matrix = dumped(item(boxes))

    assert matrix["kind"] == "choice_matrix"
    assert matrix["multiple"]
    assert [option["code"] for option in matrix["options"]] == ["C1", "C2"]


@pytest.mark.parametrize(
    ("form", "kind"),
    [("", "date"), ("dd.mm.yyyy", "date"), ("HH:MM", "time"), ("yyyy-mm-dd HH:MM", "date")],
)
def test_a_date_without_days_is_a_time(form: str, kind: str) -> None:
    assert item(Q("Q1", "D", attributes={"date_format": form})).kind == kind


def test_limits_of_days() -> None:
    attributes = {"date_min": "2020-01-01", "date_max": "now"}
    day = dumped(item(Q("Q1", "D", attributes=attributes)))

    assert day["earliest"] == "2020-01-01"
    assert day["constraint"] == ". <= today()"


def test_files_have_sorts_and_sizes() -> None:
    attributes = {"allowed_filetypes": "png, odt", "max_filesize": "2048", "max_num_of_files": "3"}
    upload = dumped(item(Q("Q1", "|", attributes=attributes)))

    assert upload["types"] == ("image", "document")
    assert (upload["max_megabytes"], upload["max_files"]) == (2, 3)


def test_what_is_mandatory_is_required_and_softly_so_is_not() -> None:
    assert item(Q("Q1", "S", mandatory="Y")).required
    found = imported(Q("Q1", "S", mandatory="S"))
    assert found.instrument is not None
    assert not next(found.instrument.items()).required
    assert "mandatory" in {loss.about for loss in found.report.of("changed")}


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        (Q("Q1", "L"), "text_block"),
        (Q("Q1", "L", other="Y"), "short_text"),
        (Q("Q1", "M"), "text_block"),
        (Q("Q1", "R", (), [("A1", "One")]), "single_choice"),
        (Q("Q1", "F", (), ANSWERS), "single_choice"),
        (Q("Q1", "F", ROWS), "entry_grid"),
        (Q("Q1", "F"), "text_block"),
        (Q("Q1", "A"), "text_block"),
        (Q("Q1", "1", ROWS, ANSWERS), "choice_matrix"),
        (Q("Q1", ";", ROWS), "entry_grid"),
        (Q("Q1", ";", COLUMNS), "entry_grid"),
        (Q("Q1", "Q"), "text_block"),
        (Q("Q1", "$", ROWS, ANSWERS), "choice_matrix"),
        (Q("Q1", "$", ROWS), "entry_grid"),
        (Q("Q1", "$", (), ANSWERS), "single_choice"),
        (Q("Q1", "$"), "short_text"),
    ],
)
def test_unfinished_and_unknown_questions_are_kept_by_what_they_consist_of(
    question: Q, kind: str
) -> None:
    found = imported(question)

    assert found.instrument is not None
    assert [one.kind for one in found.instrument.items()] == [kind]
    assert all(a == b for a, b in found.report.counts.values())
    assert "question type" in {loss.about for loss in found.report.of("changed")}


def test_a_dual_array_without_rows_is_two_choices() -> None:
    found = imported(Q("Q1", "1", (), [*ANSWERS, *SECOND]))

    assert found.instrument is not None
    assert [one.kind for one in found.instrument.items()] == ["single_choice", "single_choice"]
    assert found.report.counts["options"] == (4, 4)


def test_sub_questions_are_ranked_where_there_are_no_answers() -> None:
    found = imported(Q("Q1", "R", ROWS))

    assert found.instrument is not None
    assert [one.kind for one in found.instrument.items()] == ["ranking"]
    assert found.report.counts["subquestions"] == (2, 2)


def test_codes_become_keys_that_are_unique_in_any_case() -> None:
    whole = instrument(Q("Age", "N"), Q("age", "N"), Q("1st", "N"), Q("Group", "S"))

    assert [one.key for one in whole.items()] == ["age", "age_2", "question_1st", "group_2"]


def test_labels_that_are_the_same_are_told_apart() -> None:
    scale = [("1", "Fine"), ("2", "Fine"), ("3", "Good")]
    whole = instrument(
        Q("Q1", "L", (), [("A1", "Same"), ("A2", "same"), ("A3", "Else")]),
        Q("Q2", "F", ROWS, scale),
    )

    choice = dumped(next(whole.items()))
    assert [one["label"] for one in choice["options"]] == ["Same (A1)", "same (A2)", "Else"]
    assert [point.label for point in whole.scales[0].points] == ["Fine (1)", "Fine (2)", "Good"]
    assert not [p for p in check_instrument(whole) if p.severity == "error"]
