"""Short, stable codes: the plan's own numbers, acronyms of its headings, or counted initials."""

import re
from collections import Counter
from collections.abc import Sequence

from assessor.planning.draft import Draft

_MINOR = frozenset(
    "a an and the of for in to with on at by from our we & or as that via und der die das de la le et y".split()  # noqa: E501
)
MAX_CODE = 40


def assign_codes(roots: Sequence[Draft]) -> None:
    """Give every draft below `roots` a code, parents first; unique in the plan."""
    taken: set[str] = set()
    _assign_siblings(list(roots), None, taken)
    waiting = list(roots)
    while waiting:
        draft = waiting.pop(0) if len(waiting) < 64 else waiting.pop()
        if draft.children:
            _assign_siblings(draft.children, draft, taken)
            waiting.extend(draft.children)


def _assign_siblings(siblings: list[Draft], parent: Draft | None, taken: set[str]) -> None:
    levels = list(dict.fromkeys(d.level or "" for d in siblings))
    marks = _initials(levels)
    counts: Counter[str] = Counter()
    numbered_root = _main_numbered(siblings) if parent is None else None
    for draft in siblings:
        level = draft.level or ""
        counts[level] += 1
        code = _own_code(draft, parent, numbered_root, marks[level], len(levels) > 1, counts[level])
        draft.code = _unique(code, taken)
        taken.add(draft.code)


def _own_code(
    draft: Draft,
    parent: Draft | None,
    numbered_root: str | None,
    mark: str,
    several: bool,
    count: int,
) -> str:
    number = _clean(draft.ordinal)
    if parent is None:
        if number and (draft.level == numbered_root or len(draft.path) > 1):
            return number
        grouped = level_is_group(draft.level)
        if (
            draft.name
            and draft.children
            and not draft.labelled
            and not grouped
            and (short := acronym(draft.name))
        ):
            return short
        return f"{mark}{number or count}"
    if number and len(draft.path) > 1:
        # "2.3" below "2" is the plan's own code; below a named part it is counted from there.
        if parent.code == ".".join(number.split(".")[:-1]) or number.startswith(f"{parent.code}."):
            return number
        if re.fullmatch(r"[\d.]*\d[a-z]", number):
            # "1.1a" below "1.1" is whole; below a named part only its letter counts.
            return number if number[:-1] == parent.code else f"{parent.code}.{number[-1]}"
        if re.fullmatch(rf"{re.escape(parent.code)}\d{{1,2}}", number) and parent.code.isalpha():
            # "A1" below "A" says its place in full.
            return number
        number = number.split(".")[-1]
    if several:
        return f"{parent.code}.{mark}{number or count}"
    return f"{parent.code}.{number or count}"


def _main_numbered(roots: list[Draft]) -> str | None:
    """The root level whose numbers stand alone as codes: the one that holds most."""
    weights: Counter[str] = Counter()
    for draft in roots:
        if draft.ordinal:
            weights[draft.level or ""] += 1 + len(draft.walk())
    return weights.most_common(1)[0][0] if weights else None


def _clean(ordinal: str | None) -> str:
    if not ordinal:
        return ""
    text = re.sub(r"[^\w.]", "", ordinal).strip(".")
    return ".".join(str(int(part)) if part.isdigit() else part for part in text.split("."))


def _initials(levels: list[str]) -> dict[str, str]:
    marks: dict[str, str] = {}
    for level in levels:
        words = level.removesuffix(" group").split()
        mark = (
            words[0][0].upper()
            if level == "context point"
            else "".join(w[0] for w in words if w not in _MINOR).upper()
        )
        mark = mark or "E"
        if mark in marks.values() and words:
            mark = words[0][:2].upper()
        while mark in marks.values():
            mark += "X"
        marks[level] = mark
    return marks


def acronym(name: str) -> str:
    """The capital initials of a heading's significant words; the first three letters of one word."""  # noqa: E501
    words = [w for w in re.findall(r"[^\W\d_][\w’']*", name) if w.casefold() not in _MINOR]
    if not words or len(words) > 6:
        return ""
    return words[0][:3].upper() if len(words) == 1 else "".join(w[0] for w in words).upper()


def _unique(code: str, taken: set[str]) -> str:
    if len(code) > MAX_CODE - 6:
        code = code[-(MAX_CODE - 6) :].lstrip(".")
    if code not in taken:
        return code
    # Small letters for few twins, so that "2b" reads as a second 2; numbers for many.
    for suffix in "bcdefghijklmnopqrstuvwxyz":
        if f"{code}{suffix}" not in taken:
            return f"{code}{suffix}"
    count = 2
    while f"{code}-{count}" in taken:
        count = count * 2 if f"{code}-{count * 2}" in taken else count + 1
    return f"{code}-{count}"


def level_is_group(level: str | None) -> bool:
    """Whether a level only gathers others, as "value group" does."""
    return level is not None and level.endswith(" group")
