"""Which answers of a matrix are a scale, which of its ends is the good one, and what is "n/a".

Another tool's file has only words and numbers, and a scale used backwards turns every score upside
down. So answers are a scale only where words or figures show an order; all else stays a choice.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assessor.domain.checks.scales import check_scale
from assessor.domain.instrument import Scale, ScalePoint
from assessor.domain.problems import has_errors
from assessor.formats.foreign import Keys

MOST_POINTS = 21

_NOT_APPLICABLE = re.compile(
    r"^\W*(n\W?/?\W?a|not? applicable|does not apply|don.?t know.*|do not know.*|no opinion|unsure"
    r"|not sure|prefer not to .*|no basis.*|have not used|haven.?t used|weiß nicht|keine angabe"
    r"|trifft nicht zu|no aplica|no sé|sans objet|ne sais pas)\W*$",
    re.IGNORECASE,
)
_ORDERED = re.compile(
    r"\b(dis)?agree|satisf|likely|important|\b(often|never|always|sometimes|rarely|seldom|daily"
    r"|weekly|monthly|poor|excellent|fair|good|bad|easy|difficult|better|worse|useful|useless"
    r"|helpful|familiar|confident|comfortable|welcome|very|extremely|somewhat|slightly|moderately"
    r"|not at all|neutral|neither|strongly|low|high|medium|average|quality|true of me|scale point"
    r"|acceptable|aware|valuable|essential|a lot|a little|most of the time|frequently|occasionally"
    r"|stimme|zufrieden|wichtig|sehr|gut|schlecht|d'accord|satisfait|acuerdo|satisfecho)\b",
    re.IGNORECASE,
)
_BETTER = re.compile(
    r"^(?!.*\b(not|un\w+|dis\w+|in\w+active|neither|nor)\b).*\b(agree|satisfied|likely|important|often"
    r"|always|excellent|good|easy|better|useful|helpful|familiar|confident|comfortable|welcome"
    r"|high|essential|valuable|a lot|daily|true of me|frequently)\b",
    re.IGNORECASE,
)
_WORSE = re.compile(
    r"\b(disagree|dissatisfied|unsatisfied|unlikely|unimportant|never|rarely|poor|terrible|bad"
    r"|difficult|hard|worse|useless|unhelpful|unfamiliar|uncomfortable|unwelcome|low|not at all"
    r"|not \w+|none|unacceptable)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Rated:
    """Answers as a scale: the scale, a value or "NA" for each answer, and the words of n/a.

    `sure` says whether words showed which end is the better one.
    """

    scale: Scale
    values: tuple[str, ...]
    na: str
    sure: bool


def is_not_applicable(label: str) -> bool:
    return _NOT_APPLICABLE.match(label.strip()) is not None


def as_scale(
    labels: Sequence[str],
    numbers: Sequence[str],
    keys: Keys,
    known: dict[tuple[object, ...], Scale],
) -> Rated | None:
    """The scale that these answers are; None where they are no scale.

    `labels` and `numbers` (text, possibly empty) in the order shown. An equal scale is used again.
    """
    aside = [place for place, label in enumerate(labels) if is_not_applicable(label)]
    if len(aside) > 1 or len(labels) - len(aside) < 2 or len(labels) - len(aside) > MOST_POINTS:
        return None
    points = [place for place in range(len(labels)) if place not in aside]
    words = [labels[place].strip() for place in points]
    if len({word.casefold() for word in words}) != len(words):
        return None
    figures = [re.fullmatch(r"-?\d{1,4}", word) is not None for word in words]
    ordered = sum(_ORDERED.search(word) is not None for word in words) + sum(figures)
    if ordered * 2 < len(words) or (len(words) < 3 and not all(figures) and ordered < len(words)):
        return None
    values = _values([numbers[place] for place in points], words)
    ascending = _goes_up(words)
    sure = ascending is not None or all(figures)
    pairs = sorted(zip(values, words, strict=True))
    first_is_lowest = values[0] <= values[-1]
    best_is_highest = (ascending is not False) == first_is_lowest if sure else True
    scale = _scale(pairs, best_is_highest, labels, keys, known)
    found = iter(values)
    said = tuple("NA" if place in aside else str(next(found)) for place in range(len(labels)))
    return Rated(scale, said, labels[aside[0]][:200] if aside else "", sure)


def _values(numbers: Sequence[str], words: Sequence[str]) -> list[int]:
    """The numbers the tool gave, else those the words are, else places from 1."""
    for given in (numbers, words):
        if all(re.fullmatch(r"-?\d{1,6}", one.strip()) for one in given):
            found = [int(one) for one in given]
            if len(set(found)) == len(found):
                return found
    return list(range(1, len(words) + 1))


def _goes_up(words: Sequence[str]) -> bool | None:
    """Whether the answers go from the worse to the better; None where no word shows it."""
    first, last = words[0], words[-1]
    up = (_WORSE.search(first) is not None) + (_is_better(last))
    down = _is_better(first) + (_WORSE.search(last) is not None)
    return None if up == down else up > down


def _is_better(word: str) -> bool:
    return _WORSE.search(word) is None and _BETTER.search(word) is not None


def _scale(
    pairs: Sequence[tuple[int, str]],
    best_is_highest: bool,
    labels: Sequence[str],
    keys: Keys,
    known: dict[tuple[object, ...], Scale],
) -> Scale:
    signature = (*pairs, best_is_highest)
    if signature in known:
        return known[signature]
    points = tuple(ScalePoint(value=value, label=word[:200]) for value, word in pairs)
    low, high = pairs[0][0], pairs[-1][0]
    name = f"{labels[0][:80]} – {labels[-1][:80]}"
    ends = (low, high) if best_is_highest else (high, low)
    scale = Scale(
        key=keys.fresh(pairs[-1][1] or "scale", "scale"),
        name=name,
        points=points,
        worst=ends[0],
        best=ends[1],
    )
    if has_errors(check_scale(scale, "")):
        scale = scale.model_copy(update={"worst": ends[1], "best": ends[0]})
    known[signature] = scale
    return scale
