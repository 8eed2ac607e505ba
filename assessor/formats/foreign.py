"""What importers of other tools' questionnaires share: the loss report, keys, and clean texts.

An importer never drops anything in silence. What it could keep it may say ("translated"), what it
kept in another form it must say ("changed"), and so what it could not keep ("lost").
"""

import html
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import nh3
from markdownify import markdownify
from pydantic import Field

from assessor.domain.instrument import NOT_APPLICABLE, OTHER, Instrument
from assessor.domain.problems import Problem, Value

LARGEST_IMPORT = 20 * 1024 * 1024
"""Bytes of a file, and of everything a zipped one unpacks to."""

Outcome = Literal["translated", "changed", "lost"]


class Loss(Value):
    """One line of the loss report.

    `item` is what the other tool calls the place, `key` our item's key or empty, `about` the
    feature ("question type", "relevance", "option filter"), `message` a sentence that says what
    became of it. `original` is the other tool's own text, where there is one to look at.
    """

    outcome: Outcome
    item: str
    key: str = ""
    about: str
    message: str
    original: str = ""


class LossReport(Value):
    """What became of everything in a file, in the file's order.

    `counts` says how many questions, sub-questions, options and languages the file holds and how
    many of them the instrument has: name → (in the file, in the instrument).
    """

    source: str
    format: str
    losses: tuple[Loss, ...] = ()
    counts: dict[str, tuple[int, int]] = Field(default_factory=dict)

    def of(self, outcome: Outcome) -> tuple[Loss, ...]:
        return tuple(loss for loss in self.losses if loss.outcome == outcome)


@dataclass(frozen=True)
class Imported:
    """The instrument a file became, with its loss report; no instrument where it has problems.

    `answers` are responses that came in the same file, one a row: column name → raw value.
    """

    instrument: Instrument | None
    report: LossReport
    problems: tuple[Problem, ...] = ()
    answers: tuple[dict[str, object], ...] = ()


@dataclass
class Losses:
    """Collects the lines of a loss report while a file is read."""

    lines: list[Loss] = field(default_factory=list)

    def add(
        self,
        outcome: Outcome,
        item: str,
        about: str,
        message: str,
        *,
        key: str = "",
        original: str = "",
    ) -> None:
        self.lines.append(
            Loss(
                outcome=outcome,
                item=item[:200],
                key=key,
                about=about,
                message=message,
                original=original[:2000],
            )
        )


@dataclass
class Keys:
    """Our keys for another tool's names: each once, and the same name always the same key."""

    taken: set[str] = field(default_factory=set)
    known: dict[str, str] = field(default_factory=dict)

    def key(self, name: str, fallback: str = "item") -> str:
        """The key for `name`, made on first sight: lower case, unique, never reserved."""
        if name in self.known:
            return self.known[name]
        key = self.fresh(name, fallback)
        self.known[name] = key
        return key

    def fresh(self, name: str, fallback: str = "item") -> str:
        """A key that looks like `name` and that nothing else has."""
        start = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
        if not start or not start[0].isalpha():
            start = f"{fallback}_{start}".strip("_")
        start = start[:52].rstrip("_")
        key, number = start, 1
        while key in self.taken or key in RESERVED:
            number += 1
            key = f"{start}_{number}"
        self.taken.add(key)
        return key


RESERVED = frozenset({"group", "weight", "instrument", "version", "language", "csrf_token"})


def codes(names: Sequence[str]) -> list[str]:
    """Option codes for another tool's, in order: kept where they can be, unique in any case."""
    found: list[str] = []
    seen: Counter[str] = Counter()
    for name in names:
        code = re.sub(r"[^A-Za-z0-9_-]+", "_", name.strip()).lstrip("_")[:54]
        if code.startswith("-") and code[1:2].isdigit():
            code = f"minus{code[1:]}"
        code = code.lstrip("-_") or "option"
        if code.upper() == NOT_APPLICABLE or code.lower() == OTHER:
            code = f"{code}_option"
        seen[code] += 1
        while seen[code] > 1:
            code = f"{code}_{seen[code]}"
            seen[code] += 1
        found.append(code)
    return found


_SPACES = re.compile(r"[ \t\xa0]+")
_RICH = {"p", "br", "strong", "b", "em", "i", "ul", "ol", "li", "a", "h2", "h3", "blockquote"}


def plain_text(text: str, longest: int = 2000) -> str:
    """Another tool's HTML as one plain text: no mark-up, no script, no control characters.

    Cut at `longest` characters with an ellipsis; compare lengths to know whether it was.
    """
    # A break between words must not glue them together.
    spaced = re.sub(r"<(/?(p|br|div|li|tr|td|h\d)\b[^>]*)>", r" <\1>", text, flags=re.IGNORECASE)
    clean = html.unescape(nh3.clean(spaced, tags=set()))
    one_line = " ".join(_visible(clean).split())
    return one_line if len(one_line) <= longest else one_line[: longest - 1].rstrip() + "…"


def rich_text(text: str, longest: int = 10_000) -> str:
    """Another tool's HTML as the light Markdown that instruments hold.

    Links lead only to web and mail addresses; what is no such link keeps its words.
    """
    clean = nh3.clean(text, tags=_RICH, url_schemes={"http", "https", "mailto"}, link_rel=None)
    words = markdownify(clean, heading_style="ATX", bullets="-") if "<" in clean else clean
    lines = [_SPACES.sub(" ", line).rstrip() for line in _visible(html.unescape(words)).split("\n")]
    whole = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return whole if len(whole) <= longest else whole[: longest - 1].rstrip() + "…"


def _visible(text: str) -> str:
    """Without control characters and the marks that turn the direction of what follows."""
    return re.sub("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]", "", text)
