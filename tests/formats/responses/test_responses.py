"""Responses from elsewhere: read as a table, matched with an instrument, checked row by row."""

import base64
import json
import zlib
from datetime import date
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.domain.checks.instrument import check_instrument
from assessor.domain.instrument import Instrument
from assessor.formats.responses import (
    ColumnMap,
    ColumnUse,
    ForeignTable,
    apply_map,
    known_layout,
    read_table,
    suggest_map,
)
from assessor.formats.responses import table as tables

POINTS = [{"value": n, "label": label} for n, label in enumerate(("Poor", "Fair", "Good"), 1)]
OPTIONS = [{"code": "laptop", "label": "Laptops"}, {"code": "room", "label": "Rooms"}]
INSTRUMENT = Instrument.model_validate(
    {
        "key": "patrons",
        "title": "Patrons",
        "group_item": "status",
        "scales": [{"key": "quality", "points": POINTS, "worst": 1, "best": 3}],
        "pages": [
            {
                "key": "page",
                "items": [
                    {
                        "kind": "single_choice",
                        "key": "status",
                        "text": "What is your status?",
                        "options": [
                            {"code": "s", "label": "Student"},
                            {"code": "f", "label": "Faculty"},
                        ],
                    },
                    {
                        "kind": "rating",
                        "key": "desk",
                        "text": "How good is the service at the desk?",
                        "scale": "quality",
                        "na": "Not used",
                    },
                    {
                        "kind": "multiple_choice",
                        "key": "used",
                        "text": "What did you use?",
                        "options": OPTIONS,
                    },
                    {
                        "kind": "number",
                        "key": "visits",
                        "text": "How often did you come?",
                        "maximum": 100,
                    },
                    {
                        "kind": "long_text",
                        "key": "comment",
                        "text": "Anything else you want to say?",
                    },
                ],
            }
        ],
    }
)


def table(data: bytes) -> ForeignTable:
    read = read_table(data, "answers.csv")
    assert read.value is not None, read.problems
    return read.value


def suggested(found: ForeignTable) -> ColumnMap:
    return suggest_map(
        found.headers,
        found.sample(),
        INSTRUMENT,
        labels=found.labels,
        values=found.values,
        missing=found.missing,
    )


def test_names_words_and_labels_are_matched_and_the_rest_is_left_open() -> None:
    found = table(
        b"Status;How good is the service at the desk;used_laptop;USED.room;Visits;Shoe size;"
        b"RecordedDate;wt\n"
        b"Student;Good;1;0;3;44;2026-03-01 10:11:12;1.5\n"
        b"Faculty;Not used;;1;500;40;2026-03-02;x\n"
    )
    suggestion = suggested(found)
    assert ColumnMap.model_validate_json(suggestion.model_dump_json()) == suggestion
    assert {use.source: (use.column, use.choice) for use in suggestion.columns} == {
        "Status": ("status", None),
        "How good is the service at the desk": ("desk", None),
        "used_laptop": ("used", "laptop"),
        "USED.room": ("used", "room"),
        "Visits": ("visits", None),
    }
    assert (suggestion.group, suggestion.day, suggestion.weight) == ("Status", "RecordedDate", "wt")
    mapped = apply_map(found, suggestion, INSTRUMENT)
    assert mapped.value is not None
    assert mapped.value.rows[0] == {"status": "s", "desk": 3, "used": ["laptop"], "visits": 3}
    assert mapped.value.rows[1]["desk"] == "NA"
    assert mapped.value.groups == ["s", "f"]
    assert mapped.value.days == [date(2026, 3, 1), date(2026, 3, 2)]
    assert mapped.value.weights == [1.5, 0.0]
    assert [(p.line, p.where) for p in mapped.problems] == [(3, "visits"), (3, "weight")]


def test_a_map_that_does_not_fit_gives_no_responses() -> None:
    found = table(b"a,b\n1,2\n")
    uses = (
        ColumnUse(source="gone", column="desk"),
        ColumnUse(source="a", column="nothing"),
        ColumnUse(source="a", column="visits"),
        ColumnUse(source="b", column="visits"),
    )
    mapped = apply_map(found, ColumnMap(instrument="patrons", columns=uses), INSTRUMENT)
    assert mapped.value is None
    codes = {problem.code for problem in mapped.problems}
    assert codes == {"responses.no-such-column", "responses.unknown-column", "responses.twice"}


