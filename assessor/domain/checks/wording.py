"""Wording that makes an answer hard to read: two questions in one."""

import re

from assessor.domain.checks.finding import warning
from assessor.domain.problems import Problem

_JOINED = re.compile(r"\b(and/or|as well as|and)\b", re.IGNORECASE)

# What stands in brackets, or before the first comma of a time or a condition, is not asked.
_ASIDE = re.compile(
    r"\([^)]*\)|^(when|if|thinking|in|over|during|since|for|at|after)\b[^,]*,", re.IGNORECASE
)

# "And" that joins no two questions: ranges, fixed expressions, names of one thing.
_ONE_THING = re.compile(
    r"\bbetween\b[^,]*\band\b|\b(more and more|again and again|up and running|lost and found"
    r"|black and white|terms and conditions|questions? and answers?|now and then|and so on"
    r"|arts and humanities|health and safety|pros and cons|drag and drop|search and rescue)\b",
    re.IGNORECASE,
)


def check_wording(key: str, text: str, where: str) -> tuple[Problem, ...]:
    """A warning where a rated item seems to ask two things; a person decides."""
    asked = _ONE_THING.sub(" ", _ASIDE.sub(" ", text.strip()))
    found = _JOINED.search(asked)
    if found is None:
        return ()
    around = " ".join(
        [*asked[: found.start()].split()[-2:], found[0], *asked[found.end() :].split()[:2]]
    )
    message = (
        f"`{key}` may ask two things at once (“{around.strip('?.,')}”): somebody who would answer "
        "them differently cannot answer. Ask one thing an item, or leave it if it is one thing."
    )
    return (warning("item.double-barrelled", where, message),)
