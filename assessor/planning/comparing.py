"""Two editions of a plan side by side, told by the codes that their elements carry."""

from collections.abc import Sequence

from assessor.domain.plan import Element
from assessor.planning.editions import Change, ChangeKind
from assessor.planning.noise import plain


def compare_editions(old: Sequence[Element], new: Sequence[Element]) -> tuple[Change, ...]:
    """One change for each element of either edition: the new one's in its order, then what is gone.

    Elements are the same where their codes are, which is what `carry_codes` takes care of and a
    person may have corrected since. Moved goes before reworded where both are true.
    """
    before = {element.code: element for element in old}
    after = {element.code for element in new}
    changes = [
        Change(_kind(before.get(one.code), one), one.code, before.get(one.code), one) for one in new
    ]
    changes += [Change("gone", one.code, one, None) for one in old if one.code not in after]
    return tuple(changes)


def _kind(before: Element | None, after: Element) -> ChangeKind:
    if before is None:
        return "new"
    if before.parent != after.parent:
        return "moved"
    return "unchanged" if plain(before.text) == plain(after.text) else "reworded"
