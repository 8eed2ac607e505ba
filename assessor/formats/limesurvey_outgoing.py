"""What our items share on their way to LimeSurvey: codes, texts in all languages, places."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assessor.domain.instrument import OTHER, Instrument, ItemBase, WithOptions
from assessor.formats.limesurvey_places import Place
from assessor.formats.limesurvey_structure import Texts

LONGEST_CODE = 20
LONGEST_ANSWER_CODE = 5


@dataclass
class AskedPart:
    """A sub-question or an answer of LimeSurvey's; `relevant` is still in our language."""

    code: str
    texts: Texts
    scale: int = 0
    relevant: str = ""


@dataclass
class Asked:
    """A question as LimeSurvey will ask it."""

    code: str
    type: str
    item: ItemBase
    texts: Texts
    help: Texts
    subs: list[AskedPart] = field(default_factory=list)
    answers: list[AskedPart] = field(default_factory=list)
    attributes: dict[str, Texts] = field(default_factory=dict)
    other: bool = False
    default: str = ""
    places: dict[str, Place] = field(default_factory=dict)
    relevance: str = "1"
    lost: list[tuple[str, str]] = field(default_factory=list)

    def set(self, name: str, value: object) -> None:
        self.attributes[name] = {"": str(value)}


@dataclass
class Writing:
    """What is at hand while an instrument becomes a survey."""

    instrument: Instrument
    own: dict[str, str]
    """Address → text in the instrument's own language."""
    taken: set[str] = field(default_factory=set)

    def words(self, address: str) -> Texts:
        """A text in every language; its own where it is not translated."""
        text = self.own.get(address, "")
        found = {self.instrument.language: text}
        for language in self.instrument.languages[1:]:
            found[language] = self.instrument.translations[language].get(address) or text
        return found

    def code(self, key: str) -> str:
        """A question code for a key: letters and figures, at most 20, unique in any case."""
        return unique(key, self.taken, LONGEST_CODE, "Q")


def unique(name: str, taken: set[str], longest: int, letter: str) -> str:
    """A code like `name`, of letters and figures only, that is not taken yet."""
    start = re.sub(r"[^A-Za-z0-9]", "", name)[:longest]
    if not start or (letter == "Q" and not start[0].isalpha()):
        start = f"{letter}{start}"[:longest]
    found, number = start, 1
    while found.lower() in taken:
        number += 1
        found = f"{start[: longest - len(str(number))]}{number}"
    taken.add(found.lower())
    return found


def begun(w: Writing, item: ItemBase, kind: str) -> Asked:
    return Asked(
        code=w.code(item.key),
        type=kind,
        item=item,
        texts=w.words(f"{item.key}.text"),
        help=w.words(f"{item.key}.hint"),
    )


def answer_place(asked: Asked, key: str, suffix: str = "", **codes: str) -> None:
    asked.places[suffix] = Place("value", key, codes=tuple(codes.items()), sub=suffix)


def option_parts(
    w: Writing, asked: Asked, item: ItemBase, codes: Sequence[str], longest: int
) -> list[AskedPart]:
    """A part for every option; codes that LimeSurvey cannot have are made anew."""
    relevant = {one.code: one.relevant for one in getattr(item, "options", ())}
    taken: set[str] = set()
    found = []
    for code in codes:
        fits = re.fullmatch(r"[A-Za-z0-9]+", code) and len(code) <= longest
        name = code if fits else code.replace("_", "").replace("-", "")
        short = unique(name, taken, longest, "A")
        words = w.words(f"{item.key}.option.{code}")
        found.append(AskedPart(short, words, relevant=relevant.get(code, "")))
        if short != code:
            asked.lost.append(("answer code", f"The code `{code}` is “{short}” there."))
    return found


def option_codes(item: ItemBase) -> list[str]:
    return [one.code for one in getattr(item, "options", ())]


def code_pairs(parts: Sequence[AskedPart], codes: Sequence[str]) -> dict[str, str]:
    pairs = zip(parts, codes, strict=True)
    return {part.code: code for part, code in pairs if part.code != code}


def keep_order(asked: Asked, item: ItemBase) -> None:
    if getattr(item, "order", "") == "random":
        asked.set("random_order", 1)


def lose_filter(asked: Asked, item: ItemBase) -> None:
    if getattr(item, "option_filter", ""):
        message = "LimeSurvey filters answers by questions only: all options are shown."
        asked.lost.append(("option filter", message))


def keep_other(w: Writing, asked: Asked, item: WithOptions) -> None:
    if item.other:
        asked.other = True
        asked.attributes["other_replace_text"] = w.words(f"{item.key}.other")
        answer_place(asked, f"{item.key}.{OTHER}", "other")


LIMITS = ("min_num_value_n", "max_num_value_n")


def bounds(asked: Asked, names: tuple[str, str], least: float | None, most: float | None) -> None:
    for name, limit in zip(names, (least, most), strict=True):
        if limit is not None:
            asked.set(name, f"{limit:g}")
