"""Bullets, numbers and labels at the start of a line."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from assessor.planning.words import CARDINALS, ORDINAL_WORDS, ORDINALS, level_name

BULLETS = "☐☑☒✅❑❒◻◼❍◉★☆➜➔▸▹⚫⚪▫⮚❯•◦▪■●○‣⁃➢➤→✓✔❖►▶◆◇□⬤∙⦁\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0a8·»"
_BULLET = re.compile(rf"^(?:([{BULLETS}])\s*|(-{{1,4}}|[–—]{{1,3}}|[*+o§¤])[ \u00a0]+)(?=\S)")
_NUMBER = re.compile(
    r"^(\()?#?(\d{1,2}(?:\.\d{1,2}){0,4})(\)|[.:](?!\d)\)?|\s*[–—-](?=\s)|\s*[|/](?=\s))?(\s+|(?=[A-Z“\"])|$)(?=(.?))"
)
_LETTER = re.compile(r"^(\()?([A-Za-z])([.)]|\s*[–—](?=\s))(\s+|$)")
_ROMAN = re.compile(r"^(\()?([ivxIVX]{1,6})([.)]|\s*[–—](?=\s))(\s+|$)")
_CODE = re.compile(
    r"^([A-Z]{1,4})(?:[.-](\d{1,2}(?:\.\d{1,2}){0,3})(?:[.:)]|\s*[–—-](?=\s))?(?:\s+(?=[A-Z“\"])|$)"
    r"|(\d{1,2}(?:\.\d{1,2}){0,3})(?:[.:)]|\s*[–—-](?=\s))(?:\s+|$)"
    r"|(\d{1,2}(?:\.\d{1,2}){1,3})\s+(?=[A-Z“\"]))"
)
_SUBLETTER = re.compile(r"^(\d{1,2})\.?([a-z])([.:)])?(\s+|$)(?=([A-Z]?))")
_ORDINAL_WORD = re.compile(rf"^({'|'.join(ORDINALS)}|finally)(?:ly)?[,:]\s+", re.IGNORECASE)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True)
class Marker:
    """What stands before the text of an item.

    `kind`: bullet, number, letter, LETTER, roman, ROMAN, code, word, or lost where only the
    indentation is left of a bullet. `path` holds the numbers ("2.3" is (2, 3)). `strong` is False
    for a bare number that may as well belong to a sentence.
    """

    kind: str
    path: tuple[int, ...] = ()
    drawn: str = ""
    strong: bool = True
    end: int = 0

    @property
    def family(self) -> str:
        """What must agree for two items to stand in one list."""
        if self.kind == "bullet":
            return f"bullet {self.drawn}"
        if self.kind in {"number", "code"}:
            return f"{self.kind} {len(self.path)}"
        return self.kind


@dataclass(frozen=True)
class Label:
    """A level word with its ordinal, as in "Goal #1 –", "Outcome:", "Objective 2.1"."""

    level: str
    ordinal: str | None
    path: tuple[int, ...]
    rest: str


def roman_value(text: str) -> int | None:
    values = [_ROMAN_VALUES[c] for c in text.lower() if c in _ROMAN_VALUES]
    if len(values) != len(text) or not values:
        return None
    total = sum(
        -v if i + 1 < len(values) and values[i + 1] > v else v for i, v in enumerate(values)
    )
    return total if _to_roman(total) == text.lower() else None


def _to_roman(value: int) -> str:
    signs = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    out = ""
    for amount, sign in signs:
        while value >= amount:
            out, value = out + sign, value - amount
    return out


@lru_cache(maxsize=20000)
def find_marker(text: str) -> Marker | None:
    """The bullet or number a line begins with; `end` is where its text starts."""
    if match := _BULLET.match(text):
        drawn = match.group(1) or match.group(2)
        # Boxes of one list are ticked or not.
        drawn = "☐" if drawn in "☐☑☒✅" else drawn
        return Marker("bullet", (), drawn, True, match.end())
    if match := _SUBLETTER.match(text):  # noqa: SIM102
        if match.group(3) or match.group(5):
            path: tuple[int, ...] = (int(match.group(1)), ord(match.group(2)) - 96)
            return Marker(
                "number", path, match.group(1) + match.group(2), bool(match.group(3)), match.end()
            )
    if match := _NUMBER.match(text):
        return _number(match)
    if (match := _ROMAN.match(text)) and (value := roman_value(match.group(2))):
        kind = "ROMAN" if match.group(2).isupper() else "roman"
        return Marker(kind, (value,), match.group(2), True, match.end())
    if match := _LETTER.match(text):
        letter = match.group(2)
        kind = "LETTER" if letter.isupper() else "letter"
        return Marker(kind, (ord(letter.lower()) - 96,), letter, True, match.end())
    if match := _CODE.match(text):
        digits = match.group(2) or match.group(3) or match.group(4)
        first = roman_value(match.group(1)) or (
            ord(match.group(1)) - 64 if len(match.group(1)) == 1 else 0
        )
        path = (*([first] if first else []), *(int(p) for p in digits.split(".")))
        return Marker("code", path, match.group().strip(" .:)–—-"), True, match.end())
    if match := _ORDINAL_WORD.match(text):
        word = match.group(1).lower()
        value = 99 if word == "finally" else ORDINAL_WORDS[word]
        return Marker("word", (value,), match.group(1), False, match.end())
    return None


def _number(match: re.Match[str]) -> Marker | None:
    opened, digits, closing, space, following = match.groups()
    path = tuple(int(part) for part in digits.split("."))
    if opened and not (closing or "").startswith(")"):
        return None
    strong = bool(closing) or len(path) > 2
    if not closing:
        # "3.5 million" and "2 years" are prose; a bare number counts before a capital only.
        # A number alone on its line waits for the line below.
        if following and (not space or not (following.isupper() or following in "“\"'‘")):
            return None
        strong = len(path) > 1
    return Marker("number", path, digits, strong, match.end())


def letter_from_roman(marker: Marker) -> Marker:
    """The same marker read as a letter: "i." after "h."."""
    kind = "LETTER" if marker.kind == "ROMAN" else "letter"
    return replace(marker, kind=kind, path=(ord(marker.drawn.lower()) - 96,))


_ORDINAL = re.compile(
    rf"^\s*(?:#|no\.?\s*|number\s+|nr\.?\s*)?\s*(?:(?P<num>\d{{1,2}}(?:\.\d{{1,2}}){{0,4}}[a-z]?)(?![\d%])|(?P<roman>[IVX]{{1,6}})(?![\w])"
    rf"|(?P<letter>[A-Z](?:\.?\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})?)(?![\w’'])|(?P<word>{'|'.join(CARDINALS)})(?!\w))",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"^\s*(?:[.):|▸►→»›·•]+(?:\s*[–—-]\s)?|[–—]|-(?=\s|$))\s*")
_BARE_SEPARATOR = re.compile(r"^\s*(?::|[–—](?=\s)|\s-(?=\s))\s*")
_FIRST_LEVEL = re.compile(rf"^(?:our |the )?({'|'.join(ORDINALS)})\s+", re.IGNORECASE)


_OWNED = re.compile(r"^[A-Z][\w’'-]{2,20}(?: (?:and|&) [A-Z][\w’'-]{2,20})?[ ]")


@lru_cache(maxsize=20000)
def find_label(text: str) -> Label | None:
    """The label a line begins with, where a level word is used as one."""
    if match := _FIRST_LEVEL.match(text):
        found = level_name(text[match.end() :])
        if found and not found.plural:
            rest = text[match.end() + found.end :]
            if separator := _SEPARATOR.match(rest):
                value = ORDINAL_WORDS[match.group(1).lower()]
                return Label(found.level, str(value), (value,), rest[separator.end() :])
        return None
    found = level_name(text)
    if found is None and (match := _OWNED.match(text)):
        # "Service Priority 2: …": a word of the plan's own before the level and its number.
        owned = find_label(text[match.end() :])
        return owned if owned is not None and owned.path else None
    if found is None or found.plural:
        return None
    rest = text[found.end :]
    if rest and not (rest[0].isspace() or rest[0] in ":#–—-."):
        return None
    match = _ORDINAL.match(rest)
    if match is not None:
        label = _with_ordinal(found.level, match, rest[match.end() :])
        if label is not None:
            return label
    separator = _BARE_SEPARATOR.match(rest)
    if separator is not None:
        return Label(found.level, None, (), rest[separator.end() :].strip())
    return None


def numbered_label(level: str, rest: str) -> Label | None:
    """A label of a level already told, where its number and a separator or nothing follow."""
    match = _ORDINAL.match(rest)
    if match is None or match.group("letter"):
        return None
    after = rest[match.end() :]
    if after.strip() and _SEPARATOR.match(after) is None:
        return None
    return _with_ordinal(level, match, after)


def _with_ordinal(level: str, match: re.Match[str], after: str) -> Label | None:
    separator = _SEPARATOR.match(after)
    rest = after[separator.end() :] if separator else after.strip()
    number, roman, letter, word = match.group("num", "roman", "letter", "word")
    if separator is None and rest:
        # "Goal A library …" and "Priority I think" are sentences; "Goal 1 Improve" is a label.
        coded = letter is not None and len(letter) > 1
        if not (number or word or coded) or not (rest[0].isupper() or rest[0] in '“"‘'):
            return None
    if separator is not None and not rest and after.strip() == "." and not number:
        return None
    if roman and roman.isupper() and (value := roman_value(roman)):
        return Label(
            level, str(value) if len(roman) > 1 or roman in "IVX" else roman, (value,), rest
        )
    if number:
        digits = re.findall(r"\d+", number)
        path = tuple(int(d) for d in digits)
        if number[-1].isalpha():
            path += (ord(number[-1].lower()) - 96,)
        return Label(level, number, path, rest)
    if word:
        value = ORDINAL_WORDS[word.lower()]
        return Label(level, str(value), (value,), rest)
    if letter and letter[0].isupper():
        path = (ord(letter[0]) - 64, *(int(d) for d in re.findall(r"\d+", letter)))
        return Label(level, letter, path, rest)
    return None
