"""CSV bytes become a header and rows with their lines, or the reasons why not.

People's files come from spreadsheets: with a byte order mark, with semicolons or tabs, in Windows'
encoding, with empty columns at the end. What can be read surely is read, and said; what cannot is
refused before much of it was touched.
"""

import codecs
import csv
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper

from assessor.domain.problems import Checked, Problem, failed

LARGEST_FILE = 200_000_000
MOST_COLUMNS = 5_000
DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True)
class CsvTable:
    """A header of unique names, and how to read the rows; the rows are read when asked for."""

    data: bytes
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    name: str

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """First line and cells of each row; raises csv.Error where quotation marks do not close."""
        reader = csv.reader(
            _stream(self.data, self.encoding), delimiter=self.delimiter, strict=True
        )
        next(reader, None)
        line = reader.line_num + 1
        for cells in reader:
            if cells:
                yield line, cells
            line = reader.line_num + 1


def read_csv(data: bytes, name: str, known: Collection[str]) -> Checked[CsvTable]:
    """The table in a CSV file. `known` are column names, by which the delimiter is told."""
    refused = _refuse(data, name)
    if refused is not None:
        return failed(refused)
    encoding, problems = _encoding(data, name)
    if encoding is None:
        return failed(*problems)
    try:
        delimiter, header = _header(data, encoding, known)
    except csv.Error as error:
        return failed(*problems, csv_problem(error, name, 1))
    if len(header) > MOST_COLUMNS:
        message = (
            f"The file has {len(header):,} columns; at most {MOST_COLUMNS:,} can be read. Check "
            "that it has one row a response and one column an item."
        )
        return failed(*problems, _problem("csv.too-many-columns", message, name, 1))
    problems.extend(_header_problems(header, name))
    if any(p.severity == "error" for p in problems):
        return failed(*problems)
    return Checked(CsvTable(data, encoding, delimiter, tuple(header), name), tuple(problems))


def csv_problem(error: csv.Error, name: str, line: int) -> Problem:
    """What the csv reader could not make sense of, in plain words."""
    if "field larger" in str(error):
        message = (
            "A cell from this line on is longer than any answer. A quotation mark is probably "
            "opened and never closed; close it."
        )
    else:
        message = (
            "The quotation marks on this line do not fit. Put a cell that holds one in quotation "
            "marks, and write each one inside twice."
        )
    return _problem("csv.quotes", message, name, line)


def _refuse(data: bytes, name: str) -> Problem | None:
    if len(data) > LARGEST_FILE:
        return _problem(
            "csv.too-large",
            f"The file has {len(data) / 1e6:,.0f} MB; at most {LARGEST_FILE / 1e6:.0f} MB can be "
            "read. Split it by instrument or wave.",
            name,
        )
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        return _problem(
            "csv.empty",
            "The file is empty. Its first line should name the columns, one an item key.",
            name,
        )
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _problem(
            "csv.workbook",
            "This is a spreadsheet's own file. Save the sheet as “CSV UTF-8” and choose that.",
            name,
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _problem(
            "csv.encoding", "The file is in UTF-16. Save it again as “CSV UTF-8”.", name, 1
        )
    if b"\x00" in data:
        return _problem(
            "csv.binary", "This is a binary file and not text. Choose the CSV file itself.", name
        )
    return None


def _encoding(data: bytes, name: str) -> tuple[str | None, list[Problem]]:
    bad = _first_bad_byte(data, "utf-8")
    if bad is None:
        return "utf-8-sig", []
    line = data.count(b"\n", 0, bad) + 1
    if _first_bad_byte(data, "cp1252") is not None:
        message = "A letter on this line is in no known encoding. Save the file as “CSV UTF-8”."
        return None, [_problem("csv.encoding", message, name, line)]
    message = (
        "The file is not in UTF-8 and was read as Windows-1252. Check the letters with accents, or "
        "save it as “CSV UTF-8”."
    )
    problem = _problem("csv.encoding", message, name, line)
    return "cp1252", [problem.model_copy(update={"severity": "warning"})]


def _first_bad_byte(data: bytes, encoding: str) -> int | None:
    """Decoded in pieces: as one text, a large file would take several times its size."""
    decoder = codecs.getincrementaldecoder(encoding)()
    step = 1_000_000
    for start in range(0, len(data), step):
        pending = len(decoder.getstate()[0])
        try:
            decoder.decode(data[start : start + step], final=start + step >= len(data))
        except UnicodeDecodeError as error:
            return start - pending + error.start
    return None


def _stream(data: bytes, encoding: str) -> TextIOWrapper:
    return TextIOWrapper(BytesIO(data), encoding=encoding, newline="")


def _header(data: bytes, encoding: str, known: Collection[str]) -> tuple[str, list[str]]:
    """The delimiter that finds the most known columns, then the most columns."""
    best: tuple[str, list[str]] = (",", [])
    best_rank = (-1, -1)
    unreadable: csv.Error | None = None
    for delimiter in DELIMITERS:
        reader = csv.reader(_stream(data, encoding), delimiter=delimiter, strict=True)
        try:
            names = [name.strip() for name in next(reader, [])]
        except csv.Error as error:
            # With the wrong delimiter, quotation marks do not fit either.
            unreadable = error
            continue
        while names and not names[-1]:
            names.pop()
        rank = (sum(name in known for name in names), len(names))
        if rank > best_rank:
            best, best_rank = (delimiter, names), rank
    if unreadable is not None and best_rank == (-1, -1):
        raise unreadable
    return best


def _header_problems(header: list[str], name: str) -> list[Problem]:
    problems: list[Problem] = []
    for column, times in Counter(header).items():
        if column and times > 1:
            message = f"{times} columns are called “{column[:60]}”. Keep one, or rename the others."
            problems.append(_problem("csv.duplicate-column", message, name, 1, column))
    for number, column in enumerate(header, 1):
        if not column:
            message = f"Column {number} has no name. Name it, or remove it."
            problems.append(_problem("csv.unnamed-column", message, name, 1))
    return problems[:50]


def _problem(
    code: str, message: str, name: str, line: int | None = None, where: str = ""
) -> Problem:
    return Problem(code=code, where=where, message=message, line=line, file=name)
