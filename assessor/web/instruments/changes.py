"""What changed between two versions of an instrument, in words."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from assessor.domain.differences import Difference, What, differences
from assessor.domain.instrument import Instrument
from assessor.reports.words import counted, listed

Kind = Literal["new", "gone", "wording", "answers", "place", "other"]


@dataclass(frozen=True)
class Change:
    """One difference. `old` and `new` are texts to set side by side, empty where there is none."""

    kind: Kind
    key: str
    sentence: str
    old: str = ""
    new: str = ""


def changes(old: Instrument, new: Instrument) -> tuple[Change, ...]:
    """Every difference that somebody who answers, or who reads a trend, would notice."""
    return tuple(in_words(found) for found in differences(old, new))


def in_words(found: Difference) -> Change:
    """One difference with its sentence, and with texts where they say more than the sentence."""
    kind, sentence = _WORDS[found.what]
    if found.what in _SENTENCES:
        return Change(kind, found.key, _SENTENCES[found.what](found))
    if found.what in _PARTS:
        return Change(kind, found.key, _part(found), found.old, found.new)
    return Change(kind, found.key, sentence or _FRAME[found.key], found.old, found.new)


def summary(found: tuple[Change, ...]) -> str:
    """The differences in one sentence: "2 new, 1 gone, 3 with other words"."""
    if not found:
        return "Nothing that is asked has changed."
    named: dict[Kind, str] = {
        "new": "new",
        "gone": "gone",
        "wording": "with other words",
        "answers": "with other answers",
        "place": "elsewhere",
        "other": "other changes",
    }
    numbers = Counter(change.kind for change in found)
    parts = []
    for kind, words in named.items():
        number = numbers[kind]
        if number and kind == "other":
            parts.append(counted(number, "other change"))
        elif number:
            parts.append(f"{counted(number, 'item') if not parts else number} {words}")
    return f"{listed(parts)}."


_WORDS: dict[What, tuple[Kind, str]] = {
    "new": ("new", "New: nobody was asked this before."),
    "gone": ("gone", "Gone: it is not asked any more."),
    "wording": ("wording", "Asked in other words."),
    "stem": ("wording", "Its question reads anew."),
    "kind": ("answers", ""),
    "options": ("answers", "Other answers to choose from."),
    "scale": ("answers", "Answered on another scale."),
    "labels": ("answers", "Its answers read otherwise."),
    "reversed": ("other", ""),
    "base": ("other", "Asked of other people."),
    "logic": ("other", "Asked under other conditions."),
    "required": ("other", ""),
    "hint": ("other", "Another hint."),
    "page": ("place", ""),
    "order": ("place", "It stands elsewhere on its page."),
    "text": ("other", "A text between the questions reads otherwise."),
    "frame": ("other", ""),
    "page_title": ("other", "A page is called otherwise."),
    "part_new": ("other", ""),
    "part_gone": ("other", ""),
    "part": ("other", ""),
}
_FRAME = {
    "title": "Another title.",
    "audience": "For another audience.",
    "introduction": "Another introduction.",
    "thanks": "Other words of thanks.",
    "language": "In another language.",
    "group_item": "Another item gives the groups.",
}


def _kind(found: Difference) -> str:
    return f"Was {found.old.replace('_', ' ')}, is now {found.new.replace('_', ' ')}."


def _reversed(found: Difference) -> str:
    turned = "is now" if found.new else "is no longer"
    return f"It {turned} read as worded the other way round."


def _required(found: Difference) -> str:
    return f"It {'needs' if found.new else 'no longer needs'} an answer."


def _page(found: Difference) -> str:
    return f"Moved from “{found.old}” to “{found.new}”."


def _part(found: Difference) -> str:
    what = found.key.partition(".")[0]
    return f"A{'n' if what == 'ending' else ''} {what} {_PARTS[found.what]}."


_SENTENCES = {
    "kind": _kind,
    "reversed": _reversed,
    "required": _required,
    "page": _page,
}
_PARTS = {"part_new": "is new", "part_gone": "is gone", "part": "says something else"}
