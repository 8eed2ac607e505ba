"""Progress as it may be shown: how many answered, in all and by group, so that nobody is told of.

A group with few answers is shown as "fewer than 5" and nothing more. Since the total stands beside
the groups, larger groups are withheld too until subtraction tells nothing that the words did not.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from assessor.store.fielding import Progress
from assessor.web.messages import gettext
from assessor.web.writing import count as written

MINIMUM_GROUP = 5
"""Where no mapping says another: the smallest count that is shown."""

_FEW = "few"
_WITHHELD = "withheld"


@dataclass(frozen=True)
class GroupCount:
    """A group's answers in words. `share` is None where its size is unknown or it is withheld."""

    label: str
    size: int | None
    words: str
    share: float | None = None


@dataclass(frozen=True)
class Counts:
    """A wave's answers in words. `total` is None where there are too few to tell how many.

    `is_withheld`: some group is larger than told, so that no other can be got by subtraction.
    """

    total: int | None
    words: str
    size: int | None
    share: float | None
    drafts: str
    drafts_begun: bool
    groups: tuple[GroupCount, ...]
    is_withheld: bool


def shown_counts(progress: Progress, minimum: int = MINIMUM_GROUP) -> Counts:
    """What may be shown of a wave's progress where counts under `minimum` are withheld."""
    total = progress.responses
    # Everybody who could answer is known only where every group's size is.
    sizes = [group.size for group in progress.groups]
    size = sum(known for known in sizes if known is not None) if None not in sizes else None
    answered = {group.code: progress.by_group.get(group.code, 0) for group in progress.groups}
    told = _told(answered, total, minimum)
    groups = []
    for group in progress.groups:
        count = answered[group.code]
        is_told = group.code not in told
        share = count / group.size if is_told and group.size else None
        words = written(count) if is_told else _withheld_words(told[group.code], minimum)
        groups.append(GroupCount(group.label, group.size, words, share))
    is_shown = total == 0 or total >= minimum
    return Counts(
        total=total if is_shown else None,
        words=few_words(total, minimum),
        size=size or None,
        share=total / size if is_shown and size else None,
        drafts=few_words(progress.drafts, minimum),
        drafts_begun=progress.drafts > 0,
        groups=tuple(groups),
        is_withheld=_WITHHELD in told.values(),
    )


def few_words(count: int, minimum: int = MINIMUM_GROUP) -> str:
    """A total in words: none, "fewer than 5", or the number."""
    if count == 0:
        return gettext("none yet")
    return gettext("fewer than %(minimum)s", minimum=minimum) if count < minimum else written(count)


def _withheld_words(reason: str, minimum: int) -> str:
    return (
        gettext("fewer than %(minimum)s", minimum=minimum)
        if reason == _FEW
        else gettext("not shown")
    )


def _told(answered: Mapping[str, int], total: int, minimum: int) -> dict[str, str]:
    """Group → why its number is not shown; a group that is not in it is shown."""
    if total == 0:
        return {}
    few = [code for code, count in answered.items() if count < minimum]
    larger = sorted(
        (code for code in answered if code not in few), key=lambda code: (answered[code], code)
    )
    if not few or total < minimum:
        return dict.fromkeys(few, _FEW)
    for more in range(len(larger) + 1):
        rest = total - sum(answered[code] for code in larger[more:])
        if _tells_nothing(rest, few=len(few), more=more, minimum=minimum):
            return dict.fromkeys(few, _FEW) | dict.fromkeys(larger[:more], _WITHHELD)
    # Nothing but the total can be shown, not even which groups are the small ones.
    return dict.fromkeys(answered, _WITHHELD)


def _tells_nothing(rest: int, *, few: int, more: int, minimum: int) -> bool:
    """Whether each group of `few` could still be anything from none to just under the minimum.

    `rest` is what is left of the total when the groups that are shown are taken away; `more` groups
    of at least the minimum share it. Whoever gave no group is in it too, but that may be nobody.
    """
    most = rest - more * minimum
    least = 0 if more else rest - (few - 1) * (minimum - 1)
    return most >= minimum - 1 and least <= 0
