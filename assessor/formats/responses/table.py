"""A table of responses as text, whichever file it came from, and how one of CSV is read."""

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from assessor.domain.problems import Checked, Problem, failed
from assessor.formats.csv_text import csv_problem, read_csv

MOST_ROWS = 1_000_000
MOST_COLUMNS = 5_000


@dataclass(frozen=True)
class ForeignTable:
    """`rows`: a text for each header; `lines`: where each row stands in its file.

    `labels`: header → the question's words; `values`: header → value → its label; `missing`: header
    → values that stand for no answer. `kind` is what wrote the file.
    """

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    labels: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    missing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kind: str = "csv"

    @property
    def headers_sha256(self) -> str:
        """The same for all files with these columns, so that a map can be remembered for them."""
        return hashlib.sha256("\x1f".join(self.headers).encode()).hexdigest()

    def sample(self, most: int = 200) -> tuple[tuple[str, ...], ...]:
        """Rows from all over the table, to suggest a map by."""
        step = max(1, len(self.rows) // most)
        return self.rows[::step][:most]


def read_csv_table(data: bytes, name: str) -> Checked[ForeignTable]:
    """A table of any delimiter and encoding that is known; rows of another width are problems."""
    read = read_csv(data, name, ())
    table = read.value
    if table is None:
        return failed(*read.problems)
    width = len(table.header)
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    problems = list(read.problems)
    ragged = 0
    try:
        for line, cells in table.rows():
            if not any(cell.strip() for cell in cells):
                continue
            if len(rows) >= MOST_ROWS:
                return failed(*problems, too_many_rows(name, line))
            if any(cell.strip() for cell in cells[width:]):
                ragged += 1
                if ragged <= 10:
                    problems.append(_ragged(name, line, len(cells), width))
                continue
            rows.append(tuple([*cells, *[""] * width][:width]))
            lines.append(line)
    except csv.Error as error:
        problems.append(csv_problem(error, name, lines[-1] + 1 if lines else 2))
    found = ForeignTable(name, table.header, tuple(rows), tuple(lines))
    return Checked(found, tuple(problems))


def too_many_rows(name: str, line: int) -> Problem:
    message = f"The file has more than {MOST_ROWS:,} responses. Split it by wave."
    return problem("responses.too-many-rows", message, name, line)


def _ragged(name: str, line: int, cells: int, width: int) -> Problem:
    message = f"This row has {cells} cells, and the header names {width}. It was left out."
    return problem("responses.ragged", message, name, line)


def problem(code: str, message: str, name: str, line: int | None = None) -> Problem:
    return Problem(code=code, where="", message=message, line=line, file=name)
