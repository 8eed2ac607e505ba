"""What changed between two versions of an instrument, in words."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from assessor.domain.differences import Difference, What, differences
from assessor.domain.instrument import Instrument
from assessor.domain.kinds import KINDS
from assessor.web.messages import gettext, ngettext, number_to_translate, to_translate
from assessor.web.writing import listed, within

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
    if found.what in ("part_new", "part_gone", "part"):
        return Change(kind, found.key, _part(found), found.old, found.new)
    said = gettext(sentence or _FRAME[found.key])
    return Change(kind, found.key, said, found.old, found.new)


_SUMMED: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "new": (
        number_to_translate("%(num)s item new", "%(num)s items new"),
        number_to_translate("%(num)s new", "%(num)s new"),
    ),
    "gone": (
        number_to_translate("%(num)s item gone", "%(num)s items gone"),
        number_to_translate("%(num)s gone", "%(num)s gone"),
    ),
    "wording": (
        number_to_translate("%(num)s item with other words", "%(num)s items with other words"),
        number_to_translate("%(num)s with other words", "%(num)s with other words"),
    ),
    "answers": (
        number_to_translate("%(num)s item with other answers", "%(num)s items with other answers"),
        number_to_translate("%(num)s with other answers", "%(num)s with other answers"),
    ),
    "place": (
        number_to_translate("%(num)s item elsewhere", "%(num)s items elsewhere"),
        number_to_translate("%(num)s elsewhere", "%(num)s elsewhere"),
    ),
    "other": (
        number_to_translate("%(num)s other change", "%(num)s other changes"),
        number_to_translate("%(num)s other change", "%(num)s other changes"),
    ),
}
"""How many changes there are of each kind: as the first that is said, and after another."""


def summary(found: tuple[Change, ...]) -> str:
    """The differences in one sentence: "2 new, 1 gone, 3 with other words"."""
    if not found:
        return gettext("Nothing that is asked has changed.")
    numbers = Counter(str(change.kind) for change in found)
    parts: list[str] = []
    for kind, (first, later) in _SUMMED.items():
        if numbers[kind]:
            parts.append(ngettext(*(later if parts else first), numbers[kind]))
    return gettext("%(changes)s.", changes=listed(parts))


_WORDS: dict[What, tuple[Kind, str]] = {
    "new": ("new", to_translate("New: nobody was asked this before.")),
    "gone": ("gone", to_translate("Gone: it is not asked any more.")),
    "wording": ("wording", to_translate("Asked in other words.")),
    "stem": ("wording", to_translate("Its question reads anew.")),
    "kind": ("answers", ""),
    "options": ("answers", to_translate("Other answers to choose from.")),
    "scale": ("answers", to_translate("Answered on another scale.")),
    "labels": ("answers", to_translate("Its answers read otherwise.")),
    "reversed": ("other", ""),
    "base": ("other", to_translate("Asked of other people.")),
    "logic": ("other", to_translate("Asked under other conditions.")),
    "required": ("other", ""),
    "hint": ("other", to_translate("Another hint.")),
    "page": ("place", ""),
    "order": ("place", to_translate("It stands elsewhere on its page.")),
    "text": ("other", to_translate("A text between the questions reads otherwise.")),
    "frame": ("other", ""),
    "page_title": ("other", to_translate("A page is called otherwise.")),
    "part_new": ("other", ""),
    "part_gone": ("other", ""),
    "part": ("other", ""),
}
_FRAME = {
    "title": to_translate("Another title."),
    "audience": to_translate("For another audience."),
    "introduction": to_translate("Another introduction."),
    "thanks": to_translate("Other words of thanks."),
    "language": to_translate("In another language."),
    "group_item": to_translate("Another item gives the groups."),
}


def _kind(found: Difference) -> str:
    before, after = (within(gettext(KINDS[kind].label)) for kind in (found.old, found.new))
    return gettext("Was %(before)s, is now %(after)s.", before=before, after=after)


def _reversed(found: Difference) -> str:
    if found.new:
        return gettext("It is now read as worded the other way round.")
    return gettext("It is no longer read as worded the other way round.")


def _required(found: Difference) -> str:
    if found.new:
        return gettext("It needs an answer.")
    return gettext("It no longer needs an answer.")


def _page(found: Difference) -> str:
    return gettext("Moved from “%(old)s” to “%(new)s”.", old=found.old, new=found.new)


def _part(found: Difference) -> str:
    return gettext(_PARTS[found.what, found.key.partition(".")[0]])


_SENTENCES = {
    "kind": _kind,
    "reversed": _reversed,
    "required": _required,
    "page": _page,
}
_PARTS = {
    ("part_new", "ending"): to_translate("An ending is new."),
    ("part_new", "quota"): to_translate("A quota is new."),
    ("part_new", "sampling"): to_translate("A sampling is new."),
    ("part_gone", "ending"): to_translate("An ending is gone."),
    ("part_gone", "quota"): to_translate("A quota is gone."),
    ("part_gone", "sampling"): to_translate("A sampling is gone."),
    ("part", "ending"): to_translate("An ending says something else."),
    ("part", "quota"): to_translate("A quota says something else."),
    ("part", "sampling"): to_translate("A sampling says something else."),
}
