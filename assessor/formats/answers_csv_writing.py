"""Answers as CSV, for spreadsheets and statistics programs, and to be read back."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from assessor.domain.instrument import Column, Instrument
from assessor.domain.kinds import Answer, columns
from assessor.domain.problems import Checked
from assessor.formats.answers_cells import NOT_ASKED, is_text

_DANGEROUS = re.compile(r"'*([=+\-@\t\r]|\.\Z)")


@dataclass(frozen=True)
class VersionAnswers:
    """The responses to one version. Lists of one length; None where there is no such column."""

    instrument: Instrument
    rows: Sequence[Mapping[str, Answer]]
    version: int | None = None
    groups: Sequence[str | None] | None = None
    languages: Sequence[str | None] | None = None


def write_answers_csv(
    instrument: Instrument,
    rows: Sequence[Mapping[str, Answer]],
    groups: Sequence[str | None] | None = None,
    weights: Sequence[float] | None = None,
) -> Checked[bytes]:
    """UTF-8 with a header; reading it back gives the same rows, groups and weights.

    The column `instrument` is always there, so that a response without any answer is still a row.
    Columns that no row was asked are left out. A cell says of a column that others were asked and
    this response was not: `.`.
    """
    table = _Table(_columns([instrument], rows))
    extra = [
        *(["group"] if groups is not None else []),
        *(["weight"] if weights is not None else []),
    ]
    table.header(extra)
    text = _texts(instrument)
    for i, row in enumerate(rows):
        cells = [defused(groups[i] or "")] if groups is not None else []
        if weights is not None:
            cells.append(repr(float(weights[i])))
        table.add(instrument.key, cells, row, text)
    return Checked(table.data())


def write_versions_csv(parts: Sequence[VersionAnswers]) -> Checked[bytes]:
    """All responses of a wave in one file, whichever version they answer; the newest comes last.

    `version` and `language` say what each was asked. The columns are those of all versions: the
    newest one's first, then what only older ones asked, so that no answer is ever left out.
    """
    instruments = [part.instrument for part in reversed(parts)]
    table = _Table(_columns(instruments, [row for part in parts for row in part.rows]))
    table.header(["version", "language"])
    for part in parts:
        text = _texts(part.instrument)
        version = "" if part.version is None else str(part.version)
        for i, row in enumerate(part.rows):
            language = (part.languages[i] if part.languages else None) or ""
            table.add(part.instrument.key, [version, language], row, text)
    return Checked(table.data())


class _Table:
    def __init__(self, written: Sequence[Column]) -> None:
        self.names = [column.name for column in written]
        self.stream = StringIO()
        self.writer = csv.writer(self.stream, lineterminator="\r\n")

    def header(self, extra: Sequence[str]) -> None:
        self.writer.writerow(["instrument", *extra, *self.names])

    def add(
        self, key: str, extra: Sequence[str], row: Mapping[str, Answer], text: set[str]
    ) -> None:
        cells = [
            _cell(row[name], is_text=name in text) if name in row else NOT_ASKED
            for name in self.names
        ]
        self.writer.writerow([key, *extra, *cells])

    def data(self) -> bytes:
        return self.stream.getvalue().encode()


def _columns(
    instruments: Sequence[Instrument], rows: Sequence[Mapping[str, Answer]]
) -> list[Column]:
    """The columns that any row was asked, by name: of the first instrument, then of the others."""
    asked = {name for row in rows for name in row}
    found: dict[str, Column] = {}
    for instrument in instruments:
        for column in columns(instrument):
            if column.name in asked or not rows:
                found.setdefault(column.name, column)
    return list(found.values())


def _texts(instrument: Instrument) -> set[str]:
    return {column.name for column in columns(instrument) if is_text(column)}


def defused(text: str) -> str:
    """The text so that no spreadsheet runs it as a formula, and no reader takes it for "not asked".

    Reading takes the apostrophe off.
    """
    return f"'{text}" if _DANGEROUS.match(text) else text


def _cell(answer: Answer, *, is_text: bool) -> str:
    if answer is None:
        return ""
    if isinstance(answer, list):
        return ";".join(answer)
    if isinstance(answer, str):
        return defused(answer) if is_text else answer
    return repr(answer)
