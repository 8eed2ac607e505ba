"""What a block is can depend on its neighbours: letters or roman numbers, headings, lost bullets."""  # noqa: E501

import re
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

from assessor.planning.blocks import Block
from assessor.planning.lost_bullets import recover_bullets
from assessor.planning.markers import Label, Marker, letter_from_roman
from assessor.planning.promises import is_promise, is_promise_stem
from assessor.planning.sections import mark_sections
from assessor.planning.words import (
    ADMIN_COLUMNS,
    FUNCTION_WORDS,
    VALUE_LEVELS,
    is_aside,
    level_name,
    statement_kind,
)

_ELLIPSIS = ("…", "...")
_STATEMENT = re.compile(
    r"^((?:our |the )?(?:\w+ ){0,3}?(?:mission|vision|purpose)(?: statement)?)\s*(?::|–|—|\s-\s)\s*(?=\S)",  # noqa: E501
    re.IGNORECASE,
)


# Words that head an aside in one plan and a part of the plan itself in another.
_SOFT = re.compile(
    r"^\W*(?:our )?(?:staff|members|resources|governance|stakeholders?|community|evaluation|reporting|sources|history|stakeholder engagement|opportunities|surveys?.*)\W*$",  # noqa: E501
    re.IGNORECASE,
)


def settle(blocks: list[Block], *, told: bool) -> list[Block]:
    """The same blocks with their kinds settled; `told` where the format itself marks headings."""
    _sequence(blocks)
    mark_sections(blocks)
    blocks = _inline_announcements(blocks)
    _inline_statements(blocks)
    _lone_levels(blocks)
    _own_parts(blocks)
    _find_headings(blocks, told=told)
    blocks = _fill(blocks)
    _own_announcers(blocks)
    recover_bullets(blocks)
    return blocks


def _inline_statements(blocks: list[Block]) -> None:
    """ "Mission: To connect people …" is heading and text in one."""
    for block in blocks:
        match = _STATEMENT.match(block.text) if block.kind in {"paragraph", "item"} else None
        if match is None or (kind := statement_kind(match.group(1))) is None:
            continue
        block.kind, block.level, block.marker = "said", kind, None
        block.text = block.text[match.end() :]


def _inline_announcements(blocks: list[Block]) -> list[Block]:
    """ "Values: respect, care, courage" is an announcement and its list in one line."""
    out: list[Block] = []
    for block in blocks:
        found = level_name(block.text) if block.kind == "paragraph" else None
        rest = block.text[found.end :].lstrip() if found is not None else ""
        if found is None or not found.plural or not rest.startswith(":") or not rest[1:].strip():
            out.append(block)
            continue
        head = replace(
            block, text=block.text[: found.end], kind="announcer", level=found.level, doubts=[]
        )
        tail = replace(block, text=rest[1:].strip(), rank=None, gap=False, doubts=[])
        if found.level not in VALUE_LEVELS:
            tail.kind, tail.marker = "item", Marker("lost")
        out += [head, tail]
    return out


_OURS = re.compile(r"^(?:our|unsere?|notre|nuestr[ao])\b", re.IGNORECASE)


def _lone_levels(blocks: list[Block]) -> None:
    """A line that is a level word and nothing else labels the one text below it."""
    inside = False
    for position, block in enumerate(blocks[:-1]):
        inside = inside or (block.kind == "label" and block.label is not None)
        if block.kind not in {"paragraph", "item"} or (
            block.marker is not None and block.marker.kind == "bullet"
        ):
            continue
        found = level_name(block.text) if len(block.text) <= 40 else None
        if (
            found is None
            or found.plural
            or block.text[found.end :].strip(" :")
            or block.text[:1].islower()
        ):
            continue
        following = blocks[position + 1]
        listed = (
            following.kind == "item"
            and position + 2 < len(blocks)
            and blocks[position + 2].kind == "item"
        )
        alone = sum(b.kind == "label" and b.level == found.level for b in blocks) == 0
        if not listed and not inside and alone and _OURS.match(block.text):
            # "Our ambition" and one text, before any part of the plan: said once of the whole.
            block.kind, block.level = "statement", found.level
        elif listed:
            block.kind, block.level = "announcer", found.level
        elif following.kind in {"paragraph", "item"}:
            block.kind, block.label, block.text = "label", Label(found.level, None, (), ""), ""


