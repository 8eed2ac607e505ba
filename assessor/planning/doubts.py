"""What a person should look at before accepting a reading."""

import re
from collections.abc import Sequence

from assessor.planning.draft import Draft, Meaning
from assessor.planning.words import FUNCTION_WORDS

LONG = 1200
_CUT = FUNCTION_WORDS & frozenset(
    "the a an and or of our their its that which by into und der et les de".split()
)


def raise_doubts(meaning: Meaning) -> None:
    """Add to each draft what speaks against it: numbers that do not fit, texts cut or run together."""  # noqa: E501
    _numbers(meaning.roots)
    for draft in meaning.roots:
        _text(draft, meaning.roots)
    # Elements 3.1, 3.2 and 3.3 alone have the number of their section before their own.
    sections = {d.path[:-1] for d in meaning.roots if len(d.path) == 2}
    for draft in meaning.all():
        _numbers(draft.children)
        if draft.parent is not None or len(sections) != 1:
            _place(draft)
        for child in draft.children:
            _text(child, draft.children)


def _numbers(siblings: Sequence[Draft]) -> None:
    last: dict[tuple[str | None, int], Draft] = {}
    for draft in siblings:
        if not draft.path:
            continue
        key = (draft.level, len(draft.path))
        before = last.get(key)
        last[key] = draft
        if before is None:
            if draft.path[-1] > 1 and draft.path[-1] < 90 and draft.group:
                first = [d for d in siblings if d.level == draft.level]
                if first[0] is draft and (len(draft.path) > 1 or draft.parent is None):
                    draft.doubt(f"the list begins with number {draft.path[-1]}")
            continue
        if draft.path[:-1] != before.path[:-1]:
            continue
        step = draft.path[-1] - before.path[-1]
        if step == 0:
            draft.doubt(f"its number {draft.ordinal} is used twice")
        elif step < 0:
            draft.doubt(
                f"the numbering goes back from {before.ordinal} to {draft.ordinal}; a heading may be missing"  # noqa: E501
            )
        elif step > 1 and draft.path[-1] < 90:
            draft.doubt(
                f"the numbering jumps from {before.ordinal} to {draft.ordinal}; check that nothing is missing"  # noqa: E501
            )


def _place(draft: Draft) -> None:
    parent = draft.parent
    if len(draft.path) < 2:
        return
    if parent is None:
        draft.doubt(f"its number {draft.ordinal} asks for a part above it that was not found")
    elif (
        parent.path
        and len(parent.path) < len(draft.path)
        and parent.path != draft.path[: len(parent.path)]
    ):
        draft.doubt(f"its number {draft.ordinal} does not fit its place below {parent.ordinal}")


def _text(draft: Draft, siblings: Sequence[Draft]) -> None:
    text = draft.text
    if text[:1].islower() and not re.match(r"\w*[A-Z]", text):
        # A whole list in lower case is a style; one such item is the rest of another.
        near = [s for s in siblings[:200] if s.level == draft.level][:40]
        if len(near) < 2 or sum(s.text[:1].islower() for s in near) < 0.6 * len(near):
            draft.doubt("it begins in the middle of a sentence")
    last = re.findall(r"[\w’'-]+", text)[-1:]
    if (
        not text.endswith((".", "!", "?", ")", "”"))
        and last
        and last[0].casefold() in _CUT
        and not text.endswith(" par an")
        and len(text) > 20
        and not draft.children
    ):
        draft.doubt("it seems to be cut off")
    if len(text) > LONG:
        draft.doubt("it is very long; it may hold more than one element")
    if len(re.sub(r"\W", "", text)) < 3:
        draft.doubt("it is very short")
