"""The plan's tree as a report reads it: what is judged, what is a row of the page, what is missing.

Nothing here computes a number; it only walks and counts what the scorecard holds.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assessor.domain.scorecard import ElementScore, IndicatorScore, Scorecard

ROWS_AT_MOST = 12
"""How many rows a page may open with before the level above them is the better page."""
HEADINGS_ABOVE_ROWS = 2
"""How many levels of headings may stand above the rows before a page is all headings."""


@dataclass(frozen=True)
class Node:
    """An element with what hangs below it, `depth` 0 at the roots."""

    element: ElementScore
    depth: int
    children: tuple["Node", ...]
    indicators: tuple[IndicatorScore, ...]

    def walk(self) -> Iterator["Node"]:
        """This node, then everything below it, in the plan's order."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def judged(self) -> tuple["Node", ...]:
        """The lowest scored elements here: those a status is given to and not rolled up from."""
        return tuple(
            node
            for node in self.walk()
            if node.element.scored and not any(below.element.scored for below in node.below())
        )

    def below(self) -> Iterator["Node"]:
        for child in self.children:
            yield from child.walk()

    @property
    def has_scores(self) -> bool:
        """Whether this element or anything below it is scored, or has an indicator to show."""
        return any(node.element.scored or node.indicators for node in self.walk())

    @property
    def measured_nowhere(self) -> tuple["Node", ...]:
        """The judged elements here that nothing was measured for."""
        return tuple(n for n in self.judged if n.element.score.status == "not_measured")


def outline(scorecard: Scorecard) -> tuple[Node, ...]:
    """The roots with everything below them, in the scorecard's order.

    An element whose parent is not in the scorecard is a root: nothing is left out in silence.
    """
    known = {element.code for element in scorecard.elements}
    below: dict[str | None, list[ElementScore]] = {}
    for element in scorecard.elements:
        below.setdefault(element.parent if element.parent in known else None, []).append(element)
    indicators: dict[str, list[IndicatorScore]] = {}
    for scored in scorecard.indicators:
        indicators.setdefault(scored.indicator.element, []).append(scored)

    def node(element: ElementScore, depth: int) -> Node:
        return Node(
            element=element,
            depth=depth,
            children=tuple(node(child, depth + 1) for child in below.get(element.code, [])),
            indicators=tuple(indicators.get(element.code, [])),
        )

    return tuple(node(element, 0) for element in below.get(None, []))


def find(nodes: Sequence[Node], code: str) -> tuple[Node, ...]:
    """The path from a root down to the element with this code; empty where there is none."""
    for node in nodes:
        if node.element.code == code:
            return (node,)
        path = find(node.children, code)
        if path:
            return (node, *path)
    return ()


def judged(nodes: Sequence[Node]) -> tuple[Node, ...]:
    return tuple(found for node in nodes for found in node.judged)


def row_depth(nodes: Sequence[Node]) -> int:
    """How deep the rows of the page lie; whatever is above them becomes a heading.

    Where the plan speaks of goals, they are the rows. Otherwise it is the deepest level that a
    reader can take in at a glance, and the roots where none can be.
    """
    everything = [found for node in nodes for found in node.walk() if found.has_scores]
    goals = Counter(found.depth for found in everything if found.element.level == "goal")
    if goals:
        return min(goals.most_common(1)[0][0], HEADINGS_ABOVE_ROWS)
    per_depth = Counter(found.depth for found in everything)
    fitting = [depth for depth, number in per_depth.items() if number <= ROWS_AT_MOST]
    tall_enough = [depth for depth in fitting if _deeper_than(everything, depth)]
    return max((depth for depth in tall_enough if depth <= HEADINGS_ABOVE_ROWS), default=0)


def _deeper_than(everything: Sequence[Node], depth: int) -> bool:
    """Rows should have something to open, so the lowest level of a tall tree is no page of rows."""
    return any(found.depth > depth for found in everything)


def rows(nodes: Sequence[Node], depth: int) -> tuple[Node, ...]:
    """The elements shown as rows: those at `depth`, and those above it that have nothing below."""
    found: list[Node] = []
    for node in nodes:
        if node.depth >= depth or not node.children:
            found.append(node)
        else:
            found.extend(rows(node.children, depth))
    return tuple(found)


def scored_rows(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """The rows of the page that have a score; below a row that has none, the nearest that do."""

    def nearest(node: Node) -> tuple[Node, ...]:
        if node.element.scored:
            return (node,)
        return tuple(found for child in node.children for found in nearest(child))

    return tuple(found for node in rows(nodes, row_depth(nodes)) for found in nearest(node))


def same_level(nodes: Sequence[Node]) -> str:
    """The plan's own word for these elements; empty where they have several."""
    levels = {node.element.level for node in nodes}
    return levels.pop() if len(levels) == 1 else ""
