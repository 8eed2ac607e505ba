"""What is at hand while a LimeSurvey questionnaire becomes an instrument: keys, texts, losses.

Texts come in several languages and may hold `{expressions}`. What an expression names is known
only when every question has its key; until then a mark stands in its place.
"""

import html
import re
from dataclasses import dataclass, field
from typing import Any

from assessor.formats.foreign import Keys, Losses, Outcome, plain_text, rich_text
from assessor.formats.limesurvey_expressions import Translator
from assessor.formats.limesurvey_places import Place, Places, split_name
from assessor.formats.limesurvey_script import NotTranslatableError, read_script
from assessor.formats.limesurvey_structure import Question, Survey, Texts

# Any: the fields of an item that its model will check when it is whole.
Fields = dict[str, Any]

_MARK = "\ue000{}\ue001"
_MARKED = re.compile("\ue000(\\d+)\ue001")
_BRACES = re.compile(r"\{(?=[^\s{}])((?:\"[^\"]*\"|'[^']*'|[^{}])*)\}")
_UNSHOWN = re.compile(
    r"<\s*(img|video|audio|iframe|object|embed|script|style|svg|form|input)\b", re.IGNORECASE
)


@dataclass
class Made:
    """What a question became: items, and the places where its answers stand.

    `subs` and `options` say in which parts of the items its sub-questions and answers are:
    pairs of an item's number and a part; `standing` counts those that the item itself stands for.
    """

    items: list[Fields]
    places: dict[str, Place]
    subs: tuple[tuple[int, str], ...] = ()
    options: tuple[tuple[int, str], ...] = ()
    standing: int = 0
    used: frozenset[str] = frozenset()
    """Attributes that were translated, so that they are no loss."""
    rows: dict[str, Fields] = field(default_factory=dict)
    """Sub-question or answer code → the row or option it became, for filters and relevance."""
    columns: dict[str, Fields] = field(default_factory=dict)
    """The same for sub-questions across, where they can be shown to some only."""


@dataclass
class Pipe:
    """An expression inside a text. `before`: what it names must be asked before this place."""

    source: str
    question: str
    key: str
    before: int | None


