"""One block of the outline and what stands below it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from assessor.planning.blocks import Block

Style = tuple[str | int, ...]


@dataclass(eq=False)
class Node:
    """A block that can hold others. `body` keeps paragraphs and nodes in their order."""

    kind: str
    block: Block
    style: Style
    parent: "Node | None" = None
    body: "list[Block | Node]" = field(default_factory=list)

    @property
    def children(self) -> "list[Node]":
        return [part for part in self.body if isinstance(part, Node)]

    @property
    def paragraphs(self) -> list[Block]:
        return [part for part in self.body if isinstance(part, Block)]

    @property
    def path(self) -> tuple[int, ...]:
        if self.block.label is not None:
            return self.block.label.path
        return self.block.marker.path if self.block.marker is not None else ()

    @property
    def level(self) -> str | None:
        return self.block.label.level if self.block.label is not None else self.block.level

    def walk(self) -> "Iterator[Node]":
        yield self
        for child in self.children:
            yield from child.walk()
