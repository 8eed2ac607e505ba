"""How much of each goal is known at all: the measured share of its weight."""

import plotly.graph_objects as go

from assessor.domain.scorecard import Scorecard
from assessor.reports.figures.chart import Axis, Bar, Chart
from assessor.reports.figures.drawing import draw
from assessor.reports.numbers import NARROW, percent
from assessor.reports.outline import outline, same_level, scored_rows
from assessor.reports.tables import coverage_table
from assessor.reports.words import counted

SHARE_AXIS = Axis(0.0, 1.0, tuple((k / 4, f"{k * 25}{NARROW}%") for k in range(5)))


def coverage(scorecard: Scorecard) -> go.Figure:
    """The measured share of the weight of every goal of a plan."""
    return draw(coverage_chart(scorecard))


def coverage_chart(scorecard: Scorecard) -> Chart:
    shown = scored_rows(outline(scorecard))
    elements = tuple(node.element for node in shown)
    word = same_level(shown) or "element"
    return Chart(
        title=_finding([element.coverage for element in elements], word),
        sentence=" ".join(
            f"{element.code}: {percent(element.coverage)} measured." for element in elements
        )
        or "Nothing in this plan is scored.",
        source="Share of the weight that evidence was found for.",
        axis=SHARE_AXIS,
        table=coverage_table(elements),
        bars=tuple(
            Bar(
                label=f"{element.code}  {element.text}",
                text=percent(element.coverage),
                value=element.coverage,
            )
            for element in elements
        ),
    )


def _finding(shares: list[float], word: str) -> str:
    nothing = sum(share == 0 for share in shares)
    whole = sum(share >= 1 for share in shares)
    if not shares:
        return "Nothing in this plan is scored"
    if nothing == len(shares):
        return f"No {word} is measured yet"
    if whole == len(shares):
        return f"Every {word} is measured in full"
    rest = f"; nothing is known of {nothing}" if nothing else ""
    if len(shares) == 1:
        return f"The one {word} is measured in part"
    of_all = counted(len(shares), word)
    return f"{whole or 'None'} of {of_all} {'is' if whole < 2 else 'are'} measured in full{rest}"
