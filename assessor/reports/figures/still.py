"""Draws a chart as a small SVG: what readers without scripts see, and what goes on paper.

Places along the axis are percentages, so the picture fits any width and its letters keep their
size. Colours come from the style sheet by class, so it follows light, dark and print by itself.
"""

import html
from collections.abc import Sequence

from markupsafe import Markup

from assessor.reports.figures.chart import (
    LINE,
    Bar,
    Chart,
    Dot,
    Layout,
    Level,
    Place,
    lay_out,
    notes,
)
from assessor.reports.tokens import STATUSES


def still(chart: Chart) -> Markup:
    """The chart as SVG markup with its sentence as its name; all texts in it are escaped."""
    layout = lay_out(chart)
    shown: Sequence[Dot | Bar] = chart.dots or chart.bars
    parts = [
        *_grid(chart, layout),
        *(
            part
            for row, place in zip(shown, layout.places, strict=True)
            for part in _row(row, place, chart)
        ),
        *_notes(chart.shared_levels, chart, 0),
    ]
    body = "".join(parts)
    return Markup(  # noqa: S704  every text in it went through _text or _attribute
        f'<svg class="still" role="img" aria-label="{_attribute(chart.sentence)}" '
        f'height="{layout.full_height}" direction="ltr">{body}</svg>'
    )


def _grid(chart: Chart, layout: Layout) -> list[str]:
    parts = [
        f'<line class="still-grid" x1="{_at(chart, value)}" x2="{_at(chart, value)}" y1="0" '
        f'y2="{layout.height}"/>'
        for value, _ in chart.axis.ticks
    ]
    last = len(chart.axis.ticks) - 1
    parts += [
        _words(
            text,
            _at(chart, value),
            layout.height + 17,
            "start" if place == 0 else "end" if place == last else "middle",
            "still-tick",
        )
        for place, (value, text) in enumerate(chart.axis.ticks)
    ]
    parts += [
        f'<line class="still-target" x1="{_at(chart, level.value)}" '
        f'x2="{_at(chart, level.value)}" y1="16" y2="{layout.height}"/>'
        for level in chart.shared_levels
    ]
    return parts


def _row(row: Dot | Bar, place: Place, chart: Chart) -> list[str]:
    strong = " still-strong" if isinstance(row, Dot) and row.strong else ""
    parts = []
    if chart.labelled:
        parts += [
            _words(line, "0", place.top + 14 + LINE * number, "start", f"still-label{strong}")
            for number, line in enumerate(place.lines)
        ]
        kind = "still-value" if row.value is not None else "still-tick"
        parts.append(_words(row.text, "100%", place.top + 14, "end", kind))
    if isinstance(row, Bar):
        return parts + _bar(row, place, chart)
    return parts + _dot(row, place, chart) + _notes(row.levels, chart, place.notes)


def _bar(bar: Bar, place: Place, chart: Chart) -> list[str]:
    top = place.track - 6
    parts = [f'<rect class="still-track" x="0" y="{top}" width="100%" height="12"/>']
    if bar.value:
        width = _at(chart, bar.value)
        parts.append(f'<rect class="still-bar" x="0" y="{top}" width="{width}" height="12"/>')
    return parts


def _dot(dot: Dot, place: Place, chart: Chart) -> list[str]:
    y = place.track
    empty = "" if dot.value is not None else " still-empty"
    parts = [f'<line class="still-track{empty}" x1="0" x2="100%" y1="{y}" y2="{y}"/>']
    for level in dot.levels:
        kind, half = ("target", 11) if level.name == "target" else ("baseline", 6)
        x = _at(chart, level.value)
        parts.append(
            f'<line class="still-{kind}" x1="{x}" x2="{x}" y1="{y - half}" y2="{y + half}"/>'
        )
    if dot.value is None:
        return parts
    status = STATUSES[dot.status]
    name = dot.status.replace("_", "-")
    if dot.low is not None and dot.high is not None:
        parts.append(
            f'<line class="still-interval status--{name}" x1="{_at(chart, dot.low)}" '
            f'x2="{_at(chart, dot.high)}" y1="{y}" y2="{y}"/>'
        )
    drawn = "" if status.filled else " still-mark--drawn"
    # A drawn mark is only lines: paper behind it keeps it apart from the track.
    back = "" if status.filled else '<circle class="still-back" r="9"/>'
    parts.append(
        f'<svg class="still-mark{drawn} status--{name}" x="{_at(chart, dot.value)}" y="{y}" '
        f'overflow="visible">{back}<path transform="translate(-8 -8)" d="{status.path}"/></svg>'
    )
    return parts


def _notes(levels: tuple[Level, ...], chart: Chart, y: int) -> list[str]:
    return [
        _words(note.text, f"{note.at * 100:.2f}%", y + 13, note.anchor, "still-tick")
        for note in notes(levels, chart.axis)
    ]


def _at(chart: Chart, value: float) -> str:
    return f"{chart.axis.place(value) * 100:.2f}%"


def _words(text: str, x: str, y: int, anchor: str, kind: str) -> str:
    return (
        f'<text class="{kind}" x="{x}" y="{y}" text-anchor="{anchor}">'
        f"{html.escape(text, quote=False)}</text>"
    )


def _attribute(text: str) -> str:
    return html.escape(text, quote=True)
