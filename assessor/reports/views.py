"""What the report's templates may ask for: everything here is words, ready figures and tables.

A template arranges; it neither rounds nor chooses words. Nothing here computes a score.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from markupsafe import Markup

from assessor.domain.mapping import Evidence, ItemEvidence, MilestoneEvidence
from assessor.domain.scorecard import ElementScore, IndicatorScore, ItemCounts, Score, Scorecard
from assessor.reports import computation, words
from assessor.reports.figures.chart import Chart
from assessor.reports.figures.counts import counts_chart
from assessor.reports.figures.coverage import coverage_chart
from assessor.reports.figures.drawing import drawing, figure_json
from assessor.reports.figures.groups import groups_chart
from assessor.reports.figures.standing import element_chart, indicator_chart, standing_chart
from assessor.reports.figures.still import still
from assessor.reports.numbers import interval_text, percent, short_text, value_text
from assessor.reports.outline import (
    Node,
    find,
    judged,
    outline,
    row_depth,
    rows,
    same_level,
    scored_rows,
)
from assessor.reports.tables import Table
from assessor.reports.tokens import StatusLook


@dataclass(frozen=True)
class FigureView:
    """A figure as a page needs it: drawn still, ready to be drawn live, said, and as a table."""

    title: str
    sentence: str
    source: str
    still: Markup
    json: Markup
    table: Table


@dataclass(frozen=True)
class NotScored:
    """Elements that are deliberately not scored, for one reason."""

    reason: str
    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class StripPart:
    """One status's part of the strip below the opening sentence, in percent of its width."""

    key: str
    start: str
    width: str


def figure_view(chart: Chart) -> FigureView:
    return FigureView(
        title=chart.title,
        sentence=chart.sentence,
        source=chart.source,
        still=still(chart),
        json=Markup(figure_json(drawing(chart))),  # noqa: S704  escaped there
        table=chart.table,
    )


