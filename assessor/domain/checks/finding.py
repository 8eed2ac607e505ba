"""How the checks name what they found: an error, a warning, the nearest known word."""

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice

from assessor.domain.problems import Problem

MOST_COMPARED = 300


def error(code: str, where: str, message: str) -> Problem:
    return Problem(code=code, where=where, message=message)


def warning(code: str, where: str, message: str) -> Problem:
    return Problem(code=code, where=where, message=message, severity="warning")


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` was probably meant to be, if any is near."""
    # Comparing takes its time: a file with thousands of mistakes must not take minutes.
    found = get_close_matches(word[:60], list(islice(known, MOST_COMPARED)), n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence that offers the nearest known word, or says what there is."""
    choices = list(dict.fromkeys(known))
    near = nearest(word, choices)
    if near:
        return f"Did you mean `{near}`?"
    if not choices:
        return "There is none to choose from."
    shown = ", ".join(f"`{choice}`" for choice in choices[:12])
    more = f" and {len(choices) - 12} more" if len(choices) > 12 else ""
    return f"There is {shown}{more}."
