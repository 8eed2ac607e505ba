"""Responses by a map: every value through the one check of answers, every problem with its row."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from assessor.domain.answers import Answers
from assessor.domain.instrument import Instrument, RepeatingGroup
from assessor.domain.kinds import columns, columns_of_item
from assessor.domain.problems import Checked, Problem, failed
from assessor.formats.answers_cells import ItemCells
from assessor.formats.answers_logic import asked_only, logic_of_file
from assessor.formats.responses.column_map import ColumnMap, ColumnUse
from assessor.formats.responses.table import ForeignTable

MOST_PROBLEMS = 200
SEPARATOR = ";"


@dataclass(frozen=True)
class MappedResponses:
    """Stored answers by column, one a row of the file; groups, days and weights beside them.

    `weights` is None where the map names no column of weights; a day is None where none was given.
    """

    rows: list[Answers]
    groups: list[str | None]
    days: list[date | None]
    weights: list[float] | None


@dataclass
class _Found:
    """The first problems of all, and how many more there are."""

    name: str
    listed: list[Problem] = field(default_factory=list)
    more: Counter[str] = field(default_factory=Counter)

    def add(self, code: str, where: str, line: int, message: str, severity: str = "error") -> None:
        if len(self.listed) >= MOST_PROBLEMS:
            self.more[where] += 1
            return
        problem = Problem(code=code, where=where, message=message, line=line, file=self.name)
        is_warning = severity == "warning"
        self.listed.append(
            problem.model_copy(update={"severity": "warning"}) if is_warning else problem
        )

    def problems(self) -> tuple[Problem, ...]:
        if not self.more:
            return tuple(self.listed)
        worst = ", ".join(f"`{where}` ({n:,})" for where, n in self.more.most_common(3))
        message = f"{self.more.total():,} more values are wrong; most of them in {worst}."
        last = Problem(code="responses.more", where="", message=message, file=self.name)
        return (*self.listed, last)


def apply_map(
    table: ForeignTable, column_map: ColumnMap, instrument: Instrument
) -> Checked[MappedResponses]:
    """The responses in a table. A wrong value is a problem with its line, and read as skipped.

    No value where the map does not fit: a column that the file or the instrument does not have.
    """
    wrong = _misfits(table, column_map, instrument)
    if wrong:
        return failed(*wrong)
    found = _Found(table.name)
    places = {header: place for place, header in enumerate(table.headers)}
    ours = list(dict.fromkeys(use.column for use in column_map.columns))
    uses = {name: [u for u in column_map.columns if u.column == name] for name in ours}
    owners = {
        item.key if isinstance(item, RepeatingGroup) else column.owner: item
        for item in instrument.items()
        for column in columns_of_item(item)
    }
    cells = [ItemCells(instrument, item, owner, ours) for owner, item in owners.items()]
    cells = [one for one in cells if one.cells]
    logic = logic_of_file(instrument, ours)
    result = MappedResponses([], [], [], [] if column_map.weight else None)
    for row, line in zip(table.rows, table.lines, strict=True):
        mapped = [_cell(row, places, uses[name], column_map) for name in ours]
        answers: Answers = {}
        for one in cells:
            values, problems = one.read(mapped)
            answers.update(values)
            for problem in problems:
                given = ", ".join(mapped[at] for _name, at in one.cells if mapped[at])[:40]
                message = f"“{given}” cannot be read: {problem.message}"
                found.add(problem.code, problem.where, line, message)
        if logic is not None:
            answers, dropped = asked_only(logic, answers)
            for problem in dropped:
                found.add(problem.code, problem.where, line, problem.message, problem.severity)
        result.rows.append(answers)
        result.groups.append(_group(row, places, column_map, answers, instrument))
        result.days.append(_day(row, places, column_map, line, found))
        if result.weights is not None:
            result.weights.append(_weight(row[places[str(column_map.weight)]], line, found))
    return Checked(result, found.problems())


def _misfits(table: ForeignTable, column_map: ColumnMap, instrument: Instrument) -> list[Problem]:
    problems = []
    if not column_map.columns:
        message = "The map names no column. Say which column of the file answers which item."
        problems.append(_problem("responses.empty-map", "", message, table.name))
    for source in sorted(column_map.sources() - set(table.headers)):
        message = f"The file has no column “{source[:60]}”. Choose another, or leave it out."
        problems.append(_problem("responses.no-such-column", source[:60], message, table.name))
    known = {column.name for column in columns(instrument)}
    for use in column_map.columns:
        if use.column not in known:
            message = f"The instrument has no column `{use.column}`. Choose another."
            problems.append(_problem("responses.unknown-column", use.column, message, table.name))
    times = Counter((use.column, use.choice) for use in column_map.columns)
    kinds = {column for column, choice in times if choice is None}
    for (column, choice), count in times.items():
        if count > 1 or (choice is not None and column in kinds):
            message = f"Several columns of the file answer `{column}`. Keep one."
            problems.append(_problem("responses.twice", column, message, table.name))
    return problems[:MOST_PROBLEMS]


def _cell(
    row: Sequence[str], places: dict[str, int], uses: Sequence[ColumnUse], column_map: ColumnMap
) -> str:
    """The text of one of our columns: a value by its meaning, or the choices that were made."""
    if uses[0].choice is None:
        return _value(row[places[uses[0].source]], uses[0], column_map)
    made = [
        str(use.choice)
        for use in uses
        if use.choice is not None and _is_ticked(row[places[use.source]], use)
    ]
    return SEPARATOR.join(made)


def _is_ticked(text: str, use: ColumnUse) -> bool:
    value = text.strip()
    return value not in use.missing and value.casefold() in {one.casefold() for one in use.ticked}


def _value(text: str, use: ColumnUse, column_map: ColumnMap) -> str:
    value = text.strip()
    if value in use.values:
        return use.values[value]
    if value in use.not_applicable or value in column_map.not_applicable:
        return "NA"
    if value in use.missing or value in column_map.missing:
        return ""
    if "," in value and SEPARATOR not in value:
        # Qualtrics writes several choices of one column with commas between them.
        parts = [part.strip() for part in value.split(",")]
        if all(part in use.values for part in parts):
            return SEPARATOR.join(use.values[part] for part in parts)
    return text


def _group(
    row: Sequence[str],
    places: dict[str, int],
    column_map: ColumnMap,
    answers: Answers,
    instrument: Instrument,
) -> str | None:
    if column_map.group is None:
        answer = answers.get(instrument.group_item or "")
        return answer if isinstance(answer, str) else None
    text = row[places[column_map.group]].strip()
    if not text or text in column_map.missing:
        return None
    if text in column_map.group_values:
        return column_map.group_values[text]
    codes = {option.label.casefold(): option.code for option in instrument.groups()}
    return codes.get(text.casefold(), text)


def _day(
    row: Sequence[str], places: dict[str, int], column_map: ColumnMap, line: int, found: _Found
) -> date | None:
    """The day alone: a time of day could tell who answered."""
    if column_map.day is None:
        return None
    text = row[places[column_map.day]].strip()
    if not text or text in column_map.missing:
        return None
    try:
        if column_map.day_format:
            # The time of day and its zone are thrown away at once.
            return datetime.strptime(text, column_map.day_format).date()  # noqa: DTZ007
        return date.fromisoformat(text[:10])
    except ValueError:
        message = f"“{text[:40]}” is no day. Say how days are written in this column."
        found.add("responses.day", column_map.day, line, message)
        return None


def _weight(text: str, line: int, found: _Found) -> float:
    try:
        weight = float(text.strip().replace(",", "."))
    except ValueError:
        weight = math.nan
    if not (math.isfinite(weight) and weight >= 0):
        message = f"“{text.strip()[:40]}” is no weight. Give every row a number of 0 or more."
        found.add("responses.weight", "weight", line, message)
        return 0.0
    return weight


def _problem(code: str, where: str, message: str, name: str) -> Problem:
    return Problem(code=code, where=where, message=message, file=name)
