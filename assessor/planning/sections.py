"""Numbered sections of a document ("1. Background"), told from its numbered elements."""

from collections.abc import Sequence

from assessor.planning.blocks import Block
from assessor.planning.words import is_aside, statement_kind

_FAMILIES = ("number 1", "ROMAN", "LETTER")


def mark_sections(blocks: Sequence[Block]) -> None:
    """Turn the items of a document's own section numbering into headings of the highest rank.

    A series 1, 2, 3 … of short titles that stand apart from one another numbers sections, and no
    elements, where at least one of them is plainly a section: "Background", "Our mission",
    "Monitoring". Formats that tell their headings need none of this.
    """
    for family in _FAMILIES:
        series = _series(blocks, family)
        plain = [b for b in series if is_aside(b.text) or statement_kind(b.text)]
        if len(series) < 2 or not plain:
            continue
        for block in series:
            block.rank, block.marker = 1, None
            if is_aside(block.text):
                block.kind = "aside"
            elif statement_kind(block.text):
                block.kind = "statement"
            elif block.kind != "announcer":
                block.kind = "heading"


def _series(blocks: Sequence[Block], family: str) -> list[Block]:
    """The longest run 1, 2, 3 … of titles of one family that stand apart."""
    best: list[Block] = []
    run: list[Block] = []
    for position, block in enumerate(blocks):
        if not _is_title(block, family) or not _apart(blocks, position):
            continue
        assert block.marker is not None
        value = block.marker.path[-1]
        if value == len(run) + 1:
            run.append(block)
        elif value == 1:
            best, run = max(best, run, key=len), [block]
    return max(best, run, key=len)


def _is_title(block: Block, family: str) -> bool:
    return (
        block.marker is not None
        and block.marker.family == family
        and block.rank is None
        and block.depth is None
        and block.label is None
        and 0 < len(block.text) <= 80
        and not block.ends
        and not block.text.endswith((";", ","))
    )


def _apart(blocks: Sequence[Block], position: int) -> bool:
    """Whether no item of the same list stands right before or after a block."""
    block = blocks[position]
    assert block.marker is not None
    for neighbour in (position - 1, position + 1):
        other = blocks[neighbour].marker if 0 <= neighbour < len(blocks) else None
        if (
            other is not None
            and other.family == block.marker.family
            and abs(other.path[-1] - block.marker.path[-1]) == 1
            and other.path[:-1] == block.marker.path[:-1]
        ):
            return False
    return True
