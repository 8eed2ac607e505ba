"""The sheets of an XLSForm, whatever file it came in: .xlsx, .xls, .csv or .md, as rows of texts.

Nobody knows who made the file. What it unpacks to is counted before it is unpacked, XML that
declares entities is refused, formulas are never worked out, and every cell becomes the text that
pyxform would read in it.
"""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

import xlrd
from openpyxl import load_workbook
from xlrd.xldate import XLDateAmbiguous, XLDateError, xldate_as_tuple

from assessor.domain.problems import Checked, Problem, failed
from assessor.formats.foreign import LARGEST_IMPORT

MOST_ROWS = 50_000
MOST_COLUMNS = 1_000
MOST_PARTS = 2_000
EMPTY_COLUMNS = 20
"""After so many columns without a name a sheet's header has ended, and rows likewise."""
EMPTY_ROWS = 60

SHEETS = ("survey", "choices", "settings", "external_choices", "osm", "entities")
OWN_SHEET = "assessor"
"""The sheet in which Assessor keeps what XLSForm has no word for; other tools pass it over."""

Cells = Sequence[str]


@dataclass(frozen=True)
class Sheet:
    """`header`: the names of the columns in order; `rows`: line, and name → text that is there."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]


@dataclass(frozen=True)
class Workbook:
    """Sheets by their name in lower case, and all names as they are written."""

    sheets: dict[str, Sheet] = field(default_factory=dict)
    names: tuple[str, ...] = ()

    def rows(self, name: str) -> tuple[tuple[int, dict[str, str]], ...]:
        return self.sheets[name].rows if name in self.sheets else ()


class _RefusedError(Exception):
    """Carries the reason out of a sheet that is being read."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def read_workbook(data: bytes, name: str) -> Checked[Workbook]:
    """The sheets of the file; a problem for what is no form, too large or unsafe."""
    if len(data) > LARGEST_IMPORT:
        megabytes = LARGEST_IMPORT // (1024 * 1024)
        return failed(
            _problem("too-large", f"The file is larger than {megabytes} MB. Split the form.", name)
        )
    if not data.strip():
        return failed(_problem("empty", "The file is empty. Choose the form's file.", name))
    reader = _reader(data, name)
    try:
        return Checked(reader(data, name))
    except _RefusedError as refused:
        return failed(refused.problem)
    except Exception:  # A broken file can break its reader in any place; each is the same mistake.
        message = (
            "The file cannot be read as a spreadsheet. Open it in a spreadsheet program, save it "
            "as .xlsx and choose that."
        )
        return failed(_problem("unreadable", message, name))


def _problem(
    code: str, message: str, name: str, line: int | None = None, where: str = ""
) -> Problem:
    return Problem(code=f"xlsform.{code}", where=where, message=message, line=line, file=name)


