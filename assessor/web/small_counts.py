"""Counts as they may be shown, so that nobody is told of: in words where they are small.

A part with few answers is shown as "fewer than 5" and nothing more. Since the total stands beside
the parts, larger ones are withheld too until subtraction tells nothing that the words did not.
"""

from collections.abc import Iterable, Mapping

from assessor.store import documents
from assessor.store.fielding import VersionProgress, Wave
from assessor.web.messages import gettext
from assessor.web.writing import count as written

MINIMUM_GROUP = 5
"""Where no mapping says another: the smallest count that is shown."""

FEW = "few"
WITHHELD = "withheld"


def minimum_group(library_id: int) -> int:
    """The smallest count that is shown: the strictest that a mapping of the library asks for."""
    mappings = (
        documents.current_mapping(library_id, key) for key in documents.plan_keys(library_id)
    )
    return max((found.mapping.minimum_group for found in mappings if found), default=MINIMUM_GROUP)


def version_words(
    progress: Iterable[VersionProgress], minimum: int = MINIMUM_GROUP
) -> dict[int, tuple[str, str]]:
    """Version → how many answered it, and how many are in the middle of it; of one wave."""
    of_wave = {one.version: one for one in progress}
    answered = {str(v): one.responses for v, one in of_wave.items() if one.responses}
    hidden = told(answered, sum(answered.values()), minimum)
    return {
        version: (
            withheld_words(hidden[str(version)], minimum)
            if str(version) in hidden
            else few_words(one.responses, minimum),
            few_words(one.drafts, minimum),
        )
        for version, one in of_wave.items()
    }


def few_words(count: int, minimum: int = MINIMUM_GROUP) -> str:
    """A total in words: none, "fewer than 5", or the number."""
    if count == 0:
        return gettext("none")
    return gettext("fewer than %(minimum)s", minimum=minimum) if count < minimum else written(count)


def response_words(wave: Wave, count: int, minimum: int = MINIMUM_GROUP) -> str:
    """The responses of a wave in words, also where they were kept for as long as was promised."""
    if wave.forgotten_on is not None and count == 0:
        return gettext("deleted as promised")
    return few_words(count, minimum)


def withheld_words(reason: str, minimum: int) -> str:
    return (
        gettext("fewer than %(minimum)s", minimum=minimum)
        if reason == FEW
        else gettext("not shown")
    )


def told(answered: Mapping[str, int], total: int, minimum: int) -> dict[str, str]:
    """Group → why its number is not shown; a group that is not in it is shown."""
    if total == 0:
        return {}
    few = [code for code, count in answered.items() if count < minimum]
    larger = sorted(
        (code for code in answered if code not in few), key=lambda code: (answered[code], code)
    )
    if not few or total < minimum:
        return dict.fromkeys(few, FEW)
    for more in range(len(larger) + 1):
        rest = total - sum(answered[code] for code in larger[more:])
        if _tells_nothing(rest, few=len(few), more=more, minimum=minimum):
            return dict.fromkeys(few, FEW) | dict.fromkeys(larger[:more], WITHHELD)
    # Nothing but the total can be shown, not even which groups are the small ones.
    return dict.fromkeys(answered, WITHHELD)


def _tells_nothing(rest: int, *, few: int, more: int, minimum: int) -> bool:
    """Whether each group of `few` could still be anything from none to just under the minimum.

    `rest` is what is left of the total when the groups that are shown are taken away; `more` groups
    of at least the minimum share it. Whoever gave no group is in it too, but that may be nobody.
    """
    most = rest - more * minimum
    least = 0 if more else rest - (few - 1) * (minimum - 1)
    return most >= minimum - 1 and least <= 0
