"""Whether a line goes on with the line before it: the sum of what speaks for and against."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assessor.planning.markers import Label, Marker
from assessor.planning.source import SourceLine
from assessor.planning.words import CAN_END, FUNCTION_WORDS

TERMINAL = (".", "!", "?", ".”", '."', ".)", "?”", ".’")
ELLIPSIS = ("…", "...")


@dataclass
class Line:
    source: SourceLine
    text: str
    marker: Marker | None
    label: Label | None
    alone: str | None
    gap: bool


@dataclass(frozen=True)
class Page:
    """What the whole document shows of its lines."""

    width: int
    wrapped: bool
    spaced: bool


def measure(lines: Sequence[Line]) -> Page:
    lengths = sorted(len(line.source.text) + line.source.indent for line in lines)
    width = lengths[int(len(lengths) * 0.95)] if lengths else 80
    lower = sum(line.marker is None and line.text[:1].islower() for line in lines)
    marked = [line.gap for line in lines if line.marker is not None and line.marker.strong]
    spaced = len(marked) >= 3 and sum(marked) >= 0.7 * len(marked)
    return Page(width, width <= 170 and lower >= max(2, len(lines) * 0.03), spaced)


def continues(members: list[Line], line: Line, page: Page) -> bool:
    """Whether a line goes on with the block so far: the sum of what speaks for and against."""
    before, first = members[-1], members[0]
    source = line.source
    if source.marker is not None or source.level is not None or before.source.level is not None:
        return False
    if source.block is not None or before.source.block is not None:
        if source.block != before.source.block:
            return False
        return line.label is None and (line.marker is None or not line.marker.strong)
    if source.heading != before.source.heading and (source.heading or before.source.heading):
        return False
    if source.heading is not None:
        return not line.gap and line.label is None and line.marker is None and len(members) < 4
    if before.alone or (line.alone and not (line.text[:1].islower())):
        return False
    if line.marker is not None and _figure(before, line):
        return True
    if line.marker is not None and (line.marker.strong or _expected(line.marker, before, line)):
        return False
    if line.label is not None and _opens(line.label, before, line):
        return False
    return _score(first, before, line, page, len(members)) > 0


_TRAIT_START = re.compile(r"^[A-Z][\w’'-]*(?: \w+)?:\s+\S")


def _opens(label: Label, before: Line, line: Line) -> bool:
    """Whether a label begins a text of its own, as "Outcome: …" does below a title."""
    if label.path or line.gap or before.text.endswith(TERMINAL):
        return True
    if before.text.endswith((",", "-", "–", "(")):
        return False
    last_word = before.text.rsplit(" ", 1)[-1].casefold()
    return line.text[:1].isupper() and last_word not in FUNCTION_WORDS - CAN_END


def _figure(before: Line, line: Line) -> bool:
    """Whether a number at the start of a line is the end of a sentence: "at least 4 of" / "5."."""
    last = before.text.rsplit(" ", 1)[-1].casefold()
    return (
        not line.gap
        and line.marker is not None
        and line.marker.kind == "number"
        and line.marker.path != (1,)
        and last in FUNCTION_WORDS - CAN_END
        and (before.marker is not None or before.label is not None or len(before.text) > 40)
    )


def _expected(marker: Marker, before: Line, line: Line) -> bool:
    """A bare number counts where the sentence before has ended."""
    return line.gap or before.text.endswith((*TERMINAL, ";", ":"))


def _sense(text: str, line: Line, *, hanging: bool, ended: bool) -> float:
    """What the words themselves say of going on."""
    score = -2.0 if _TRAIT_START.match(line.text) and not hanging else 0.0
    if not line.gap and not ended and re.search(r"[a-z)][.!?] [A-Z]", text):
        # A line that ends one sentence and breaks off in the next goes on below.
        score += 2.5
    return score


def _score(first: Line, before: Line, line: Line, page: Page, size: int) -> float:
    text, next_text = before.text, line.text
    lower = next_text[:1].islower()
    last_word = re.findall(r"[\w&’'-]+", text)[-1:] or [""]
    hanging = (
        text.endswith((",", "-", "–", "/", "&", "("))
        or last_word[0].casefold() in FUNCTION_WORDS - CAN_END
    )
    ended = text.endswith(TERMINAL)
    score = 0.0
    if line.gap:
        # Few paragraphs begin in lower case, and few sentences stop without a mark.
        score -= 2.0 if lower and not ended and not text.endswith((":", ";")) else 3.0
    score += 3.0 if lower else -0.5
    score += 3.0 if hanging and not ended else 0.0
    score += _sense(text, line, hanging=hanging, ended=ended)
    if text.endswith(":"):
        score -= 4.0
    elif ended:
        score -= 1.5
    elif text.endswith((";", *ELLIPSIS)):
        score -= 4.0
    else:
        score += 1.0
    length = len(before.source.text) + before.source.indent
    if page.wrapped:
        spare = page.width - (length + 1 + len(next_text.split(" ", 1)[0]))
        score += (
            1.5
            if spare < 0
            else -2.5
            if spare > page.width * 0.4
            else -1.5
            if spare > page.width * 0.12
            else 0.0
        )
    else:
        score -= 2.0
    if first.marker is not None:
        # Where blank lines part the items, a line without one before it goes on.
        score += 1.0 + (2.5 if page.wrapped and page.spaced and not line.gap else 0.0)
        hang = first.source.indent + first.marker.end
        if (
            line.source.indent
            and abs(line.source.indent - hang) <= 2
            and line.source.indent > first.source.indent
        ):
            score += 1.5
    elif page.wrapped and line.source.indent > before.source.indent and not lower:
        score -= 2.0
    if (
        not line.gap
        and first.source.indent > 0
        and line.source.indent < first.source.indent
        and length > 0.6 * page.width
    ):
        # A first line set in and the next flush: how a list looks that lost its bullets.
        score += 2.5
    if (
        not lower
        and not ended
        and last_word[0][:1].isupper()
        and size == 1
        and (first.marker or length > 0.6 * page.width)
    ):
        score += 1.0
    return score
