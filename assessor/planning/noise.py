"""Lines that are no part of what a plan says: page furniture, addresses, footnotes, contents."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from assessor.planning.markers import find_label, find_marker
from assessor.planning.source import Source, SourceLine
from assessor.planning.words import is_attribute, level_name, phrase_level, statement_kind

_PAGE_NUMBER = re.compile(
    r"^(?:[-–—|•\s]*(?:page|p\.|seite|página)?\s*\d{1,3}(?:\s*(?:of|/|von|de)\s*\d{1,3})?[-–—|•\s]*|[-–—\s]+[ivxl]{1,6}[-–—\s]+)$",
    re.IGNORECASE,
)
_WORDED_PAGE = re.compile(r"^\W*(?:page|p\.|seite|página)\s*\d|\d\s*(?:of|/)\s*\d", re.IGNORECASE)
_ADDRESS = re.compile(
    r"^(?:(?:tel|phone|fax|email|e-mail|web|website|url|visit|twitter|facebook|instagram)\b.{0,10}[:.]\s*\S.{0,80}|"
    r"(?:https?://|www\.|file:///?)\S+(?:\s+\d+/\d+)?|\d{1,2}/\d{1,2}/\d{2,4},? \d{1,2}:\d\d(?: ?[AP]M)?|\S+@\S+\.\S+|@\w+|(?!\(?(?:19|20)\d\d\D{1,4}(?:19|20)?\d\d\b)\(?\+?\d[\d\s().-]{6,}\d|[\w.-]+\.(?:org|edu|com|net|gov|ac\.uk|ca|eu|de)(?:/\S*)?)$",  # noqa: E501
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(
    r"^\[?(\d{1,2})\]?[.)]?\s*(?:https?://|www\.)\S*|^\[(\d{1,2})\]\s+\S", re.IGNORECASE
)
_NAVIGATION = re.compile(
    r"^(?:skip to\b.*|back to (?:the )?top|menu|search|home|login|log in|sign in|share(?: this)?(?: page)?|print(?: this page)?|"  # noqa: E501
    r"subscribe.*|download(?: (?:the|this|our|a|full|pdf)\b.*)?(?:\(.*\))?|read more|learn more|click here.*|"  # noqa: E501
    r"(?:©|\(c\)|copyright\b).*|all rights reserved.*|last (?:updated|modified|reviewed)\b.*|"
    r"(?:\w+ ){0,4}(?:approved|adopted|revised|updated|effective|ratified|endorsed)(?: (?:by|on|in)\b)?[^.]{0,60}\b(?:19|20)\d\d\W*|"  # noqa: E501
    r"(?:draft|version|v\.?|rev(?:ision)?\.?)\s*[\d.]+.{0,30}|"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december),? (?:\d{1,2},? )?(?:19|20)\d\d|"  # noqa: E501
    r".{0,60}\blogo\b.{0,60}|privacy(?: policy| notice)?|cookie.*|accessibility statement|site ?map|"  # noqa: E501
    r"\[(?:chart|graph|map|table|illustration|infographic|caption|diagram)\b.*\]|\[?(?:image|photo|figure|picture|logo)(?::|\s+\d+\b|\s+of\b).*\]?|\[image\]|this page (?:is )?(?:intentionally )?(?:left )?blank.*)$",  # noqa: E501
    re.IGNORECASE,
)
_LEADER = re.compile(
    r"(?:\.\s?){3,}\s*\d{1,3}\s*$|…+\s*\d{1,3}\s*$|_{3,}\s*\d{1,3}\s*$|\t\s*\d{1,3}\s*$"
)
_BULLET = re.compile(r"\s*[-–—•*▪◦·➢☐o]\s")
_TRAILING_PAGE = re.compile(r"^(?=.*[^\W\d_]{3}).{3,90}?\s+(\d{1,3})\s*$")
_WHEN = re.compile(
    r"^\W*(?:year|phase|stage|fy|ay)\s*(?:\d{1,2}|one|two|three|four|five|i{1,3}|iv|v)\s*"
    r"(?:[:–—-]?\s*\(?(?:fy\s*|ay\s*)?(?:19|20)\d\d(?:\s*[–—/-]\s*\d{2,4})?\)?)?\W*$",
    re.IGNORECASE,
)
_CONTENTS = re.compile(
    r"^\W*(?:table of )?contents\W*$|^\W*(?:in this plan|on this page|inhalt(?:sverzeichnis)?|sommaire|índice)\W*$",  # noqa: E501
    re.IGNORECASE,
)
_STRUCTURE_WORDS = re.compile(
    r"\b(?:librar(?:y|ies)|strategic|strategy|plan|draft|confidential|version)\b|20\d\d",
    re.IGNORECASE,
)

_WORK = re.compile(r"\b(?:librar(?:y|ies)|strategic|strategy|plan)\b", re.IGNORECASE)

# What is longer is a paragraph, and no expression for oddments need look through it.
LONGEST_ODDMENT = 400


def plain(text: str) -> str:
    """A text as one compares it: letters and figures only, without case."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def find_noise(source: Source) -> dict[int, str]:
    """Reasons to leave lines out, by line number."""
    lines = [line for line in source.lines if line.text]
    reasons: dict[int, str] = {line.number: line.aside for line in lines if line.aside}
    notes = _called_notes(lines)
    for line in lines:
        if line.number in reasons:
            continue
        if len(line.text) > LONGEST_ODDMENT:
            continue
        if _FOOTNOTE.match(line.text) or line.number in notes:
            reasons[line.number] = "footnote"
        elif _ADDRESS.match(line.text) and len(line.text) < 120:
            reasons[line.number] = "address or link"
    _quotations(lines, reasons)
    _contents(lines, reasons)
    _page_furniture(source, lines, reasons)
    for line in lines:
        if line.number in reasons:
            continue
        text = line.text
        if line.heading is None and len(text) < 120 and _NAVIGATION.match(text):
            reasons[line.number] = "navigation, download, date or legal line"
        elif len(text) < 40 and _WHEN.match(text):
            reasons[line.number] = "says when, not what"
        elif not any(c.isalnum() for c in text):
            reasons[line.number] = "ornament without words"
        else:
            marker = find_marker(text)
            if is_attribute(text[marker.end :] if marker else text) and find_label(text) is None:
                reasons[line.number] = "says who, when or how far, not what"
    return reasons


