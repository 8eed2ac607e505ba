"""Does an item that was reworded still ask the same? A guess, said as advice and never as a ruling.

Small corrections keep a meaning; a "not" more, another number or another length of time turn it,
however alike the sentences look.
"""

import re
from difflib import SequenceMatcher
from typing import Literal

Meaning = Literal["same", "close", "doubtful", "other"]
"""same: but for spelling marks; close: a correction; doubtful: somebody should look; other: most
likely another question."""

CLOSE, FAR = 0.8, 0.5

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_TURNING = frozenset(
    "no not never none without less more least most always sometimes often rarely seldom cannot "
    "unable dislike disagree difficult hard easy day week month year daily weekly monthly yearly "
    "once twice".split()
)


def meaning_kept(old: str, new: str) -> Meaning:
    """How likely the new words ask what the old ones asked."""
    before, after = _words(old), _words(new)
    if before == after:
        return "same"
    alike = SequenceMatcher(None, before, after, False).ratio()
    letters = SequenceMatcher(None, " ".join(before), " ".join(after), False).ratio()
    if max(alike, letters) < FAR:
        return "other"
    if _turning(before) != _turning(after):
        return "doubtful"
    # A word that is spelled otherwise counts by its letters, a word that is replaced by itself.
    return "close" if alike >= CLOSE or letters >= 0.9 else "doubtful"


def _words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def _turning(words: list[str]) -> list[str]:
    """The words that turn or measure a statement, in their order."""
    return sorted(
        "not" if word.endswith("n't") else word
        for word in words
        if word in _TURNING or word.endswith("n't") or word.isdigit()
    )
