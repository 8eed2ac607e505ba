"""Where things stand between baseline and target: a dot with its interval, on one aligned axis."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from assessor.domain.scorecard import ElementScore, IndicatorScore, Score, Scorecard, Unit
from assessor.reports.figures.chart import Axis, Chart, Dot, Level
from assessor.reports.figures.drawing import draw
from assessor.reports.numbers import NARROW, interval_text, plain, short_text, value_text
from assessor.reports.outline import outline, same_level, scored_rows
from assessor.reports.tables import element_table, indicator_table, standing_table
from assessor.reports.words import (
    COUNTED,
    counted,
    element_sentence,
    indicator_sentence,
    listed,
    look,
    wave_sentence,
)

_UNIT_ENDS: Mapping[Unit, tuple[float, float]] = {
    "share": (0.0, 1.0),
    "index": (0.0, 1.0),
    "net_promoter": (-100.0, 100.0),
}
"""Units that have the same ends everywhere, whether or not a score says so."""

INDEX_AXIS = Axis(0.0, 1.0, tuple((k / 4, str(k * 25)) for k in range(5)))


def standing(scorecard: Scorecard) -> go.Figure:
    """Where the goals of a plan stand, all on one axis from 0 to 100."""
    return draw(standing_chart(scorecard))


def standing_chart(scorecard: Scorecard) -> Chart:
    shown = scored_rows(outline(scorecard))
    elements = tuple(node.element for node in shown)
    word = same_level(shown) or "element"
    return Chart(
        title=_finding(elements, word),
        sentence=" ".join(element_sentence(element) for element in elements)
        or "Nothing in this plan is scored.",
        source=_source(scorecard),
        axis=INDEX_AXIS,
        table=standing_table(elements),
        dots=tuple(_element_dot(element) for element in elements),
    )


def element_chart(element: ElementScore) -> Chart:
    """One goal's own small figure; on a page of goals all of them share one axis."""
    return Chart(
        title=f"{element.code} from 0 to 100",
        sentence=element_sentence(element),
        source="",
        axis=Axis(0.0, 1.0),
        table=element_table(element),
        dots=(_element_dot(element),),
        labelled=False,
    )


def indicator_standing(scored: IndicatorScore) -> go.Figure:
    """Where one indicator stands, on the axis of its own unit."""
    return draw(indicator_chart(scored))


def indicator_chart(scored: IndicatorScore) -> Chart:
    card, score = scored.indicator, scored.score
    return Chart(
        title=f"{card.name}: {look(score).word.lower()}",
        sentence=indicator_sentence(scored),
        source="",
        axis=axis_of(score, [level.value for level in _indicator_levels(scored)]),
        table=indicator_table(scored),
        dots=(score_dot(card.name, score, levels=_indicator_levels(scored)),),
        labelled=False,
    )


def score_dot(
    label: str, score: Score, *, levels: tuple[Level, ...] = (), strong: bool = False
) -> Dot:
    """A score as a row of a figure; where there is no value the status says why."""
    status = look(score)
    if score.value is None:
        return Dot(label, status.word, status.key, strong=strong)
    interval = interval_text(score.low, score.high, score.unit)
    text = short_text(score.value, score.unit) + (f"{NARROW}%" if score.unit == "share" else "")
    return Dot(
        label=label,
        text=text,
        status=status.key,
        value=score.value,
        low=score.low,
        high=score.high,
        levels=levels,
        hover="\n".join(
            part
            for part in (
                f"{value_text(score.value, score.unit)} – {status.word.lower()}",
                f"between {interval}" if interval else "",
                counted(score.n, "answer") if score.n else "",
            )
            if part
        ),
        strong=strong,
    )


def axis_of(score: Score, levels: Sequence[float], *more: Score) -> Axis:
    """The axis of a score's unit: its scale where it has one, else what has to be shown."""
    ends = _UNIT_ENDS.get(score.unit, (0.0, 0.0))
    if score.scale_low is not None and score.scale_high is not None:
        ends = score.scale_low, score.scale_high
    low, high = sorted(ends)
    if high > low:
        return Axis(low, high, _ticks(low, high, score.unit))
    shown = [
        number
        for each in (score, *more)
        for number in (each.value, each.low, each.high)
        if number is not None
    ] + list(levels)
    low, high = min([0.0, *shown]), max(shown, default=1.0)
    if high <= low:
        high = low + 1.0
    return Axis(low, high, ((low, plain(low)), (high, plain(high))))


def _ticks(low: float, high: float, unit: Unit) -> tuple[tuple[float, str], ...]:
    steps = 4
    if unit == "points" and (high - low).is_integer() and high - low <= 10:
        steps = int(high - low)
    if steps > 6:
        steps = steps // 2 if steps % 2 == 0 else 1
    values = [low + (high - low) * k / steps for k in range(steps + 1)]
    if unit in ("points", "gap", "ratio", "none", "count"):
        return tuple((value, plain(value)) for value in values)
    suffix = f"{NARROW}%" if unit == "share" else ""
    return tuple((value, short_text(value, unit) + suffix) for value in values)


def _element_dot(element: ElementScore) -> Dot:
    levels = [
        Level(name, value, short_text(value, "index"))
        for name, value in (
            ("baseline", element.baseline),
            (
                "partly met from",
                element.partial if _matters(element.partial, element.score) else None,
            ),
            ("target", element.target),
        )
        if value is not None
    ]
    label = f"{element.code}  {element.text}"
    return score_dot(label, element.score, levels=tuple(levels) if element.score.value is not None
                     else ())  # fmt: skip


def _matters(partial: float | None, score: Score) -> bool:
    """Whether the partial level decides: then the status cannot be read without its mark."""
    if partial is None or score.low is None or score.high is None:
        return score.status == "partly_met"
    return score.status == "partly_met" or score.low <= partial <= score.high


def _indicator_levels(scored: IndicatorScore) -> tuple[Level, ...]:
    card, unit = scored.indicator, scored.score.unit
    target = card.target.value if card.target else None
    partial = card.target.partial if card.target else None
    if scored.score.value is None:
        return ()
    return tuple(
        Level(name, value, value_text(value, unit))
        for name, value in (
            ("baseline", card.baseline),
            ("partly met from", partial if _matters(partial, scored.score) else None),
            ("target", target),
        )
        if value is not None
    )


def _finding(elements: Sequence[ElementScore], word: str) -> str:
    """The title of the figure: what a reader should take from it."""
    total = len(elements)
    if not total:
        return "Nothing in this plan is scored"
    measured = [element for element in elements if element.score.value is not None]
    if not measured:
        return f"No {word} is measured yet"
    if total == 1:
        return f"The one {word} is {COUNTED[elements[0].score.status]}"
    met = sum(element.score.status == "met" for element in elements)
    if met == total:
        return f"All {counted(total, word)} are met"
    short = [e.code for e in elements if e.score.status == "not_met"]
    first = f"{met or 'None'} of {counted(total, word)} {'is' if met < 2 else 'are'} met"
    if not short:
        return first
    if len(short) > 3:
        return f"{first}, {len(short)} are not"
    return f"{first}; {listed(short)} {'falls' if len(short) == 1 else 'fall'} short"


def _source(scorecard: Scorecard) -> str:
    waves = " ".join(wave_sentence(wave) for wave in scorecard.waves)
    return f"Lines show how sure the value is. {waves}".strip()