def footnote_numbers(source: Source) -> frozenset[str]:
    """Numbers that stand before a footnote, and so may stick to a word in the text."""
    linked = {
        match.group(1) or match.group(2)
        for line in source.lines
        if (match := _FOOTNOTE.match(line.text)) is not None
    }
    return frozenset(linked | set(_called_notes(source.lines).values()))


_CALL = re.compile(r"[a-z]{3}[.,”’]?(\d{1,2})(?=[\s.,;:)]|$)")
_NOTE = re.compile(r"^(\d{1,2})\s+(?=[^\W\d_])")


def _called_notes(lines: Sequence[SourceLine]) -> dict[int, str]:
    """Lines whose first number sticks to a word further up: "value2" … "2 As of 2019"."""
    called: set[str] = set()
    notes: dict[int, str] = {}
    for line in lines:
        if len(line.text) > LONGEST_ODDMENT * 10:
            continue
        match = _NOTE.match(line.text)
        if match is not None and match.group(1) in called and line.marker is None:
            notes[line.number] = match.group(1)
        called |= set(_CALL.findall(line.text))
    return notes


_SPEAKER = re.compile(r"^[–—-]{1,2}\s*[A-Z][^.:;]{2,80}$")
_SPOKEN = re.compile(r"^[“\"„«].{15,}[”\"“»]\s*[–—-]{1,2}\s*[A-Z][^:;]{2,80}$")
_OPENED, _CLOSED = ("“", '"', "„", "«"), ("”", '"', "“", "»")


def _quotations(lines: Sequence[SourceLine], reasons: dict[int, str]) -> None:
    """What somebody said, with the name of who said it: a pull quote, no part of the plan."""
    for position, line in enumerate(lines):
        if _SPOKEN.match(line.text):
            reasons[line.number] = "a quotation and who said it"
        if not position or not _SPEAKER.match(line.text):
            continue
        if not lines[position - 1].text.endswith(_CLOSED):
            continue
        for start in range(position - 1, max(-1, position - 7), -1):
            if lines[start].text.startswith(_OPENED):
                for said in lines[start : position + 1]:
                    reasons[said.number] = "a quotation and who said it"
                break


def _contents(lines: Sequence[SourceLine], reasons: dict[int, str]) -> None:
    """Tables of contents: dot leaders, runs of trailing page numbers, or a list told anew later."""
    for line in lines:
        if len(line.text) < 200 and _LEADER.search(line.text):
            reasons[line.number] = "table of contents"
    run: list[SourceLine] = []
    ends: list[SourceLine | None] = [*lines, None]
    for entry in ends:
        # A bullet is a point of the plan, however many of them end with a figure.
        match = (
            _TRAILING_PAGE.match(entry.text)
            if entry is not None and len(entry.text) < 100 and not _BULLET.match(entry.text)
            else None
        )
        if entry is not None and match and (not run or int(match.group(1)) >= _last_page(run[-1])):
            run.append(entry)
            continue
        if len(run) >= 4 or (len(run) >= 2 and _after_contents(run[0], lines)):
            reasons.update({item.number: "table of contents" for item in run})
        run = []
    later: dict[str, int] = {}
    for position, line in enumerate(lines):
        later[plain(line.text)] = position
    for position, line in enumerate(lines):
        if not _CONTENTS.match(line.text):
            continue
        reasons[line.number] = "table of contents"
        for at in range(position + 1, min(position + 80, len(lines))):
            if lines[at].number in reasons:
                continue
            if later[plain(lines[at].text)] <= at:
                break
            # The first line of the plan proper also comes again: stop where nothing repeats early.
            reasons[lines[at].number] = "table of contents"


