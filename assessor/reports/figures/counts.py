"""What people answered: one bar for each answer that could be given."""

import plotly.graph_objects as go

from assessor.domain.scorecard import ItemCounts
from assessor.reports.figures.chart import Axis, Bar, Chart
from assessor.reports.figures.drawing import draw
from assessor.reports.numbers import count
from assessor.reports.tables import counts_table
from assessor.reports.words import item_sentence, shortened


def counts(item: ItemCounts) -> go.Figure:
    """The answers' counts of one item, in the order in which the answers were offered."""
    return draw(counts_chart(item))


def counts_chart(item: ItemCounts) -> Chart:
    largest = max((option.count or 0 for option in item.counts), default=0)
    return Chart(
        title=shortened(item.text, 120),
        sentence=item_sentence(item),
        source="",
        axis=Axis(0.0, float(max(largest, 1))),
        table=counts_table(item),
        bars=tuple(
            Bar(
                label=option.label,
                text="Withheld" if option.count is None else count(option.count),
                value=None if option.count is None else float(option.count),
            )
            for option in item.counts
        ),
    )
