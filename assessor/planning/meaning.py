"""The outline → elements, statements and what is left out."""

import re
from collections.abc import Sequence

from assessor.domain.plan import Statement
from assessor.planning.blocks import Block
from assessor.planning.draft import Draft, Meaning
from assessor.planning.node import Node
from assessor.planning.noise import plain
from assessor.planning.promises import is_promise_stem, starts_with_verb
from assessor.planning.stems import counted_level, named_level, stem_sentence, subject_stem
from assessor.planning.themes import promising_headings, upper_headings
from assessor.planning.words import PHRASE_LEVELS, VALUE_LEVELS, phrase_level, statement_kind

PHRASED = frozenset(level for _, level in PHRASE_LEVELS) - {"context point", "purpose"}

# "…; and" before the last item of a list joins the items and says nothing of its own.
_AND_NEXT = re.compile(r"[;,] (?:and|or|und|et|y)$")


def interpret(root: Node) -> Meaning:
    """Read the outline: which nodes are elements, of which level, below which."""
    reader = _Interpreter()
    reader.container(root, None, None)
    return reader.meaning


class _Interpreter:
    def __init__(self) -> None:
        self.meaning = Meaning()
        self._plan_lists: dict[Node, bool] = {}
        self._counted: dict[Node, str | None] = {}

    def container(self, node: Node, parent: Draft | None, level: str | None) -> None:
        """Read what stands in a node, in order; `level` is what an announcement calls its items."""
        themes = upper_headings(node) if level is None else set()
        described = promising_headings(node) if level is None and not themes else []
        upper = themes | set(described)
        stem: Block | None = None
        stems: dict[int, list[Draft]] = {}
        self.meaning.groups += 1
        group = self.meaning.groups
        loose: list[Block] = []
        before: str | None = None
        for part in node.body:
            if isinstance(part, Block):
                stem = part if part.is_stem else None
                loose.append(part)
                continue
            if before in {"heading", "item"} and part.kind == "label":
                # A list that sums up the labelled parts after it is a list of its own.
                self.meaning.groups += 1
                group = self.meaning.groups
            before = part.kind
            group_stem = stem
            if part.kind == "item":
                made = self._item(part, parent, level, stem, node, group)
                if made is not None and stem is not None:
                    stems.setdefault(id(stem), []).append(made)
                continue
            if part.kind == "heading" and part in upper:
                self._heading_element(
                    part, parent, level, group, "commitment" if part not in themes else None, None
                )
            elif part.kind == "heading" and level is not None and not _no_part(part, node):
                if part.block.is_stem and not part.body and part.block.text.endswith(("…", "...")):
                    stem = part.block
                    loose.append(stem)
                    continue
                made = self._heading_element(part, parent, level, group, level, group_stem)
                if group_stem is not None:
                    stems.setdefault(id(group_stem), []).append(made)
                stem = group_stem
                continue
            else:
                self._other(part, parent, level, group)
            self.meaning.groups += 1
            group = self.meaning.groups
            stem = None
        self._settle_paragraphs(node, parent, level, loose, stems, group)

    def _other(self, part: Node, parent: Draft | None, level: str | None, group: int) -> None:
        if part.kind == "label":
            self._labelled(part, parent, group)
        elif part.kind == "announcer" and part.level in PHRASED and phrase_level(part.block.text):
            self.meaning.leave(part.block.lines, "heading; it introduces what stands below it")
            before = len(parent.children if parent is not None else self.meaning.roots)
            self.container(part, parent, part.level)
            made = (parent.children if parent is not None else self.meaning.roots)[before:]
            for draft in made:
                draft.doubt(
                    f"the plan gives this list no word of its own; “{part.level}” is a guess"
                )
        elif part.kind == "announcer":
            name = "points" if part.level == "context point" else f"level “{part.level}”"
            self.meaning.leave(
                part.block.lines, f"heading; it names the {name} of what stands below it"
            )
            self.container(part, parent, part.level)
        elif part.kind == "statement":
            self._statement(part, parent)
        elif part.kind == "aside":
            self._aside(part)
        else:
            self.meaning.leave(part.block.lines, "heading of a section")
            self.container(part, parent, None)

    # Items ---------------------------------------------------------------------------------

    def _item(
        self,
        node: Node,
        parent: Draft | None,
        level: str | None,
        stem: Block | None,
        holder: Node,
        group: int,
    ) -> Draft | None:
        chosen = level or self._stem_level(stem)
        if chosen is None and parent is None:
            if holder not in self._counted:
                self._counted[holder] = counted_level(holder)
            chosen = self._counted[holder]
        if chosen is None and parent is None and not self._is_plan_list(holder):
            self._leave_tree(node, "a list outside any part of the plan")
            return None
        draft = self._draft(node, parent, chosen, group)
        draft.promised = level is None and chosen == "commitment"
        if stem is not None and level not in PHRASED and self._joins(stem):
            sentence = stem_sentence(stem.text)
            draft.text = f"{sentence} {draft.text}"
        self._inside(node, draft)
        return draft

    def _is_plan_list(self, holder: Node) -> bool:
        """Whether a list under no element and no level word still reads as one of a plan."""
        known = self._plan_lists.get(holder)
        if known is not None:
            return known
        listed = [child for child in holder.children if child.kind == "item"]
        verbs = sum(
            starts_with_verb(c.block.text)
            or re.match(r"we (?:will|aim)|to \w", c.block.text, re.IGNORECASE) is not None
            for c in listed
        )
        numbered = all(
            c.block.marker is not None and c.block.marker.kind not in {"bullet", "lost"}
            for c in listed
        )
        deep = any(c.children for c in listed)
        answer = len(listed) >= 2 and (verbs >= 0.6 * len(listed) or (numbered and deep))
        self._plan_lists[holder] = answer
        return answer

    @staticmethod
    def _stem_level(stem: Block | None) -> str | None:
        if stem is None:
            return None
        named = phrase_level(stem_sentence(stem.text)) or named_level(stem.text)
        if named is not None:
            return named
        return "commitment" if is_promise_stem(stem.text) or subject_stem(stem.text) else None

    @staticmethod
    def _joins(stem: Block) -> bool:
        said = phrase_level(stem_sentence(stem.text)) or named_level(stem.text)
        return said is None and (
            is_promise_stem(stem.text)
            or subject_stem(stem.text)
            or stem.text.rstrip().endswith(("…", "..."))
        )

    def _draft(self, node: Node, parent: Draft | None, level: str | None, group: int) -> Draft:
        block = node.block
        marker, label = block.marker, block.label
        ordinal: str | None = None
        if label is not None:
            ordinal = label.ordinal
        elif (marker is not None and marker.kind in {"number", "code"}) or (
            marker is not None and marker.path and marker.kind != "word"
        ):
            ordinal = marker.drawn
        draft = Draft(
            level,
            _AND_NEXT.sub(";", block.text),
            list(block.lines),
            parent,
            ordinal=ordinal,
            path=node.path,
            group=group,
        )
        draft.labelled = label is not None
        draft.doubts += block.doubts
        (parent.children if parent is not None else self.meaning.roots).append(draft)
        return draft

    def _inside(self, node: Node, draft: Draft) -> None:
        """What stands below an element: its own children, and paragraphs that describe it."""
        self.container(node, draft, None)
        if not draft.text:
            draft.text = node.block.label.level.capitalize() if node.block.label else "(no text)"
            if draft.ordinal:
                draft.text = f"{draft.text} {draft.ordinal}"
            draft.doubt("its text is missing beside its label")

    # Labels and headings -------------------------------------------------------------------

    def _labelled(self, node: Node, parent: Draft | None, group: int) -> None:
        assert node.block.label is not None
        draft = self._draft(node, parent, node.block.label.level, group)
        if len(draft.text) <= 90 and not draft.text.endswith("."):
            draft.name = draft.text
        self._inside(node, draft)

    def _heading_element(
        self,
        node: Node,
        parent: Draft | None,
        level: str | None,
        group: int,
        own: str | None,
        stem: Block | None,
    ) -> Draft:
        listed = any(child.kind in {"item", "label"} for child in node.children)
        grouped = level in VALUE_LEVELS and listed
        draft = self._draft(node, parent, f"{level} group" if grouped else own, group)
        draft.name = node.block.text.rstrip(":")
        draft.text = draft.name
        if stem is not None and stem.text.rstrip().endswith(("…", "...")):
            draft.text = f"{stem.text} {draft.text}"
        self.container(node, draft, level if grouped else None)
        return draft

    # Statements, asides, paragraphs --------------------------------------------------------

    def _statement(self, node: Node, parent: Draft | None) -> None:
        kind = node.block.level or _kind(node.block.text)
        parts = [b for b in ([node.block] if node.block.kind == "said" else []) + node.paragraphs]  # noqa: C416
        items = [c for c in node.children if c.kind == "item"]
        texts = [b.text for b in parts] + [n.block.text for i in items for n in i.walk()]
        lines = sorted(x for b in parts for x in b.lines) + sorted(
            x for i in items for n in i.walk() for x in n.block.lines
        )
        if node.block.kind != "said":
            self.meaning.leave(node.block.lines, f"heading of the {kind}")
        if texts:
            same = [
                s
                for s in self.meaning.statements
                if s.kind == kind and plain(s.text) == plain(" ".join(texts))
            ]
            if same:
                self.meaning.leave(
                    lines, f"the {kind} once more; the first stands on line {same[0].lines[0]}"
                )
            else:
                self.meaning.statements.append(
                    Statement(kind=kind, text=" ".join(texts), lines=(min(lines), max(lines)))
                )
        for child in node.children:
            if child.kind == "heading":
                self.meaning.leave(child.block.lines, "heading of a section")
                self.container(child, parent, None)
            elif child.kind != "item":
                self._other(child, parent, None, self.meaning.groups)

    def _aside(self, node: Node) -> None:
        """A part about the plan; what it holds that is plainly labelled is still read."""
        self._leave_but_parts(node, f"part “{node.block.text[:60]}”: about the plan, not of it")

    def _leave_but_parts(self, node: Node, reason: str) -> None:
        """Leave out what stands in an aside, save what is plainly labelled further down."""
        self.meaning.leave(node.block.lines, reason)
        for part in node.body:
            if isinstance(part, Block):
                self.meaning.leave(part.lines, reason)
            elif part.kind in {"label", "announcer", "statement"}:
                self._other(part, None, None, self.meaning.groups)
            else:
                self._leave_but_parts(part, reason)

    def _leave_tree(self, node: Node, reason: str) -> None:
        for inner in node.walk():
            self.meaning.leave(inner.block.lines, reason)
            for paragraph in inner.paragraphs:
                self.meaning.leave(paragraph.lines, reason)

    def _settle_paragraphs(
        self,
        node: Node,
        parent: Draft | None,
        level: str | None,
        loose: Sequence[Block],
        stems: dict[int, list[Draft]],
        group: int,
    ) -> None:
        own: list[Block] = []
        for block in loose:
            made = stems.get(id(block))
            if made:
                lines = sorted(x for d in made for x in d.lines)
                joined = (
                    "; joined to each of them"
                    if self._joins(block) or block.text.endswith("…")
                    else ""
                )
                self.meaning.leave(
                    block.lines, f"introduces the elements on lines {lines[0]}–{lines[-1]}{joined}"
                )
            else:
                own.append(block)
        if level is not None and not node.children and own:  # noqa: SIM102
            if self._as_items(own, parent, level, group):
                return
        if parent is not None and level is None:
            parent.described += own
        elif level is not None:
            for block in own:
                self.meaning.leave(block.lines, f"prose about the level “{level}”, not an element")
        else:
            for block in own:
                self.meaning.leave(block.lines, "prose outside the elements of the plan")

    def _as_items(
        self, blocks: Sequence[Block], parent: Draft | None, level: str, group: int
    ) -> bool:
        """Paragraphs below an announcement, with nothing else there: a list without bullets."""
        candidates = [b for b in blocks if not b.is_stem]
        if len(candidates) == 1 and level in VALUE_LEVELS:
            return self._inline_values(candidates[0], parent, level, group)
        if len(candidates) == 1 and len(candidates[0].text) <= 250 and level not in VALUE_LEVELS:
            blocks = candidates = candidates[:1]
        elif len(candidates) < 2 or any(len(b.text) > 450 for b in candidates):
            return False
        for block in candidates:
            draft = Draft(level, block.text, list(block.lines), parent, group=group)
            (parent.children if parent is not None else self.meaning.roots).append(draft)
            draft.doubts += block.doubts
            draft.doubt("the list has no bullets; each paragraph is taken for one element")
        for block in blocks:
            if block.is_stem:
                self.meaning.leave(block.lines, "introduces the list below it")
        return True

    def _inline_values(self, block: Block, parent: Draft | None, level: str, group: int) -> bool:
        names = [n.strip(" .;") for n in re.split(r"\s*[,;•|]\s*(?:and\s+)?", block.text)]
        if not 3 <= len(names) <= 12 or any(len(n.split()) > 4 or not n for n in names):
            return False
        for position, name in enumerate(names):
            draft = Draft(level, name, list(block.lines), parent, group=group)
            (parent.children if parent is not None else self.meaning.roots).append(draft)
            if position == 0:
                draft.doubt("split from one line at its commas")
        return True


def _no_part(heading: Node, announcer: Node) -> bool:
    """Whether a heading below an announcement is none of the parts that are announced."""
    numbered = [c for c in announcer.children if c.kind == "heading" and c.path]
    outside = len(numbered) >= 2 and not heading.path
    return outside or _only_holder(heading, announcer)


def _only_holder(heading: Node, announcer: Node) -> bool:
    """Whether all labelled parts below an announcement stand under one heading of several words.

    "Directions" are more than one; a single heading that all of the numbered parts follow opens
    a section, or says something in passing.
    """
    holders = [c for c in announcer.children if c.kind == "heading"]
    inside = [c for c in heading.children if c.kind == "label" and c.path]
    return len(holders) == 1 and len(inside) >= 2 and len(announcer.children) == 1


def _kind(text: str) -> str:
    return statement_kind(text) or "statement"