@dataclass
class Reading:
    survey: Survey
    losses: Losses
    keys: Keys
    places: Places
    scales: dict[str, Fields] = field(default_factory=dict)
    translations: dict[str, dict[str, str]] = field(default_factory=dict)
    pipes: list[Pipe] = field(default_factory=list)
    scale_keys: dict[str, str] = field(default_factory=dict)
    """What a scale consists of → its key, so that equal ones are kept once."""
    position: dict[str, int] = field(default_factory=dict)
    """Key of an item or row → its place in the order of asking."""
    before: int | None = None
    """The place before which the texts that are read now may name answers; None: their item's."""
    unshown: set[str] = field(default_factory=set)
    """Keys of items whose answers no text can show."""
    made_rows: dict[str, dict[str, Fields]] = field(default_factory=dict)
    """Question code → its rows and options by LimeSurvey's codes."""

    def tell(
        self,
        outcome: Outcome,
        item: Question | str,
        about: str,
        message: str,
        *,
        original: str = "",
    ) -> None:
        """Adds a line to the loss report."""
        name = item if isinstance(item, str) else item.code
        self.losses.add(
            outcome, name, about, message, key=self.keys.known.get(name, ""), original=original
        )

    def say(
        self,
        address: str,
        texts: Texts,
        item: Question | str,
        *,
        longest: int = 2000,
        rich: bool = False,
        fallback: str = "",
    ) -> str:
        """The text in the survey's language; those in other languages go to `address`.

        `fallback` is used where no language has a text, for fields that need one.
        """
        base = self.survey.language
        cleaned = {
            language: self._clean(text, item, longest, rich)
            for language, text in texts.items()
            if text.strip()
        }
        name = item if isinstance(item, str) else item.code
        for language, text in cleaned.items():
            if language != base and text and language in self.survey.languages:
                self.translations.setdefault(language, {})[address] = text
        found = cleaned.get(base, "")
        if not found and any(cleaned.values()):
            found = next(text for text in cleaned.values() if text)
            if base in texts or len(texts) > 0:
                self.tell(
                    "changed",
                    name,
                    "language",
                    f"It has no text in the survey's own language ({base}); the text of another "
                    "language stands there.",
                    original=found,
                )
        return found or fallback

    def _clean(self, text: str, item: Question | str, longest: int, rich: bool) -> str:
        if _UNSHOWN.search(text):
            self.tell(
                "lost",
                item,
                "text",
                "Pictures, films, forms and scripts inside texts are left out; the words are kept.",
                original=text,
            )
        name = item if isinstance(item, str) else item.code
        pipes_before = len(self.pipes)

        def marked(match: re.Match[str]) -> str:
            source = html.unescape(match[1])
            key = self.keys.known.get(name, "")
            self.pipes.append(Pipe(source, name, key, self.before))
            return _MARK.format(len(self.pipes) - 1)

        piped = _BRACES.sub(marked, text)
        # A mark grows into the name of an item, for which there must be room.
        room = longest - 64 * (len(self.pipes) - pipes_before)
        clean = rich_text(piped, room) if rich else plain_text(piped, room)
        if clean.endswith("…") and len(clean) >= room - 2:
            self.tell(
                "lost",
                item,
                "text",
                f"The text is longer than {longest:,} characters and was cut.",
                original=text,
            )
        return clean

    def finish_texts(self, value: Any) -> Any:  # any field of an item, or a page of them
        """The same fields with the marks of expressions replaced by what they name here."""
        if isinstance(value, str):
            return _MARKED.sub(lambda match: self._piped(int(match[1])), value)
        if isinstance(value, dict):
            return {key: self.finish_texts(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.finish_texts(one) for one in value]
        return value

    def _piped(self, number: int) -> str:
        if number >= len(self.pipes):
            return ""
        pipe = self.pipes[number]
        if pipe.source.split(":")[0].upper() in _FIXED:
            title = self.survey.texts.get("title", {})
            if pipe.source.upper() == "SURVEYNAME" and title.get(self.survey.language):
                return plain_text(title[self.survey.language], 200)
            return self._lost_pipe(pipe, "It stands for something of LimeSurvey's own.")
        try:
            script = read_script(pipe.source)
            if script.kind != "name":
                raise NotTranslatableError("Texts may show answers, but not work something out.")
            name, asked = split_name(script.value)
            place = self._piped_place(name, pipe.question)
            own = pipe.before or self.position.get(pipe.key, len(self.position) + 1)
            if place.key in self.unshown:
                raise NotTranslatableError("It is a file, which no text can show.")
            if self.position.get(place.key.split(".")[0], 0) >= own:
                raise NotTranslatableError("It is the answer of this question or of a later one.")
            if asked not in {"code", "shown", "value", "valueNAOK"}:
                raise NotTranslatableError(f"Texts cannot show “.{asked}”.")
        except NotTranslatableError as error:
            return self._lost_pipe(pipe, str(error))
        if place.kind != "value":
            self.tell(
                "changed",
                pipe.question,
                "piping",
                "The text shows the whole answer of the question, not this part of it alone.",
                original=f"{{{pipe.source}}}",
            )
        return f"${{{place.key}}}"

    def _piped_place(self, name: str, own: str) -> Place:
        translator = Translator(self.places, own)
        if name.split(".")[0] in {"self", "this", "that"}:
            group = translator.group(name)
            if len(group) == 1:
                return group[0]
            raise NotTranslatableError("It means several answers at once.")
        place = self.places.find(name)
        if place is None:
            raise NotTranslatableError(f"There is no question or answer “{name}”.")
        return place

    def _lost_pipe(self, pipe: Pipe, why: str) -> str:
        self.tell(
            "lost",
            pipe.question,
            "piping",
            f"The text shows “…” where LimeSurvey works something out. {why}",
            original=f"{{{pipe.source}}}",
        )
        return "…"


_FIXED = {
    "SURVEYNAME",
    "SURVEYDESCRIPTION",
    "SURVEYURL",
    "ADMINNAME",
    "ADMINEMAIL",
    "FIRSTNAME",
    "LASTNAME",
    "EMAIL",
    "TOKEN",
    "SID",
    "GID",
    "QID",
    "SGQ",
    "GROUPNAME",
    "GROUPDESCRIPTION",
    "ANSWERTABLE",
    "EXPIRY",
    "SITENAME",
    "THEREAREXQUESTIONS",
    "NUMBEROFQUESTIONS",
    "PERC",
    "CHAR",
    "LANG",
    "SAVEDID",
    "REFURL",
    "OPTOUTURL",
    "OPTINURL",
    "RELOADURL",
    "STATISTICSURL",
    "ASSESSMENT_CURRENT_TOTAL",
    "ASSESSMENTS",
    *(f"ATTRIBUTE_{number}" for number in range(1, 21)),
    *(f"TOKEN:ATTRIBUTE_{number}" for number in range(1, 21)),
}
