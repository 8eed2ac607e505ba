"""Texts of a Qualtrics survey: cleaned, with earlier answers put in our way, and in each language.

`Work` is what the translation of a survey carries from question to question.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from assessor.domain.instrument import Option, Scale, TextBlock
from assessor.formats.foreign import Keys, Losses, codes, plain_text, rich_text
from assessor.formats.qualtrics_logic import Locator, Logic, Spoken, locator
from assessor.formats.qualtrics_source import Choice, Question, Survey, fields, words

LONGEST_TEXT = 2000
BLOCK_LENGTH = 1900

_PIPE = re.compile(r"\$(e?)\{([^{}]*)\}")
_LEFT_OUT = {
    "picture": re.compile(r"<img\b", re.IGNORECASE),
    "script": re.compile(r"<script\b|javascript:|\bon\w+\s*=\s*[\"']", re.IGNORECASE),
    "embedded page or film": re.compile(r"<(iframe|video|audio|embed|object)\b", re.IGNORECASE),
    "table": re.compile(r"<table\b", re.IGNORECASE),
}


@dataclass(frozen=True)
class Address:
    """A text of the instrument, and the places in a question it was made of."""

    where: str
    qid: str
    places: tuple[str, ...]
    longest: int = LONGEST_TEXT


@dataclass
class Work:
    survey: Survey
    losses: Losses
    keys: Keys = field(default_factory=Keys)
    scale_keys: Keys = field(default_factory=Keys)
    scales: dict[tuple[object, ...], Scale] = field(default_factory=dict)
    spoken: dict[str, Spoken] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    addresses: list[Address] = field(default_factory=list)

    @property
    def logic(self) -> Logic:
        return Logic(self.spoken, self.fields, self.losses)

    def changed(self, question: Question, about: str, message: str, original: str = "") -> None:
        self._said("changed", question, about, message, original)

    def lost(self, question: Question, about: str, message: str, original: str = "") -> None:
        self._said("lost", question, about, message, original)

    def _said(self, outcome: str, q: Question, about: str, message: str, original: str) -> None:
        key = self.spoken[q.id].key if q.id in self.spoken else ""
        if outcome == "lost":
            self.losses.add("lost", name_of(q), about, message, key=key, original=original)
        else:
            self.losses.add("changed", name_of(q), about, message, key=key, original=original)

    def text(
        self, question: Question, raw: str, *, longest: int = LONGEST_TEXT, rich: bool = False
    ) -> str:
        """A text as we hold it; what it loses stands in the report."""
        for what, pattern in _LEFT_OUT.items():
            if pattern.search(raw):
                self.lost(question, "text", f"A {what} in a text was left out.", raw)
        piped = self._piped(question, raw)
        text = rich_text(piped, 100_000) if rich else plain_text(piped, 100_000)
        text = text.replace("\\_", "_") if rich else text
        if len(text) > longest:
            self.lost(
                question,
                "text",
                f"A text was cut after {longest:,} characters.",
                text[longest - 1 :],
            )
            text = text[: longest - 1].rstrip() + "…"
        return text

    def _piped(self, question: Question, raw: str) -> str:
        def put(match: re.Match[str]) -> str:
            found = None if match[1] else self._answer(match[2])
            if found is None:
                self.lost(
                    question,
                    "piped text",
                    "A text takes in something that is not known here. It was left out.",
                    match[0],
                )
                return ""
            return found

        return _PIPE.sub(put, raw)

    def _answer(self, name: str) -> str | None:
        embedded = re.fullmatch(r"e://Field/(.+)", name)
        if embedded:
            key = self.fields.get(embedded[1])
            return f"${{{key}}}" if key else None
        if name.lower() == "q://questiontext":
            return None
        where = locator(name)
        spoken = self.spoken.get(where.qid) if where else None
        return said_answer(spoken, where) if spoken and where else None

    def say(
        self, where: str, question: Question, *places: str, longest: int = LONGEST_TEXT
    ) -> None:
        """Note what a text was made of, so that its translations are found."""
        self.addresses.append(Address(where, question.id, places, longest))


def said_answer(spoken: Spoken, where: Locator) -> str | None:
    """How a text takes in an answer; None where it cannot."""
    if where.part in {"QuestionText", "QuestionDescription"}:
        return spoken.text
    if where.part == "ChoiceDescription":
        return spoken.labels.get(where.rest)
    if where.part == "ChoiceGroup" or where.part == "ChoiceTextEntryValue" or not where.part:
        row = where.rest.partition("/")[2] if where.part == "ChoiceGroup" else where.rest
        return spoken.piped.get(row) or (spoken.piped.get("") if not row else None)
    if where.part in {"ChoiceNumericEntryValue", "SelectedChoicesRecode"}:
        return spoken.piped.get(where.rest) or spoken.piped.get("")
    return None


def name_of(question: Question) -> str:
    """What a person who made the survey calls the question."""
    same = question.tag == question.id or not question.tag
    return question.id if same else f"{question.tag} ({question.id})"


def question_text(work: Work, question: Question) -> str:
    text = work.text(question, question.text, longest=100_000)
    return text or plain_text(words(question.raw.get("QuestionDescription")), 200) or question.tag


def split(text: str, longest: int = BLOCK_LENGTH) -> list[str]:
    """A long text in pieces, parted between paragraphs, else between words."""
    pieces: list[str] = []
    while len(text) > longest:
        at = (
            max(text.rfind("\n\n", 0, longest), 0) or max(text.rfind(" ", 0, longest), 0) or longest
        )
        pieces.append(text[:at].strip())
        text = text[at:].strip()
    return [piece for piece in [*pieces, text] if piece]


def text_blocks(work: Work, question: Question, key: str, text: str) -> list[TextBlock]:
    """A text of any length as text blocks; the first has the question's key."""
    blocks = []
    for place, piece in enumerate(split(text)):
        own = key if not place else work.keys.fresh(key)
        blocks.append(TextBlock(kind="text_block", key=own, text=piece))
        if place:
            continue
        work.say(f"{own}.text", question, "QuestionText")
    return blocks