def _fill(blocks: list[Block]) -> list[Block]:
    """Give a label or number that stands alone on its line the text that follows it."""
    filled: list[Block] = []
    for block in blocks:
        before = filled[-1] if filled else None
        if (
            before is not None
            and not before.text
            and before.kind in {"label", "item", "heading"}
            and before.marker != Marker("bullet")
            and block.kind in {"paragraph", "heading"}
            and not block.is_stem
        ):
            before.lines += block.lines
            before.text, before.caps = block.text, block.caps
            before.rank = before.rank if before.rank is not None else block.rank
            continue
        filled.append(block)
    return filled


_LIST_HEAD = re.compile(r"^(?:our |the |key )?(?P<noun>[^\W\d_]{3,20}s)\s*:$", re.IGNORECASE)


def _own_announcers(blocks: list[Block]) -> None:
    """Take headings such as "Programs:" that stand over lists more than once for a level's name."""
    found: defaultdict[str, list[Block]] = defaultdict(list)
    for block, following in pairwise(blocks):
        match = _LIST_HEAD.match(block.text) if block.kind in {"heading", "paragraph"} else None
        if match is not None and following.kind == "item":
            found[match.group("noun").casefold()].append(block)
    for noun, alike in found.items():
        if len(alike) < 2 or noun in ADMIN_COLUMNS:
            continue
        for block in alike:
            block.kind, block.level = "announcer", _singular(noun)


def _singular(noun: str) -> str:
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    return noun[:-2] if noun.endswith(("sses", "ches", "shes", "xes")) else noun[:-1]


def _sequence(blocks: list[Block]) -> None:
    """Settle markers that need their neighbours: letters against roman numbers, ordinal words."""
    letters: dict[str, int] = {}
    for block in blocks:
        marker = block.marker
        if marker is None:
            continue
        if marker.kind in {"roman", "ROMAN"} and len(marker.drawn) == 1:
            kind = "letter" if marker.kind == "roman" else "LETTER"
            if letters.get(kind) == ord(marker.drawn.lower()) - 97:
                block.marker = marker = letter_from_roman(marker)
        if marker.kind in {"letter", "LETTER"}:
            letters[marker.kind] = marker.path[0]
    words = [b for b in blocks if b.marker is not None and b.marker.kind == "word"]
    values = [b.marker.path[0] for b in words if b.marker is not None]
    if 1 in values and 2 in values:
        return
    for block in words:
        assert block.marker is not None
        block.text = f"{block.marker.drawn}, {block.text}"
        block.marker, block.kind = None, "paragraph"


def _own_parts(blocks: list[Block]) -> None:
    """Label the parts that a plan names by words of its own: "Service response: …", each time.

    A part opens after a blank line and holds a labelled text, which a mere trait does not.
    """
    found: defaultdict[str, list[tuple[Block, re.Match[str]]]] = defaultdict(list)
    for block, following in pairwise(blocks):
        match = _TRAIT.match(block.text) if block.kind == "paragraph" else None
        if (
            match is not None
            and (block.gap or block.rank is not None)
            and following.kind == "label"
            and len(block.text) <= 120
            and not block.ends
        ):
            found[match.group("name").casefold()].append((block, match))
    for name, alike in found.items():
        if len(alike) < 2 or is_aside(name) or statement_kind(name):
            continue
        for block, match in alike:
            rest = block.text[match.end("name") + 1 :].strip()
            block.kind, block.text, block.label = "label", rest, Label(name, None, (), rest)


_TRAIT = re.compile(r"^(?P<name>[A-Z][\w’'-]*(?: [\w’'-]+){0,3}):\s+\S")


def _traits(blocks: list[Block]) -> set[str]:
    """What a plan says of several of its parts in the same words, as "Evaluation: …"."""
    counts: defaultdict[str, int] = defaultdict(int)
    for block in blocks:
        match = _TRAIT.match(block.text) if block.kind == "paragraph" else None
        if match is not None:
            counts[match.group("name").casefold()] += 1
    return {name for name, count in counts.items() if count >= 2}


