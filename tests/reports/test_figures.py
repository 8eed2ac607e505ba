"""Figures draw the scorecard's own numbers, and say the same in a table and a sentence."""

import json
import re
from collections.abc import Iterator
from typing import Any

import plotly.graph_objects as go
import pytest
from lxml import etree

from assessor.domain.scorecard import Scorecard
from assessor.reports.figures import (
    CONFIG,
    TRACES,
    counts,
    coverage,
    figure_json,
    groups,
    in_scheme,
    indicator_standing,
    standing,
)
from assessor.reports.figures.chart import LABEL_LETTERS, LABEL_LINES, Axis, Chart, Level, notes
from assessor.reports.figures.counts import counts_chart
from assessor.reports.figures.coverage import coverage_chart
from assessor.reports.figures.drawing import draw, drawing
from assessor.reports.figures.groups import groups_chart
from assessor.reports.figures.standing import element_chart, indicator_chart, standing_chart
from assessor.reports.figures.still import still
from assessor.reports.page import PLOTLY
from tests.reports import building, samples


def charts_of(card: Scorecard) -> Iterator[Chart]:
    yield standing_chart(card)
    yield coverage_chart(card)
    for element in card.elements:
        yield element_chart(element)
    for scored in card.indicators:
        yield indicator_chart(scored)
        yield groups_chart(scored)
        for item in scored.items:
            yield counts_chart(item)


@pytest.fixture(params=list(samples.SAMPLES))
def card(request: pytest.FixtureRequest) -> Scorecard:
    return samples.SAMPLES[request.param]()


def drawn_numbers(figure: go.Figure) -> set[float]:
    """Every number that a trace or a line across the rows puts on the axis."""
    content = figure.to_plotly_json()
    numbers = {float(x) for trace in content["data"] for x in trace["x"] if x is not None}
    for shape in content["layout"].get("shapes", ()):
        if shape.get("xref") != "paper":
            numbers |= {float(shape["x0"]), float(shape["x1"])}
    return numbers


def test_every_number_drawn_stands_in_the_table(card: Scorecard) -> None:
    for chart in charts_of(card):
        assert drawn_numbers(draw(chart)) <= chart.table.numbers(), chart.title


def test_every_value_in_the_table_of_a_figure_is_drawn() -> None:
    chart = standing_chart(samples.normal())
    drawn = drawn_numbers(draw(chart))
    for dot in chart.dots:
        if dot.value is not None:
            assert {dot.value, dot.low, dot.high} <= drawn


def test_every_figure_has_a_title_a_sentence_and_a_table(card: Scorecard) -> None:
    for chart in charts_of(card):
        assert chart.title
        assert chart.sentence
        assert chart.table.caption
        for row in chart.table.rows:
            assert len(row) == len(chart.table.columns)


def test_a_row_of_the_figure_is_a_row_of_the_table(card: Scorecard) -> None:
    for scored in card.indicators:
        chart = groups_chart(scored)
        assert len(chart.dots) == len(chart.table.rows) == len(scored.groups) + 1


def test_figures_use_only_traces_that_the_bundle_draws(card: Scorecard) -> None:
    used = {trace.type for chart in charts_of(card) for trace in draw(chart).data}
    assert used <= TRACES


def test_the_bundle_can_draw_the_traces_the_figures_use() -> None:
    entry = (PLOTLY.parents[2] / "plotly_bundle" / "entry.js").read_text("utf-8")
    for trace in TRACES:
        assert f"traces/{trace}" in entry


def test_no_figure_offers_to_send_anything_anywhere() -> None:
    assert CONFIG["showSendToCloud"] is False
    assert CONFIG["plotlyServerURL"] == ""
    assert CONFIG["displaylogo"] is False


def test_what_is_withheld_is_named_and_not_drawn() -> None:
    card = samples.twenty_groups()
    chart = groups_chart(card.indicators[0])
    hidden = [dot for dot in chart.dots if dot.status == "suppressed"]
    assert len(hidden) == 3
    assert all(dot.text == "Withheld" and dot.value is None for dot in hidden)
    figure = draw(chart)
    values = next(trace for trace in figure.data if trace.name == "value")
    assert len(values.x) == 18
    assert sum(note.text == "Withheld" for note in figure.layout.annotations) == 3


def test_suppressed_counts_are_in_no_part_of_a_figure() -> None:
    item = building.item("welcome", "Welcome?", counts=(3, 1, 977, 2, 1)).model_copy(
        update={"suppressed": True, "counts": building.item("w", "W", suppressed=True).counts}
    )
    assert "977" not in figure_json(counts(item))
    assert not draw(counts_chart(item)).data[0].x


