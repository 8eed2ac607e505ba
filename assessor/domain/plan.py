"""A plan is a tree of elements in the plan's own words.

`Reading` is what the plan reader proposes; a person turns it into a `Plan` by accepting it. The
element is the same in both, so nothing is lost between proposal and acceptance but the doubts
that the person settled.
"""

from collections.abc import Iterator

from pydantic import Field

from assessor.domain.problems import Problem, Value, say

LineRange = tuple[int, int]
"""First and last line of the source, counted from 1, both included."""


class Statement(Value):
    """What the plan says of itself and nobody scores: kind "mission", "vision", …"""

    kind: str
    text: str
    lines: LineRange


class Element(Value):
    """One node of the plan.

    `code` is unique in the plan ("DEI.2.3"); `level` is the plan's own word, singular and lower
    case; `parent` is the parent's code; `doubt` says in plain words what a person should look at.
    """

    code: str = Field(min_length=1, max_length=40, pattern=r"^[^\s/\\]+$")
    level: str = Field(min_length=1, max_length=60)
    text: str = Field(min_length=1, max_length=5000)
    parent: str | None = None
    lines: LineRange | None = None
    doubt: str | None = None


class LeftOut(Value):
    """Source lines that are no element and no statement, and why."""

    lines: LineRange
    reason: str


class Reading(Value):
    """A proposed plan: every non-blank line of the source is accounted for.

    `period` is the first and last year, or None where the source names none.
    """

    title: str
    period: tuple[int, int] | None = None
    statements: tuple[Statement, ...] = ()
    elements: tuple[Element, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


KEY_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class Plan(Value):
    """An accepted plan. `key` is its stable short name in files and addresses ("riverbend")."""

    key: str = Field(min_length=1, max_length=60, pattern=KEY_PATTERN)
    title: str = Field(min_length=1, max_length=300)
    library: str = Field(default="", max_length=300)
    period: tuple[int, int] | None = None
    statements: tuple[Statement, ...] = ()
    elements: tuple[Element, ...] = ()

    def element(self, code: str) -> Element | None:
        return next((e for e in self.elements if e.code == code), None)

    def children(self, code: str | None) -> tuple[Element, ...]:
        """The elements right below `code` in the plan's order; the roots where `code` is None."""
        return tuple(e for e in self.elements if e.parent == code)

    def leaves(self) -> tuple[Element, ...]:
        parents = {e.parent for e in self.elements}
        return tuple(e for e in self.elements if e.code not in parents)

    def walk(self, code: str | None = None, depth: int = 0) -> Iterator[tuple[int, Element]]:
        """Depth and element in reading order: parents before their children."""
        for element in self.children(code):
            yield depth, element
            yield from self.walk(element.code, depth + 1)


def check_plan(plan: Plan) -> tuple[Problem, ...]:
    """What makes a plan unusable: codes used twice, parents that do not exist, circles."""
    problems: list[Problem] = []
    seen: dict[str, Element] = {}
    for element in plan.elements:
        if element.code in seen:
            problems.append(
                Problem(
                    code="plan.duplicate-code",
                    where=element.code,
                    message=say(
                        "Two elements have the code {code}. Give one of them another code.",
                        code=element.code,
                    ),
                )
            )
        seen[element.code] = element
    for element in plan.elements:
        if element.parent is not None and element.parent not in seen:
            problems.append(
                Problem(
                    code="plan.unknown-parent",
                    where=element.code,
                    message=say(
                        "{code} names {parent} as its parent, which does not exist. Choose an "
                        "existing element or leave the parent empty.",
                        code=element.code,
                        parent=element.parent,
                    ),
                )
            )
    for element in plan.elements:
        walked: set[str] = set()
        parent = element.parent
        while parent is not None and parent in seen and parent not in walked:
            if parent == element.code:
                problems.append(
                    Problem(
                        code="plan.circle",
                        where=element.code,
                        message=say(
                            "{code} is its own ancestor. Give it another parent.", code=element.code
                        ),
                    )
                )
                break
            walked.add(parent)
            parent = seen[parent].parent
    if not plan.elements:
        problems.append(
            Problem(
                code="plan.empty",
                where=plan.key,
                message=say(
                    "The plan has no elements. Add at least one goal, outcome or commitment."
                ),
            )
        )
    return tuple(problems)