def _reader(data: bytes, name: str) -> Callable[[bytes, str], Workbook]:
    """By what the file holds, since its name may say anything."""
    if data.startswith(b"PK"):
        return _read_xlsx
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _read_xls
    first = data[:5000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if first.startswith(b"|") or name.lower().endswith((".md", ".markdown")):
        return _read_markdown
    return _read_csv


def _read_xlsx(data: bytes, name: str) -> Workbook:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        _refuse_unsafe(archive, name)
    # `data_only`: what a formula last came to, as pyxform reads it; nothing works it out anew.
    with warnings.catch_warnings():
        # It warns of styles and extensions that it passes over; none of them is of a form.
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        # A sheet of a chart alone has no rows.
        sheets = [sheet for sheet in book.worksheets if hasattr(sheet, "iter_rows")]
        return _workbook(
            [(str(sheet.title), _rows_of_xlsx(sheet)) for sheet in sheets],
            tuple(str(sheet.title) for sheet in sheets),
            name,
        )
    finally:
        book.close()


def _refuse_unsafe(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LARGEST_IMPORT or len(parts) > MOST_PARTS:
        message = (
            f"The file unpacks to {unpacked / 1e6:,.0f} MB in {len(parts):,} parts, which no form "
            "needs. Copy the sheets into a new workbook and save that."
        )
        raise _RefusedError(_problem("too-large", message, name))
    if any(part.flag_bits & 1 for part in parts):
        message = "The file is locked with a password. Save it without one."
        raise _RefusedError(_problem("password", message, name))
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            text = archive.read(part).replace(b"\x00", b"")
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                message = (
                    "The file declares XML entities, which spreadsheets never do and attacks "
                    "often. Copy the sheets into a new workbook and save that."
                )
                raise _RefusedError(_problem("entities", message, name))


# Any: openpyxl's sheets have different classes for reading only.
def _rows_of_xlsx(sheet: Any) -> Iterable[Cells]:
    for row in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True):
        yield [_text(value) for value in row]


def _text(value: object) -> str:
    """A cell's value as pyxform reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date | time | int | float):
        return str(value)
    return str(value).replace("\xa0", " ").strip()


def _read_xls(data: bytes, name: str) -> Workbook:
    book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), on_demand=True)
    try:
        names = tuple(str(one) for one in book.sheet_names())
        wanted = [one for one in names if one.lower() in SHEETS or one.lower() == OWN_SHEET]
        if len(names) == 1:
            wanted = list(names)
        return _workbook(
            [(one, _rows_of_xls(book.sheet_by_name(one), book.datemode, name)) for one in wanted],
            names,
            name,
        )
    finally:
        book.release_resources()


# Any: xlrd has no types of its own.
def _rows_of_xls(sheet: Any, datemode: int, name: str) -> Iterable[Cells]:
    columns = min(sheet.ncols, MOST_COLUMNS)
    for r in range(sheet.nrows):
        cells = []
        for c in range(columns):
            kind, value = sheet.cell_type(r, c), sheet.cell_value(r, c)
            if kind == xlrd.XL_CELL_BOOLEAN:
                value = bool(value)
            elif kind == xlrd.XL_CELL_DATE:
                value = _xls_date(value, datemode, f"{sheet.name}, row {r + 1}", name, r + 1)
            elif kind == xlrd.XL_CELL_ERROR:
                value = None
            cells.append(_text(value))
        yield cells


def _xls_date(value: float, datemode: int, where: str, name: str, line: int) -> str:
    try:
        parts = xldate_as_tuple(value, datemode)
        return str(time(*parts[3:]) if parts[:3] == (0, 0, 0) else datetime(*parts))  # noqa: DTZ001
    except (XLDateAmbiguous, XLDateError, ValueError):
        message = "A date in this row cannot be told for sure. Write it as text, as 2026-11-24."
        raise _RefusedError(_problem("date", message, name, line, where)) from None


def _workbook(
    sheets: Iterable[tuple[str, Iterable[Cells]]], names: tuple[str, ...], name: str
) -> Workbook:
    found: dict[str, Sheet] = {}
    for title, rows in sheets:
        key = title.lower()
        if key not in SHEETS and key != OWN_SHEET:
            if len(names) > 1:
                continue
            # A workbook of a single sheet is its survey, whatever it is called.
            key = "survey"
        found[key] = _sheet(key, rows, name)
    return Workbook(found, names)


def _sheet(key: str, rows: Iterable[Cells], name: str) -> Sheet:
    iterator = iter(rows)
    header = _header(next(iterator, ()), key, name)
    found: list[tuple[int, dict[str, str]]] = []
    empty = 0
    for line, cells in enumerate(iterator, 2):
        named = {h: c for h, c in zip(header, cells, strict=False) if h and c}
        if not named:
            empty += 1
            if empty > EMPTY_ROWS:
                break
            continue
        empty = 0
        if len(found) >= MOST_ROWS:
            message = f"The sheet has more than {MOST_ROWS:,} rows. Split the form."
            raise _RefusedError(_problem("too-many-rows", message, name, line, key))
        found.append((line, named))
    return Sheet(key, tuple(h for h in header if h), tuple(found))


def _header(cells: Cells, key: str, name: str) -> list[str]:
    header: list[str] = []
    empty = 0
    for cell in cells:
        title = re.sub(r" +", " ", cell.strip())
        if not title:
            empty += 1
            header.append("")
            if empty > EMPTY_COLUMNS:
                break
            continue
        empty = 0
        if cell.strip() in header:
            message = f"Two columns are called “{title[:60]}”. Keep one, or rename the other."
            raise _RefusedError(_problem("duplicate-column", message, name, 1, f"{key}, row 1"))
        header.append(title)
    return header


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        if encoding == "utf-16" and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _read_csv(data: bytes, name: str) -> Workbook:
    """Sheets one below the other, each named in the first column; or the survey sheet alone."""
    text = _decoded(data)
    if "\x00" in text:
        message = "This is a binary file and no form. Choose the form's .xlsx, .xls, .csv or .md."
        raise _RefusedError(_problem("unreadable", message, name))
    start = text[:5000]
    delimiter = max((",", ";", "\t"), key=start.count)
    if start.count(delimiter) < 2:
        message = "This is no form: it has no columns. Choose the form's .xlsx, .xls, .csv or .md."
        raise _RefusedError(_problem("unreadable", message, name))
    sheets = _Stacked(name)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    first = True
    alone = False
    for row in rows:
        if first and {"type", "name"} <= {cell.strip().lower() for cell in row}:
            alone = True
            sheets.add("survey", [], rows.line_num)
        first = False
        sheets.add(
            "" if alone else (row[0] if row else ""), row if alone else row[1:], rows.line_num
        )
    return sheets.workbook()


_MARKDOWN_ROW = re.compile(r"\s*\|(.*)\|\s*")
_MARKDOWN_RULE = re.compile(r"[|:\- ]*-{3}[|:\- ]*|[|-]+")


def _read_markdown(data: bytes, name: str) -> Workbook:
    """Tables with the name of the sheet in the first column, as pyxform's tests write them."""
    sheets = _Stacked(name, named=True)
    for number, line in enumerate(_decoded(data).split("\n"), 1):
        if line.lstrip().startswith("#"):
            continue
        # A remark may follow the last cell.
        match = _MARKDOWN_ROW.match(re.sub(r"#[^|]+$", "", line))
        if not match or _MARKDOWN_RULE.fullmatch(match[1]):
            continue
        cells = [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", match[1])]
        sheets.add(cells[0], cells[1:], number)
    if not sheets.names:
        message = "This holds no table. Choose the form's .xlsx, .xls, .csv or .md."
        raise _RefusedError(_problem("unreadable", message, name))
    return sheets.workbook()


@dataclass
class _Stacked:
    """Sheets that stand one below the other, their names in the first column.

    `named`: whether every column that is filled must have a name.
    """

    file: str
    named: bool = False
    names: list[str] = field(default_factory=list)
    headers: dict[str, list[str]] = field(default_factory=dict)
    all_headers: dict[str, list[str]] = field(default_factory=dict)
    found: dict[str, list[tuple[int, dict[str, str]]]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    key: str = ""

    def add(self, title: str, cells: Cells, line: int) -> None:
        texts = [cell.replace("\xa0", " ").strip() for cell in cells[:MOST_COLUMNS]]
        if title.strip():
            self.key = title.strip().lower()
            if self.key not in self.found:
                self.names.append(title.strip())
                self.found[self.key] = []
            self.headers.pop(self.key, None)
            self.lines[self.key] = 1
        if not self.key or not any(texts):
            return
        if self.key not in self.headers:
            header = [re.sub(r" +", " ", text) for text in texts]
            self.headers[self.key] = header
            self.all_headers.setdefault(self.key, []).extend(header)
            return
        self.lines[self.key] += 1
        if len(self.found[self.key]) >= MOST_ROWS:
            message = f"The sheet has more than {MOST_ROWS:,} rows. Split the form."
            raise _RefusedError(_problem("too-many-rows", message, self.file, line, self.key))
        header = self.headers[self.key]
        if self.named and any(c and not h for h, c in zip(header, texts, strict=False)):
            message = "A cell of this row stands below a column without a name. Name the column."
            line = self.lines[self.key]
            where = f"{self.key}, row {line}"
            raise _RefusedError(_problem("unnamed-column", message, self.file, line, where))
        named = {h: c for h, c in zip(header, texts, strict=False) if h and c}
        self.found[self.key].append((self.lines[self.key], named))

    def workbook(self) -> Workbook:
        known = [name for name in self.found if name in SHEETS or name == OWN_SHEET]
        only = list(self.found) if len(self.found) == 1 else []
        sheets = {}
        for key in known or only:
            place = key if key in known else "survey"
            header = tuple(dict.fromkeys(h for h in self.all_headers.get(key, []) if h))
            sheets[place] = Sheet(place, header, tuple(self.found[key]))
        return Workbook(sheets, tuple(self.names))
