"""Words for levels that no list holds, learned from how one document uses them."""

import re
from collections import defaultdict
from collections.abc import Sequence

from assessor.planning.markers import Label, numbered_label
from assessor.planning.source import SourceLine
from assessor.planning.words import level_name

_OWN = re.compile(r"^(?P<words>[^\W\d_][\w’'-]*(?: [^\W\d_][\w’'-]*){0,2}?)(?=\s+\S)")

# What is numbered in documents and is no part of a plan.
_NOT_LEVELS = frozenset(
    """chapter page appendix annex phase figure fig table section part step year week question note
    day floor version volume box exhibit attachment item slide scenario stage tier quarter month
    option lesson unit module session round level grade room building branch campus line number no
    photo image source footnote meeting workshop group team ward district zone route edition draft
    survey focus kapitel seite abschnitt phase teil étape chapitre partie capítulo página fase""".split()  # noqa: E501
)


def own_labels(lines: Sequence[SourceLine]) -> frozenset[str]:
    """Words that a document numbers as its parts: "Big move one: …", "Big move two: …".

    They are in lower case. One to three words that begin lines and are each followed by the
    numbers 1, 2 … in turn name a level, whatever the words are.
    """
    values: defaultdict[str, list[int]] = defaultdict(list)
    for line in lines:
        label = _numbered(line.text) if 5 <= len(line.text) <= 300 else None
        if label is not None:
            values[label.level].append(label.path[0])
    return frozenset(
        words
        for words, numbers in values.items()
        if len(numbers) >= 2 and sorted(set(numbers)) == list(range(1, max(numbers) + 1))
        if len(numbers) == len(set(numbers)) and numbers == sorted(numbers)
    )


def own_label(text: str, words: frozenset[str]) -> Label | None:
    """The label a line begins with, where its words are among those the document numbers."""
    if not words:
        return None
    label = _numbered(text)
    return label if label is not None and label.level in words else None


def _numbered(text: str) -> Label | None:
    """A line read as words, a number and the rest; None where it does not look like a label."""
    if not text[:1].isupper():
        return None
    pieces = text.split(" ", 4)
    for size in range(1, min(4, len(pieces))):
        words = " ".join(pieces[:size])
        match = _OWN.fullmatch(words) or re.fullmatch(r"[^\W\d_][\w’' -]*", words)
        if match is None or words.casefold().split()[-1] in _NOT_LEVELS:
            return None
        label = numbered_label(words.casefold(), " " + " ".join(pieces[size:]))
        if label is not None:
            return label if level_name(text) is None and len(label.path) == 1 else None
    return None
