"""Answers as CSV: one row a response, one column an item key, `key.use` where scales are several.

Blank is skipped, `NA` is not applicable, `.` was not asked of this response, and a column that the
file lacks was asked of nobody. Every value passes the one check of answers (`answers_cells`).
"""

import csv
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from assessor.domain.answers import Answers
from assessor.domain.checks.finding import did_you_mean
from assessor.domain.checks.instrument import RESERVED_KEYS
from assessor.domain.instrument import Instrument, RepeatingGroup
from assessor.domain.kinds import columns, columns_of_item
from assessor.domain.problems import Checked, Problem, failed
from assessor.formats.answers_cells import NOT_ASKED, ItemCells, plain_text
from assessor.formats.answers_logic import asked_only, logic_of_file
from assessor.formats.csv_text import CsvTable, csv_problem, read_csv

MOST_PROBLEMS = 50
MOST_OF_A_COLUMN = 10


@dataclass(frozen=True)
class AnswersTable:
    """The responses to one instrument, in the order of the file.

    `rows`: stored answers by column; a column that was not asked is absent. `groups`: the `group`
    column, or else the answers to the instrument's group item. `weights`: None where there is no
    such column. `version`: what the `version` column says of these rows.
    """

    instrument: Instrument
    rows: list[Answers]
    groups: list[str | None]
    weights: list[float] | None
    version: int | None = None


def read_answers_csv(
    data: bytes,
    name: str,
    instruments: Sequence[Instrument],
    versions: Mapping[tuple[str, int], Instrument] | None = None,
) -> Checked[dict[str, AnswersTable]]:
    """The responses in a CSV file, by instrument key; "key.2" for those the file says are of
    version 2.

    `versions`: key and number → an older version, by which its rows are read. Rows of a version
    that is not among them are read by the instrument at hand, and what that does not ask is left
    out with a warning. The instrument is told by the columns, or row by row by an `instrument`
    column. Structural mistakes (encoding, duplicate or unknown columns, a file that fits several
    instruments) give no value; wrong values are listed with their lines, at most 50 of them, and
    read as skipped.
    """
    of_version = versions or {}
    everything = [*instruments, *of_version.values()]
    known = {c for i in everything for c in _names(i)} | RESERVED_KEYS
    table = read_csv(data, name, known)
    if table.value is None:
        return failed(*table.problems)
    chosen = _choose(table.value, instruments, of_version)
    if chosen.value is None:
        return failed(*table.problems, *chosen.problems)
    reading = _Reading(table.value, chosen.value, of_version)
    tables = reading.run()
    problems = (*table.problems, *chosen.problems, *reading.found.problems())
    return Checked(tables, problems)


def _names(instrument: Instrument) -> set[str]:
    found = columns(instrument)
    return {c.name for c in found} | {c.owner for c in found}


def _choose(
    table: CsvTable,
    instruments: Sequence[Instrument],
    versions: Mapping[tuple[str, int], Instrument],
) -> Checked[list[Instrument]]:
    """The instruments that the file answers: one by its columns, or several by name."""
    names = {i.key: _names(i) for i in instruments}
    for (key, _number), older in versions.items():
        names[key] = names.get(key, set()) | _names(older)
    asked = [column for column in table.header if column not in RESERVED_KEYS]
    if not instruments:
        return failed(_error("answers.no-instrument", "There is no instrument to read for.", table))
    if not asked:
        message = (
            "No column is an item. Name the columns by item keys, such as "
            + ", ".join(f"`{c.name}`" for c in columns(instruments[0])[:3])
            + "."
        )
        return failed(_error("answers.no-items", message, table))
    if "instrument" in table.header:
        union = {column for instrument in instruments for column in names[instrument.key]}
        unknown = _unknown(table, [c for c in asked if c not in union], union, "")
        if unknown and "version" in table.header:
            # An older version asked them, which nobody has at hand any more.
            return Checked(list(instruments), as_warnings(unknown))
        return failed(*unknown) if unknown else Checked(list(instruments))
    fitting = [i for i in instruments if set(asked) <= names[i.key]]
    if len(fitting) == 1:
        return Checked(fitting)
    if fitting:
        listed = " and ".join(f"`{i.key}`" for i in fitting)
        message = (
            f"The columns fit {listed}. Say which is meant with "
            f"`--answers {fitting[0].key}={table.name}`, or add a column `instrument`."
        )
        return failed(_error("answers.several-instruments", message, table))
    nearest = max(instruments, key=lambda i: len(set(asked) & names[i.key]))
    of_nearest = names[nearest.key]
    unknown_columns = [c for c in asked if c not in of_nearest]
    return failed(*_unknown(table, unknown_columns, of_nearest, nearest.key))


