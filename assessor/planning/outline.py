"""Blocks → a tree: which block stands below which, told by style, numbers and repetition."""

from collections.abc import Sequence

from assessor.planning.blocks import Block
from assessor.planning.markers import Marker
from assessor.planning.node import Node, Style
from assessor.planning.tally import Tally
from assessor.planning.words import VALUE_LEVELS, is_known_level, rank_of


def build_outline(blocks: Sequence[Block]) -> Node:
    """The tree of all blocks below one root."""
    return _Outliner(blocks).run()


class _Outliner:
    """Walks the blocks once; `stack` holds what is open, the root first."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.root = Node("root", Block([], ""), ("root",))
        self.stack = [self.root]
        self.tally = Tally(blocks)
        # Where a level's label or announcement stood first, it is expected to stand again.
        self.learned: dict[tuple[str, str | None], Style] = {}

    def run(self) -> Node:
        place = {
            "paragraph": self._paragraph,
            "item": self._item,
            "label": self._label,
            "announcer": self._announcer,
            "heading": self._heading,
            "statement": self._statement,
            "said": self._statement,
            "aside": self._aside,
        }
        for position, block in enumerate(self.blocks):
            place[block.kind](block, position)
        return self.root

    @property
    def top(self) -> Node:
        return self.stack[-1]

    def _push(self, kind: str, block: Block, style: Style) -> None:
        node = Node(kind, block, style, self.top)
        self.top.body.append(node)
        if len(self.stack) < 40:
            self.stack.append(node)

    def _pop_while(self, *kinds: str) -> None:
        while self.top.kind in kinds:
            self.stack.pop()

    def _pop_to(self, node: Node) -> None:
        del self.stack[self.stack.index(node) + 1 :]

    def _pop_rank(self, rank: int, *, keep_announcer: bool) -> None:
        """Close everything a heading of this rank closes."""
        self._pop_while("item")
        while len(self.stack) > 1:
            ranked = [n for n in self.stack[1:] if n.block.rank is not None]
            if not ranked or max(n.block.rank or 0 for n in ranked) < rank:
                if self.top.kind in {"statement", "aside"} and self.top.block.rank is None:
                    self.stack.pop()
                    continue
                return
            top = self.top
            if (
                keep_announcer
                and top.kind == "announcer"
                and top.block.rank == rank
                and self._waits(top)
            ):
                return
            self.stack.pop()

    @staticmethod
    def _waits(node: Node) -> bool:
        """Whether an announcement has nothing below it yet."""
        if node.children:
            return all(child.kind == "heading" for child in node.children)
        return not node.paragraphs or (
            node.level not in VALUE_LEVELS
            and all(len(p.text) > 60 or p.is_stem for p in node.paragraphs)
        )

    def _paragraph(self, block: Block, position: int) -> None:
        while self.top.kind == "item" or (
            self.top.kind == "label"
            and self.top.parent is not None
            and self.top.parent.kind == "item"
        ):
            marker = self.top.block.marker
            if marker is not None and marker.kind not in {"bullet", "lost"}:
                break
            if (
                block.indent > self.top.block.indent + 1
                and block.depth is None
                and marker is not None
            ):
                break
            self.stack.pop()
        self.top.body.append(block)

    def _item(self, block: Block, position: int) -> None:
        marker = block.marker or Marker("bullet", (), "•")
        while True:
            top = self.top
            if top.kind == "label" and top.block.marker is not None and _side(block, top.block) < 0:
                self.stack.pop()
                continue
            if top.kind != "item":
                break
            step = self._step(block, marker, top)
            if step == "child":
                break
            self.stack.pop()
            if step == "sibling":
                break
        self._push("item", block, ("item", marker.family, block.depth or block.indent // 2))

    def _step(self, block: Block, marker: Marker, top: Node) -> str:
        other = top.block.marker or Marker("bullet", (), "•")
        same = marker.family == other.family
        if same and _follows(marker, other):
            # Nested lists count alike: "3." after "2." one step deeper goes on with the outer list.
            outer = any(
                n.kind == "item"
                and n is not top
                and n.block.marker is not None
                and n.block.marker.family == marker.family
                and _follows(marker, n.block.marker)
                and _side(block, n.block) == 0
                for n in self.stack
            )
            return "pop" if outer and _side(block, top.block) < 0 else "sibling"
        if (
            len(marker.path) > len(other.path) > 0
            and marker.path[: len(other.path)] == other.path
            and marker.kind == other.kind
        ):
            return "child"
        if marker.kind == other.kind == "number" and len(marker.path) < len(other.path):
            return "pop"
        side = _side(block, top.block)
        if side > 0:
            return "child"
        if side < 0:
            return "pop"
        if same:
            return "sibling"
        if any(
            n.kind == "item" and n.block.marker and n.block.marker.family == marker.family
            for n in self.stack
        ):
            return "pop"
        if marker.kind in {"bullet", "lost"}:
            return "child"
        return "pop" if other.kind in {"bullet", "lost"} else "child"

    def _label(self, block: Block, position: int) -> None:
        assert block.label is not None
        level, path = block.label.level, block.label.path
        style: Style = ("label", level)
        self._pop_while("statement", "aside")
        open_same = [n for n in self.stack if n.style == style]
        parents = [n for n in self.stack[1:] if path and len(path) > 1 and n.path == path[:-1]]
        known = self.learned.get(("label", level))
        at = [n for n in self.stack if n.style == known]
        announcers = [n for n in self.stack if n.kind == "announcer" and n.level == level]
        if open_same and not (len(path) > 1 and open_same[-1].path == path[:-1]):
            self._pop_to(open_same[0].parent or self.root)
        elif parents:
            self._pop_to(parents[-1])
        elif at:
            self._pop_to(at[-1])
        elif announcers:
            self._pop_to(announcers[-1])
        elif block.rank is not None:
            self._pop_rank(block.rank, keep_announcer=True)
        else:
            self._label_by_rank(block, level, position)
        self.learned.setdefault(("label", level), self.top.style)
        self._push("label", block, style)

    def _label_by_rank(self, block: Block, level: str, position: int) -> None:
        while len(self.stack) > 1:
            top = self.top
            among_values = top.kind == "announcer" or (
                top.kind == "heading" and top.parent is not None and top.parent.kind == "announcer"
            )
            announcer = top if top.kind == "announcer" else top.parent
            if among_values and announcer is not None and announcer.level in VALUE_LEVELS:
                self.stack.pop()
                continue
            marked = block.marker is not None or block.depth is not None
            top_marked = top.block.marker is not None or top.block.depth is not None
            if marked and top_marked and top.kind in {"label", "item"}:
                if _side(block, top.block) > 0:
                    return
            elif (
                top.kind in {"root", "heading"}
                or (top.kind == "announcer" and not any(c.kind == "item" for c in top.children))
                or (top.kind == "label" and self._stands_below(block, level, top))
                or (top.kind == "item" and self.tally.continues_later(top, position))
            ):
                return
            self.stack.pop()

    def _stands_below(self, block: Block, level: str, top: Node) -> bool:
        """Whether a label seen for the first time belongs below an open one."""
        if is_known_level(level) and not is_known_level(top.level):
            # A part that the plan names by a word of its own holds what it names by a common one.
            return True
        if rank_of(top.level) >= rank_of(level) and not self.tally.trait(level, top):
            return False
        if block.indent == top.block.indent > 0 and block.rank is None:
            return False
        if self.tally.one_each(top, level):
            return False
        # One measure for each goal, with two objectives each, belongs to the goals.
        here = self.tally.labels[level]
        above = [n for n in self.stack if n.kind == "label" and n is not top]
        return not (
            here < self.tally.labels[top.level]
            and any(self.tally.labels[n.level] >= here for n in above)
        )

    def _announcer(self, block: Block, position: int) -> None:
        level = block.level
        style: Style = ("announcer", level or "")
        self._pop_while("statement", "aside")
        if block.rank is not None:
            self._pop_rank(block.rank, keep_announcer=False)
            self._push("announcer", block, style)
            return
        known = self.learned.get(("announcer", level))
        same = [n for n in self.stack if n.style == style]
        at = [n for n in self.stack if n.style == known]
        if same and same[-1].parent is not None:
            self._pop_to(same[-1].parent)
        elif at and self.tally.announced[level] > 1:
            self._pop_to(at[-1])
        elif level in VALUE_LEVELS and self.tally.announced[level] == 1:
            self._pop_to(self.root)
        else:
            self._announcer_by_count(block, position)
        self.learned.setdefault(("announcer", level), self.top.style)
        self._push("announcer", block, style)

    def _announcer_by_count(self, block: Block, position: int) -> None:
        level = block.level
        repeated = self.tally.announced[level] > 1
        while len(self.stack) > 1:
            top = self.top
            if top.kind == "item":
                if repeated and self.tally.continues_later(top, position):
                    return
            elif top.kind == "label" and not self.tally.one_each(top, level):
                if rank_of(level) > rank_of(top.level) or (repeated and level != top.level):
                    return
            elif top.kind == "heading":
                announcer = (
                    top.parent
                    if top.parent is not None and top.parent.kind == "announcer"
                    else None
                )
                if (
                    repeated
                    or not top.body
                    or (announcer is not None and rank_of(level) > rank_of(announcer.level))
                ):
                    return
            self.stack.pop()

    def _heading(self, block: Block, position: int) -> None:
        self._pop_while("statement", "aside") if block.rank is None else None
        if block.rank is not None:
            self._pop_rank(block.rank, keep_announcer=True)
            self._push("heading", block, ("heading", block.rank))
            return
        tier = _tier(block)
        self._pop_while("item")
        while len(self.stack) > 1:
            top = self.top
            if top.kind == "announcer":
                tiers = [child.style[1] for child in top.children if child.kind == "heading"]
                if not top.children or (tiers and tier in tiers):
                    break
            elif top.kind == "heading":
                if isinstance(top.style[1], int) and tier > top.style[1]:
                    break
            elif top.kind == "label" and (
                block.indent > top.block.indent + 1 or self._belongs_to(top, tier, position)
            ):
                break
            self.stack.pop()
        self._push("heading", block, ("heading", tier))

    def _belongs_to(self, label: Node, tier: int, position: int) -> bool:
        """Whether a heading stands inside a labelled part, since the labels go on after it."""
        if any(n.style == ("heading", tier) for n in self.stack[: self.stack.index(label)]):
            return False
        goes_on = self.tally.last_label.get(label.level or "", -1) > position
        earlier = label.parent is not None and any(
            child.style == ("heading", tier)
            for sibling in label.parent.children
            for child in sibling.children
            if sibling is not label
        )
        return goes_on or earlier

    def _statement(self, block: Block, position: int) -> None:
        if block.rank is not None:
            self._pop_rank(block.rank, keep_announcer=False)
        else:
            self._pop_while("item", "statement", "aside")
            heading = self.top
            empty = (
                heading.kind == "heading"
                and not heading.body
                and heading.parent is not None
                and heading.parent.kind == "announcer"
            )
            if not empty:
                self._pop_to(self.root)
        self._push("statement", block, ("statement",))

    def _aside(self, block: Block, position: int) -> None:
        if block.rank is not None:
            self._pop_rank(block.rank, keep_announcer=False)
        elif self.tally.asides[block.text.casefold()] > 1:
            self._pop_while("item", "statement", "aside", "announcer")
        else:
            self._pop_to(self.root)
        self._push("aside", block, ("aside",))


def _follows(marker: Marker, other: Marker) -> bool:
    """Whether a number is the next after another in the same list."""
    return (
        bool(marker.path)
        and marker.path[:-1] == other.path[:-1]
        and marker.path[-1] == other.path[-1] + 1
    )


def _side(block: Block, other: Block) -> int:
    """1 where a block is set in deeper than another, -1 less deep, 0 alike."""
    if block.depth is not None and other.depth is not None:
        return (block.depth > other.depth) - (block.depth < other.depth)
    if block.depth is not None or other.depth is not None:
        return 0
    difference = block.indent - other.indent
    return 0 if abs(difference) <= 1 else 1 if difference > 0 else -1


def _tier(block: Block) -> int:
    """How high a heading of a plain text looks: capitals before others, loose before tight."""
    return (0 if block.caps else 2) + (1 if block.tight else 0)
