"""Lines → blocks: headings, items and paragraphs, each whole again where the page had cut it."""

import re
from dataclasses import dataclass, field, replace

from assessor.planning.joining import ELLIPSIS, TERMINAL, Line, continues, measure
from assessor.planning.markers import Label, Marker, find_label, find_marker
from assessor.planning.own_words import own_label, own_labels
from assessor.planning.source import Source
from assessor.planning.words import (
    FUNCTION_WORDS,
    is_aside,
    level_name,
    phrase_level,
    statement_kind,
)


@dataclass(eq=False)
class Block:
    """A piece of the document that says one thing.

    `kind`: announcer (names the level of what follows), label, statement, aside, heading, item or
    paragraph. `rank` is the heading rank where the format tells one. `tight` headings stand right
    on top of their paragraph, loose ones have a blank line below. A `trait` says one thing that
    the plan says of several parts in the same words ("Why: …").
    """

    lines: list[int]
    text: str
    kind: str = "paragraph"
    marker: Marker | None = None
    label: Label | None = None
    level: str | None = None
    rank: int | None = None
    depth: int | None = None
    indent: int = 0
    tight: bool = False
    caps: bool = False
    gap: bool = False
    trait: bool = False
    doubts: list[str] = field(default_factory=list)

    @property
    def is_stem(self) -> bool:
        return self.text.rstrip().endswith((":", *ELLIPSIS))

    @property
    def ends(self) -> bool:
        return self.text.rstrip().endswith(TERMINAL)


def make_blocks(source: Source, noise: dict[int, str], footnotes: frozenset[str]) -> list[Block]:
    """All blocks of a document in order; lines in `noise` take no part but do not part a block."""
    lines = _evidence(source, noise)
    page = measure(lines)
    blocks: list[Block] = []
    members: list[Line] = []
    for line in lines:
        if members and continues(members, line, page):
            members.append(line)
        else:
            if members:
                blocks.append(_block(members, footnotes))
            members = [line]
    if members:
        blocks.append(_block(members, footnotes))
    return blocks


def _evidence(source: Source, noise: dict[int, str]) -> list[Line]:
    lines: list[Line] = []
    own = own_labels([line for line in source.lines if line.number not in noise])
    gap = True
    for line in source.lines:
        if not line.text:
            gap = True
            continue
        if line.number in noise:
            continue
        text = _unspaced(line.text)
        marker = find_marker(text)
        if line.marker is not None:
            # A number typed in the text says more than the bullet the format draws before it.
            drawn = find_marker(line.marker + " x") or Marker("bullet", (), "•")
            typed = marker if marker is not None and marker.kind != "word" else None
            marker = typed or replace(drawn, end=0)
            if drawn.kind != "bullet" and typed is None:
                marker = replace(marker, end=0)
        body = text[marker.end :] if marker else text
        label = (
            Label(line.level, None, (), body)
            if line.level
            else find_label(body) or own_label(body, own)
        )
        alone = (
            None
            if marker is not None and marker.kind == "bullet" and label is None
            else _alone(body, label)
        )
        if marker is not None and alone == "aside":
            alone = None
        lines.append(Line(line, text, marker, label, alone, gap or line.gap))
        gap = False
    return lines


def _unspaced(text: str) -> str:
    text = " ".join(text.replace("\u00a0", " ").split())
    if re.fullmatch(r"(?:\w ){3,}\w(?: {1,3}(?:\w ){2,}\w)*", text):
        return text.replace(" ", "")
    return text


def _alone(text: str, label: Label | None) -> str | None:
    """What a line is when its whole text is a structural word."""
    if len(text) > 100:
        return None
    if label is not None:
        return "label" if not label.rest else None
    if text[:1].islower() and not text.split(" ", 1)[0][1:2].isupper() and len(text.split()) > 3:
        return None
    if statement_kind(text):
        return "statement"
    if announced_level(text) is not None:
        return "announcer"
    return "aside" if is_aside(text) else None


_TAIL = re.compile(
    r"^\W*(?:(?:for|in|of|to|from)?\s*(?:fy\s*)?\d{2,4}(?:\s*[–—/-]\s*(?:fy\s*)?\d{2,4})?|at a glance|for (?:the )?(?:goal|priority|objective) \w+|"  # noqa: E501
    r"\(?(?:continued|cont(?:'|’)?d?\.?)\)?)?\W*$",
    re.IGNORECASE,
)
_AND = re.compile(r"^\s*(?:,|&|\+|/|and\b|und\b|et\b|y\b)\s*(?=\w)")
_OF_PARENT = re.compile(
    r"^(?:goal|priority|objective|theme|pillar|direction)\s+\w{1,5}\s+(?=\w)", re.IGNORECASE
)