def _unknown(
    table: CsvTable, unknown: Sequence[str], known: set[str], instrument: str
) -> list[Problem]:
    of = f"Instrument `{instrument}` has" if instrument else "The instruments have"
    problems = [
        _error(
            "answers.unknown-column",
            f"{of} no item “{column[:60]}”. {_near(column, known)} Or remove the column.",
            table,
            column[:60],
        )
        for column in unknown[:MOST_PROBLEMS]
    ]
    if len(unknown) > MOST_PROBLEMS:
        message = f"{len(unknown) - MOST_PROBLEMS:,} more columns are unknown."
        problems.append(_error("answers.more", message, table))
    return problems


def as_warnings(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    return tuple(problem.model_copy(update={"severity": "warning"}) for problem in problems)


def _near(column: str, known: set[str]) -> str:
    # Comparing with thousands of long names would take longer than reading the file.
    return did_you_mean(column[:60], sorted(known)[:500])


def _error(code: str, message: str, table: CsvTable, where: str = "", line: int = 1) -> Problem:
    return Problem(code=code, where=where, message=message, line=line, file=table.name)


@dataclass
class _Found:
    """Problems of cells: the first of each column, the first fifty of all, and how many more."""

    table: CsvTable
    listed: list[Problem] = field(default_factory=list)
    by_column: Counter[str] = field(default_factory=Counter)
    fixed: list[Problem] = field(default_factory=list)

    def add(
        self,
        code: str,
        column: str,
        line: int,
        message: str,
        severity: Literal["error", "warning"] = "error",
    ) -> None:
        self.by_column[column] += 1
        if len(self.listed) < MOST_PROBLEMS and self.by_column[column] <= MOST_OF_A_COLUMN:
            problem = _error(code, message, self.table, column, line)
            self.listed.append(problem.model_copy(update={"severity": severity}))

    def problems(self) -> tuple[Problem, ...]:
        more = self.by_column.total() - len(self.listed)
        if more:
            worst = ", ".join(f"`{c}` ({n:,})" for c, n in self.by_column.most_common(3))
            message = f"{more:,} more values are wrong; most of them in {worst}."
            last = _error("answers.more", message, self.table, line=self.listed[-1].line or 1)
            return (*self.fixed, *self.listed, last)
        return (*self.fixed, *self.listed)


class _Reader:
    """Reads rows for one instrument."""

    def __init__(
        self, instrument: Instrument, table: CsvTable, version: int | None, *, is_exact: bool
    ) -> None:
        self.instrument = instrument
        self.version = version
        # Whether this is the instrument that was answered, or only the nearest that is at hand.
        self.is_exact = is_exact
        self.left_out: Counter[str] = Counter()
        # A group's columns belong together: how many times it was answered is told by all of them.
        owners = {
            item.key if isinstance(item, RepeatingGroup) else column.owner: item
            for item in instrument.items()
            for column in columns_of_item(item)
        }
        made = [ItemCells(instrument, item, owner, table.header) for owner, item in owners.items()]
        self.owners = [owner for owner in made if owner.cells]
        self.foreign = [
            (name, position)
            for position, name in enumerate(table.header)
            if name not in _names(instrument) and name not in RESERVED_KEYS
        ]
        options = instrument.groups()
        self.groups = {o.label.strip().casefold(): o.code for o in options}
        self.groups |= {o.code.casefold(): o.code for o in options}
        self.logic = logic_of_file(instrument, table.header)
        self.rows: list[Answers] = []
        self.group_of: list[str | None] = []
        self.weights: list[float] = []

    def add(self, row: list[str], line: int, found: _Found) -> None:
        answers: Answers = {}
        for owner in self.owners:
            values, problems = owner.read(row)
            answers.update(values)
            for problem in problems:
                given = ", ".join(row[at].strip() for _n, at in owner.cells if row[at].strip())
                shown = given[:40] + ("…" if len(given) > 40 else "")
                message = f"“{shown}” cannot be read: {problem.message}"
                found.add(problem.code, problem.where, line, message)
        for name, position in self.foreign:
            if row[position].strip() in ("", NOT_ASKED):
                continue
            if not self.is_exact:
                self.left_out[name] += 1
            else:
                message = (
                    f"Instrument `{self.instrument.key}` does not ask this. Empty the cell, or "
                    "correct the column `instrument`."
                )
                found.add("answers.foreign-column", name, line, message)
        self.rows.append(self._asked(answers, line, found))

    def _asked(self, answers: Answers, line: int, found: _Found) -> Answers:
        """What the instrument's logic asks of somebody who answers like this."""
        if not self.logic:
            return answers
        kept, dropped = asked_only(self.logic, answers)
        for problem in dropped:
            found.add(problem.code, problem.where, line, problem.message, problem.severity)
        return kept


class _Reading:
    def __init__(
        self,
        table: CsvTable,
        instruments: Sequence[Instrument],
        versions: Mapping[tuple[str, int], Instrument],
    ) -> None:
        self.table = table
        self.found = _Found(table)
        self.instruments = {i.key: i for i in instruments}
        self.versions = versions
        self.readers: dict[str, _Reader] = {}
        self.only = instruments[0].key if len(instruments) == 1 else None
        header = list(table.header)
        self.version_at = header.index("version") if "version" in header else None
        self.instrument_at = header.index("instrument") if "instrument" in header else None
        self.group_at = header.index("group") if "group" in header else None
        self.weight_at = header.index("weight") if "weight" in header else None
        self.strange_groups: Counter[str] = Counter()
        self.blank = 0

    def run(self) -> dict[str, AnswersTable]:
        width = len(self.table.header)
        line = 1
        try:
            for line, cells in self.table.rows():
                row = self._fitted(cells, width, line)
                if row is not None:
                    self._add(row, line)
        except csv.Error as error:
            self.found.fixed.append(csv_problem(error, self.table.name, line + 1))
        if not self.readers and self.only is not None:
            self._reader(self.only, "")
        self._warn()
        return {
            key: AnswersTable(
                reader.instrument,
                reader.rows,
                reader.group_of,
                reader.weights if self.weight_at is not None else None,
                reader.version,
            )
            for key, reader in sorted(self.readers.items(), key=lambda found: found[1].version or 0)
        }

    def _reader(self, key: str, version: str) -> _Reader:
        """What reads the rows of an instrument that are of this version; made when first met."""
        name = f"{key}.{version}" if version else key
        if name not in self.readers:
            number = int(version) if version else None
            own = self.versions.get((key, number)) if number is not None else None
            is_exact = own is not None or number is None
            instrument = own or self.instruments[key]
            self.readers[name] = _Reader(instrument, self.table, number, is_exact=is_exact)
        return self.readers[name]

    def _fitted(self, cells: list[str], width: int, line: int) -> list[str] | None:
        """The row with a cell for each column; None for a blank one or one that does not fit."""
        if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
            cells = cells[:width]
        if not any(cell.strip() for cell in cells):
            self.blank += 1
            return None
        if len(cells) == width:
            return cells
        message = (
            f"This row has {len(cells)} cells, and the header names {width}. Give every row a cell "
            "for each column, and put text that holds the delimiter in quotation marks."
        )
        self.found.add("csv.ragged", "", line, message)
        return None

    def _add(self, row: list[str], line: int) -> None:
        key = self.only
        if self.instrument_at is not None:
            key = row[self.instrument_at].strip()
        if key not in self.instruments:
            named = (key or "")[:60]
            message = f"There is no instrument “{named}”. {did_you_mean(named, self.instruments)}"
            self.found.add("answers.unknown-instrument", "instrument", line, message)
            return
        assert key is not None
        version = row[self.version_at].strip() if self.version_at is not None else ""
        if version and not (version.isascii() and version.isdigit() and len(version) < 7):
            message = f"“{version[:40]}” is no version. Write its number, such as 2, or nothing."
            self.found.add("answers.version", "version", line, message)
            version = ""
        reader = self._reader(key, version.lstrip("0"))
        reader.add(row, line, self.found)
        reader.group_of.append(self._group(reader, row))
        if self.weight_at is not None:
            reader.weights.append(self._weight(row[self.weight_at], line))

    def _group(self, reader: _Reader, row: list[str]) -> str | None:
        if self.group_at is None:
            group_item = reader.instrument.group_item
            answer = reader.rows[-1].get(group_item) if group_item else None
            return answer if isinstance(answer, str) else None
        text = plain_text(row[self.group_at].strip())
        if not text:
            return None
        known = reader.groups.get(text.casefold())
        if known is None and reader.groups:
            self.strange_groups[text[:60]] += 1
        return known or text

    def _weight(self, text: str, line: int) -> float:
        try:
            weight = float(text)
        except ValueError:
            weight = math.nan
        if not (math.isfinite(weight) and weight >= 0):
            message = f"“{text.strip()[:40]}” is no weight. Give every row a number of 0 or more."
            self.found.add("answers.weight", "weight", line, message)
            return 0.0
        return weight

    def _warn(self) -> None:
        warnings: list[tuple[str, str]] = []
        if self.strange_groups:
            listed = ", ".join(f"“{g}” ({n:,})" for g, n in self.strange_groups.most_common(5))
            message = f"These groups are none of the instrument's: {listed}. Check their spelling."
            warnings.append(("answers.unknown-group", message))
        left_out = sum((reader.left_out for reader in self.readers.values()), Counter[str]())
        if left_out:
            listed = ", ".join(f"`{name}` ({n:,})" for name, n in left_out.most_common(5))
            message = (
                f"Answers to an older version are left out, since the instrument at hand does not "
                f"ask {listed}. Put that version beside the file to read them."
            )
            warnings.append(("answers.older-version", message))
        if self.blank:
            message = f"{self.blank:,} rows are blank and are no responses."
            warnings.append(("answers.blank-rows", message))
        if not any(reader.rows for reader in self.readers.values()) and not self.found.by_column:
            warnings.append(("answers.no-rows", "The file has no responses."))
        self.found.fixed.extend(
            _error(code, message, self.table).model_copy(update={"severity": "warning"})
            for code, message in warnings
        )
