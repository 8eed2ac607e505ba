"""What a figure shows, before anybody draws it: rows on one axis, their words and their table.

The live figure (Plotly) and the still one (SVG, for readers without scripts and for paper) are
drawn from the same chart, so they cannot say different things. A chart holds the scorecard's own
numbers; nothing here computes one.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

from assessor.reports.tables import Table
from assessor.reports.tokens import CHART_FONT_SIZE

LABEL_LETTERS = 34
"""Letters in a line of a label: what fits beside a value on a phone 320 pixels wide."""
LABEL_LINES = 4
LINE = 19
"""Height of a line of a label, in pixels, at the figures' letter size."""
NOTES_LINE = 17
TRACK = 22
GAP = 14
AXIS = 24


@dataclass(frozen=True)
class Axis:
    """From where to where, in the scores' own unit, with the words at its ticks."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...] = ()

    def place(self, value: float) -> float:
        """Where a value lies between the axis's start (0) and end (1), for laying out words."""
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))


@dataclass(frozen=True)
class Level:
    """Something a value is held against: the target, the baseline, the partial level."""

    name: str
    value: float
    text: str


@dataclass(frozen=True)
class Dot:
    """One row: a value with its interval, or words that say why there is none.

    `colour` is the name of a colour role or status; `symbol` a Plotly marker.
    """

    label: str
    text: str
    status: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    levels: tuple[Level, ...] = ()
    hover: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Bar:
    """One row: an amount as a bar from nothing, or words that say why there is none."""

    label: str
    text: str
    value: float | None = None


@dataclass(frozen=True)
class Chart:
    """`title` states the finding, `source` says what it rests on; `sentence` stands for it all."""

    title: str
    sentence: str
    source: str
    axis: Axis
    table: Table
    dots: tuple[Dot, ...] = ()
    bars: tuple[Bar, ...] = ()
    shared_levels: tuple[Level, ...] = ()
    labelled: bool = True


@dataclass(frozen=True)
class Place:
    """Where a row lies: pixels below the top of the plot."""

    top: int
    lines: tuple[str, ...]
    track: int
    notes: int


@dataclass(frozen=True)
class Layout:
    places: tuple[Place, ...]
    height: int
    """Of all rows together, without the axis."""
    axis: int = field(default=AXIS)

    @property
    def full_height(self) -> int:
        return self.height + self.axis


def lay_out(chart: Chart) -> Layout:
    """Labels above their tracks: the one order that holds from a phone to a poster."""
    places: list[Place] = []
    top = NOTES_LINE if chart.shared_levels else 2
    shown: Sequence[Dot | Bar] = chart.dots or chart.bars
    for row in shown:
        lines = wrapped(row.label) if chart.labelled else ()
        track = top + LINE * len(lines) + TRACK // 2
        levels = row.levels if isinstance(row, Dot) else ()
        notes = track + TRACK // 2
        places.append(Place(top=top, lines=lines, track=track, notes=notes))
        top = notes + (NOTES_LINE if levels else 0) + (GAP if chart.labelled else 2)
    has_axis = bool(chart.axis.ticks)
    return Layout(tuple(places), max(top, TRACK), AXIS if has_axis else 2)


def wrapped(label: str) -> tuple[str, ...]:
    """A label in at most four lines, cut with an ellipsis where it is longer."""
    text = " ".join(label.split())
    lines = textwrap.wrap(text, LABEL_LETTERS, max_lines=LABEL_LINES, placeholder="…")
    return tuple(lines) or ("",)


@dataclass(frozen=True)
class Note:
    """Words below a track: `at` from 0 to 1, and which end of the words lies there."""

    at: float
    text: str
    anchor: str


def notes(levels: Sequence[Level], axis: Axis) -> tuple[Note, ...]:
    """Levels named right below their marks, without running into one another."""
    named = sorted((axis.place(level.value), f"{level.name} {level.text}") for level in levels)
    if len(named) > 2:
        middle = sum(at for at, _ in named) / len(named)
        text = ", ".join(text for _, text in named)
        # Three in one line take half the axis and more.
        if middle < 0.35:
            return (Note(0.0, text, "start"),)
        return (Note(1.0, text, "end"),) if middle > 0.65 else (Note(middle, text, "middle"),)
    if len(named) == 2 and named[1][0] - named[0][0] < 0.4:
        (first, first_text), (second, second_text) = named
        if first < 0.3 or second > 0.7:
            return (_one_note((first + second) / 2, f"{first_text}, {second_text}"),)
        return (Note(first, first_text, "end"), Note(second, second_text, "start"))
    return tuple(_one_note(at, text) for at, text in named)


def _one_note(at: float, text: str) -> Note:
    if at < 0.2:
        return Note(max(at - 0.01, 0.0), text, "start")
    return Note(min(at + 0.01, 1.0), text, "end") if at > 0.8 else Note(at, text, "middle")


FONT_SIZE = CHART_FONT_SIZE
SMALL_SIZE = CHART_FONT_SIZE - 1
