"""The title of a plan and the years it is for."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

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
    r"\b(?:librar(?:y|ies)|\w*bibliothek|bibliothèque|biblioteca|médiathèque|archives?|association)\b",
    re.IGNORECASE,
)
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    "oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
# Whose plan it may be: a library, or the university, town or body that it belongs to.
_OWNER = re.compile(
    r"\b(?:librar(?:y|ies)|\w*bibliothek|bibliothèques?|bibliotecas?|médiathèque|archives?|association|university|"
    r"universit\w+|universidad|college|institute|school|academy|polytechnic|city of|county|district|council|"  # noqa: E501
    r"trust|conservatory|institut\w*|church|hospital|parliament|assembly|borough|town|village|court|consortium|museum|network|hochschule|society|foundation)\b",
    re.IGNORECASE,
)
_PARENT = re.compile(
    r"\b(?!The\b|Our\b|Each\b|All\b|This\b)[A-Z][\w’'-]+\s+(?:College|University|Institute)\b"
    r"(?:\s+(?:of\s+)?[A-Z][\w-]+)?"
)
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$|^\S+@\S+\.\w+$")
_PERSON = re.compile(
    r"\b(?:by|director|dean|librarian|chair|president|chief|provost|message|letter|foreword|from|welcome)\b",
    re.IGNORECASE,
)
# Words that say what a document is and not whose it is.
_GENERIC = frozenset(
    """library libraries library's libraries' strategic strategy strategies plan plans planning
    development operational action service services information directions direction framework
    roadmap vision mission values goals priorities year years five-year three-year our the a an of
    for and to in from through school public annual implementation business long-range long range
    fy ay draft final document executive summary systems system consortium council association
    college university network archives archive projet stratégique plan estratégico strategie
    bibliothek biblioteca bibliothèque learning commons centre center resource resources
    district county borough regional future together tomorrow community communities people
    next""".split()
)
_SPAN = re.compile(
    r"(?<![\w.])(?:(?:fiscal|academic|annual|calendar)\s+years?\s+|fy\s*|ay\s*)?(?P<first>20\d\d)(?:\s*/\s*\d\d(?:\d\d)?(?=\s*(?:[–—-]|to|through)\s*(?:fy\s*)?20))?\s*(?:–|—|->?|→|to|through|until|and|/|bis|à|a|al)\s*"
    rf"(?:(?:{_MONTH})\s+)?(?:fy\s*|ay\s*)?(?P<last>20\d\d|\d\d)(?!\d|\s*(?:percent|%))(?:\s*/\s*(?P<late>\d\d(?:\d\d)?)(?!\d))?",
    re.IGNORECASE,
)
_FISCAL = re.compile(
    r"\b(?:fy|ay)\s*['’]?(?P<first>\d\d)\s*(?:–|—|-|to|through)\s*(?:fy|ay)?\s*['’]?(?P<last>\d\d)\b",
    re.IGNORECASE,
)
_PLAN_CONTEXT = re.compile(
    r"\b(?:plan|\w*strateg\w+|directions?|framework|roadmap|goals|priorities|vision|period|years?|fy|ziele|projet|proyecto|konzept|programm\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Title:
    """A title and whether the document itself gives it."""

    text: str
    told: bool = True


def find_title(source: Source, blocks: Sequence[Block]) -> Title:
    """The document's own title line, with the name of its library before it where it lacks one.

    Where no line is a title, the document's metadata, the library it speaks of, and at last the
    name of the file stand for it.
    """
    candidates = [
        b
        for b in blocks[:25]
        if b.kind in {"heading", "paragraph", "aside", "announcer"}
        and 3 <= len(b.text) <= 120
        and not b.ends
    ]
    title = _best(candidates)
    if not title:
        found = (
            source.title
            or _organisation(source, at_least=2)
            or _organisation(source, at_least=1)
            or _signed(source)
            or _first_words(blocks)
        )
        return Title(found[:300]) if found else Title(_from_name(source.name)[:300], told=False)
    if not _names_owner(title):
        told = [_owner_line(candidates, title), _owner_in(source.title)]
        owner = next((t for t in told if _LIBRARY.search(t)), told[0] or told[1])
        owner = owner or _organisation(source, at_least=2) or _organisation(source, at_least=1)
        if owner and owner.casefold() not in title.casefold():
            title = f"{owner}: {title}"
    return Title(title[:300])


def _best(candidates: Sequence[Block]) -> str:
    """The line that looks most like a title, "" where none does."""
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
        score = 4 * bool(_TITLE.search(block.text)) + 2 * bool(
            _ORGANISATION.search(block.text) and _names_owner(block.text)
        )
        score += 2 * bool(re.search(r"20\d\d", block.text)) + (
            3 if top and block.rank == min(top) else 0
        )
        score += 2 if order == 0 else 0
        if block.kind == "paragraph" and score < 6:
            continue
        scored.append((score, -order, block.text))
    best = max(scored, default=(0, 0, ""))
    return best[2].strip(" :–-") if best[0] >= 4 else ""


def _names_owner(title: str) -> bool:
    """Whether a title says whose plan it is: "Library Strategy 2021–26" does not."""
    for part in re.split(r"\s*[:|]\s+|\s+[–—-]\s+", title):
        words = [w.casefold() for w in re.findall(r"[^\W\d_][\w’'-]*", part)]
        if _OWNER.search(part) is not None and any(w not in _GENERIC for w in words):
            return True
    return False


def _owner_line(candidates: Sequence[Block], title: str) -> str:
    """The name of the library or its parent on a line of its own near the title."""
    lines = [(b, b.text.strip(" :–-")) for b in candidates[:6]]
    near = [
        text
        for block, text in lines
        if block.kind in {"heading", "paragraph"}
        and len(text) <= 70
        and text != title
        and not block.is_stem
        and _PERSON.search(text) is None
    ]
    named = [text for text in near if _LIBRARY.search(text) and _names_owner(text)]
    named += [text for text in near if _names_owner(text)]
    return named[0] if named else ""


def _owner_in(metadata: str) -> str:
    """The part of a page's title that names the library: "Strategy | Hill College Library"."""
    parts = [part.strip() for part in re.split(r"\s+[|–—·•:-]\s+", metadata)]
    owners = [part for part in parts if _OWNER.search(part) and _names_owner(part)]
    return next((part for part in owners if _LIBRARY.search(part)), owners[0] if owners else "")


