"""The title of a plan and the years it is for."""

import re
from collections import Counter
from collections.abc import Sequence

from assessor.planning.blocks import Block
from assessor.planning.source import Source
from assessor.planning.words import is_aside, statement_kind

_TITLE = re.compile(
    r"\b(?:plan|strategy|strategies|strategic|framework|roadmap|vision|mission|strategie|stratégique|estratégico|konzept)\b",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"(?:[A-Z][\w’'&.-]*\s+(?:(?:of|and|for|the|at|&)\s+)*){0,5}?\b(?:Library|Libraries|Archives|Bibliothek|Bibliothèque|Biblioteca|Médiathèque)\b"
    r"(?:\s+(?:Association|Services|Service|System|District|Consortium|Network|of\s+[A-Z]\w+(?:\s+[A-Z]\w+)*))?"
)
_LIBRARY = re.compile(
    r"\b(?:librar(?:y|ies)|bibliothek|bibliothèque|biblioteca|stadtbibliothek|archives?|association)\b",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"(?<![\w.])(?:(?:fiscal|academic|annual|calendar)\s+years?\s+|fy\s*|ay\s*)?(?P<first>20\d\d)(?:\s*/\s*\d\d)?\s*(?:–|—|-|to|through|until|and|/|bis|à|a)\s*"
    r"(?:fy\s*|ay\s*)?(?P<last>20\d\d|\d\d)(?!\d|\s*(?:percent|%))",
    re.IGNORECASE,
)
_FISCAL = re.compile(
    r"\b(?:fy|ay)\s*['’]?(?P<first>\d\d)\s*(?:–|—|-|to|through)\s*(?:fy|ay)?\s*['’]?(?P<last>\d\d)\b",
    re.IGNORECASE,
)
_PLAN_CONTEXT = re.compile(
    r"\b(?:plan|strateg\w+|directions?|framework|roadmap|goals|priorities|vision|period|years?|fy|ziele|projet|proyecto|konzept|programm\w*)\b",
    re.IGNORECASE,
)


def find_title(source: Source, blocks: Sequence[Block]) -> str:
    """The document's own title line; the library's name before it where the line lacks it."""
    candidates = [
        b
        for b in blocks[:25]
        if b.kind in {"heading", "paragraph", "aside", "announcer"}
        and 3 <= len(b.text) <= 120
        and not b.ends
    ]
    top = [b.rank for b in candidates if b.rank is not None]
    scored: list[tuple[int, int, str]] = []
    for order, block in enumerate(candidates):
        if (
            statement_kind(block.text)
            or is_aside(block.text)
            or (block.kind == "announcer" and not _LIBRARY.search(block.text))
            or block.text.endswith(":")
        ):
            continue
        score = 4 * bool(_TITLE.search(block.text)) + 2 * bool(_ORGANISATION.search(block.text))
        score += 2 * bool(re.search(r"20\d\d", block.text)) + (
            4 if top and block.rank == min(top) else 0
        )
        score += 2 if order == 0 else 0
        if block.kind == "paragraph" and score < 6:
            continue
        scored.append((score, -order, block.text))
    best = max(scored, default=(0, 0, ""))
    title = best[2].strip(" :–-") if best[0] >= 4 else ""
    if title and not _LIBRARY.search(title):
        # The library's name often stands on a line of its own above or below the title.
        named = [
            b.text
            for b in candidates[:4]
            if _LIBRARY.search(b.text) and b.kind in {"heading", "paragraph"} and len(b.text) <= 70
        ]
        title = f"{named[0].strip(' :–-')}: {title}" if named else title
    organisation = _organisation(source)
    if not title:
        title = source.title or organisation or _first_words(blocks) or _from_name(source.name)
    elif (
        organisation
        and not _LIBRARY.search(title)
        and organisation.casefold() not in title.casefold()
    ):
        title = f"{organisation}: {title}"
    return title[:300]


def _first_words(blocks: Sequence[Block]) -> str:
    heads = [
        b.text
        for b in blocks[:6]
        if b.kind in {"heading", "announcer"} and not statement_kind(b.text)
    ]
    return heads[0].strip(" :–-") if heads else ""


def _organisation(source: Source) -> str:
    counts: Counter[str] = Counter()
    for line in source.lines[:400]:
        for match in _ORGANISATION.finditer(line.text[:2000].replace("\u00a0", " ")):
            name = re.sub(
                r"^(?:The|Our|At|In|This|Each|All|And)\s+", "", " ".join(match.group().split())
            )
            if len(name.split()) >= 2:
                counts[name] += 1
    if not counts:
        return ""
    name, count = max(counts.items(), key=lambda pair: (pair[1], len(pair[0])))
    return name if count >= 2 else ""


def _from_name(name: str) -> str:
    stem = re.sub(r"\.\w{2,5}$", "", name.replace("\\", "/").rsplit("/", 1)[-1])
    if stem in {"standard input", "pasted text"}:
        return "Strategic plan"
    return stem.replace("_", " ").replace("-", " ").strip() or "Plan"


def find_period(source: Source, title: str, noise: dict[int, str]) -> tuple[int, int] | None:
    """First and last year of the plan, from its title or a sentence that speaks of the plan.

    A span of years elsewhere ("founded 1990–1995", a footnote) is no period; None where nothing
    is certain.
    """
    texts = [title, source.title]
    texts += [
        line.text
        for line in source.lines
        if line.text and not noise.get(line.number, "").startswith("says who")
    ][:60]
    for text in texts:
        for pattern in (_SPAN, _FISCAL):
            for match in pattern.finditer(text[:3000]):
                around = text[max(0, match.start() - 80) : match.end() + 40]
                if not (_PLAN_CONTEXT.search(around) or len(text) <= len(match.group()) + 12):
                    continue
                first, last = int(match.group("first")), int(match.group("last"))
                first = first + 2000 if first < 100 else first
                last = last + (first // 100) * 100 if last < 100 else last
                if first <= last <= first + 15:
                    return first, last
    return None
