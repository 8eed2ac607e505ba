"""The cells of one item in a file of answers, each through the one check of answers.

A value that was seen before in its columns is not checked again, which is what makes large files
quick: the items of an instrument are few, and most answers to them are the same few values.
"""

import re
from collections.abc import Sequence

from assessor.domain.answers import check_answers
from assessor.domain.instrument import Instrument, Item, Page, RatingMatrix
from assessor.domain.kinds import Answer, columns_of_item
from assessor.domain.problems import Problem

REMEMBERED = 5_000
"""Values of one column that are not checked twice; free text would otherwise fill the memory."""

TEXT_KINDS = frozenset({"short_text", "long_text"})

# A spreadsheet runs cells that start with one of these. Where such text is written, an apostrophe
# goes before it, and is taken off again here.
DEFUSED = re.compile(r"'+[=+\-@\t\r]")


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
        self.is_text = of_owner[0].kind in TEXT_KINDS
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
        if self.is_text:
            given = {name: plain_text(value) for name, value in given.items()}
        checked = check_answers(self.alone, given)
        answers = checked.value or {}
        return [answers.get(name) for name in self.kept], checked.problems


def _alone(instrument: Instrument, item: Item, owner: str) -> Instrument:
    """The instrument with this one item or row, and not required: a file tells what happened."""
    changes: dict[str, object] = {"required": False}
    if isinstance(item, RatingMatrix):
        changes["rows"] = tuple(row for row in item.rows if row.key == owner)
    page = Page.model_construct(key="only", items=(item.model_copy(update=changes),))
    return instrument.model_copy(update={"pages": (page,)})


def plain_text(value: str) -> str:
    """Text as it was given, without the apostrophe that keeps spreadsheets from running it."""
    return value[1:] if DEFUSED.match(value) else value
