"""XLSForms that mean harm, or are broken: nothing runs, nothing fills the memory, nothing fails."""

import io
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from assessor.formats.foreign import LARGEST_IMPORT
from assessor.formats.xlsform import read_xlsform
from tests.formats.test_xlsform import read


def workbook(**sheets: list[list[Any]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def test_script_is_taken_out_of_texts() -> None:
    imported = read("""
        | survey | | | |
        |        | type | name | label |
        |        | text | a    | Hi <script>alert(1)</script><b onclick="x()">you</b> |
        |        | note | b    | <a href="javascript:alert(1)">here</a> |
    """)

    assert imported.instrument is not None
    assert [item.text for item in imported.instrument.items()] == ["Hi you", "here"]
    assert [loss.about for loss in imported.report.of("changed")] == ["label", "label"]


def test_a_file_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (LARGEST_IMPORT + 1))

    problems = read_xlsform(made.getvalue(), "bomb.xlsx").problems

    assert [p.code for p in problems] == ["xlsform.too-large"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_that_declares_entities_is_refused(encoding: str) -> None:
    good = workbook(survey=[["type", "name", "label"], ["text", "a", "A"]])
    evil = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, evil.encode(encoding) if "sheet1" in name else content)

    problems = read_xlsform(made.getvalue(), "evil.xlsx").problems

    assert [p.code for p in problems] == ["xlsform.entities"]


def test_a_form_of_too_many_rows_is_refused() -> None:
    rows = "\n".join(f",text,a{n},A" for n in range(60_000))

    problems = read_xlsform(f"survey\n,type,name,label\n{rows}".encode(), "form.csv").problems

    assert [p.code for p in problems] == ["xlsform.too-many-rows"]


@pytest.mark.parametrize("value", [12, 1.5, True, None])
def test_cells_of_every_type_are_texts(value: object) -> None:
    data = workbook(survey=[["type", "name", "label"], ["text", "a", value], ["text", "b", "B"]])

    imported = read_xlsform(data, "form.xlsx")

    if value is None:
        assert [p.code for p in imported.problems] == ["xlsform.no-label"]
    else:
        assert imported.instrument is not None
        expected = {12: "12", 1.5: "1.5", True: "TRUE"}[value]  # type: ignore[index]
        assert next(iter(imported.instrument.items())).text == expected


@settings(max_examples=150)
@given(st.data())
def test_no_bytes_make_the_reader_fail(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([_GOOD, _GOOD_CSV, _GOOD_MD]))
    kind = data.draw(st.sampled_from([".xlsx", ".xls", ".csv", ".md", ""]))
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 400)))
    mutated = whole[:start] + data.draw(st.binary(max_size=40)) + whole[end:]

    imported = read_xlsform(mutated, f"form{kind}")

    assert imported.instrument is not None or imported.problems


@given(st.binary(max_size=300))
def test_no_other_bytes_either(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        imported = read_xlsform(start + data, "../../etc/form.xlsx")
        assert imported.instrument is None
        assert imported.problems


_GOOD = workbook(
    survey=[["type", "name", "label"], ["select_one x", "a", "A"], ["text", "b", "B"]],
    choices=[["list_name", "name", "label"], ["x", 1, "One"]],
)
_GOOD_CSV = (
    b'survey\n,type,name,label\n,select_one x,a,"A, b"\nchoices\n,list_name,name,label\n,x,1,One'
)
_GOOD_MD = b"| survey | | | |\n| | type | name | label |\n| | text | a | A |\n"
