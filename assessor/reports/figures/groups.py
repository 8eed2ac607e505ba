"""How groups differ: a dot with its interval for each, everyone above, one axis for all."""

import plotly.graph_objects as go

from assessor.domain.scorecard import GroupScore, IndicatorScore
from assessor.reports.figures.chart import Axis, Chart, Level
from assessor.reports.figures.drawing import draw
from assessor.reports.figures.standing import axis_of, score_dot
from assessor.reports.numbers import value_text
from assessor.reports.tables import groups_table
from assessor.reports.words import counted, look, shortened


def groups(scored: IndicatorScore) -> go.Figure:
    """One indicator by group; groups too small to show are named as withheld."""
    return draw(groups_chart(scored))


def groups_chart(scored: IndicatorScore) -> Chart:
    target = scored.indicator.target
    levels = (
        (Level("target", target.value, value_text(target.value, scored.score.unit)),)
        if target and scored.score.unit != "none"
        else ()
    )
    shown = [group for group in scored.groups if group.score.value is not None]
    return Chart(
        title=_finding(scored, shown),
        sentence=_sentence(scored, shown),
        source="",
        axis=_axis(scored, levels),
        table=groups_table(scored),
        dots=(
            score_dot("Everyone", scored.score, strong=True),
            *(score_dot(group.label, group.score) for group in scored.groups),
        ),
        shared_levels=levels,
    )


def _axis(scored: IndicatorScore, levels: tuple[Level, ...]) -> Axis:
    return axis_of(
        scored.score,
        [level.value for level in levels],
        *(group.score for group in scored.groups),
    )


def _finding(scored: IndicatorScore, shown: list[GroupScore]) -> str:
    if not scored.groups:
        return "No groups were told apart"
    if not shown:
        return "No group is large enough to be shown"
    if len(shown) == 1:
        return f"Only {shown[0].label} can be shown"
    low, high = _ends(shown)
    if _apart(low, high):
        return f"{shortened(high.label, 40)} highest, {shortened(low.label, 40)} lowest"
    return "No difference between groups is larger than chance would make it"


def _sentence(scored: IndicatorScore, shown: list[GroupScore]) -> str:
    withheld = sum(group.score.suppressed for group in scored.groups)
    parts = [
        f"{group.label}: {value_text(group.score.value, group.score.unit)}, "
        f"{look(group.score).word.lower()}."
        for group in shown
    ]
    if withheld:
        verb = "is" if withheld == 1 else "are"
        parts.append(
            f"{counted(withheld, 'group').capitalize()} {verb} withheld, "
            "so that nobody’s answer can be told."
        )
    return " ".join(parts) or "There is nothing to show by group."


def _ends(shown: list[GroupScore]) -> tuple[GroupScore, GroupScore]:
    ordered = sorted(shown, key=lambda group: group.score.value or 0.0)
    return ordered[0], ordered[-1]


def _apart(low: GroupScore, high: GroupScore) -> bool:
    """Whether the two intervals leave a gap between them: a cautious reading, and no test."""
    if low.score.high is None or high.score.low is None:
        return False
    return low.score.high < high.score.low
