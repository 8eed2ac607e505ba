"""Rows of a table that still has its grid → lines, each cell told by its column's heading."""

from assessor.planning.source import LineCollector
from assessor.planning.words import ADMIN_COLUMNS, is_aside, level_name


def add_table(collector: LineCollector, rows: list[list[str]]) -> None:
    """Add the cells row by row.

    Columns headed by a level word become labelled cells, in the order of the columns, so that a
    cell left empty or repeated downwards keeps the one above it. Other columns are left out with
    their heading named. A table without level words in its head is left out as a table.
    """
    head = rows[0] if rows else []
    levels = [_column_level(cell) for cell in head]
    if not any(levels):
        for row in rows:
            collector.add(" | ".join(cell for cell in row if cell), aside="part of a table without a column for any level of the plan")
        return
    collector.add(" | ".join(cell for cell in head if cell), aside="the head of a table; it names the levels of its columns")
    above: dict[int, str] = {}
    for row in rows[1:]:
        for column, cell in enumerate(row[: len(head)]):
            level = levels[column]
            if not cell:
                continue
            if level is None:
                collector.add(cell, aside=f"the column “{head[column] or column + 1}” says who, when or how, not what")
            elif above.get(column) == cell:
                collector.add(cell, aside="repeats the cell above it")
            else:
                above[column] = cell
                for later in range(column + 1, len(head)):
                    above.pop(later, None)
                collector.add(cell, level=level)


def _column_level(cell: str) -> str | None:
    found = level_name(cell)
    if found is None or is_aside(cell) or cell.casefold().strip() in ADMIN_COLUMNS:
        return None
    rest = cell[found.end :].strip(" :()/s")
    return found.level if len(rest) <= 25 else None
