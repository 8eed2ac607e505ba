"""Draws a chart with Plotly: scatter and bar traces only, for that is what the bundle can draw.

Colours are written as the names of the style sheet's custom properties (`var(--ink)`). The page's
script looks them up when it draws, so one figure serves light and dark; `in_scheme` resolves them
for figures that become files. Numbers are the chart's own, never sums or differences of them.
"""

import html
import json
import re
from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from assessor.reports.figures.chart import (
    FONT_SIZE,
    SMALL_SIZE,
    Axis,
    Bar,
    Chart,
    Dot,
    Layout,
    Level,
    Place,
    lay_out,
    notes,
)
from assessor.reports.tokens import FONT_TEXT, SCHEMES, STATUSES, SchemeName

# Any, here and below: a Plotly figure is arbitrary JSON by nature.
Json = dict[str, Any]

CONFIG: Json = {
    "displayModeBar": False,
    "displaylogo": False,
    "plotlyServerURL": "",
    "responsive": True,
    "showSendToCloud": False,
}
TRACES = frozenset({"scatter", "bar"})
"""The traces these figures use. A bundle without one of them would draw it as something else."""


def draw(chart: Chart) -> go.Figure:
    """A chart as a Plotly figure that stands alone, with its title and source."""
    content = drawing(chart, titled=True)
    # An empty template keeps the library's own from being put in its place.
    template = go.layout.Template()
    return go.Figure(data=content["data"], layout={**content["layout"], "template": template})


def drawing(chart: Chart, *, titled: bool = False) -> Json:
    """A chart as Plotly's `data` and `layout`, as a page needs them.

    A page prints title and source around the figure; with `titled` they are in it. The library's
    own check of a figure takes longer than all the rest of a report, so pages do without and the
    tests do it for them.
    """
    layout = lay_out(chart)
    above = 44 if titled else 0
    below = 30 if titled and chart.source else 0
    annotations = [
        *_row_words(chart, layout),
        *_level_words(chart, layout),
        *(_titles(chart, layout) if titled else []),
    ]
    return {
        "data": _dots(chart, layout) if chart.dots else _bars(chart, layout),
        "layout": {
            "height": layout.full_height + above + below,
            "margin": {"l": 8, "r": 8, "t": above, "b": layout.axis + below, "pad": 0},
            "autosize": True,
            "showlegend": False,
            "dragmode": False,
            "hovermode": "closest",
            "hoverlabel": {
                "bgcolor": "var(--raised)",
                "bordercolor": "var(--edge)",
                "font": {"color": "var(--ink)", "family": FONT_TEXT, "size": FONT_SIZE},
                "align": "left",
            },
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": FONT_TEXT, "size": FONT_SIZE, "color": "var(--ink)"},
            "xaxis": _x_axis(chart.axis),
            "yaxis": {
                "visible": False,
                "fixedrange": True,
                "range": [-layout.height, 0],
            },
            "bargap": 0,
            "annotations": annotations,
            "shapes": _tracks(chart, layout),
        },
    }


def in_scheme(figure: go.Figure, scheme: SchemeName) -> go.Figure:
    """The figure with every colour looked up in one scheme."""
    roles = SCHEMES[scheme]

    def colour(found: re.Match[str]) -> str:
        name = found[1].replace("-", "_")
        if name.startswith("status_"):
            return STATUSES[name.removeprefix("status_")].colour(scheme)
        return str(getattr(roles, name))

    text = json.dumps(figure.to_plotly_json(), sort_keys=True)
    return go.Figure(json.loads(re.sub(r"var\(--([a-z-]+)\)", colour, text)))


