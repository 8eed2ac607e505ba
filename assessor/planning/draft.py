"""Elements on their way: what the outline means, before codes and doubts."""

from dataclasses import dataclass, field

from assessor.domain.plan import Statement
from assessor.planning.blocks import Block


@dataclass(eq=False)
class Draft:
    """A proposed element. `level` is None until the plan's word for it is found.

    `ordinal` is the number the plan itself gives; `name` the heading it is known by; `stem` the
    words that introduce it and are joined to its text. A `promised` element has its level from
    the promise of its stem alone ("we will:").
    """

    level: str | None
    text: str
    lines: list[int]
    parent: "Draft | None" = None
    children: "list[Draft]" = field(default_factory=list)
    ordinal: str | None = None
    path: tuple[int, ...] = ()
    name: str | None = None
    labelled: bool = False
    promised: bool = False
    group: int = 0
    doubts: list[str] = field(default_factory=list)
    described: list[Block] = field(default_factory=list)
    code: str = ""

    def walk(self) -> "list[Draft]":
        found, waiting = [], [self]
        while waiting:
            draft = waiting.pop()
            found.append(draft)
            waiting.extend(reversed(draft.children))
        return found

    def doubt(self, reason: str) -> None:
        if reason not in self.doubts:
            self.doubts.append(reason)


@dataclass
class Meaning:
    """All that an outline means: roots of the element tree, statements, and lines left out."""

    roots: list[Draft] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    reasons: dict[int, str] = field(default_factory=dict)
    groups: int = 0

    def leave(self, lines: list[int], reason: str) -> None:
        for line in lines:
            self.reasons.setdefault(line, reason)

    def all(self) -> list[Draft]:
        return [draft for root in self.roots for draft in root.walk()]
