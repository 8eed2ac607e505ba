"""What a data dictionary of REDCap becomes: each field type, form of logic, and the way back."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.domain.checks.instrument import check_instrument
from assessor.domain.instrument import Instrument
from assessor.formats.foreign import LARGEST_IMPORT, Imported
from assessor.formats.redcap import read_redcap, write_redcap
from assessor.formats.redcap_source import COLUMNS, HEADER
from tests.formats.redcap_documents import EVERY_KIND, dictionary, row


def imported(data: bytes) -> tuple[Instrument, Imported]:
    found = read_redcap(data, "survey.csv")
    assert found.instrument is not None, found.problems
    assert not [p for p in check_instrument(found.instrument) if p.severity == "error"]
    return found.instrument, found


TYPES: list[tuple[dict[str, str], dict[str, Any]]] = [
    (row("a", "text"), {"kind": "short_text"}),
    (row("a", "notes"), {"kind": "long_text"}),
    (row("a", "radio", choices="1, Yes | 2, No, never"), {"kind": "single_choice"}),
    (row("a", "dropdown", choices="1, Yes | 2, No"), {"kind": "dropdown"}),
    (row("a", "checkbox", choices="1, Yes | 2, No"), {"kind": "multiple_choice"}),
    (row("a", "yesno"), {"kind": "yes_no"}),
    (row("a", "truefalse"), {"kind": "yes_no", "yes_label": "True"}),
    (row("a", "calc", choices="1 + 2"), {"kind": "calculated", "calculation": "1 + 2"}),
    (row("a", "file"), {"kind": "file"}),
    (row("a", "file", validation="signature"), {"kind": "file"}),
    (
        row("a", "slider", choices="Low | Middle | High", minimum="1", maximum="9"),
        {"kind": "slider", "low_label": "Low", "high_label": "High", "minimum": 1, "maximum": 9},
    ),
    (row("a", "descriptive"), {"kind": "text_block"}),
    (row("a", "sql", choices="SELECT 1"), {"kind": "short_text"}),
    (row("a", "hologram"), {"kind": "short_text"}),
    (
        row("a", "text", validation="integer", minimum="0", maximum="9"),
        {"kind": "number", "whole": True},
    ),
    (
        row("a", "text", validation="number_2dp_comma_decimal", minimum="0,5"),
        {"minimum": 0.5, "whole": False},
    ),
    (
        row("a", "text", validation="date_mdy", minimum="2020-01-31"),
        {"kind": "date", "earliest": "2020-01-31"},
    ),
    (row("a", "text", validation="datetime_seconds_ymd"), {"kind": "short_text"}),
    (row("a", "text", validation="time", maximum="17:30"), {"kind": "time", "latest": "17:30"}),
    (row("a", "text", validation="email"), {"kind": "email"}),
    (
        row("a", "text", validation="zipcode"),
        {"kind": "short_text", "pattern": "[0-9]{5}(-[0-9]{4})?"},
    ),
    (row("a", "text", required="y", note="Please"), {"required": True, "hint": "Please"}),
    (
        row(
            "a",
            "checkbox",
            choices="1, A | 2, B | 9, None",
            annotation="@NONEOFTHEABOVE='9' @MAXCHECKED=2",
        ),
        {"exclusive": ("9",), "max_choices": 2},
    ),
    (row("a", "text", annotation="@HIDDEN @DEFAULT='web'"), {"kind": "hidden", "default": "web"}),
    (
        row("a", "checkbox", choices="1, I agree", required="y"),
        {"kind": "consent", "label": "I agree"},
    ),
    (row("a", "text", annotation="@CALCTEXT(if([z] = '1', 'x', 'y'))"), {"kind": "calculated"}),
]


@pytest.mark.parametrize(("field", "wanted"), TYPES)
def test_each_field_type_has_its_kind(field: dict[str, str], wanted: dict[str, Any]) -> None:
    instrument, found = imported(dictionary(row("z", "radio", choices="1, A | 2, B"), field))
    item = instrument.item("a")
    assert item is not None
    assert {name: getattr(item, name) for name in wanted} == wanted
    assert all(there == here for there, here in found.report.counts.values())


def test_the_first_field_numbers_records_and_is_not_asked() -> None:
    instrument, found = imported(dictionary(row("a", "text")))
    assert [item.key for item in instrument.items()] == ["a"]
    assert found.report.losses[0].about == "record id"


def test_forms_are_pages_and_sections_are_titles_or_text() -> None:
    instrument, _ = imported(
        dictionary(
            row("a", "text", section="About you"),
            row("b", "text", section="About us"),
            row("c", "text", form="second_form"),
        )
    )
    assert [page.title for page in instrument.pages] == ["About you", "Second form"]
    assert [item.kind for item in instrument.pages[0].items] == [
        "short_text",
        "text_block",
        "short_text",
    ]


def matrix(name: str, kind: str, choices: str, **more: str) -> dict[str, str]:
    return row(name, kind, choices=choices, matrix="grid", **more)


def test_matrix_groups_are_matrices() -> None:
    scale = "1, Strongly disagree | 2, Disagree | 3, Agree | 4, Strongly agree | 9, N/A"
    instrument, found = imported(
        dictionary(
            matrix("a", "radio", scale, section="How far do you agree?"),
            matrix("b", "radio", scale),
        )
    )
    (item,) = instrument.items()
    assert item.kind == "rating_matrix"
    assert item.text == "How far do you agree?"
    assert item.na == "N/A"
    assert [r.key for r in item.rows] == ["a", "b"]
    assert (instrument.scales[0].worst, instrument.scales[0].best) == (1, 4)
    assert found.report.counts["subquestions"] == (2, 2)


@pytest.mark.parametrize("kind", ["radio", "checkbox"])
def test_a_matrix_without_an_order_is_one_of_choices(kind: str) -> None:
    offered = "1, Steam | 2, Fractal"
    instrument, _ = imported(dictionary(matrix("a", kind, offered), matrix("b", kind, offered)))
    (item,) = instrument.items()
    assert item.kind == "choice_matrix"
    assert item.multiple == (kind == "checkbox")


LOGIC = [
    ("[one] = '1'", "${one} = '1'"),
    ("[one]='1' AND [several(2)] = '1'", "${one} = '1' and selected(${several}, '2')"),
    ("[several(2)] = '0'", "not(selected(${several}, '2'))"),
    ("[several(-9)] <> '1'", "not(selected(${several}, 'minus9'))"),
    ("([one] <> '2' or [number] > 3)", "(${one} != '2' or ${number} > 3)"),
    ("[yes] = '1'", "${yes} = 'yes'"),
    ("[yes] = ''", "${yes} = ''"),
    ('[number] >= "3"', "${number} >= 3"),
    ("'3' < [number]", "${number} > 3"),
    ("sum([number], [number]) / 2 > 1", "sum(${number}, ${number}) div 2 > 1"),
    ("round([number] ^ 2, 1) = 4", "round(pow(${number}, 2), 1) = 4"),
    ("if([yes] = '1', 1, 0) = 1", "if(${yes} = 'yes', 1, 0) = 1"),
    (
        "datediff([day], 'today', 'd') > 7",
        "abs(decimal-date-time(today()) - decimal-date-time(${day})) > 7",
    ),
    ("mean([number], 3) > 2", "sum(${number}, 3) div count-non-empty(${number}, 3) > 2"),
    ("not([one] = '1')", "not(${one} = '1')"),
    ('contains([words], "it\'s")', 'contains(${words}, "it\'s")'),
    ("isblankormissingcode([words])", "${words} = ''"),
]


@pytest.mark.parametrize(("theirs", "ours"), LOGIC)
def test_branching_logic_is_relevance(theirs: str, ours: str) -> None:
    fields = [
        row("one", "radio", choices="1, A | 2, B"),
        row("several", "checkbox", choices="1, A | 2, B | -9, C"),
        row("number", "text", validation="number"),
        row("yes", "yesno"),
        row("day", "text", validation="date_ymd"),
        row("words", "text"),
    ]
    instrument, _ = imported(dictionary(*fields, row("last", "text", branching=theirs)))
    item = instrument.item("last")
    assert item is not None
    assert item.relevant == ours


UNKNOWN = [
    "[event_1_arm_1][one] = '1'",
    "[user-name] = 'x'",
    "median([one], 2) > 1",
    "[one] =",
    "[gone] = 1",
    "(((",
]


@pytest.mark.parametrize("text", UNKNOWN)
def test_logic_that_has_no_match_stands_in_the_report(text: str) -> None:
    instrument, found = imported(
        dictionary(row("one", "text"), row("last", "text", branching=text))
    )
    item = instrument.item("last")
    assert item is not None
    assert item.relevant == ""
    assert any(loss.original == text and loss.item == "last" for loss in found.report.of("lost"))


def test_texts_take_in_earlier_answers() -> None:
    label = "You said [one] and [one:value] (see [1]); [survey-link]"
    instrument, found = imported(dictionary(row("one", "text"), row("b", "text", label=label)))
    item = instrument.item("b")
    assert item is not None
    assert item.text == "You said ${one} and ${one} (see [1]);"
    assert found.report.of("lost")


def test_what_has_no_place_is_reported() -> None:
    fields = [
        row("weight", "text", identifier="y"),
        row("b", "text", annotation="@PLACEHOLDER='x' Ask Jo about this"),
        row("c", "radio", choices="-1, A | 1, B", alignment="LH", number="4"),
    ]
    _, found = imported(dictionary(*fields))
    about = {loss.about for loss in found.report.losses}
    assert {
        "identifier",
        "name",
        "action tag",
        "annotation",
        "code",
        "alignment",
        "question number",
    } <= about


def written_by_hand(header: list[str], cells: list[list[str]], delimiter: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([header, *cells])
    return text.getvalue().encode()


API = ["field_name", "form_name", "section_header", "field_type", "field_label"]
HEADERS = [
    (API, ","),
    (list(HEADER[:5]), ";"),
    (list(HEADER), "\t"),
    (["Variable", "Form Name", "Section", "Field Type", "Field Label"], ","),
]


@pytest.mark.parametrize(("header", "delimiter"), HEADERS)
def test_columns_are_known_under_any_of_their_names(header: list[str], delimiter: str) -> None:
    cells = [["id", "f", "", "text", "Id"], ["a", "f", "", "text", "A"]]
    padded = [one + [""] * (len(header) - 5) for one in cells]
    instrument, _ = imported(b"\xef\xbb\xbf" + written_by_hand(header, padded, delimiter))
    assert [item.key for item in instrument.items()] == ["a"]


REFUSED = [
    (b"", "redcap.empty"),
    (b"a,b\n1,2\n", "redcap.columns"),
    (b"PK\x03\x04", "redcap.workbook"),
    (b"field_name,field_type\n", "redcap.no-fields"),
    (b"field_name,field_type\nid,text\nx,descriptive\n", "redcap.no-questions"),
    (b'field_name,field_type\n"id,text\n', "redcap.quotes"),
    (b"x" * (LARGEST_IMPORT + 1), "redcap.too-large"),
]


@pytest.mark.parametrize(("data", "code"), REFUSED, ids=[one[1] for one in REFUSED])
def test_what_is_no_dictionary_is_refused_in_words(data: bytes, code: str) -> None:
    found = read_redcap(data, "survey.csv")
    assert found.instrument is None
    assert code in [p.code for p in found.problems]


def test_names_twice_and_labels_twice_are_mended_and_said() -> None:
    instrument, found = imported(
        dictionary(row("a", "radio", choices="1, X | 1, X"), row("a", "text"), row("", "text"))
    )
    assert len({item.key for item in instrument.items()}) == 3
    assert {"name", "code", "label"} <= {loss.about for loss in found.report.of("changed")}


def test_scripts_do_not_arrive() -> None:
    bad = '<script>alert(1)</script><a href="javascript:alert(2)">Read</a>'
    instrument, _ = imported(dictionary(row("a", "radio", label=bad, choices=f"1, {bad} | 2, B")))
    assert "alert" not in instrument.model_dump_json()


def test_every_kind_written_and_read_again_is_the_same() -> None:
    data, report = write_redcap(EVERY_KIND)
    again = read_redcap(data, "other name.csv")
    assert again.instrument == EVERY_KIND
    assert write_redcap(EVERY_KIND) == (data, report)
    assert write_redcap(again.instrument)[0] == data


def test_texts_that_take_in_answers_do_so_in_redcap() -> None:
    rows = list(csv.reader(io.StringIO(write_redcap(EVERY_KIND)[0].decode(), newline="")))
    labels = {one[0]: one[COLUMNS.index("label")] for one in rows}
    assert labels["long"] == "Why [visits] times?"


def test_what_redcap_has_no_place_for_is_reported() -> None:
    _, report = write_redcap(EVERY_KIND)
    about = {loss.about for loss in report.losses}
    assert {"endings", "quotas", "samplings", "translations", "repetition", "constraint"} <= about


def test_a_dictionary_has_redcap_s_columns_and_names() -> None:
    rows = list(csv.reader(io.StringIO(write_redcap(EVERY_KIND)[0].decode(), newline="")))
    assert tuple(rows[0]) == HEADER
    names = [one[0] for one in rows[1:]]
    assert len(set(names)) == len(names)
    assert all(name.islower() and "__" not in name and not name.endswith("_") for name in names)
    for one in rows[1:]:
        assert not any(cell.startswith(("=", "+", "@")) for cell in one)


def test_an_edit_in_redcap_is_not_undone_by_what_was_noted() -> None:
    rows = list(csv.reader(io.StringIO(write_redcap(EVERY_KIND)[0].decode(), newline="")))
    place = next(i for i, one in enumerate(rows) if one[0] == "used")
    rows[place][COLUMNS.index("label")] = "What do you use?"
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    instrument, found = imported(text.getvalue().encode())
    item = instrument.item("used")
    assert item is not None
    assert item.text == "What do you use?"
    assert any(loss.about == "note of Assessor" for loss in found.report.of("changed"))


CELL = st.sampled_from(
    ["", "y", "1, A | 2, B", "[a] = '1'", "radio", "text", "=1+1", "@ASSESSOR='{'", "((", "é"]
)


@given(
    st.lists(
        st.lists(CELL | st.text(max_size=12), min_size=18, max_size=18), min_size=1, max_size=6
    )
)
def test_no_cells_whatever_raise(cells: list[list[str]]) -> None:
    clean = [[one.replace("\x00", "") for one in line] for line in cells]
    data = written_by_hand(list(HEADER), clean).replace(b"\r", b"").decode(errors="ignore").encode()
    found = read_redcap(data, "x.csv")
    if found.instrument is None:
        assert found.problems
        return
    assert not [p for p in check_instrument(found.instrument) if p.severity == "error"]
    again = read_redcap(write_redcap(found.instrument)[0], "y.csv")
    assert again.instrument == found.instrument


@given(st.binary(max_size=200))
def test_no_bytes_whatever_raise(data: bytes) -> None:
    assert read_redcap(data, "x.csv").problems or data


def test_public_dictionaries_arrive_whole(shared_folder: Path) -> None:
    files = sorted((shared_folder / "formats" / "redcap").glob("*.csv"))
    assert files
    for path in files:
        instrument, found = imported(path.read_bytes())
        assert all(there == here for there, here in found.report.counts.values()), path.name
        assert read_redcap(write_redcap(instrument)[0], "x.csv").instrument == instrument
