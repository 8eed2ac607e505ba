"""The exports of Qualtrics and LimeSurvey are CSV with habits of their own; here they are plain."""

import json
import re
from dataclasses import replace

from assessor.domain.problems import Checked, Problem, failed
from assessor.formats.foreign import plain_text
from assessor.formats.limesurvey import read_limesurvey
from assessor.formats.responses.spss import read_spss
from assessor.formats.responses.table import ForeignTable, read_csv_table

_OF_LIMESURVEY = {"submitdate", "lastpage", "startlanguage", "startdate", "datestamp", "seed"}
_CODE_AND_WORDS = re.compile(r"^([A-Za-z][A-Za-z0-9_]*(?:\[[^\]]+\])*)\s*[.:]\s+(.+)$", re.DOTALL)


def read_table(data: bytes, name: str) -> Checked[ForeignTable]:
    """The table in a file of responses: of SPSS, of Qualtrics, of LimeSurvey, or plain CSV."""
    if data[:4] in {b"$FL2", b"$FL3"}:
        return read_spss(data, name)
    if data[:2] == b"PK":
        return _of_archive(data, name)
    read = read_csv_table(data, name)
    table = read.value
    if table is None:
        return read
    found = _of_qualtrics(table) or _of_limesurvey(table) or table
    return Checked(found, read.problems)


def _of_archive(data: bytes, name: str) -> Checked[ForeignTable]:
    """The answers of a LimeSurvey archive, under the keys its questionnaire is imported with."""
    read = read_limesurvey(data, name)
    if read.instrument is None:
        return failed(*read.problems)
    headers = tuple(dict.fromkeys(header for row in read.answers for header in row))
    if not headers:
        message = "The archive holds no response. Export it together with its responses."
        return failed(Problem(code="responses.empty", where="", message=message, file=name))
    rows = tuple(tuple(_cell(row.get(header)) for header in headers) for row in read.answers)
    lines = tuple(range(1, len(rows) + 1))
    return Checked(ForeignTable(name, headers, rows, lines, kind="limesurvey"))


def _cell(value: object) -> str:
    if value is None:
        return ""
    return ";".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _of_qualtrics(table: ForeignTable) -> ForeignTable | None:
    """Under the names stand the questions' words, and (not in old exports) ids as JSON."""
    rows = table.rows
    if len(rows) >= 2 and _is_import_ids(rows[1]):
        heading, skipped = rows[0], 2
    elif table.headers[:1] == ("V1",) and rows and rows[0][:1] == ("ResponseID",):
        heading, skipped = rows[0], 1
    else:
        return None
    labels = {
        header: plain_text(words)
        for header, words in zip(table.headers, heading, strict=True)
        if words.strip() and words.strip() != header
    }
    return replace(
        table, rows=rows[skipped:], lines=table.lines[skipped:], labels=labels, kind="qualtrics"
    )


def _is_import_ids(row: tuple[str, ...]) -> bool:
    try:
        first = json.loads(row[0])
    except (ValueError, RecursionError, IndexError):
        return False
    return isinstance(first, dict) and "ImportId" in first


def _of_limesurvey(table: ForeignTable) -> ForeignTable | None:
    """Its headers are codes, or codes and words, and `N/A` says that a question was not shown."""
    plain = {_code(header).lower() for header in table.headers}
    if len(plain & _OF_LIMESURVEY) < 2:
        return None
    headers = tuple(_code(header) for header in table.headers)
    if len(set(headers)) < len(headers):
        headers = table.headers
    labels = {
        short: plain_text(match[2])
        for short, header in zip(headers, table.headers, strict=True)
        if (match := _CODE_AND_WORDS.match(header))
    }
    missing = dict.fromkeys(headers, ("N/A",))
    return replace(table, headers=headers, labels=labels, missing=missing, kind="limesurvey")


def _code(header: str) -> str:
    match = _CODE_AND_WORDS.match(header)
    return match[1] if match else header