def test_titles_say_what_was_found() -> None:
    assert standing_chart(samples.normal()).title == "1 of 6 goals is met; P2.1 falls short"
    assert standing_chart(samples.no_data()).title == "No goal is measured yet"
    assert coverage_chart(samples.normal()).title == (
        "2 of 6 goals are measured in full; nothing is known of 1"
    )
    assert groups_chart(samples.normal().indicators[0]).title == (
        "Undergraduates highest, Staff lowest"
    )
    assert groups_chart(samples.one_group().indicators[0]).title == "Only Members can be shown"
    assert groups_chart(samples.all_suppressed().indicators[0]).title == (
        "No group is large enough to be shown"
    )


def test_groups_whose_ranges_overlap_are_not_called_different() -> None:
    card = samples.with_groups({"Near": 0.70, "Nearer": 0.72})
    assert groups_chart(card.indicators[0]).title.startswith("No difference between groups")


def test_all_goals_stand_on_one_axis() -> None:
    figure = standing(samples.normal())
    assert tuple(figure.layout.xaxis.range) == (0.0, 1.0)
    tracks = [shape for shape in figure.layout.shapes if shape.xref == "paper"]
    assert len(tracks) == 6


def test_an_indicator_stands_on_the_scale_of_its_own_unit() -> None:
    by_key = {i.indicator.key: indicator_standing(i) for i in samples.every_unit().indicators}
    assert tuple(by_key["mean"].layout.xaxis.range) == (1.0, 5.0)
    assert tuple(by_key["nps"].layout.xaxis.range) == (-100.0, 100.0)
    assert tuple(by_key["visits"].layout.xaxis.range) == (0.0, 128450.0)


def test_labels_are_wrapped_and_never_wider_than_a_phone() -> None:
    figure = groups(samples.long_labels().indicators[0])
    for note in figure.layout.annotations:
        lines = note.text.split("<br>")
        if note.xanchor == "left" and note.yref == "y":
            assert len(lines) <= LABEL_LINES
            assert max(map(len, lines)) <= LABEL_LETTERS


def test_the_words_below_a_track_do_not_run_into_one_another() -> None:
    axis = Axis(0, 1)
    near = notes((Level("baseline", 0.50, "50"), Level("target", 0.55, "55")), axis)
    assert [note.anchor for note in near] == ["end", "start"]
    at_the_edge = notes((Level("baseline", 0.02, "2"), Level("target", 0.05, "5")), axis)
    assert [note.text for note in at_the_edge] == ["baseline 2, target 5"]
    apart = notes((Level("baseline", 0.25, "25"), Level("target", 0.75, "75")), axis)
    assert [note.anchor for note in apart] == ["middle", "middle"]


def test_the_partial_level_is_marked_where_it_decides() -> None:
    dots = {dot.label.split()[0]: dot for dot in standing_chart(samples.normal()).dots}
    marked = {
        code: [level.name for level in dot.levels if level.name == "partly met from"]
        for code, dot in dots.items()
    }
    assert marked["P1.2"] == ["partly met from"]
    assert marked["P1.1"] == []
    (note,) = notes(dots["P1.2"].levels, Axis(0, 1))
    assert note.text == "baseline 55, partly met from 62, target 70"


def test_a_script_in_a_label_is_text_in_the_figure() -> None:
    card = samples.with_payload()
    for figure in (standing(card), coverage(card), groups(card.indicators[0])):
        text = figure_json(figure)
        assert "<" not in text
        assert ">" not in text
        for annotation in json.loads(text)["layout"]["annotations"]:
            tags = set(re.findall(r"<[^>]*>", annotation["text"]))
            assert tags <= {"<br>", "<b>", "</b>"}


def test_what_a_page_draws_is_what_the_library_accepts(card: Scorecard) -> None:
    for chart in charts_of(card):
        content = drawing(chart)
        figure = go.Figure(content)
        assert len(figure.data) == len(content["data"])


def test_the_same_figure_is_the_same_bytes() -> None:
    assert figure_json(standing(samples.normal())) == figure_json(standing(samples.normal()))


def test_a_figure_without_the_default_template_is_small() -> None:
    content = json.loads(figure_json(indicator_standing(samples.normal().indicators[0])))
    assert "template" not in content["layout"]
    assert len(json.dumps(content)) < 5000


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_colours_can_be_looked_up_for_a_file(scheme: Any) -> None:
    text = figure_json(in_scheme(standing(samples.normal()), scheme))
    assert "var(--" not in text


def test_the_still_picture_is_well_formed_and_has_every_row(card: Scorecard) -> None:
    for chart in charts_of(card):
        drawn = etree.fromstring(still(chart).encode())
        assert drawn.get("aria-label") == chart.sentence
        marks = drawn.findall("svg[@class]") + drawn.findall("rect[@class='still-bar']")
        dots = [dot for dot in chart.dots if dot.value is not None]
        bars = [bar for bar in chart.bars if bar.value]
        assert len(marks) == len(dots) + len(bars)
