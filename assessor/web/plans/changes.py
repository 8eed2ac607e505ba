"""What changed between two editions, as a page shows it."""

import difflib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from assessor.planning.editions import Change, ChangeKind
from assessor.web.messages import gettext, lazy_gettext, ngettext, number_to_translate
from assessor.web.writing import listed

KINDS: dict[ChangeKind, str] = {
    "new": lazy_gettext("New"),
    "gone": lazy_gettext("Gone"),
    "moved": lazy_gettext("Moved"),
    "reworded": lazy_gettext("Reworded"),
    "unchanged": lazy_gettext("Unchanged"),
}
"""In the order in which a person wants to know."""

COUNTED: dict[ChangeKind, tuple[str, str]] = {
    "new": number_to_translate("%(num)s is new", "%(num)s are new"),
    "gone": number_to_translate("%(num)s is gone", "%(num)s are gone"),
    "moved": number_to_translate("%(num)s is moved", "%(num)s are moved"),
    "reworded": number_to_translate("%(num)s is reworded", "%(num)s are reworded"),
    "unchanged": number_to_translate("%(num)s is unchanged", "%(num)s are unchanged"),
}


@dataclass(frozen=True)
class ShownChange:
    """`before` and `after` carry <del> and <ins> where the words differ."""

    change: Change
    before: Markup | None
    after: Markup | None


def shown_changes(changes: Sequence[Change]) -> list[tuple[str, list[ShownChange]]]:
    """The changes by kind, without empty kinds."""
    by_kind = [
        (word, [_shown(change) for change in changes if change.kind == kind])
        for kind, word in KINDS.items()
    ]
    return [(word, found) for word, found in by_kind if found]


def counted_changes(changes: Sequence[Change]) -> str:
    """ "3 elements are new, 1 is gone and 20 are unchanged." """
    counts = Counter(change.kind for change in changes)
    parts = [
        ngettext(one, many, counts[kind]) for kind, (one, many) in COUNTED.items() if counts[kind]
    ]
    if not parts:
        return gettext("There is nothing to compare.")
    return gettext("Of all elements %(parts)s.", parts=listed(parts))


def word_diff(old: str, new: str) -> tuple[Markup, Markup]:
    """Both texts, with the words that only one of them has marked."""
    left, right = re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new)
    before, after = Markup(), Markup()
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        gone, come = "".join(left[i1:i2]), "".join(right[j1:j2])
        if kind == "equal":
            before, after = before + escape(gone), after + escape(come)
            continue
        if gone:
            before += Markup("<del>{}</del>").format(gone.rstrip()) + " "
        if come:
            after += Markup("<ins>{}</ins>").format(come.rstrip()) + " "
    return before, after


def _shown(change: Change) -> ShownChange:
    if change.before is None or change.after is None:
        one = change.before or change.after
        assert one is not None
        text = escape(one.text)
        return ShownChange(change, text if change.before else None, text if change.after else None)
    return ShownChange(change, *word_diff(change.before.text, change.after.text))
