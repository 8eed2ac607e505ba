"""The plan's own word for every level, also where it stands only in the prose."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from assessor.planning.blocks import Block
from assessor.planning.draft import Draft, Meaning
from assessor.planning.promises import starts_with_verb
from assessor.planning.words import CARDINALS, VALUE_LEVELS, level_name, rank_of

_WORD_START = re.compile(r"(?<![\w-])(?=[^\W\d_])")


def name_levels(meaning: Meaning, blocks: Sequence[Block]) -> None:
    """Name every level that no label and no heading named; a guess carries a doubt."""
    drafts = meaning.all()
    _follow_neighbours(drafts)
    used: set[str | None] = {d.level for d in drafts if d.level}
    unnamed = [d for d in drafts if d.level is None]
    if not unnamed:
        return
    mentions = _mentions(blocks, used)
    sets: defaultdict[tuple[bool, str | None, int], list[Draft]] = defaultdict(list)
    for draft in unnamed:
        sets[(draft.name is not None and not draft.labelled, None, _depth(draft))].append(draft)
    for (headed, _, _), members in sorted(sets.items(), key=lambda kv: kv[0][2]):
        level, sure = (
            _theme_level(members, mentions) if headed else _list_level(members, drafts, mentions)
        )
        for draft in members:
            draft.level = level
            if not sure:
                # Each carries it, not only the first: whoever looks at one element must see it.
                draft.doubt(f"the plan gives this list no word of its own; “{level}” is a guess")
        if level in mentions:
            del mentions[level]


def _follow_neighbours(drafts: list[Draft]) -> None:
    """Give a promised list the level that the plan names for the same list in every other part.

    "By 2029 it will be true that:" under one goal and "Outcomes" under all others are one level.
    A part that has both keeps both.
    """
    for parent in drafts:
        promised = [child for child in parent.children if child.promised]
        if not promised or len(promised) < len(parent.children):
            continue
        named = {
            child.level
            for other in drafts
            if other is not parent and other.level == parent.level
            for child in other.children
            if not child.promised
        }
        if len(named) == 1 and (level := next(iter(named))) is not None:
            for child in promised:
                child.level = level
                child.doubt(
                    f"called “{level}” as in the other parts; this list has no word of its own"
                )


def _depth(draft: Draft) -> int:
    depth = 0
    while draft.parent is not None:
        draft, depth = draft.parent, depth + 1
    return depth


def _mentions(blocks: Sequence[Block], used: set[str | None]) -> Counter[str]:
    """Level words in titles and prose that no label uses, with how plainly each is meant.

    "Each strategic priority has two goals" and "four themes" speak of the plan's parts; a bare
    "project" in a sentence does not.
    """
    found: Counter[str] = Counter()
    for block in blocks:
        if block.kind in {"item", "label"} or len(block.text) > 3000:
            continue
        for match in _WORD_START.finditer(block.text):
            name = level_name(block.text[match.start() :])
            if name is None or name.level in used or name.level in VALUE_LEVELS:
                continue
            before = block.text[max(0, match.start() - 25) : match.start()].casefold().split()
            counted = bool(before) and (
                before[-1] in CARDINALS or before[-1] == "each" or before[-1].isdigit()
            )
            if counted:
                found[name.level] += 5
            elif name.plural and (name.modified or block.kind in {"heading", "announcer"}):
                found[name.level] += 2
    return found


def _theme_level(members: list[Draft], mentions: Counter[str]) -> tuple[str, bool]:
    below = [rank_of(c.level) for d in members for c in d.children if c.level]
    limit = min(below, default=6)
    fitting = [
        (count, level) for level, count in mentions.items() if rank_of(level) < limit or not below
    ]
    strong = [pair for pair in fitting if pair[0] >= 2]
    if strong:
        return max(strong)[1], max(strong)[0] >= 5 or len(strong) == 1
    return ("priority" if limit > 1 else "theme"), False


def _list_level(
    members: list[Draft], drafts: list[Draft], mentions: Counter[str]
) -> tuple[str, bool]:
    parent_levels = {d.parent.level for d in members if d.parent is not None}
    cousins = Counter(
        c.level
        for d in drafts
        if d.level in parent_levels
        for c in d.children
        if c.level and c.level not in VALUE_LEVELS
    )
    if cousins:
        return cousins.most_common(1)[0][0], False
    above = max((rank_of(level) for level in parent_levels), default=0)
    strong = [
        (count, level) for level, count in mentions.items() if rank_of(level) > above and count >= 2
    ]
    if strong:
        return max(strong)[1], max(strong)[0] >= 5
    if sum(bool(d.children) for d in members) >= 0.5 * len(members):
        return ("objective" if any(d.parent is not None for d in members) else "goal"), False
    verbs = sum(starts_with_verb(d.text) or d.text.startswith("We ") for d in members)
    return ("action" if verbs >= 0.5 * len(members) else "point"), False