class PageView:
    """A scorecard, or one element of it, as a page."""

    # Sentences and short forms that templates call by name.
    look = staticmethod(words.look)
    element_sentence = staticmethod(words.element_sentence)
    indicator_sentence = staticmethod(words.indicator_sentence)
    item_sentence = staticmethod(words.item_sentence)
    counted = staticmethod(words.counted)
    capital = staticmethod(words.capital)
    percent = staticmethod(percent)

    def __init__(
        self, scorecard: Scorecard, *, base_url: str = "", element: str | None = None
    ) -> None:
        self.scorecard = scorecard
        self.base_url = base_url.rstrip("/")
        self.all_nodes = outline(scorecard)
        self.nodes = tuple(node for node in self.all_nodes if node.has_scores)
        self.row_depth = row_depth(self.nodes)
        path = find(self.all_nodes, element) if element is not None else ()
        if element is not None and not path:
            raise KeyError(element)
        self.path, self._last = path[:-1], path[-1:]

    @property
    def node(self) -> Node:
        """The element this page is about."""
        return self._last[0]

    # What the page opens with.

    @cached_property
    def eyebrow(self) -> str:
        period = f"Scorecard {self.scorecard.period}".strip()
        return " · ".join(part for part in (self.scorecard.library, period) if part)

    @cached_property
    def document_title(self) -> str:
        return f"{self.scorecard.title} – {self.eyebrow}"

    @cached_property
    def opening(self) -> str:
        return words.opening(self.scorecard)

    @cached_property
    def tally(self) -> tuple[tuple[StatusLook, int], ...]:
        return words.tally(judged(self.nodes))

    @cached_property
    def strip(self) -> tuple[StripPart, ...]:
        total = sum(number for _, number in self.tally)
        parts: list[StripPart] = []
        before = 0
        for status, number in self.tally:
            start, end = (100 * edge / total for edge in (before, before + number))
            # A hairline of paper between two parts.
            width = max(end - start - 0.3, 0.2)
            parts.append(StripPart(status.key, f"{start:.3f}", f"{width:.3f}"))
            before += number
        return tuple(parts)

    # The rows.

    @cached_property
    def rows_word(self) -> str:
        """What the rows are called, in the plan's own words."""
        level = same_level([row for row in rows(self.nodes, self.row_depth) if row.has_scores])
        return words.plural(level or "element")

    @cached_property
    def rows_title(self) -> str:
        return words.capital(self.rows_word) + ", one by one" if self.nodes else "The plan"

    @cached_property
    def standing(self) -> FigureView | None:
        """All rows on one axis; where there are not two values to compare, rows alone say it."""
        with_value = [
            node for node in scored_rows(self.nodes) if node.element.score.value is not None
        ]
        return figure_view(standing_chart(self.scorecard)) if len(with_value) > 1 else None

    @cached_property
    def coverage(self) -> FigureView | None:
        if len(scored_rows(self.nodes)) < 2:
            return None
        return figure_view(coverage_chart(self.scorecard))

    @cached_property
    def not_measured(self) -> tuple[Node, ...]:
        return tuple(found for node in self.nodes for found in node.measured_nowhere)

    @cached_property
    def not_scored(self) -> tuple["NotScored", ...]:
        """What the plan says and nobody means to score, with the reason."""
        return self.unscored([node for node in self.all_nodes if not node.has_scores])

    def scored(self, nodes: Sequence[Node]) -> tuple[Node, ...]:
        return tuple(node for node in nodes if node.has_scores)

    def unscored(self, nodes: Sequence[Node]) -> tuple["NotScored", ...]:
        """Those of these elements that have no score anywhere, one entry a reason."""
        reasons: dict[str, list[Node]] = {}
        for node in nodes:
            if not node.has_scores:
                for found in node.walk():
                    reason = found.element.not_measured_reason or found.element.score.reason
                    reasons.setdefault(reason, []).append(found)
        return tuple(
            NotScored(words.sentence(reason) if reason else "", tuple(found))
            for reason, found in reasons.items()
        )

    def missing_below(self, node: Node) -> tuple[Node, ...]:
        """What nobody measured below an element; the element itself says so on its own."""
        if node.element.score.value is None:
            return ()
        return tuple(found for found in node.measured_nowhere if found is not node)

    def inside(self, node: Node) -> str:
        """What opening a row will show: "3 outcomes, 1 indicator"."""
        level = same_level(node.children) or "element"
        parts = [words.counted(len(node.children), level)] if node.children else []
        if node.indicators:
            parts.append(words.counted(len(node.indicators), "indicator"))
        return ", ".join(parts)

    def address(self, element: ElementScore) -> str:
        """Where an element is: its own page on the site, its place in this page otherwise."""
        if self.base_url:
            return f"{self.base_url}/elements/{quote(element.code, safe='')}"
        return f"#{quote(element.code, safe='.:')}"

    def mention(self, element: ElementScore) -> str:
        """An element named in passing."""
        return f"{element.code} {words.shortened(element.text.rstrip('.'))}"

    def why_not(self, element: ElementScore) -> str:
        """Why an element has no value, in words."""
        if element.score.suppressed:
            return "Withheld, because too few people answered to show it."
        reason = element.not_measured_reason or element.score.reason
        if reason:
            return words.sentence(reason)
        return "No evidence has been collected for it, and no reason is on record."

    # Numbers in words.

    def value(self, score: Score) -> str:
        return value_text(score.value, score.unit)

    def short(self, score: Score) -> str:
        return "" if score.value is None else short_text(score.value, score.unit)

    def interval(self, score: Score) -> str:
        return interval_text(score.low, score.high, score.unit)

    # Figures of parts.

    def element_figure(self, element: ElementScore) -> FigureView:
        return figure_view(element_chart(element))

    def indicator_figure(self, scored: IndicatorScore) -> FigureView:
        return figure_view(indicator_chart(scored))

    def groups_figure(self, scored: IndicatorScore) -> FigureView:
        return figure_view(groups_chart(scored))

    def counts_figure(self, item: ItemCounts) -> FigureView:
        return figure_view(counts_chart(item))

    # The card and the questions of an indicator.

    def card_rows(self, scored: IndicatorScore) -> list[dict[str, str | None]]:
        """The fields of an indicator's card that say something, in the order of the standard."""
        card, score = scored.indicator, scored.score
        method = words.METHODS[card.method]
        rows: tuple[tuple[str, str], ...] = (
            ("Objective", card.objective),
            ("Scope", card.scope),
            ("Definition", card.definition),
            ("Method", f"{method.name}: {method.explained}."),
            ("Interpretation", card.interpretation),
            ("Direction", f"{card.direction.capitalize()} is better."),
            ("Target", words.target_words(card, score.unit)),
            ("Baseline", "" if card.baseline is None else value_text(card.baseline, score.unit)),
            ("Evidence", "; ".join(_evidence_words(each) for each in card.evidence)),
            ("Kind of evidence", words.EVIDENCE_KINDS[card.evidence_kind]),
            ("Least number of answers", words.counted(card.minimum_n, "answer")),
            ("Sources", card.sources),
            ("Definition version", str(card.definition_version)),
        )
        return [
            {"key": key, "value": words.capital(text), "action": None} for key, text in rows if text
        ]

    def item_source(self, item: ItemCounts) -> str:
        """Where a question stands: instrument, version, key, whom it was asked of."""
        version = f", version {item.version}" if item.version is not None else ""
        titles = {wave.instrument: f"“{wave.title}”" for wave in self.scorecard.waves if wave.title}
        title = titles.get(item.instrument, item.instrument)
        parts = [f"Instrument {title}{version}, item {item.column}."]
        if item.use:
            parts.append(f"Scale: {item.use}.")
        if item.asked_share < 1:
            parts.append(words.sampled_words(item))
        if item.base:
            parts.append(words.sentence(item.base))
        if item.reversed:
            parts.append("Worded the other way round, and turned for the score.")
        return " ".join(parts)

    # How sure, and how computed.

    @cached_property
    def sureness(self) -> tuple[str, ...]:
        return computation.sureness(self.scorecard)

    @cached_property
    def waves(self) -> Table | None:
        return computation.waves_table(self.scorecard)

    @cached_property
    def response_groups(self) -> tuple[Table, ...]:
        return computation.group_tables(self.scorecard)

    @cached_property
    def methods(self) -> list[dict[str, str | None]]:
        return computation.methods(self.scorecard)

    @cached_property
    def method_sheet(self) -> Table | None:
        return computation.method_sheet(self.scorecard)

    @cached_property
    def fingerprints(self) -> list[dict[str, str | None]]:
        return computation.fingerprints(self.scorecard)


def _evidence_words(evidence: Evidence) -> str:
    match evidence:
        case ItemEvidence():
            scale = f", scale {evidence.use}" if evidence.use else ""
            return f"questions {', '.join(evidence.items)} of {evidence.instrument}{scale}"
        case MilestoneEvidence():
            due = f", due {evidence.due}" if evidence.due else ""
            return f"milestone: {evidence.milestone}{due}"
        case _:
            source = f", from {evidence.source}" if evidence.source else ""
            return f"series {evidence.series}{source}"