def choice_codes(choices: Sequence[Choice]) -> list[str]:
    """Codes as exported answers have them: the recoded values where each has its own."""
    recodes = [choice.recode.strip() for choice in choices]
    usable = all(recodes) and len(set(recodes)) == len(recodes)
    return codes(recodes if usable else [choice.id for choice in choices])


def labels_of(work: Work, question: Question, choices: Sequence[Choice], what: str) -> list[str]:
    """The words of choices: none empty, no two alike."""
    found = []
    seen: Counter[str] = Counter()
    for choice in choices:
        label = work.text(question, choice.text)
        if choice.raw.get("Image"):
            work.lost(question, "picture", f"The picture of choice {choice.id} was left out.")
        if not label:
            label = f"{what} {choice.id}"
            work.changed(question, "label", f"A choice without words was called “{label}”.")
        seen[label.casefold()] += 1
        if seen[label.casefold()] > 1:
            label = f"{label[:1990]} ({seen[label.casefold()]})"
            work.changed(
                question, "label", f"Two choices have the same words; one is now “{label}”."
            )
            seen[label.casefold()] += 1
        found.append(label)
    return found


def options_of(
    work: Work, question: Question, choices: Sequence[Choice], place: str, key: str
) -> list[Option]:
    """Options with their codes and words, and when each is shown."""
    labels = labels_of(work, question, choices, "Choice")
    found = []
    given = choice_codes(choices)
    if any(code.startswith("minus") for code in given):
        said = "Codes below zero are written out: `-1` is `minus1` here."
        work.changed(question, "code", said)
    for choice, code, label in zip(choices, given, labels, strict=True):
        relevant = shown_when(work, question, choice)
        group = {"group": plain_text(choice.group, 200)} if plain_text(choice.group) else {}
        found.append(Option(code=code, label=label, relevant=relevant, attributes=group))
        work.say(f"{key}.option.{code}", question, f"{place}/{choice.id}")
    return found


def shown_when(work: Work, question: Question, choice: Choice) -> str:
    raw = choice.raw.get("DisplayLogic")
    if not fields(raw):
        return ""
    about = f"display logic of “{plain_text(choice.text, 60)}”"
    return work.logic.condition(raw, name_of(question), about) or ""
