"""A new edition of a plan against the one before: what stayed, and which codes it keeps."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from assessor.domain.plan import Element, Plan, Reading
from assessor.planning.noise import plain
from assessor.planning.repeats import likeness

ChangeKind = Literal["unchanged", "reworded", "moved", "new", "gone"]
REWORDED = 0.45
ELSEWHERE = 0.7
SAME_LETTERS = 0.6


@dataclass(frozen=True)
class Change:
    """What became of one element; `code` is the new edition's, or the old one's where it is gone."""  # noqa: E501

    kind: ChangeKind
    code: str
    before: Element | None
    after: Element | None


@dataclass(frozen=True)
class EditionReading:
    """The new reading with the codes that carry over, and one change for each element."""

    reading: Reading
    changes: tuple[Change, ...]


def carry_codes(old: Plan, new: Reading) -> EditionReading:
    """Give unchanged, reworded and moved elements of a new reading the codes they had.

    An element is unchanged where its words are the same below the same parent; moved where they
    stand below another; reworded where most words agree in the same place. A code that the old
    edition used for another element is never used for a new one.
    """
    matches = _match(old, new)
    old_codes = {e.code for e in old.elements}
    taken = {before.code for before in matches.values()}
    codes: dict[str, str] = {}
    for element in new.elements:
        before = matches.get(element.code)
        code = (
            before.code
            if before is not None
            else _free(_moved_code(element, codes), taken | old_codes)
        )
        codes[element.code] = code
        taken.add(code)
    elements: list[Element] = []
    changes: list[Change] = []
    for element in new.elements:
        parent = codes[element.parent] if element.parent is not None else None
        after = element.model_copy(update={"code": codes[element.code], "parent": parent})
        elements.append(after)
        before = matches.get(element.code)
        changes.append(Change(_kind(before, after), after.code, before, after))
    kept = {before.code for before in matches.values()}
    changes += [Change("gone", e.code, e, None) for e in old.elements if e.code not in kept]
    return EditionReading(new.model_copy(update={"elements": tuple(elements)}), tuple(changes))


def _kind(before: Element | None, after: Element) -> ChangeKind:
    if before is None:
        return "new"
    if before.parent != after.parent:
        return "moved"
    return "unchanged" if plain(before.text) == plain(after.text) else "reworded"


def _moved_code(element: Element, codes: dict[str, str]) -> str:
    """The code of a new element below the code its parent has kept."""
    if element.parent is None:
        return element.code
    parent = codes[element.parent]
    return (
        parent + element.code[len(element.parent) :]
        if element.code.startswith(element.parent)
        else element.code
    )


def _free(code: str, taken: set[str]) -> str:
    """The code itself, else the next number free in its list, so that it reads like its siblings."""  # noqa: E501
    if code not in taken:
        return code
    digits = len(code) - len(code.rstrip("0123456789"))
    stem, number = (code[:-digits], int(code[-digits:])) if digits else (code + "-", 1)
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"


def _match(old: Plan, new: Reading) -> dict[str, Element]:
    """The old element for each new code that has one; each old element at most once."""
    matches: dict[str, Element] = {}
    used: set[str] = set()

    def take(element: Element, before: Element) -> None:
        matches[element.code] = before
        used.add(before.code)

    for element, before in _same_words(old, new, matches, used):
        take(element, before)
    index = _Index([e for e in old.elements if e.code not in used])
    for limit, nearby in ((REWORDED, True), (ELSEWHERE, False)):
        scored: list[tuple[float, int, Element, Element]] = []
        for order, element in enumerate(new.elements):
            if element.code in matches:
                continue
            parent = matches.get(element.parent or "")
            for before in index.near(element.text):
                close = (
                    before.parent == (parent.code if parent is not None else None)
                    and before.level == element.level
                )
                alike = likeness(before.text, element.text)
                if before.code not in used and alike >= limit and (close or not nearby):
                    scored.append((alike, -order, element, before))
        for _, _, element, before in sorted(scored, key=lambda row: (row[0], row[1]), reverse=True):
            if element.code not in matches and before.code not in used:
                take(element, before)
    for element, before in _last_of_their_lists(old, new, matches, used):
        if SequenceMatcher(None, plain(before.text), plain(element.text)).ratio() >= SAME_LETTERS:
            take(element, before)
    return matches


def _same_words(
    old: Plan, new: Reading, matches: dict[str, Element], used: set[str]
) -> Iterator[tuple[Element, Element]]:
    """Elements whose words are the same, those in the same place first.

    Each pair is taken by the caller before the next is looked for.
    """
    same: defaultdict[str, list[Element]] = defaultdict(list)
    for element in old.elements:
        same[plain(element.text)].append(element)
    for element in new.elements:
        candidates = [e for e in same[plain(element.text)] if e.code not in used]
        parent = matches.get(element.parent or "")
        here = [
            e
            for e in candidates
            if e.parent == (parent.code if parent is not None else None)
            and e.level == element.level
        ]
        if here or candidates:
            yield element, (here or candidates)[0]


def _last_of_their_lists(
    old: Plan, new: Reading, matches: dict[str, Element], used: set[str]
) -> list[tuple[Element, Element]]:
    """Pairs that are each the only one left in the same list, whose words alone did not tell."""
    left_old: defaultdict[tuple[str | None, str], list[Element]] = defaultdict(list)
    for before in old.elements:
        if before.code not in used:
            left_old[(before.parent, before.level)].append(before)
    left_new: defaultdict[tuple[str | None, str], list[Element]] = defaultdict(list)
    for element in new.elements:
        parent = matches.get(element.parent or "")
        if element.code not in matches and (parent is not None) == (element.parent is not None):
            left_new[(parent.code if parent else None, element.level)].append(element)
    return [
        (found[0], left_old[place][0])
        for place, found in left_new.items()
        if len(found) == 1 and len(left_old[place]) == 1
    ]


class _Index:
    """Finds the few old elements that share words with a text, without comparing all with all."""

    def __init__(self, elements: list[Element]) -> None:
        self.elements = elements
        self.by_word: defaultdict[str, list[int]] = defaultdict(list)
        for position, element in enumerate(elements):
            for word in set(plain(element.text).split()):
                self.by_word[word].append(position)

    def near(self, text: str) -> list[Element]:
        shared: Counter[int] = Counter()
        for word in set(plain(text).split()):
            found = self.by_word.get(word, [])
            if len(found) <= 300:
                shared.update(found)
        return [self.elements[position] for position, _ in shared.most_common(12)]