def figure_json(figure: go.Figure | Json) -> str:
    """The figure as JSON that may stand inside a `<script>`: the same bytes for the same figure."""
    content: Json = figure if isinstance(figure, dict) else figure.to_plotly_json()
    layout = {key: value for key, value in content["layout"].items() if key != "template"}
    content = {"config": CONFIG, "data": content["data"], "layout": layout}
    text = json.dumps(
        content, sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False
    )
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _x_axis(axis: Axis) -> Json:
    return {
        "range": [axis.low, axis.high],
        "fixedrange": True,
        "zeroline": False,
        "showline": False,
        "showgrid": bool(axis.ticks),
        "gridcolor": "var(--grid)",
        "gridwidth": 1,
        "tickmode": "array",
        "tickvals": [value for value, _ in axis.ticks],
        # Plotly drops the words at the ends of an axis where they would stand out of the picture.
        "showticklabels": False,
        "ticks": "",
    }


def _dots(chart: Chart, layout: Layout) -> list[Json]:
    placed = [
        (dot, place)
        for dot, place in zip(chart.dots, layout.places, strict=True)
        if dot.value is not None
    ]
    intervals = [_interval(dot, place) for dot, place in placed if dot.low is not None]
    levels = [
        _level_marks(level, [place])
        for dot, place in placed
        for level in dot.levels
    ]  # fmt: skip
    dots = {
        "type": "scatter",
        "mode": "markers",
        "name": "value",
        "x": [dot.value for dot, _ in placed],
        "y": [-place.track for _, place in placed],
        "hovertext": [_lines(f"{dot.label}\n{dot.hover}") for dot, _ in placed],
        "hoverinfo": "text",
        "cliponaxis": False,
        "marker": {
            "color": [_status_colour(dot) for dot, _ in placed],
            "symbol": [STATUSES[dot.status].symbol for dot, _ in placed],
            "size": [16 if dot.strong else 13 for dot, _ in placed],
            "opacity": 1,
            "line": {"color": [_edge_colour(dot) for dot, _ in placed], "width": 2},
        },
    }
    return [*levels, *intervals, dots]


