"""Qualtrics' conditions in our language.

A condition names places in answers by locators such as `q://QID3/SelectableChoice/2`. How an item
that came of a question is asked for them is its `Spoken`, which the item's translation fills in.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from assessor.formats.foreign import Losses, plain_text
from assessor.formats.foreign_logic import (
    ALWAYS,
    UNKNOWN,
    Condition,
    any_of,
    joined,
    negated,
    number_or_text,
    quoted,
    readable,
)
from assessor.formats.qualtrics_source import Fields, fields, words


@dataclass
class Spoken:
    """How logic and texts name what a question became.

    `chosen`: choice id, or row id/answer id → the condition that it is chosen. `values`: the same
    or empty → what was typed there. `columns`: everything that is filled in once it is answered.
    `counted`: how many choices were made. `relevant`: when the question is asked.
    """

    key: str = ""
    text: str = ""
    chosen: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    piped: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    columns: list[str] = field(default_factory=list)
    counted: str = ""
    relevant: str = ""


@dataclass(frozen=True)
class Locator:
    qid: str
    part: str
    rest: str


def locator(text: str) -> Locator | None:
    found = re.fullmatch(r"\s*q://([^/?]+)(?:/([^/?]+))?(?:/([^?]*))?(?:\?.*)?\s*", unquote(text))
    return Locator(found[1], found[2] or "", (found[3] or "").strip("/")) if found else None


@dataclass
class Logic:
    """Reads conditions, given what was translated so far."""

    spoken: dict[str, Spoken]
    fields: dict[str, str]
    losses: Losses

    def condition(self, raw: object, item: str, about: str, *, strict: bool = False) -> str | None:
        """The expression of a `BooleanExpression`; None where nothing of it can be kept.

        What is left out stands in the report. `strict`: all of it or nothing.
        """
        found = self.read(raw, item, about, strict=strict)
        return found.text if found.whole or not strict else None

    def read(self, raw: object, item: str, about: str, *, strict: bool = False) -> Condition:
        """The same, saying whether all of it is known."""
        parts, conjunctions = [], []
        unknown: list[str] = []
        for one in _numbered(fields(raw)):
            part = self._set(one, unknown)
            if part is not None:
                parts.append(part)
                conjunctions.append("and" if words(one.get("Type")).startswith("And") else "or")
        if not parts:
            return UNKNOWN
        found = joined(parts, conjunctions)
        why = readable(found.text) if found.text else None
        if why:
            unknown.append(why)
            found = UNKNOWN
        is_kept = bool(found.text) and (found.whole or not strict)
        for said in unknown:
            kept = "The rest of the condition is kept. " if is_kept else "It is left out. "
            self.losses.add(
                "lost", item, about, f"{kept}What cannot be asked here: {said}", original=said
            )
        return found

    def _set(self, raw: Fields, unknown: list[str]) -> Condition | None:
        parts, conjunctions = [], []
        for one in _numbered(raw):
            text = self.one(one)
            if text is None:
                spaced = words(one.get("Description")).replace("</span>", "</span> ")
                said = plain_text(spaced, 300)
                unknown.append(said or words(one.get("LogicType")) or "a condition of unknown kind")
            parts.append(Condition(text) if text is not None else UNKNOWN)
            conjunctions.append(words(one.get("Conjuction") or one.get("Conjunction")).lower())
        return joined(parts, conjunctions) if parts else None

    def one(self, raw: Fields) -> str | None:
        """One comparison; None where it asks for something that is not known here."""
        kind = words(raw.get("LogicType"))
        operator = words(raw.get("Operator") or raw.get("Condition"))
        right = words(raw.get("RightOperand") or raw.get("Value") or "")
        left = words(raw.get("LeftOperand"))
        if kind == "EmbeddedField":
            name = re.sub(r"^e://Field/", "", left)
            key = self.fields.get(name)
            return compared(f"${{{key}}}", operator, right) if key else None
        if kind not in {"", "Question"}:
            return None
        places = [left, words(raw.get("ChoiceLocator")), words(raw.get("Locator"))]
        where = next((found for place in places if (found := locator(place))), None)
        spoken = self.spoken.get(where.qid) if where else None
        if where is None or spoken is None:
            return None
        return _asked(spoken, where, operator, right)


def _asked(spoken: Spoken, where: Locator, operator: str, right: str) -> str | None:
    if operator in {"Displayed", "NotDisplayed"}:
        shown = spoken.relevant or ALWAYS
        return shown if operator == "Displayed" else negated(shown)
    if where.part == "SelectedChoicesCount":
        return compared(spoken.counted, operator, right) if spoken.counted else None
    if operator in {"Selected", "NotSelected"} or where.part.startswith("Selectable"):
        return _is_chosen(spoken, where, operator)
    value = spoken.values.get(where.rest) or spoken.values.get("")
    if value is None and where.rest in spoken.chosen and operator in {"EqualTo", "NotEqualTo"}:
        chosen = spoken.chosen[where.rest]
        return negated(chosen) if operator == "NotEqualTo" else chosen
    if value is None and operator in {"Empty", "NotEmpty", "IsEmpty", "IsNotEmpty"}:
        answered = any_of([f"{one} != ''" for one in spoken.columns])
        return negated(answered) if "Not" not in operator else answered
    return compared(value, operator, right) if value else None


def _is_chosen(spoken: Spoken, where: Locator, operator: str) -> str | None:
    chosen = spoken.chosen.get(where.rest)
    if chosen is None:
        inside = [c for place, c in spoken.chosen.items() if place.split("/")[-1] == where.rest]
        rows = [c for place, c in spoken.chosen.items() if place.split("/")[0] == where.rest]
        found = rows or inside
        chosen = any_of(found) if found else None
    if chosen is None:
        return None
    return negated(chosen) if operator in {"NotSelected", "IsNotSelected"} else chosen


_SIGNS = {
    "EqualTo": "=",
    "Is": "=",
    "NotEqualTo": "!=",
    "IsNot": "!=",
    "GreaterThan": ">",
    "GreaterThanOrEqual": ">=",
    "GreaterThanOrEqualTo": ">=",
    "LessThan": "<",
    "LessThanOrEqual": "<=",
    "LessThanOrEqualTo": "<=",
    "Before": "<",
    "After": ">",
}
_TESTS: Mapping[str, Callable[[str, str], str]] = {
    "Contains": lambda value, right: f"contains({value}, {right})",
    "DoesNotContain": lambda value, right: f"not(contains({value}, {right}))",
    "NotContains": lambda value, right: f"not(contains({value}, {right}))",
    "Empty": lambda value, _: f"{value} = ''",
    "IsEmpty": lambda value, _: f"{value} = ''",
    "NotEmpty": lambda value, _: f"{value} != ''",
    "IsNotEmpty": lambda value, _: f"{value} != ''",
    "MatchesRegex": lambda value, right: f"regex({value}, {right})",
    "DoesNotMatchRegex": lambda value, right: f"not(regex({value}, {right}))",
}


def compared(value: str, operator: str, right: str) -> str | None:
    """A comparison of a value; None for an operator that is not known, or with piped text."""
    if re.search(r"\$\w?\{", right):
        return None
    if operator in _SIGNS:
        sign = _SIGNS[operator]
        other = number_or_text(right) if sign not in {"=", "!="} or _is_number(right) else ""
        return f"{value} {sign} {other or quoted(right.strip())}"
    if operator == "MatchesRegex" or operator == "DoesNotMatchRegex":
        right = re.sub(r"^/(.*)/[a-z]*$", r"\1", right, flags=re.DOTALL)
    test = _TESTS.get(operator)
    return test(value, quoted(right)) if test else None


def _is_number(text: str) -> bool:
    return re.fullmatch(r"\s*-?\d+(\.\d+)?\s*", text) is not None


def _numbered(raw: Fields) -> list[Fields]:
    """The parts of a condition, which are numbered from 0, in order."""
    places = sorted((name for name in raw if name.isdigit()), key=int)
    return [part for name in places if (part := fields(raw[name]))]
