"""Rows of a table that still has its grid → lines, each cell told by its column's heading."""

import re

from assessor.planning.source import LineCollector
from assessor.planning.words import ADMIN_COLUMNS, is_aside, level_name


class TableReader:
    """Reads a table row by row below its head.

    Columns headed by a level word become labelled cells, in the order of the columns, so that a
    cell left empty or repeated downwards keeps the one above it. Other columns are left out with
    their heading named. A table without level words in its head is left out as a table.
    """

    def __init__(self, head: list[str]) -> None:
        self.head = head
        self.levels = [_column_level(cell) for cell in head]
        self._above: dict[int, str] = {}

    @property
    def tells(self) -> bool:
        """Whether any column is headed by a level of the plan."""
        return any(self.levels)

    def add_head(self, collector: LineCollector) -> None:
        self._whole(collector, self.head, "the head of a table; it names the levels of its columns")

    def add_row(self, collector: LineCollector, row: list[str]) -> None:
        if not any(self.levels):
            self._whole(
                collector, row, "part of a table without a column for any level of the plan"
            )
            return
        for column, cell in enumerate(row):
            level = self.levels[column] if column < len(self.levels) else None
            if not cell:
                continue
            if level is None:
                name = (
                    self.head[column]
                    if column < len(self.head) and self.head[column]
                    else str(column + 1)
                )
                collector.add(cell, aside=f"the column “{name}” says who, when or how, not what")
            elif self._above.get(column) == cell:
                collector.add(cell, aside="repeats the cell above it")
            else:
                self._above[column] = cell
                for later in range(column + 1, len(self.head)):
                    self._above.pop(later, None)
                for part in cell.split("\n"):
                    text = re.sub(r"^(?:[•*–-]|\d{1,2}[.)])\s+", "", part.strip())
                    # A number of its own ("1.2 Hold a fair") is read as a label's would be.
                    collector.add(text if len(cell.split("\n")) > 1 else part, level=level)

    def _whole(self, collector: LineCollector, row: list[str], reason: str) -> None:
        if not any(self.levels):
            reason = "part of a table without a column for any level of the plan"
        collector.add(" | ".join(cell for cell in row if cell), aside=reason)


def add_table(collector: LineCollector, rows: list[list[str]]) -> None:
    """Add all cells of a table whose first row is its head."""
    reader = TableReader(rows[0] if rows else [])
    reader.add_head(collector)
    for row in rows[1:]:
        reader.add_row(collector, row)


def _column_level(cell: str) -> str | None:
    found = level_name(cell)
    if found is None or is_aside(cell) or cell.casefold().strip() in ADMIN_COLUMNS:
        return None
    rest = cell[found.end :].strip(" :()/s")
    return found.level if len(rest) <= 25 else None