def _last_page(line: SourceLine) -> int:
    match = _TRAILING_PAGE.match(line.text)
    return int(match.group(1)) if match else 0


def _after_contents(line: SourceLine, lines: Sequence[SourceLine]) -> bool:
    return any(
        _CONTENTS.match(other.text)
        for other in lines
        if line.number - 6 <= other.number < line.number
    )


def _numerals(lines: Sequence[SourceLine], by_number: dict[int, SourceLine]) -> set[int]:
    """Lines that hold a number alone and number the texts right below them: 1, 2, 3 … in turn."""
    found: list[tuple[int, int, str]] = []
    for line in lines:
        after = by_number.get(line.number + 1)
        follows = after is not None and after.text and not after.gap
        if after is not None and follows and re.fullmatch(r"\d{1,2}", line.text):
            found.append((line.number, int(line.text), plain(after.text)))
    best: set[int] = set()
    run: list[int] = []
    for number, value, _ in found:
        run = [*run, number] if value == len(run) + 1 else [number] if value == 1 else []
        if len(run) > len(best):
            best = set(run)
    texts = {text for number, _, text in found if number in best}
    return best if len(best) >= 2 and len(texts) == len(best) else set()


def _page_furniture(source: Source, lines: Sequence[SourceLine], reasons: dict[int, str]) -> None:
    by_number = {line.number: line for line in source.lines}
    numerals = _numerals(lines, by_number)
    for line in lines:
        if (
            line.number not in reasons
            and line.number not in numerals
            and len(line.text) < 60
            and line.heading is None
            and _PAGE_NUMBER.match(line.text)
            and line.marker is None
        ):
            after, before = by_number.get(line.number + 1), by_number.get(line.number - 1)
            numeral = find_marker(line.text) if not line.text.isdigit() else None
            tight = (
                after is not None
                and after.text
                and not after.gap
                and (before is None or not before.text)
            )
            if _WORDED_PAGE.match(line.text) or not (numeral and tight and line.page is None):
                reasons[line.number] = "page number"
    shapes: defaultdict[str, list[SourceLine]] = defaultdict(list)
    for line in lines:
        if line.number not in reasons and len(line.text) <= 120 and line.marker is None:
            shapes[re.sub(r"\d+", "#", plain(line.text))].append(line)
    edges = _page_edges(lines) if source.paged else set()
    for line in lines:
        # A footer that is printed once tells by the number of its page.
        ending = _TRAILING_PAGE.match(line.text) if line.number in edges else None
        if (
            ending is not None
            and int(ending.group(1)) == line.page
            and _WORK.search(line.text)
            and line.number not in reasons
            and find_marker(line.text) is None
            and find_label(line.text) is None
        ):
            reasons[line.number] = "page header or footer with the number of its page"
    for shape, printed in shapes.items():
        if not shape or len(printed) < 2 or _is_structure(printed[0].text):
            continue
        at_edge = sum(line.number in edges for line in printed)
        beside_number = sum(
            "page number" in {reasons.get(line.number + step) for step in (-2, -1, 1, 2)}
            for line in printed
        )
        numbered = (
            "#" in shape
            and len({line.text for line in printed}) == len(printed)
            and bool(
                re.search(r"(?<!\d)\d{1,3}\s*$|^\d{1,3}\s", printed[0].text)
                and find_marker(printed[0].text) is None
            )
        )
        same = len({line.text for line in printed}) == 1
        named = (
            _STRUCTURE_WORDS.search(printed[0].text) is not None
            and find_marker(printed[0].text) is None
        )
        enough = len(printed) >= 3 or (
            len(printed) == 2
            and (
                (source.paged and at_edge == 2)
                or (same and beside_number == 2 and _WORK.search(printed[0].text) is not None)
                or (named and numbered and _WORK.search(printed[0].text) is not None)
            )
        )
        if enough and (
            (at_edge >= 0.7 * len(printed) and (same or numbered))
            or (beside_number >= 0.7 * len(printed) and (same or numbered))
            or (named and (same or numbered) and not source.paged and printed[0].depth is None)
        ):
            reasons.update(
                {
                    line.number: f"printed {len(printed)} times: page header or footer"
                    for line in printed
                }
            )


def _page_edges(lines: Sequence[SourceLine]) -> set[int]:
    pages: defaultdict[int, list[int]] = defaultdict(list)
    for line in lines:
        pages[line.page or 0].append(line.number)
    return {number for numbers in pages.values() for number in (*numbers[:2], *numbers[-2:])}


def _is_structure(text: str) -> bool:
    """Words that a plan repeats for good reason, as "Goals" under each direction."""
    if find_label(text) or phrase_level(text) or statement_kind(text):
        return True
    if text.rstrip().endswith((":", "…", "...")):
        return True
    found = level_name(text)
    return found is not None and not text[found.end :].strip(" :")


def repeated_lines(lines: Sequence[SourceLine]) -> Counter[str]:
    """How often each line of some length is printed."""
    return Counter(plain(line.text) for line in lines if len(line.text) > 60)
