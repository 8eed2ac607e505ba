"""Putting other tools' conditions together in our language, a part at a time.

A part is an expression, or None where it could not be translated. What becomes of the whole then
depends on its use: somebody who may see too much loses nothing, somebody sent away does. So a
condition that shows something treats an unknown part as true, and one that skips or ends does not
hold at all unless every part is known (`strict`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assessor.domain.logic import LONGEST, NotUnderstoodError, parse

ALWAYS = "true()"
NEVER = "false()"


@dataclass(frozen=True)
class Condition:
    """`text` is None where nothing is known; `whole` says that no part of it was left out."""

    text: str | None
    whole: bool = True


UNKNOWN = Condition(None, whole=False)


def quoted(text: str) -> str:
    """A text as the language writes it, which knows no escape: with the mark it does not hold."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    pieces = [f"'{piece}'" for piece in text.split("'")]
    return "concat(" + ', "\'", '.join(pieces) + ")"


def number_or_text(text: str) -> str:
    """A value to compare with: a number where it is one."""
    clean = text.strip()
    return clean if re.fullmatch(r"-?\d+(\.\d+)?", clean) else quoted(text)


def all_of(parts: Sequence[str]) -> str:
    """Every part holds; parts that always do are left out, and the same part is said once."""
    kept = [part for part in dict.fromkeys(parts) if part and part != ALWAYS]
    if NEVER in kept:
        return NEVER
    if len(kept) == 1:
        return kept[0]
    return " and ".join(f"({part})" if " or " in part else part for part in kept)


def any_of(parts: Sequence[str]) -> str:
    """Any part holds; empty (always) where one of them always does."""
    kept = list(dict.fromkeys(part for part in parts if part != NEVER))
    if not kept:
        return NEVER
    if any(part in {"", ALWAYS} for part in kept):
        return ""
    return " or ".join(kept)


def negated(part: str) -> str:
    if part in {"", ALWAYS}:
        return NEVER
    if part == NEVER:
        return ""
    inner = re.fullmatch(r"not\(([^()]*(\([^()]*\)[^()]*)*)\)", part)
    return inner[1] if inner else f"not({part})"


def joined(parts: Sequence[Condition], conjunctions: Sequence[str]) -> Condition:
    """Parts with "and" or "or" before each but the first; "and" binds closer, as everywhere."""
    groups: list[list[Condition]] = []
    for part, conjunction in zip(parts, conjunctions, strict=True):
        if groups and conjunction == "and":
            groups[-1].append(part)
        else:
            groups.append([part])
    alternatives = []
    for group in groups:
        known = [one.text for one in group if one.text is not None]
        text = all_of(known) if known else None
        alternatives.append(Condition(text, all(one.whole for one in group)))
    if any(one.text is None for one in alternatives):
        return UNKNOWN
    whole = all(one.whole for one in alternatives)
    return Condition(any_of([one.text or "" for one in alternatives]), whole)


def readable(expression: str) -> str | None:
    """Why an expression cannot be used, in plain words; None where it can."""
    if not expression:
        return None
    if len(expression) > LONGEST:
        return f"It is longer than {LONGEST:,} characters."
    try:
        parse(expression)
    except NotUnderstoodError as error:
        return str(error)
    return None
