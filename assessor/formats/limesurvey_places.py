"""Where an answer of LimeSurvey stands here: what a name in its logic means in ours.

LimeSurvey names an answer by the question's code and a suffix (`Q1_SQ001`, `Q1_other`), or by three
numbers and the suffix (`123X4X56SQ001`); `self`, `this` and `that` name several at once.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from assessor.formats.limesurvey_script import NotTranslatableError

PlaceKind = Literal["value", "chosen", "rank"]


@dataclass(frozen=True)
class Place:
    """One answer of LimeSurvey's.

    `value`: the answer under the name `key` here; `codes` are the option codes that changed.
    `chosen`: whether the option `code` of the multiple choice `key` is chosen, "Y" or empty there.
    `rank`: the option at the place `code`, counted from 1, of the ranking `key`.
    `sub` is the code of the sub-question, for selectors such as `self.sq_A`.
    """

    kind: PlaceKind
    key: str
    code: str = ""
    codes: tuple[tuple[str, str], ...] = ()
    labelled: bool = False
    sub: str = ""
    comment: bool = False
    label: str = ""
    tick: str = "Y"
    """What LimeSurvey stores for a chosen box; boxes of an array count as the number 1."""


@dataclass
class Places:
    """Every name that logic may use, and the questions' relevance for `.relevanceStatus`."""

    sid: str
    by_question: dict[str, dict[str, Place]] = field(default_factory=dict)
    by_qid: dict[str, str] = field(default_factory=dict)
    """LimeSurvey's number of a question → its code."""
    labels: dict[str, str] = field(default_factory=dict)
    relevance: dict[str, str] = field(default_factory=dict)
    """Question code → what it is shown for, in LimeSurvey's words."""
    boxes: dict[str, set[Place]] = field(default_factory=dict)
    """Our key of a choice of several → all boxes that LimeSurvey has for it."""
    _names: dict[str, Place] = field(default_factory=dict)

    def add(self, code: str, qid: str, places: dict[str, Place]) -> None:
        """`places`: suffix → place, the empty suffix for the question itself."""
        self.by_question[code] = places
        self.by_qid[qid] = code
        for suffix, place in places.items():
            self._names[f"{code}_{suffix}" if suffix else code] = place
            if place.kind == "chosen":
                self.boxes.setdefault(place.key, set()).add(place)

    def find(self, name: str) -> Place | None:
        """The place that a name means, without its `.NAOK` and the like."""
        numbers = re.fullmatch(r"\+?(?:\d+)X(?:\d+)X(\d+)(.*)", name)
        if numbers is None:
            return self._names.get(name)
        return self.of_number(numbers[1], numbers[2])

    def of_number(self, digits: str, suffix: str) -> Place | None:
        """A question's number and a suffix that may itself begin with figures."""
        for end in range(len(digits), 0, -1):
            places = self.by_question.get(self.by_qid.get(digits[:end], ""))
            wanted = (digits[end:] + suffix).replace("#", "_")
            if places is not None and wanted in places:
                return places[wanted]
            if places is not None and wanted.lstrip("_") in places:
                return places[wanted.lstrip("_")]
        return None

    def group(self, name: str, own: str) -> list[Place]:
        """The places that `self`, `this` or `that.Q` mean, less what their selectors leave out."""
        words = name.split(".")
        code, selectors = (own, words[1:]) if words[0] != "that" else (words[1], words[2:])
        places = self.by_question.get(code)
        if places is None:
            raise NotTranslatableError(f"There is no question {code or name}.")
        found = list(dict.fromkeys(places.values()))
        for selector in selectors:
            found = _selected(found, selector)
        return found


def _selected(places: Iterable[Place], selector: str) -> list[Place]:
    if selector == "comments":
        return [place for place in places if place.comment]
    if selector == "nocomments":
        return [place for place in places if not place.comment]
    if selector.startswith("sq_"):
        return [place for place in places if selector[3:] in place.sub]
    if selector.startswith("nosq_"):
        return [place for place in places if selector[5:] not in place.sub]
    return list(places)


SUFFIXES = frozenset(
    {
        "NAOK",
        "code",
        "value",
        "valueNAOK",
        "shown",
        "question",
        "relevanceStatus",
        "relevance",
        "grelevance",
        "sgqa",
        "qid",
        "gid",
        "sid",
        "type",
        "mandatory",
        "jsName",
        "rowdivid",
        "groupSeq",
        "questionSeq",
    }
)


def split_name(name: str) -> tuple[str, str]:
    """A name and what is asked of it: `Q1.NAOK` is (`Q1`, `NAOK`)."""
    words = name.split(".")
    kept = [word for word in words[1:] if word not in SUFFIXES]
    asked = [word for word in words[1:] if word in SUFFIXES and word != "NAOK"]
    return ".".join([words[0], *kept]), asked[-1] if asked else "code"
