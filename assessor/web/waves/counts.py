"""Progress as it may be shown: how many answered, in all and by group, so that nobody is told of.

What is small is said in words (`web/small_counts.py`).
"""

from dataclasses import dataclass

from assessor.store.fielding import Progress
from assessor.web.small_counts import MINIMUM_GROUP, WITHHELD, few_words, told, withheld_words
from assessor.web.writing import count as written


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
    hidden = told(answered, total, minimum)
    groups = []
    for group in progress.groups:
        count = answered[group.code]
        is_told = group.code not in hidden
        share = count / group.size if is_told and group.size else None
        words = written(count) if is_told else withheld_words(hidden[group.code], minimum)
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
        is_withheld=WITHHELD in hidden.values(),
    )
