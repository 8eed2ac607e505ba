"""Source and proposal side by side: every line of the document beside what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessor.domain.plan import Element, LeftOut, LineRange, Plan, Statement


@dataclass(frozen=True)
class Line:
    """A line of the source that holds something; numbers count from 1."""

    number: int
    text: str


@dataclass(frozen=True)
class Passage:
    """Lines of the source, and the one thing that was made of them."""

    lines: tuple[Line, ...]
    element: Element | None = None
    depth: int = 0
    statement: Statement | None = None
    left_out: LeftOut | None = None

    @property
    def anchor(self) -> str:
        """Where on the page it stands: `e-` and the code, or `l-` and the first line."""
        if self.element is not None:
            return f"e-{self.element.code}"
        made_of = self.statement or self.left_out
        assert made_of is not None
        return f"l-{made_of.lines[0]}"


def passages(
    elements: Sequence[Element],
    statements: Sequence[Statement],
    left_out: Sequence[LeftOut],
    source_lines: Sequence[str],
) -> list[Passage]:
    """Elements in the plan's order; what is no element stands where its lines come.

    Each element shows the lines of its range that no element inside that range took.
    """
    shown = _Lines(elements, source_lines)
    others = sorted(
        [
            *(Passage(shown.of(one.lines), statement=one) for one in statements),
            *(Passage(shown.of(one.lines), left_out=one) for one in left_out),
        ],
        key=_first_line,
    )
    found: list[Passage] = []
    for depth, element in Plan(key="plan", title="plan", elements=tuple(elements)).walk():
        while others and element.lines and _first_line(others[0]) < element.lines[0]:
            found.append(others.pop(0))
        lines = shown.own(element.lines) if element.lines else ()
        found.append(Passage(lines, element=element, depth=depth))
    return [*found, *others]


def _first_line(passage: Passage) -> int:
    made_of = passage.statement or passage.left_out
    assert made_of is not None
    return made_of.lines[0]


class _Lines:
    """Finds the lines of a range; the smallest range that holds a line owns it."""

    def __init__(self, elements: Sequence[Element], source_lines: Sequence[str]) -> None:
        self.source_lines = source_lines
        self.owner: dict[int, LineRange] = {}
        ranges = {element.lines for element in elements if element.lines}
        for first, last in sorted(ranges, key=lambda one: one[0] - one[1]):
            for number in range(first, min(last, len(source_lines)) + 1):
                self.owner[number] = (first, last)

    def of(self, lines: LineRange) -> tuple[Line, ...]:
        first, last = lines
        numbered = enumerate(self.source_lines[first - 1 : last], start=first)
        return tuple(Line(number, text) for number, text in numbered if text.strip())

    def own(self, lines: LineRange) -> tuple[Line, ...]:
        return tuple(line for line in self.of(lines) if self.owner.get(line.number) == lines)