def _first_words(blocks: Sequence[Block]) -> str:
    """The very first line, where it heads what follows."""
    first = blocks[0] if blocks else None
    return first.text.strip(" :–-") if first and first.kind in {"heading", "announcer"} else ""


def _signed(source: Source) -> str:
    """The library that signs the document: the line above its addresses on the last page.

    A library that calls itself no more than "Library Services" gets the name of its parent.
    """
    last = [line.text.strip() for line in source.lines if line.text.strip()][-8:]
    addresses = [place for place, text in enumerate(last) if _ADDRESS.search(text)]
    if not addresses or addresses[0] == 0:
        return ""
    name = last[addresses[0] - 1]
    if _LIBRARY.search(name) is None or len(name) > 70 or name.endswith("."):
        return ""
    if _names_owner(name):
        return name
    parents = Counter(
        " ".join(match.group().split())
        for line in source.lines[:1000]
        for match in _PARENT.finditer(line.text[:2000].replace("\u00a0", " "))
    )
    parent = max(parents.items(), key=lambda pair: (pair[1], len(pair[0])), default=("", 0))[0]
    return f"{parent} {name}".strip()


def _organisation(source: Source, *, at_least: int) -> str:
    """The library a document speaks of most, where it does so often enough.

    A name that comes once must open one of the first lines: "The Hill Library was founded …".
    """
    counts: Counter[str] = Counter()
    for line in source.lines[: 400 if at_least > 1 else 40]:
        for match in _ORGANISATION.finditer(line.text[:2000].replace("\u00a0", " ")):
            if at_least == 1 and match.start() > 4:
                continue
            name = re.sub(
                r"^(?:(?:The|Our|At|In|This|Each|All|And|For|From|A|Every|Strategic|Plan|of|the)\s+)+",
                "",
                " ".join(match.group().split()),
            )
            if len(name.split()) >= 2 and _names_owner(name):
                counts[name] += 1
    if not counts:
        return ""
    name, count = max(counts.items(), key=lambda pair: (pair[1], len(pair[0])))
    return name if count >= at_least else ""


def _from_name(name: str) -> str:
    stem = re.sub(r"\.\w{2,5}$", "", name.replace("\\", "/").rsplit("/", 1)[-1])
    if stem in {"standard input", "pasted text"}:
        return "Strategic plan"
    return stem.replace("_", " ").replace("-", " ").strip() or "Plan"


_PAST = re.compile(
    r"\b(?:founded|established|since|born|history|archive of|review|report|accounts)\b|©",
    re.IGNORECASE,
)


def _opens(text: str) -> bool:
    """Whether a line may stand on the cover: years there are the plan's."""
    return _PAST.search(text) is None


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
    for order, text in enumerate(texts):
        cover = 2 <= order < 8 and len(text) <= 100 and not text.endswith(".")
        for pattern in (_SPAN, _FISCAL):
            for match in pattern.finditer(text[:3000]):
                around = text[max(0, match.start() - 80) : match.end() + 40]
                alone = len(text) <= len(match.group()) + 12
                if not (_PLAN_CONTEXT.search(around) or alone or (cover and _opens(text))):
                    continue
                first, last = int(match.group("first")), int(match.group("last"))
                first = first + 2000 if first < 100 else first
                last = last + (first // 100) * 100 if last < 100 else last
                if late := match.groupdict().get("late"):
                    # "2024/25 – 2028/29": the last year ends in the next.
                    last = int(late) if len(late) == 4 else int(late) + (last // 100) * 100
                if first <= last <= first + 15:
                    return first, last
    return None
