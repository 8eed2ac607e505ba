"""The cells of one item in a file of answers, each through the one check of answers.

A value that was seen before in its columns is not checked again, which is what makes large files
quick: the items of an instrument are few, and most answers to them are the same few values.
"""

import re
from collections.abc import Sequence
from typing import cast

from assessor.domain.answers import Answers, check_answers
from assessor.domain.instrument import (
    MATRIX_KINDS,
    OTHER,
    Calculated,
    Column,
    Instrument,
    Item,
    ItemBase,
    Page,
    RepeatingGroup,
)
from assessor.domain.kinds import Answer, columns_of_item
from assessor.domain.problems import Problem
from assessor.domain.readings import Refusal, number_within

REMEMBERED = 5_000
"""Values of one column that are not checked twice; free text would otherwise fill the memory."""

TEXT_KINDS = frozenset({"short_text", "long_text", "entry_grid", "email", "hidden", "calculated"})
CHOICE_KINDS = frozenset({"single_choice", "dropdown", "multiple_choice"})

# A spreadsheet runs cells that start with one of these. Where such text is written, an apostrophe
# goes before it, and is taken off again here.
DEFUSED = re.compile(r"'+([=+\-@\t\r]|\.\Z)")

NOT_ASKED = "."
"""What stands in a cell whose column others were asked and this response was not: nothing that
anybody answers, since text that is only this mark gets an apostrophe before it."""


def is_text(column: Column) -> bool:
    """Whether a column may hold any text, such as a person's own words."""
    own_words = (column.use or "").partition(".")[0] == OTHER and column.kind in CHOICE_KINDS
    return column.kind in TEXT_KINDS or own_words


class ItemCells:
    """The columns of one item or row in the file, and what their values were found to be."""

    def __init__(
        self, instrument: Instrument, item: Item, owner: str, header: Sequence[str]
    ) -> None:
        is_group = isinstance(item, RepeatingGroup)
        of_owner = [c for c in columns_of_item(item) if is_group or c.owner == owner]
        named = [*{c.name: None for c in of_owner}, owner]
        places = {name: place for place, name in enumerate(header)}
        self.cells = [(name, places[name]) for name in dict.fromkeys(named) if name in places]
        self.owner = owner
        whole = owner in places or is_group
        self.kept = [c.name for c in of_owner if c.name in places or whole]
        self.texts = {column.name for column in of_owner if is_text(column)}
        self.alone = _alone(instrument, item, owner)
        self.worked_out = isinstance(item, Calculated)
        self.seen: dict[tuple[str, ...], tuple[Answers, tuple[Problem, ...]]] = {}

    def read(self, row: list[str]) -> tuple[Answers, tuple[Problem, ...]]:
        raw = tuple([row[position] for _name, position in self.cells])
        found = self.seen.get(raw)
        if found is None:
            found = self._check(raw)
            if len(self.seen) < REMEMBERED:
                self.seen[raw] = found
        return found

    def _check(self, raw: tuple[str, ...]) -> tuple[Answers, tuple[Problem, ...]]:
        given = {name: value for (name, _position), value in zip(self.cells, raw, strict=True)}
        unasked = {name for name, value in given.items() if value.strip() == NOT_ASKED}
        given = {n: plain_text(v) if n in self.texts else v for n, v in given.items()}
        given = {name: value for name, value in given.items() if name not in unasked}
        if self.worked_out:
            return {name: _number_or_text(value) for name, value in given.items()}, ()
        checked = check_answers(self.alone, given)
        answers = checked.value or {}
        if self.owner in unasked:
            unasked.update(name for name in self.kept if name not in given)
        kept = [name for name in self.kept if name in answers and name not in unasked]
        return {name: answers[name] for name in kept}, checked.problems


def _number_or_text(value: str) -> Answer:
    """What was worked out, as it was written; it is worked out anew where that is possible."""
    number = number_within(value, None, None, whole=False)
    return (value.strip() or None) if isinstance(number, Refusal) else number


NO_LOGIC = {"relevant": "", "constraint": "", "required_when": ""}


def _alone(instrument: Instrument, item: Item, owner: str) -> Instrument:
    """The instrument with this one item or row, without logic, and not required.

    A file tells what happened; whether it was asked is decided for the response as a whole.
    """
    alone = cast("Item", _without_logic(item, owner))
    page = Page.model_construct(key="only", items=(alone,))
    only = {"pages": (page,), "endings": (), "quotas": (), "samplings": ()}
    return instrument.model_copy(update=only)


def _without_logic(item: ItemBase, owner: str) -> ItemBase:
    changes: dict[str, object] = {"required": False, **NO_LOGIC}
    if isinstance(item, MATRIX_KINDS):
        rows = tuple(row for row in item.rows if row.key == owner)
        changes["rows"] = tuple(row.model_copy(update={"relevant": ""}) for row in rows)
    if hasattr(item, "option_filter"):
        changes["option_filter"] = ""
    for name in ("options", "columns"):
        if any(option.relevant for option in getattr(item, name, ())):
            options = getattr(item, name)
            changes[name] = tuple(o.model_copy(update={"relevant": ""}) for o in options)
    if isinstance(item, RepeatingGroup):
        changes["least"] = 0
        changes["items"] = tuple(_without_logic(one, owner) for one in item.items)
    return item.model_copy(update=changes)


def plain_text(value: str) -> str:
    """Text as it was given, without the apostrophe that keeps spreadsheets from running it."""
    return value[1:] if DEFUSED.match(value) else value
