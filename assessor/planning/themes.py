"""Headings without a level word that are elements all the same, told by what stands below them."""

import re
from collections import Counter

from assessor.planning.node import Node
from assessor.planning.promises import is_promise, is_promise_stem
from assessor.planning.words import VALUE_LEVELS

_WORK_TITLE = re.compile(
    r"\b(?:plan|framework|roadmap|strategy map|statement|overview)\b", re.IGNORECASE
)


def upper_headings(node: Node) -> set[Node]:
    """Unlabelled headings that stand side by side over lists of the plan: its upper level."""
    headings = [c for c in node.children if c.kind == "heading"]
    by_style: dict[object, list[Node]] = {}
    for heading in headings:
        by_style.setdefault(heading.style, []).append(heading)
    themes: set[Node] = set()
    for alike in by_style.values():
        alike = [h for h in alike if not _WORK_TITLE.search(h.block.text)]
        bearing = _of_one_kind([h for h in alike if _bears(h)]) or _listing(alike)
        if len(bearing) < 2:
            continue
        first, last = alike.index(bearing[0]), alike.index(bearing[-1])
        themes |= {h for h in alike[first : last + 1] if h.body}
    return themes


def _of_one_kind(headings: list[Node]) -> list[Node]:
    """Those of the headings that hold the same kind of thing as most of them do."""
    kinds = Counter(kind for h in headings for kind in {(c.kind, c.level) for c in h.children})
    if not kinds:
        return headings
    usual = kinds.most_common(1)[0][0]
    return [h for h in headings if any((c.kind, c.level) == usual for c in h.children)]


def _listing(headings: list[Node]) -> list[Node]:
    """Headings over plain lists, where a good part of all the items promise something."""
    over = [h for h in headings if sum(c.kind == "item" for c in h.children) >= 2]
    items = [c for h in over for c in h.children if c.kind == "item"]
    promising = sum(is_promise(i.block.text) for i in items)
    return over if len(over) >= 3 and promising >= 0.35 * len(items) else []


def _bears(heading: Node) -> bool:
    """Whether a heading has something of the plan below it."""
    for node in heading.walk():
        if node.kind == "label" or (node.kind == "announcer" and node.level not in VALUE_LEVELS):
            return True
    items = [c for c in heading.children if c.kind == "item"]
    if not items:
        return any(_bears(c) for c in heading.children if c.kind == "heading")
    promising = sum(is_promise(i.block.text) for i in items) >= 0.5 * len(items)
    stemmed = any(p.is_stem and is_promise_stem(p.text) for p in heading.paragraphs)
    return promising or stemmed


def promising_headings(node: Node) -> list[Node]:
    """Headings with a paragraph of promises each, three or more in a row: commitments."""
    headings = [c for c in node.children if c.kind == "heading"]
    if len(headings) < 3 or any(h.children or not h.paragraphs for h in headings):
        return []
    promising = sum(any(re.search(r"\bwill\b", p.text) for p in h.paragraphs) for h in headings)
    return headings if promising >= 0.6 * len(headings) else []