def test_missing_not_applicable_and_values_are_told_apart() -> None:
    found = table(b"d\n-99\nNULL\nn/a\ntop\n2\n")
    use = ColumnUse(
        source="d", column="desk", values={"top": "3"}, missing=("-99",), not_applicable=("n/a",)
    )
    mapped = apply_map(
        found, ColumnMap(instrument="p", columns=(use,), missing=("NULL",)), INSTRUMENT
    )
    assert mapped.value is not None
    assert not mapped.problems
    assert [row["desk"] for row in mapped.value.rows] == [None, None, "NA", 3, 2]


def test_an_export_of_qualtrics_has_three_header_rows() -> None:
    ids = [json.dumps({"ImportId": name}) for name in ("startDate", "QID1", "QID2")]
    head = pd.DataFrame(
        [
            [
                "Start Date",
                "How good is the service at the desk?",
                "What did you use? - Selected Choice",
            ],
            ids,
            ["2026-03-01 09:00:00", "Good", "Laptops,Rooms"],
        ],
        columns=["StartDate", "Q1", "Q2"],
    )
    found = table(head.to_csv(index=False).encode())
    assert found.kind == "qualtrics"
    assert len(found.rows) == 1
    assert found.lines == (4,)
    suggestion = suggested(found)
    assert {use.source: use.column for use in suggestion.columns} == {"Q1": "desk", "Q2": "used"}
    mapped = apply_map(found, suggestion, INSTRUMENT)
    assert mapped.value is not None
    assert mapped.value.rows == [{"desk": 3, "used": ["laptop", "room"]}]


def test_an_export_of_limesurvey_has_codes_and_words() -> None:
    found = table(
        b'"id. Response ID","submitdate. Date submitted","lastpage. Last page",'
        b'"used[laptop]. What? [Laptops]",'
        b'"desk. How good is the service at the desk?"\n1,2026-01-02 10:00:00,1,Y,N/A\n'
    )
    assert found.kind == "limesurvey"
    assert "used[laptop]" in found.headers
    mapped = apply_map(found, suggested(found), INSTRUMENT)
    assert mapped.value is not None
    assert mapped.value.rows == [{"desk": None, "used": ["laptop"]}]


def sav(path: Path) -> bytes:
    frame = pd.DataFrame(
        {"v1": [1.0, 2.0, 99.0], "visits": [3.0, None, 4.0], "comment": ["a", "", "c"]}
    )
    pyreadstat.write_sav(
        frame,
        path,
        column_labels={"v1": "How good is the service at the desk?"},
        variable_value_labels={"v1": {1: "Good", 2: "Poor", 99: "Refused"}},
        missing_ranges={"v1": [99]},
    )
    return path.read_bytes()


def test_a_file_of_spss_brings_labels_and_missing_values(tmp_path: Path) -> None:
    found = table(sav(tmp_path / "x.sav"))
    assert found.kind == "sav"
    assert found.missing["v1"] == ("99",)
    mapped = apply_map(found, suggested(found), INSTRUMENT)
    assert mapped.value is not None
    assert not mapped.problems
    assert mapped.value.rows == [
        {"desk": 3, "visits": 3, "comment": "a"},
        {"desk": 1, "visits": None, "comment": None},
        {"desk": None, "visits": 4, "comment": "c"},
    ]


def test_a_broken_file_of_spss_is_a_problem(tmp_path: Path) -> None:
    data = sav(tmp_path / "x.sav")
    for broken in (b"$FL2", data[:200], b"$FL2" + b"\xff" * 500):
        read = read_table(broken, "x.sav")
        assert read.value is None or not read.value.rows
        assert read.value is not None or [p.code for p in read.problems] == ["responses.sav"]


