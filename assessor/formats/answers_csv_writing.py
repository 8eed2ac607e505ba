"""Answers as CSV, for spreadsheets and statistics programs, and to be read back."""

import csv
import re
from collections.abc import Mapping, Sequence
from io import StringIO

from assessor.domain.instrument import Instrument
from assessor.domain.kinds import Answer, columns
from assessor.domain.problems import Checked, Problem
from assessor.formats.answers_cells import is_text

_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")


def write_answers_csv(
    instrument: Instrument,
    rows: Sequence[Mapping[str, Answer]],
    groups: Sequence[str | None] | None = None,
    weights: Sequence[float] | None = None,
) -> Checked[bytes]:
    """UTF-8 with a header; reading it back gives the same rows, groups and weights.

    The column `instrument` is always there, so that a response without any answer is still a row.
    Columns that no row was asked are left out. One thing a cell cannot say is that a column was
    asked of some responses and not of this one: such cells are blank, and a warning says how many.
    """
    asked = {name for row in rows for name in row}
    written = [c for c in columns(instrument) if c.name in asked or not rows]
    text = {c.name for c in written if is_text(c)}
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(
        [
            "instrument",
            *(["group"] if groups is not None else []),
            *(["weight"] if weights is not None else []),
            *(c.name for c in written),
        ]
    )
    lost = 0
    for i, row in enumerate(rows):
        cells = [instrument.key]
        if groups is not None:
            cells.append(defused(groups[i] or ""))
        if weights is not None:
            cells.append(repr(float(weights[i])))
        cells.extend(_cell(row.get(c.name), is_text=c.name in text) for c in written)
        lost += sum(c.name not in row for c in written)
        writer.writerow(cells)
    return Checked(stream.getvalue().encode(), _loss(lost))


def defused(text: str) -> str:
    """The text so that no spreadsheet runs it as a formula; reading takes the apostrophe off."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def _cell(answer: Answer, *, is_text: bool) -> str:
    if answer is None:
        return ""
    if isinstance(answer, list):
        return ";".join(answer)
    if isinstance(answer, str):
        return defused(answer) if is_text else answer
    return repr(answer)


def _loss(lost: int) -> tuple[Problem, ...]:
    if not lost:
        return ()
    message = (
        f"{lost:,} cells are blank because the item was not asked of that response; read back, "
        "they count as skipped. Write such responses to a file of their own to keep the difference."
    )
    return (Problem(code="answers.not-asked", where="", message=message, severity="warning"),)