def _describes_label(blocks: list[Block], position: int) -> bool:
    """Whether a line right below a label's text says more of it, and is no heading."""
    before = blocks[position - 1] if position else None
    after = blocks[position + 1] if position + 1 < len(blocks) else None
    block = blocks[position]
    return (
        before is not None
        and before.kind == "label"
        and bool(before.text)
        and not block.gap
        and (block.indent == before.indent)
        and not (block.caps and not before.caps)
        and (after is None or after.gap or after.kind in {"item", "label", "announcer"})
    )


def _find_headings(blocks: list[Block], *, told: bool) -> None:  # noqa: C901
    """Mark headings: those the format tells, else short lines that stand like one."""
    traits = _traits(blocks)
    for position, block in enumerate(blocks):
        following = blocks[position + 1] if position + 1 < len(blocks) else None
        if (
            block.kind == "item"
            and block.rank is None
            and block.marker
            and block.marker.kind != "bullet"
        ):
            if statement_kind(block.text):
                block.kind = "statement"
            elif (
                is_aside(block.text)
                and len(block.marker.path) < 2
                and not _in_list(blocks, position)
                and following is not None
                and following.kind != "item"
            ):
                block.kind = "aside"
        before = blocks[position - 1] if position else None
        if before is not None and before.kind == "statement" and block.kind == "paragraph":  # noqa: SIM102
            # What stands right below "Our vision" is the vision, however short it is.
            if not block.caps and block.rank is None:
                continue
        if block.kind != "paragraph":
            if block.kind == "item" and block.rank is not None and len(block.text) <= 200:
                block.kind = "heading"
            block.tight = _is_tight(block, following)
            continue
        if block.rank is not None and block.text.endswith(":") and is_promise_stem(block.text):
            # "By 2027 we will:" introduces its list, in bold print as in plain.
            block.rank = None
        elif block.rank is not None and len(block.text) <= 220:
            block.kind = "heading"
        elif position and blocks[position - 1].lines == block.lines:
            continue
        elif (trait := _TRAIT.match(block.text)) and trait.group("name").casefold() in traits:
            block.trait = True
        elif (
            (not told or block.caps)
            and looks_like_heading(block)
            and not _describes_label(blocks, position)
        ):
            block.kind = "heading"
        block.tight = _is_tight(block, following)
    for position, block in enumerate(blocks):
        if block.kind == "heading" and is_aside(block.text):
            block.kind = "aside"
        if block.kind == "aside" and _SOFT.match(block.text) and position + 1 < len(blocks):
            following = blocks[position + 1]
            if following.kind in {"label", "announcer"} or (
                following.kind == "item" and is_promise(following.text)
            ):
                block.kind = "heading"


def _in_list(blocks: list[Block], position: int) -> bool:
    before = blocks[position - 1] if position else None
    marker = blocks[position].marker
    return (
        before is not None
        and before.kind == "item"
        and before.marker is not None
        and marker is not None
        and before.marker.family == marker.family
    )


def _is_tight(block: Block, following: Block | None) -> bool:
    return (
        following is not None
        and not following.gap
        and following.kind == "paragraph"
        and len(following.text) > len(block.text)
    )


def looks_like_heading(block: Block) -> bool:
    text = block.text
    words = text.split()
    if len(text) > 100 or len(words) > 13 or len(block.lines) > 3:
        return False
    if (
        text[:1].islower()
        or text.endswith((".", ";", ",", "!"))
        or not any(c.isalpha() for c in text)
    ):
        return False
    if text.endswith(":") and (
        len(words) > 6 or re.search(r"\b(?:will|to|we|are|is)\b", text, re.IGNORECASE)
    ):
        return False
    if words[-1].casefold().strip(":") in FUNCTION_WORDS and not text.endswith(_ELLIPSIS):
        return False
    if block.caps:
        return True
    return (
        re.match(r"(?:we|our \w+ (?:will|are|is))\b|.*\b(?:will|shall|must)\b", text, re.IGNORECASE)
        is None
    )
