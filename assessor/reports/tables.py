"""Tables: the same numbers as a figure, for people and machines that do not look at pictures.

A cell holds the text to print and, where it is a number, the unrounded number behind it, so that
a workbook can be written from the same table and a test can compare it with what was drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assessor.domain.scorecard import (
    ElementScore,
    GroupScore,
    IndicatorScore,
    ItemCounts,
    MissingKind,
    Score,
)
from assessor.reports.numbers import NOTHING, count, percent, short_text, value_text
from assessor.reports.words import look

ColumnKind = Literal["text", "number", "status"]


@dataclass(frozen=True)
class Column:
    label: str
    kind: ColumnKind = "number"


@dataclass(frozen=True)
class Cell:
    """`status` is the key of a status look where the cell shows a shape beside its word."""

    text: str
    value: float | None = None
    status: str = ""


@dataclass(frozen=True)
class Table:
    """The first column of every row names the row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def numbers(self) -> frozenset[float]:
        """Every unrounded number in the table."""
        return frozenset(cell.value for row in self.rows for cell in row if cell.value is not None)


_SCORE_COLUMNS = (
    Column("Status", "status"),
    Column("Value"),
    Column("From"),
    Column("To"),
    Column("Answers"),
)

_LEVEL_NAMES = ("Baseline", "Partly met from", "Target")


def standing_table(elements: Sequence[ElementScore]) -> Table:
    """Where elements stand: one row each, with what they are held against."""
    return Table(
        caption="Where each stands, from 0 to 100",
        columns=(
            Column("Element", "text"),
            *_SCORE_COLUMNS,
            *(Column(name) for name in _LEVEL_NAMES),
            Column("Measured"),
        ),
        rows=tuple(
            (
                Cell(f"{element.code} {element.text}"),
                *_score_cells(element.score),
                _value(element.baseline, element.score),
                _value(element.partial, element.score),
                _value(element.target, element.score),
                Cell(percent(element.coverage), element.coverage),
            )
            for element in elements
        ),
    )


def element_table(element: ElementScore) -> Table:
    """One element, one line a number."""
    return _one_score_table(
        f"{element.code}, from 0 to 100",
        element.score,
        (element.baseline, element.partial, element.target),
        (Cell("Measured"), Cell(percent(element.coverage), element.coverage)),
    )


def indicator_table(scored: IndicatorScore) -> Table:
    """One indicator, one line a number."""
    card, score = scored.indicator, scored.score
    target = card.target
    levels = (card.baseline, target.partial if target else None, target.value if target else None)
    unit = ", from 0 to 100" if score.unit == "index" else ""
    return _one_score_table(f"{card.name}{unit}", score, levels)


def _one_score_table(
    caption: str,
    score: Score,
    levels: tuple[float | None, float | None, float | None],
    *more: tuple[Cell, Cell],
) -> Table:
    names = (*(column.label for column in _SCORE_COLUMNS), *_LEVEL_NAMES)
    cells = (*_score_cells(score), *(_value(level, score) for level in levels))
    return Table(
        caption=caption,
        columns=(Column("Figure", "text"), Column("Value")),
        rows=(*((Cell(name), cell) for name, cell in zip(names, cells, strict=True)), *more),
    )


def groups_table(scored: IndicatorScore) -> Table:
    """Everyone, then every group; a group that may not be shown has a row that says so."""
    everyone = GroupScore(group="", label="Everyone", score=scored.score)
    target = scored.indicator.target
    return Table(
        caption=f"{scored.indicator.name}, by group",
        columns=(Column("Group", "text"), *_SCORE_COLUMNS, Column("Target")),
        rows=tuple(
            (
                Cell(row.label),
                *_score_cells(row.score),
                _value(target.value if target else None, scored.score),
            )
            for row in (everyone, *scored.groups)
        ),
    )


def counts_table(item: ItemCounts) -> Table:
    """How many gave which answer, then who gave none."""
    missing: dict[MissingKind, str] = {
        "skipped": "Skipped",
        "not_applicable": "Does not apply",
        "not_asked": "Not asked",
        "not_sampled": "Not asked, by chance",
    }
    answers = tuple(
        (Cell(option.label), _count(option.count, suppressed=item.suppressed))
        for option in item.counts
    )
    without = tuple(
        (Cell(label), _count(item.missing[kind], suppressed=False))
        for kind, label in missing.items()
        if kind in item.missing
    )
    return Table(
        caption=f"Answers to “{item.text}”"
        + (f", asked of {percent(item.asked_share)} at random" if item.asked_share < 1 else ""),
        columns=(Column("Answer", "text"), Column("People")),
        rows=(*answers, *without),
    )


def coverage_table(elements: Sequence[ElementScore]) -> Table:
    """What share of each element's weight was measured."""
    return Table(
        caption="How much of the weight was measured",
        columns=(Column("Element", "text"), Column("Measured")),
        rows=tuple(
            (
                Cell(f"{element.code} {element.text}"),
                Cell(percent(element.coverage), element.coverage),
            )
            for element in elements
        ),
    )


def _score_cells(score: Score) -> tuple[Cell, ...]:
    status = look(score)
    return (
        Cell(status.word, status=status.key),
        _value(score.value, score),
        _value(score.low, score),
        _value(score.high, score),
        Cell(count(score.n), score.n),
    )


def _value(value: float | None, score: Score) -> Cell:
    """A value in its unit; an index without its "of 100", which the caption of its table says."""
    if value is None:
        return Cell(NOTHING)
    text = short_text if score.unit == "index" else value_text
    return Cell(text(value, score.unit), value)


def _count(number: int | None, *, suppressed: bool) -> Cell:
    if number is None:
        return Cell("Withheld" if suppressed else NOTHING)
    return Cell(count(number), number)
