"""How often a document uses its labels and announcements, and what follows from that."""

from collections import Counter
from collections.abc import Sequence

from assessor.planning.blocks import Block
from assessor.planning.node import Node

# Levels that a part may hold once, beside what is to be done for it.
_SAID_ONCE = frozenset(
    "outcome result measure metric indicator target promise kpi aspiration ambition".split()
)


class Tally:
    """Counts over all blocks, made once."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.announced = Counter(b.level for b in blocks if b.kind == "announcer")
        self.asides = Counter(b.text.casefold() for b in blocks if b.kind == "aside")
        self.labels: Counter[str | None] = Counter(
            b.label.level for b in blocks if b.kind == "label" and b.label
        )
        self.last_label = {
            b.label.level: i for i, b in enumerate(blocks) if b.kind == "label" and b.label
        }
        self.numbered = {b.label.level for b in blocks if b.label is not None and b.label.path}

    def trait(self, level: str, top: Node) -> bool:
        """Whether a label without a number says something of the numbered part right above it."""
        return (
            bool(top.path)
            and level not in self.numbered
            and self.labels[level] <= self.labels[top.level]
        )

    def one_each(self, label: Node, level: str | None) -> bool:
        """Whether a label without a number stands once in each part: one trait beside others."""
        above = label.parent
        return (
            label.level in _SAID_ONCE
            and not label.path
            and above is not None
            and above.kind == "label"
            and self.labels[above.level] >= 2
            and self.labels[label.level] <= self.labels[above.level]
            and (self.labels[label.level] >= 2 or self.announced[level] >= 2)
            and sum(child.style == label.style for child in above.children) == 1
        )

    def continues_later(self, item: Node, position: int) -> bool:
        """Whether the list an item stands in goes on after what is announced now."""
        marker = item.block.marker
        if marker is None or not marker.path:
            return False
        expected = (*marker.path[:-1], marker.path[-1] + 1)
        own: tuple[int, ...] | None = None
        for block in self.blocks[position + 1 : position + 400]:
            if block.marker is None or block.marker.family != marker.family:
                continue
            if (
                own is None
                and block.marker.path[-1] == 1
                and len(expected) == len(block.marker.path)
            ):
                own = block.marker.path
                continue
            if (
                own is not None
                and block.marker.path == (*own[:-1], own[-1] + 1)
                and block.marker.path != expected
            ):
                own = block.marker.path
                continue
            if own is not None and block.marker.path == expected == (*own[:-1], own[-1] + 1):
                container = (
                    item.parent.level
                    if item.parent is not None and item.parent.kind == "announcer"
                    else None
                )
                return self.announced[self.blocks[position].level] > self.announced[container]
            return block.marker.path == expected
        return False