def _interval(dot: Dot, place: Place) -> Json:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "interval",
        "x": [dot.low, dot.high],
        "y": [-place.track, -place.track],
        "line": {"color": _status_colour(dot), "width": 5 if dot.strong else 4},
        "opacity": 0.45,
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _level_marks(level: Level, places: Sequence[Place]) -> Json:
    """The target as a tall line, the baseline as a short one."""
    is_target = level.name == "target"
    return {
        "type": "scatter",
        "mode": "markers",
        "name": level.name,
        "x": [level.value] * len(places),
        "y": [-place.track for place in places],
        "marker": {
            "symbol": "line-ns",
            "size": 22 if is_target else 12,
            "line": {"color": "var(--ink)" if is_target else "var(--muted)", "width": 2},
        },
        "hovertext": _lines(f"{level.name} {level.text}"),
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _bars(chart: Chart, layout: Layout) -> list[Json]:
    placed = [
        (bar, place)
        for bar, place in zip(chart.bars, layout.places, strict=True)
        if bar.value is not None
    ]
    return [
        {
            "type": "bar",
            "orientation": "h",
            "name": "value",
            "x": [bar.value for bar, _ in placed],
            "y": [-place.track for _, place in placed],
            "width": 12,
            "marker": {"color": "var(--accent)", "line": {"width": 0}},
            "hovertext": [_lines(f"{bar.label}\n{bar.text}") for bar, _ in placed],
            "hoverinfo": "text",
            "cliponaxis": False,
        }
    ]


def _tracks(chart: Chart, layout: Layout) -> list[Json]:
    """A quiet line or band for every row, and one line down all rows for a shared target."""
    shown: Sequence[Dot | Bar] = chart.dots or chart.bars
    tracks = [
        {
            "type": "line",
            "layer": "below",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "y0": -place.track,
            "y1": -place.track,
            "line": {
                "color": "var(--band)",
                "width": 6 if isinstance(row, Dot) else 12,
                **({} if row.value is not None else {"dash": "2px,6px"}),
            },
        }
        for row, place in zip(shown, layout.places, strict=True)
    ]
    shared = [
        {
            "type": "line",
            "layer": "below",
            "x0": level.value,
            "x1": level.value,
            "y0": -layout.height,
            "y1": -14,
            "line": {"color": "var(--ink)", "width": 1.5},
        }
        for level in chart.shared_levels
    ]
    return [*tracks, *shared]


def _row_words(chart: Chart, layout: Layout) -> list[Json]:
    """Every row's label at the start and its value at the end of the line above its track."""
    words: list[Json] = []
    shown: Sequence[Dot | Bar] = chart.dots or chart.bars
    for row, place in zip(shown, layout.places, strict=True):
        if not chart.labelled:
            continue
        strong = isinstance(row, Dot) and row.strong
        label = _lines("\n".join(place.lines))
        value = html.escape(row.text, quote=False)
        has_value = row.value is not None
        words.append(_words(label, 0, "left", -place.top, "var(--ink)", bold=strong))
        words.append(
            _words(
                value,
                1,
                "right",
                -place.top,
                "var(--ink)" if has_value else "var(--muted)",
                bold=has_value,
            )
        )
    return words


def _level_words(chart: Chart, layout: Layout) -> list[Json]:
    anchors = {"start": "left", "middle": "center", "end": "right"}
    words = [
        _words(note.text, note.at, anchors[note.anchor], -place.notes, "var(--muted)", SMALL_SIZE)
        for dot, place in zip(chart.dots, layout.places, strict=False)
        for note in notes(dot.levels, chart.axis)
    ]
    last = len(chart.axis.ticks) - 1
    ticks = [
        {
            **_words(
                text,
                chart.axis.place(value),
                "left" if place == 0 else "right" if place == last else "center",
                0,
                "var(--muted)",
                SMALL_SIZE,
            ),
            "yref": "paper",
            "yshift": -5,
        }
        for place, (value, text) in enumerate(chart.axis.ticks)
    ]
    shared = [
        _words(note.text, note.at, anchors[note.anchor], 0, "var(--muted)", SMALL_SIZE)
        for note in notes(chart.shared_levels, chart.axis)
    ]
    return [*words, *shared, *ticks]


def _words(
    text: str,
    at: float,
    anchor: str,
    y: float,
    colour: str,
    size: int = FONT_SIZE,
    *,
    bold: bool = False,
) -> Json:
    """Words whose top lies `y` below the top of the plot; `text` is escaped where it is made.

    Bold is the font's, never a tag in the text: a tag becomes a style attribute, which the site's
    content security policy refuses.
    """
    font: Json = {"color": colour, "size": size}
    return {
        "text": text,
        "xref": "paper",
        "x": at,
        "xanchor": anchor,
        "yref": "y",
        "y": y,
        "yanchor": "top",
        "align": "left",
        "showarrow": False,
        "font": font | {"weight": "bold"} if bold else font,
        "borderpad": 0,
        # Lines of the grid pass behind words, not through them.
        "bgcolor": "var(--paper)",
        "captureevents": False,
    }


def _titles(chart: Chart, layout: Layout) -> list[Json]:
    title = {
        **_words(html.escape(chart.title, quote=False), 0, "left", 1, "var(--ink)", 17, bold=True),
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": 14,
    }
    source = {
        **_words(html.escape(chart.source, quote=False), 0, "left", 0, "var(--muted)", SMALL_SIZE),
        "yref": "paper",
        "yshift": -layout.axis,
    }
    return [title, source] if chart.source else [title]


def _status_colour(dot: Dot) -> str:
    return f"var(--status-{dot.status.replace('_', '-')})"


def _edge_colour(dot: Dot) -> str:
    """Filled marks stand out from their interval by a ring of paper; drawn ones are their line."""
    return "var(--paper)" if STATUSES[dot.status].filled else _status_colour(dot)


def _lines(text: str) -> str:
    """Text for Plotly, which reads a little HTML: what looks like a tag is told to be text."""
    return html.escape(text, quote=False).replace("\n", "<br>")