def announced_level(text: str) -> str | None:
    """The level a heading announces for the list below it ("Our Goals 2024–2027")."""
    if level := phrase_level(text):
        return level
    if ": " in text and level_name(text) is None and level_name(text.rsplit(": ", 1)[1]):
        # "Hill College Library: Strategic Priorities 2024–27"
        text = text.rsplit(": ", 1)[1]
    found = level_name(text)
    if found is None and (match := _OF_PARENT.match(text)):
        text = text[match.end() :]
        found = level_name(text)
    if found is None:
        return _named_goals(text)
    if not found.plural and found.level != "focus":
        return None
    tail = text[found.end :]
    if (pair := _AND.match(tail)) and (other := level_name(tail[pair.end() :])) and other.plural:
        # "Goals and objectives" announces goals, each with objectives of its own.
        tail = tail[pair.end() + other.end :]
    return found.level if _TAIL.match(tail) else None


def _named_goals(text: str) -> str | None:
    """The level in a heading that names its owner first: "Cedar Lake Library Goals 2024"."""
    words = text.split()
    if not 2 <= len(words) <= 9 or not all(
        w[0].isupper() or w[0].isdigit() or w in {"of", "the"} for w in words if w[0].isalnum()
    ):
        return None
    for start in range(1, len(words)):
        before, found = words[:start], level_name(" ".join(words[start:]))
        if found is None or not found.plural:
            continue
        if any(
            not re.fullmatch(r"[\w’'.-]+", w) or w.casefold() in _JOINING or statement_kind(w)
            for w in before
        ):
            return None
        return found.level if _TAIL.match(" ".join(words[start:])[found.end :]) else None
    return None


_JOINING = frozenset("and or with by how why for to in on what these those we".split())


# Cells of a table that a plain text sets side by side.
_CELL_GAP = re.compile(r"(?<=\S)(?: {3,}|\t+)(?=\S)")


def _block(members: list[Line], footnotes: frozenset[str]) -> Block:
    first = members[0]
    text = first.text[first.marker.end :] if first.marker else first.text
    for line in members[1:]:
        addition = line.text
        if text.endswith("-") and not text.endswith(" -") and addition[:1].islower():
            text = join_hyphen(text, addition)
        else:
            text = f"{text} {addition}"
    text = " ".join(text.split())
    if footnotes:
        pattern = rf"(?<=[^\W\d_])(?:{'|'.join(sorted(footnotes))})(?=[\s.,;:)]|$)"
        text = re.sub(pattern, "", text)
    label = first.label
    if label is not None:
        label = (
            Label(first.source.level, None, (), text)
            if first.source.level
            else find_label(text) or _regrown(label, first, text)
        )
    letters = [c for c in text if c.isalpha()]
    kind = first.alone if first.alone and len(members) == 1 else None
    return Block(
        lines=[line.source.number for line in members],
        text=label.rest if label and not first.source.level else text,
        kind=kind or ("label" if label else "item" if first.marker else "paragraph"),
        marker=first.marker,
        label=label,
        level=announced_level(text) if kind == "announcer" else None,
        rank=first.source.heading,
        depth=first.source.depth,
        indent=first.source.indent,
        caps=len(letters) > 3 and sum(c.isupper() for c in letters) > 0.85 * len(letters),
        gap=first.gap,
        doubts=["it looks like a row of a table"]
        if any(len(_CELL_GAP.findall(line.source.text)) >= 2 for line in members)
        else [],
    )


def _regrown(label: Label, first: Line, text: str) -> Label:
    """A label of the document's own words, with all lines of its text."""
    line = first.text[first.marker.end :] if first.marker else first.text
    return replace(label, rest=text[len(line) - len(label.rest) :].strip())


_PREFIXES = frozenset(
    "self non co re pre post multi cross inter intra sub anti semi over under well high low long short peer user open evidence data community student learner research face hands on in up state decision".split()  # noqa: E501
)


def join_hyphen(text: str, addition: str) -> str:
    """Join a word cut at a line end: with its hyphen where the hyphen is the word's own."""
    head = re.findall(r"[\w’'-]+$", text[:-1])
    tail = re.match(r"[\w’'-]+", addition)
    last = head[0].rsplit("-", 1)[-1].casefold() if head else ""
    own = bool(head) and (
        last in _PREFIXES
        or ("-" in head[0] and last in FUNCTION_WORDS)
        or (tail is not None and "-" in tail.group())
    )
    return text + addition if own else text[:-1] + addition
