"""A table of responses as text, whichever file it came from, and the two plain ways to read one."""

import csv
import datetime
import hashlib
import math
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyreadstat

from assessor.domain.problems import Checked, Problem, failed
from assessor.formats.csv_text import LARGEST_FILE, csv_problem, read_csv

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
                return failed(*problems, _too_many_rows(name, line))
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


def read_sav_table(data: bytes, name: str) -> Checked[ForeignTable]:
    """A file of SPSS. Values stay values; their labels and what counts as missing come along.

    The reader needs a file, so the bytes lie in a folder of their own that is gone afterwards.
    """
    if len(data) > LARGEST_FILE:
        message = f"The file is larger than {LARGEST_FILE // 10**6} MB. Split it by wave."
        return failed(_problem("responses.too-large", message, name))
    with tempfile.TemporaryDirectory(prefix="assessor-") as folder:
        path = Path(folder) / "responses.sav"
        path.write_bytes(data)
        try:
            _, meta = pyreadstat.read_sav(path, metadataonly=True)
            if len(meta.column_names) > MOST_COLUMNS:
                return failed(_too_many_columns(name, len(meta.column_names)))
            columns, meta = pyreadstat.read_sav(
                path, user_missing=True, row_limit=MOST_ROWS + 1, output_format="dict"
            )
        except Exception as error:  # the reader raises many kinds, none of its own alone
            message = (
                f"The file cannot be read as one of SPSS ({type(error).__name__}). Save it again "
                "as .sav, or as CSV."
            )
            return failed(_problem("responses.sav", message, name))
    headers = tuple(str(one) for one in meta.column_names)
    texts = [[_text(value) for value in columns[header]] for header in headers]
    rows = tuple(zip(*texts, strict=True)) if texts else ()
    if len(rows) > MOST_ROWS:
        return failed(_too_many_rows(name, MOST_ROWS))
    labels = {h: label for h, label in meta.column_names_to_labels.items() if label}
    values = {
        header: {_text(value): str(label) for value, label in one.items()}
        for header, one in meta.variable_value_labels.items()
    }
    found = ForeignTable(
        name,
        headers,
        rows,
        tuple(range(1, len(rows) + 1)),
        labels,
        values,
        _missing(meta.missing_ranges, columns),
        "sav",
    )
    return Checked(found)


def _missing(ranges: object, columns: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    """The values of each column that its file declares as missing and that occur in it."""
    found: dict[str, tuple[str, ...]] = {}
    for header, listed in (ranges if isinstance(ranges, dict) else {}).items():
        there = {value for value in _list(columns.get(header)) if not _is_nothing(value)}
        inside = [value for value in there if any(_within(value, one) for one in _list(listed))]
        ends = [one.get("lo") for one in _list(listed) if isinstance(one, dict)]
        found[header] = tuple(dict.fromkeys(_text(value) for value in [*ends, *inside]))
    return found


def _list(value: object) -> list[object]:
    try:
        return list(value)  # type: ignore[call-overload,no-any-return]
    except TypeError:
        return []


def _within(value: object, limits: object) -> bool:
    if not isinstance(limits, dict):
        return value == limits
    low, high = limits.get("lo"), limits.get("hi")
    if isinstance(value, str) or isinstance(low, str):
        return value == low
    return bool(low <= value <= high)  # type: ignore[operator]


def _is_nothing(value: object) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


def _text(value: object) -> str:
    """A value as it would stand in a CSV file: 3.0 is "3", a moment its day and time."""
    if _is_nothing(value):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()[:10]
    return str(value).strip()


def _too_many_rows(name: str, line: int) -> Problem:
    message = f"The file has more than {MOST_ROWS:,} responses. Split it by wave."
    return _problem("responses.too-many-rows", message, name, line)


def _too_many_columns(name: str, count: int) -> Problem:
    message = f"The file has {count:,} columns; at most {MOST_COLUMNS:,} can be read."
    return _problem("responses.too-many-columns", message, name)


def _ragged(name: str, line: int, cells: int, width: int) -> Problem:
    message = f"This row has {cells} cells, and the header names {width}. It was left out."
    return _problem("responses.ragged", message, name, line)


def _problem(code: str, message: str, name: str, line: int | None = None) -> Problem:
    return Problem(code=code, where="", message=message, line=line, file=name)