FELLS_ITS_READER = zlib.decompress(
    base64.b85decode(
        "c-m8O^D$ze05CDo7eMUGVqnA}&rX8dD3xbMQS-qZmpT?8W<+xzNQ{FB|H9OBK<&e)P6TQXD-ef<xanFTTgF31V8ir"
        "-3>7BqK5XIj9O`HQVUh)1"
    )
)
"""616 bytes by which the library that reads them is ended by the system."""


def test_a_file_of_spss_that_fells_its_reader_is_a_problem() -> None:
    read = read_table(FELLS_ITS_READER, "x.sav")
    assert [p.code for p in read.problems] == ["responses.sav"]
    assert "it is damaged" in read.problems[0].message


def test_too_many_rows_and_columns_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    read = read_table(b"a\n1\n2\n3\n", "x.csv")
    assert [p.code for p in read.problems] == ["responses.too-many-rows"]
    wide = ",".join(f"c{n}" for n in range(5001)).encode() + b"\n"
    assert [p.code for p in read_table(wide, "x.csv").problems] == ["csv.too-many-columns"]


def test_project_outcome_is_known_by_its_questions() -> None:
    found = table(
        b"Response Date,Survey Topic,I learned something helpful,I feel more confident,"
        b"I intend to apply it,"
        b"I am more aware of resources,What did you like most?,What could the library do to help?\n"
        b"2026-01-02,Job skills,Strongly Agree,Agree,NA,neutral,The tutor,More of it\n"
    )
    layout = known_layout(found)
    assert layout is not None
    assert layout.name == "Project Outcome"
    assert not [p for p in check_instrument(layout.instrument) if p.severity == "error"]
    mapped = apply_map(found, layout.column_map, layout.instrument)
    assert mapped.value is not None
    assert not mapped.problems
    assert mapped.value.rows == [
        {
            "knowledge": 5,
            "confidence": 4,
            "application": "NA",
            "awareness": 3,
            "liked_most": "The tutor",
            "could_do": "More of it",
        }
    ]
    assert mapped.value.groups == ["Job skills"]
    assert mapped.value.days == [date(2026, 1, 2)]


@pytest.mark.parametrize("form", ["{d}{n}_{l}", "{d}-{n} {l} Mean", "{l}_{d}{n}"])
@pytest.mark.parametrize("levels", [("MIN", "DES", "PER"), ("Minimum", "Desired", "Perceived")])
def test_libqual_is_known_by_three_scores_a_statement(form: str, levels: tuple[str, ...]) -> None:
    headers = [
        form.format(d=d, n=n, l=level) for d, n in (("AS", 1), ("IC", 2)) for level in levels
    ]
    head = ",".join(["User Group", *headers])
    found = table(f"{head}\nFaculty,5,8,7,6,9,N/A\n".encode())
    layout = known_layout(found)
    assert layout is not None
    assert layout.name == "LibQUAL+"
    assert not [p for p in check_instrument(layout.instrument) if p.severity == "error"]
    mapped = apply_map(found, layout.column_map, layout.instrument)
    assert mapped.value is not None
    assert not mapped.problems
    row = mapped.value.rows[0]
    assert (row["as_1.minimum"], row["as_1.desired"], row["as_1.perceived"]) == (5, 8, 7)
    assert row["ic_2.perceived"] == "NA"
    assert mapped.value.groups == ["Faculty"]


def test_other_tables_are_of_no_known_layout() -> None:
    assert known_layout(table(b"a,b\n1,2\n")) is None


@given(st.lists(st.lists(st.text(max_size=8), min_size=3, max_size=3), min_size=1, max_size=5))
def test_no_cells_whatever_raise(cells: list[list[str]]) -> None:
    clean = [[one.replace("\x00", "") for one in line] for line in cells]
    frame = pd.DataFrame(clean, columns=["desk", "Status", "used_laptop"])
    read = read_table(frame.to_csv(index=False).encode(errors="ignore"), "x.csv")
    if read.value is not None and read.value.headers:
        apply_map(read.value, suggested(read.value), INSTRUMENT)
        known_layout(read.value)


@given(st.binary(max_size=100))
def test_no_bytes_whatever_raise(data: bytes) -> None:
    read_table(data, "x.csv")
