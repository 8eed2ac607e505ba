"""The cells of one item in a file of answers, each through the one check of answers.

A value that was seen before in its columns is not checked again, which is what makes large files
quick: the items of an instrument are few, and most answers to them are the same few values.
"""

import re
from collections.abc import Sequence

from assessor.domain.answers import check_answers
from assessor.domain.instrument import (
    MATRIX_KINDS,
    OTHER,
    Column,
    Instrument,
    Item,
    Page,
    Ranking,
    RepeatingGroup,
    WithOptions,
)
from assessor.domain.kinds import Answer, columns_of_item
from assessor.domain.problems import Problem

REMEMBERED = 5_000
"""Values of one column that are not checked twice; free text would otherwise fill the memory."""

TEXT_KINDS = frozenset({"short_text", "long_text", "entry_grid", "email"})

# A spreadsheet runs cells that start with one of these. Where such text is written, an apostrophe
# goes before it, and is taken off again here.
DEFUSED = re.compile(r"'+[=+\-@\t\r]")


def is_text(column: Column) -> bool:
    """Whether a column holds a person's own words."""
    return column.kind in TEXT_KINDS or (column.use or "").partition(".")[0] == OTHER


class ItemCells:
    """The columns of one item or row in the file, and what their values were found to be."""

    def __init__(
        self, instrument: Instrument, item: Item, owner: str, header: Sequence[str]
    ) -> None:
        of_owner = [c for c in columns_of_item(item) if c.owner == owner]
        named = [*{c.name: None for c in of_owner}, owner]
        self.cells = [(name, header.index(name)) for name in dict.fromkeys(named) if name in header]
        whole = owner in header
        self.kept = [c.name for c in of_owner if c.name in header or whole]
        self.texts = {column.name for column in of_owner if is_text(column)}
        self.alone = _alone(instrument, item, owner)
        self.seen: dict[tuple[str, ...], tuple[list[Answer], tuple[Problem, ...]]] = {}

    def read(self, row: list[str]) -> tuple[list[Answer], tuple[Problem, ...]]:
        raw = tuple([row[position] for _name, position in self.cells])
        found = self.seen.get(raw)
        if found is None:
            found = self._check(raw)
            if len(self.seen) < REMEMBERED:
                self.seen[raw] = found
        return found

    def _check(self, raw: tuple[str, ...]) -> tuple[list[Answer], tuple[Problem, ...]]:
        given = {name: value for (name, _position), value in zip(self.cells, raw, strict=True)}
        given = {n: plain_text(v) if n in self.texts else v for n, v in given.items()}
        checked = check_answers(self.alone, given)
        answers = checked.value or {}
        return [answers.get(name) for name in self.kept], checked.problems


NO_LOGIC = {"relevant": "", "constraint": "", "required_when": ""}


def _alone(instrument: Instrument, item: Item, owner: str) -> Instrument:
    """The instrument with this one item or row, without logic, and not required.

    A file tells what happened; whether it was asked is decided for the response as a whole.
    """
    changes: dict[str, object] = {"required": False, **NO_LOGIC}
    if isinstance(item, MATRIX_KINDS):
        rows = tuple(row for row in item.rows if row.key == owner)
        changes["rows"] = tuple(row.model_copy(update={"relevant": ""}) for row in rows)
    if isinstance(item, WithOptions | Ranking):
        changes["option_filter"] = ""
        changes["options"] = tuple(o.model_copy(update={"relevant": ""}) for o in item.options)
    if isinstance(item, RepeatingGroup):
        changes["least"] = 0
        changes["items"] = tuple(
            one.model_copy(update={"required": False, **NO_LOGIC}) for one in item.items
        )
    page = Page.model_construct(key="only", items=(item.model_copy(update=changes),))
    only = {"pages": (page,), "endings": (), "quotas": (), "samplings": ()}
    return instrument.model_copy(update=only)


def plain_text(value: str) -> str:
    """Text as it was given, without the apostrophe that keeps spreadsheets from running it."""
    return value[1:] if DEFUSED.match(value) else value
