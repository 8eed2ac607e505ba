"""Where everything of an instrument stands, and what its keys name: what the checks of logic share.

Made once for an instrument. Each expression has the exact place that a problem's `where` names, and
stands at a position, so that what is asked later can be told from what is asked before.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from assessor.domain.answer_types import value_of
from assessor.domain.instrument import (
    MATRIX_KINDS,
    NOT_APPLICABLE,
    Calculated,
    ChoiceMatrix,
    Column,
    Consent,
    Hidden,
    Instrument,
    Item,
    ItemBase,
    Ranking,
    RepeatingGroup,
    WithOptions,
    YesNo,
)
from assessor.domain.kinds import ValueType, columns_of, na_label
from assessor.domain.readings import codes_of

Use = Literal["condition", "constraint", "filter", "calculation", "after"]
"""What an expression is for; `after` sees every answer, as endings and quotas do."""

Position = tuple[int, int, int]
"""Page, item and item of a group; compared, it says what is asked first."""


@dataclass(frozen=True)
class Known:
    """What a key of logic stands for.

    `column` is None where a key names several columns together, as a ranking does. `codes` are
    those that its answer can be, None where it is not chosen from any.
    """

    key: str
    item: ItemBase
    column: Column | None
    position: Position
    value: ValueType
    codes: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Written:
    """One expression: where it is written, what for, and what it may see."""

    where: str
    text: str
    use: Use
    position: Position
    owner: str
    item: ItemBase | None = None
    attributes: frozenset[str] = frozenset()


@dataclass
class Places:
    """Every key and every expression of an instrument."""

    instrument: Instrument
    known: dict[str, Known] = field(default_factory=dict)
    several: dict[str, tuple[str, ...]] = field(default_factory=dict)
    written: list[Written] = field(default_factory=list)

    def __post_init__(self) -> None:
        for p, page in enumerate(self.instrument.pages):
            for i, item in enumerate(page.items):
                self._add_keys(item, (p, i, 0))
        self.written.extend(_expressions(self.instrument))

    def _add_keys(self, item: Item, position: Position) -> None:
        inner = {one.key: n for n, one in enumerate(getattr(item, "items", ()), 1)}
        below = {one.key: one for one in getattr(item, "items", ())}
        owners: dict[str, list[str]] = {}
        for column in columns_of(self.instrument, item):
            of_item: ItemBase = below.get(column.owner, item)
            at = (*position[:2], inner.get(column.owner, 0))
            name = column.name
            self._add(name, of_item, column, at)
            if name.endswith(".1") and column.owner in below:
                self._add(name.removesuffix(".1"), of_item, column, at)
            owners.setdefault(column.owner, []).append(name)
        if isinstance(item, Ranking):
            codes = tuple(option.code for option in item.options)
            self.known[item.key] = Known(item.key, item, None, position, "choices", codes)
        for owner, names in owners.items():
            if owner not in self.known:
                self.several[owner] = tuple(names)
        if isinstance(item, MATRIX_KINDS) and item.key not in self.known:
            self.several[item.key] = tuple(c.name for c in columns_of(self.instrument, item))

    def _add(self, name: str, item: ItemBase, column: Column, position: Position) -> None:
        value = value_of(item, column)
        codes = _codes(item) if value in {"choice", "choices"} else None
        self.known.setdefault(name, Known(name, item, column, position, value, codes))


def places_of(instrument: Instrument) -> Places:
    """The instrument's places, worked out once."""
    found = instrument.worked_out.get("places")
    if found is None:
        found = instrument.worked_out["places"] = Places(instrument)
    assert isinstance(found, Places)
    return found


def _codes(item: ItemBase) -> tuple[str, ...] | None:
    na = (NOT_APPLICABLE,) if na_label(item) else ()
    if isinstance(item, YesNo):
        return ("yes", "no", *na)
    if isinstance(item, Consent):
        return ("yes",)
    if isinstance(item, Hidden):
        return tuple(dict.fromkeys([*item.values, *([item.default] if item.default else [])]))
    if isinstance(item, WithOptions | ChoiceMatrix):
        return (*codes_of(item), *na)
    return None


def _expressions(instrument: Instrument) -> Iterator[Written]:
    last = (len(instrument.pages), 0, 0)
    for p, page in enumerate(instrument.pages):
        where = f"pages.{p}"
        yield Written(f"{where}.relevant", page.relevant, "condition", (p, -1, 0), page.key)
        for i, item in enumerate(page.items):
            yield from _of_item(item, f"{where}.items.{i}", (p, i, 0))
    for e, ending in enumerate(instrument.endings):
        yield Written(f"endings.{e}.when", ending.when, "after", last, ending.key)
    for q, quota in enumerate(instrument.quotas):
        yield Written(f"quotas.{q}.when", quota.when, "after", last, quota.key)


def _of_item(item: ItemBase, where: str, position: Position) -> Iterator[Written]:
    for name in ("relevant", "required_when"):
        text = getattr(item, name)
        yield Written(f"{where}.{name}", text, "condition", position, item.key, item)
    yield Written(f"{where}.constraint", item.constraint, "constraint", position, item.key, item)
    if isinstance(item, Calculated):
        text = item.calculation
        yield Written(f"{where}.calculation", text, "calculation", position, item.key, item)
    options = getattr(item, "options", ()) or getattr(item, "columns", ())
    attributes = frozenset({"code", "name"}.union(*(option.attributes for option in options)))
    chosen = getattr(item, "option_filter", "")
    yield Written(f"{where}.option_filter", chosen, "filter", position, item.key, item, attributes)
    listed = "columns" if hasattr(item, "columns") else "options"
    for o, option in enumerate(options):
        if option.relevant:
            place = f"{where}.{listed}.{o}.relevant"
            yield Written(place, option.relevant, "filter", position, item.key, item, attributes)
    for r, row in enumerate(getattr(item, "rows", ())):
        place = f"{where}.rows.{r}.relevant"
        yield Written(place, row.relevant, "condition", position, row.key, item)
    if isinstance(item, RepeatingGroup):
        for n, one in enumerate(item.items, 1):
            yield from _of_item(one, f"{where}.items.{n - 1}", (*position[:2], n))
