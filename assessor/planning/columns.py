"""A table that was printed column by column cannot be read: its rows are gone. It is found here."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assessor.planning.blocks import Block
from assessor.planning.source import SourceLine
from assessor.planning.words import ADMIN_COLUMNS, level_name


@dataclass(frozen=True)
class ColumnTable:
    """Where such a table begins and by what it was known."""

    line: int
    reason: str


def columnwise_table(lines: Sequence[SourceLine], blocks: Sequence[Block]) -> ColumnTable | None:
    """The first sign of a table printed by columns, or None."""
    return (
        _head_in_one_line(lines)
        or _run_of_heads(blocks)
        or _run_of_labels(blocks)
        or _columns_below_heads(blocks)
    )


def _column_word(text: str) -> str | None:
    """The column a short text heads: a level word or a word for who, when and how far."""
    words = re.findall(r"[^\W\d_][\w-]*", text.casefold())
    if not words or len(words) > 5 or len(text) > 45 or text.rstrip().endswith("."):
        return None
    found = level_name(text)
    if found is not None and not text[found.end :].strip(" :()/s"):
        return found.level
    plain = [
        w
        for w in words
        if w
        not in {
            "and",
            "the",
            "for",
            "by",
            "of",
            "target",
            "completion",
            "party",
            "parties",
            "staff",
            "person",
            "date",
            "frame",
            "lead",
        }
    ]
    if (
        any(w in ADMIN_COLUMNS for w in words)
        and all(w in ADMIN_COLUMNS for w in plain)
        and len(words) <= 3
    ):
        return f"*{words[0]}"
    return None


def _heads(block: Block) -> str | None:
    if block.kind in {"item", "said"} or len(block.text) > 45:
        return None
    if block.kind == "label":
        return None
    return _column_word(block.text)


def _head_in_one_line(lines: Sequence[SourceLine]) -> ColumnTable | None:
    for line in lines:
        if (
            line.aside
            or line.marker
            or len(line.text) > 120
            or line.text.endswith((".", ":"))
            or "," in line.text
        ):
            continue
        words = line.text.replace("/", " ").replace("|", " ").split()
        if not 3 <= len(words) <= 12:
            continue
        levels = {f.level for w in words if (f := level_name(w)) is not None}
        admin = {w.casefold() for w in words if w.casefold() in ADMIN_COLUMNS}
        others = [w for w in words if level_name(w) is None and w.casefold() not in ADMIN_COLUMNS]
        if (
            len(levels) >= 1
            and len(levels) + len(admin) >= 3
            and admin
            and len(others) <= len(words) // 3
        ):
            return ColumnTable(line.number, f"line {line.number} holds the heads of its columns")
    return None


def _run_of_heads(blocks: Sequence[Block]) -> ColumnTable | None:
    run: list[Block] = []
    for block in [*blocks, Block([], ".")]:
        word = _heads(block)
        if word is not None:
            run.append(block)
            continue
        names = {_heads(b) for b in run}
        if len(names) >= 3 and any(n and not n.startswith("*") for n in names):
            return ColumnTable(
                run[0].lines[0],
                f"the heads of its columns stand together from line {run[0].lines[0]}",
            )
        run = []
    return None


def _run_of_labels(blocks: Sequence[Block]) -> ColumnTable | None:
    run: list[Block] = []
    for block in [*blocks, Block([], ".")]:
        bare = not block.text and (
            block.kind == "label" or (block.marker is not None and block.marker.path)
        )
        if bare:
            run.append(block)
            continue
        if len(run) >= 2:
            return ColumnTable(
                run[0].lines[0], f"labels without texts stand together from line {run[0].lines[0]}"
            )
        run = []
    return None


def _columns_below_heads(blocks: Sequence[Block]) -> ColumnTable | None:
    """Heads of columns that stand apart, each once, each over cells that have lost their rows."""
    heads = [
        (position, word)
        for position, block in enumerate(blocks)
        if (word := _heads(block)) is not None
    ]
    counts = Counter(word for _, word in heads)
    once = [
        (position, word)
        for position, word in heads
        if counts[word] == 1 or counts[word] == counts[heads[0][1]]
    ]
    kinds = {word for _, word in once}
    admin = {word for word in kinds if word.startswith("*")}
    levels = kinds - admin
    if not levels or len(kinds) < 3 or not (admin or len(levels) >= 4):
        return None
    sizes: list[int] = []
    for (start, _), (end, _) in zip(once, [*once[1:], (len(blocks), "")], strict=True):
        cells = blocks[start + 1 : end]
        sizes.append(sum(b.kind not in {"label", "announcer"} for b in cells))
    first = next(position for position, word in once if not word.startswith("*"))
    bullets = sum(b.marker is not None and b.marker.kind == "bullet" for b in blocks[first:])
    if bullets > 0.3 * len(blocks[first:]):
        return None
    after_admin = [
        size for (_, word), size in zip(once, sizes, strict=True) if word.startswith("*")
    ]
    if max(sizes) >= 2 and (any(size >= 2 for size in after_admin) or len(levels) >= 4):
        line = blocks[once[0][0]].lines[0]
        return ColumnTable(
            line, f"the columns from line {line} on each hold their cells without the rows"
        )
    return None
