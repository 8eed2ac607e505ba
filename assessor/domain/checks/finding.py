"""How the checks name what they found: an error, a warning, the nearest known word."""

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice

from assessor.domain.problems import Problem, Said, say

MOST_COMPARED = 300
MOST_OFFERED = 12


def error(code: str, where: str, message: str) -> Problem:
    return Problem(code=code, where=where, message=message)


def warning(code: str, where: str, message: str) -> Problem:
    return Problem(code=code, where=where, message=message, severity="warning")


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` was probably meant to be, if any is near."""
    # Comparing takes its time: a file with thousands of mistakes must not take minutes.
    found = get_close_matches(word[:60], list(islice(known, MOST_COMPARED)), n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> Said:
    """A sentence that offers the nearest known word, or says what there is."""
    choices = list(dict.fromkeys(known))
    near = nearest(word, choices)
    if near:
        return say("Did you mean `{near}`?", near=near)
    if not choices:
        return say("There is none to choose from.")
    shown, more = in_code(choices[:MOST_OFFERED]), len(choices) - MOST_OFFERED
    if more > 0:
        return say("There is {shown} and {more} more.", shown=shown, more=more)
    return say("There is {shown}.", shown=shown)


def in_code(names: Iterable[str]) -> str:
    """Keys or codes one after the other, as they are written in files."""
    return ", ".join(f"`{name}`" for name in names)
