"""What is said twice is kept once, and what only describes an element is told from it."""

from collections import defaultdict
from functools import lru_cache

from assessor.planning.draft import Draft, Meaning
from assessor.planning.noise import plain


@lru_cache(maxsize=50000)
def _tokens(text: str) -> frozenset[str]:
    return frozenset(word for word in plain(text).split() if len(word) > 2)


def likeness(one: str, other: str) -> float:
    """The share of words two texts have in common, 0 to 1."""
    a, b = _tokens(one), _tokens(other)
    return len(a & b) / max(1, len(a | b)) if a and b else float(plain(one) == plain(other))


def drop_repeats(meaning: Meaning) -> None:
    """Leave out elements printed twice in a list, and lists that only sum up the parts elsewhere."""  # noqa: E501
    _drop_twins(meaning)
    _drop_summaries(meaning)


def _remove(meaning: Meaning, draft: Draft, reason: str) -> None:
    siblings = draft.parent.children if draft.parent is not None else meaning.roots
    siblings.remove(draft)
    for inner in draft.walk():
        meaning.leave(inner.lines, reason)
        for block in inner.described:
            meaning.leave(block.lines, reason)


def _drop_twins(meaning: Meaning) -> None:
    first: dict[tuple[int, str | None, str, str | None], Draft] = {}
    for draft in meaning.all():
        key = (
            id(draft.parent),
            draft.level,
            plain(draft.text),
            draft.ordinal if draft.children else None,
        )
        kept = first.setdefault(key, draft)
        if kept is draft or draft.children or kept.children or not draft.text:
            continue
        _remove(
            meaning, draft, f"printed twice; kept where it stands first, on line {kept.lines[0]}"
        )


def _drop_summaries(meaning: Meaning) -> None:
    groups: defaultdict[tuple[int, int], list[Draft]] = defaultdict(list)
    for draft in meaning.all():
        groups[(id(draft.parent), draft.group)].append(draft)
    # Only short lists without anything below them can sum up other parts.
    lists = [g for g in groups.values() if len(g) <= 15 and not any(d.children for d in g)]
    full = [d for d in meaning.all() if d.children or d.described]
    if len(full) > 200:
        return
    for listed in lists:
        others = [
            d
            for d in full
            if d not in listed and d.parent is listed[0].parent and _kin(d, listed[0])
        ]
        if not others or len(others) < len(listed):
            continue
        matched: list[Draft] = []
        for draft in listed:
            found = next((o for o in others if o not in matched and _same_part(draft, o)), None)
            if found is not None:
                matched.append(found)
        if len(matched) >= max(1, 0.6 * len(listed)):
            for draft in listed:
                _remove(meaning, draft, "a summary; each point is read where its own part stands")


def _kin(part: Draft, listed: Draft) -> bool:
    return (
        part.level == listed.level
        or part.level is None
        or listed.level is None
        or not listed.labelled
    )


def _same_part(draft: Draft, part: Draft) -> bool:
    texts = [part.text, *([part.name] if part.name else [])]
    return any(
        likeness(draft.text, text) >= 0.6 or plain(draft.text) == plain(text) for text in texts
    )


def settle_descriptions(meaning: Meaning) -> None:
    """Give each element's paragraphs to its text, or leave them out as its description.

    A heading with its paragraph is one element as long as nothing of its level has elements
    below it; else the heading alone is the element and the paragraphs describe it.
    """
    everything = meaning.all()
    parents = {(d.level, d.group if d.level is None else 0) for d in everything if d.children}
    _name_numbered(everything)
    _unname_labelled(everything, meaning.roots)
    for draft in everything:
        blocks, draft.described = draft.described, []
        seen: dict[str, int] = {}
        for block in blocks:
            words = plain(block.text)
            if words in seen:
                meaning.leave(
                    block.lines, f"printed twice; kept where it stands first, on line {seen[words]}"
                )
                continue
            seen[words] = block.lines[0]
            short = draft.text.rstrip(":")
            if block.text[:1].islower() and not draft.text.endswith((".", "!", "?", ":")):
                draft.text, draft.lines = f"{draft.text} {block.text}", draft.lines + block.lines
                draft.doubt(
                    "joined with the paragraph below it, which begins in the middle of a sentence"
                )
            elif (
                (draft.level, draft.group if draft.level is None else 0) in parents
                or draft.children
                or block.trait
                or draft.name is None
                or (draft.text.endswith(".") and len(seen) == 1)
            ):
                meaning.leave(block.lines, f"describes “{short[:60]}”")
                siblings = draft.parent.children if draft.parent is not None else meaning.roots
                closing = block.gap and siblings and siblings[-1] is draft
                if draft.name is None and not draft.labelled and not draft.children and not closing:
                    draft.doubt(
                        f"a paragraph follows it on line {block.lines[0]} and was left out; check whether it belongs to it"  # noqa: E501
                    )
            else:
                separator = ": " if len(seen) == 1 else " "
                draft.text, draft.lines = (
                    f"{short}{separator}{block.text}",
                    draft.lines + block.lines,
                )


def _name_numbered(drafts: list[Draft]) -> None:
    """Take short items that each have a paragraph below them for headings."""
    groups: defaultdict[tuple[int, int], list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.name is None and not draft.labelled:
            groups[(id(draft.parent), draft.group)].append(draft)
    for members in groups.values():
        short = [d for d in members if len(d.text) <= 90 and not d.text.endswith((".", ";"))]
        if (
            len(members) >= 2
            and len(short) >= 0.8 * len(members)
            and sum(bool(d.described) for d in members) >= 0.5 * len(members)
        ):
            for draft in short:
                draft.name = draft.text


def _unname_labelled(drafts: list[Draft], roots: list[Draft]) -> None:
    """A labelled text is whole; it takes a paragraph only where all its siblings have one."""
    whole: dict[tuple[int, str | None], bool] = {}
    for draft in drafts:
        if not draft.labelled:
            continue
        key = (id(draft.parent), draft.level)
        if key not in whole:
            siblings = draft.parent.children if draft.parent is not None else roots
            whole[key] = all(s.described for s in siblings if s.level == draft.level)
        if not whole[key]:
            draft.name = None
