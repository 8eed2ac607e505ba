"""Logic on a form: rows of fields, its sentence, and the expression itself one click away."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assessor.domain.instrument import MATRIX_KINDS, Instrument, Rated
from assessor.domain.kinds import KINDS
from assessor.domain.logic_fields import (
    ITSELF,
    WORDS,
    Comparison,
    Condition,
    Conditions,
    conditions_of,
    expression_of,
)
from assessor.domain.logic_sentences import in_words
from assessor.domain.readings import all_options
from assessor.reports.words import shortened
from assessor.web.messages import gettext, lazy_gettext, to_translate, told

Typed = Mapping[str, str]
MOST_ROWS = 12
MOST_SUBJECTS = 300
MOST_VALUES = 60


@dataclass(frozen=True)
class LogicWords:
    """An expression's field: its name, its label, and the sentence that reads it back."""

    name: str
    label: str
    sentence: str


SHOWN_IF = LogicWords("relevant", lazy_gettext("Shown if"), to_translate("Shown if %(clause)s."))

OF_ITEMS = {
    words.name: words
    for words in (
        SHOWN_IF,
        LogicWords(
            "required_when",
            lazy_gettext("It needs an answer if"),
            to_translate("It needs an answer if %(clause)s."),
        ),
        LogicWords(
            "constraint",
            lazy_gettext("An answer is taken if"),
            to_translate("An answer is taken if %(clause)s."),
        ),
    )
}
"""The expressions of an item."""


@dataclass(frozen=True)
class LogicForm:
    """One expression to fill in. `rows` is None where fields cannot say it.

    Names of controls: `relevant-joined`, `relevant-0-subject`, `…-comparison`, `…-value`,
    `relevant-text`; `relevant-was` is the expression that the form was made with.
    """

    name: str
    label: str
    was: str
    text: str
    rows: tuple[Condition, ...] | None
    joined: str
    sentence: str
    about_itself: bool = False
    errors: list[str] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.rows is None or bool(self.errors)


def shown(words: LogicWords, expression: str, instrument: Instrument) -> LogicForm:
    """The form of an expression as it stands, with an empty row to go on with."""
    found = conditions_of(expression)
    rows, joined = None, "and"
    if found is not None and len(found.rows) < MOST_ROWS:
        rows, joined = (*found.rows, Condition("", "is")), found.joined
    return LogicForm(
        name=words.name,
        label=words.label,
        was=expression,
        text=expression,
        rows=rows,
        joined=joined,
        sentence=_sentence(words, expression, instrument),
        about_itself=words.name == "constraint",
    )


def typed(words: LogicWords, data: Typed, instrument: Instrument) -> tuple[LogicForm, str]:
    """The form as it was sent, and the expression it means.

    The expression's own text counts where it was changed; the rows otherwise, where they were.
    """
    name = words.name
    was = data.get(f"{name}-was", "")
    text = data.get(f"{name}-text", was).replace("\r\n", "\n").strip()
    before = conditions_of(was)
    rows, joined = _rows(name, data), data.get(f"{name}-joined", "and")
    expression = was
    if text != was.strip():
        expression = text
    elif before is not None and f"{name}-0-subject" in data:
        now = Conditions(rows, "or" if joined == "or" else "and")
        meant = _with_codes(now, instrument)
        if meant != before and not (len(meant.rows) < 2 and meant.rows == before.rows):
            expression = expression_of(meant, instrument)
    form = shown(words, expression, instrument)
    unfinished = LogicForm(
        name=name,
        label=words.label,
        was=was,
        text=text if text != was.strip() else expression,
        rows=form.rows,
        joined=form.joined,
        sentence=form.sentence,
        about_itself=form.about_itself,
    )
    return unfinished, expression


def _rows(name: str, data: Typed) -> tuple[Condition, ...]:
    found = []
    for number in range(MOST_ROWS + 1):
        subject = data.get(f"{name}-{number}-subject", "")
        comparison = data.get(f"{name}-{number}-comparison", "is")
        if subject and comparison in WORDS and not data.get(f"{name}-{number}-drop"):
            known: Comparison = comparison
            found.append(Condition(subject, known, data.get(f"{name}-{number}-value", "").strip()))
    return tuple(found)


def _with_codes(conditions: Conditions, instrument: Instrument) -> Conditions:
    """The rows with codes where a person wrote an answer's words."""
    rows = []
    for row in conditions.rows:
        codes = {label.casefold(): code for code, label in values_of(instrument, row.subject)}
        code = codes.get(row.value.casefold(), row.value)
        value = "" if row.comparison in {"answered", "not_answered"} else code
        rows.append(Condition(row.subject, row.comparison, value))
    return Conditions(tuple(rows), conditions.joined)


def subjects(instrument: Instrument, before: str = "") -> list[tuple[str, str]]:
    """What a row can ask about: keys with their texts, up to the item that the logic is for.

    Of a long instrument these are the nearest; the expression can name any.
    """
    items = list(instrument.items())
    own = next((at for at, item in enumerate(items) if item.key == before), len(items))
    found: list[tuple[str, str]] = []
    for item in reversed(items[:own]):
        if KINDS[item.kind].value == "none":
            continue
        asked: list[tuple[str, str]] = [(item.key, item.text)]
        if isinstance(item, MATRIX_KINDS):
            asked = [(row.key, row.text) for row in item.rows][::-1]
        found.extend((key, f"{shortened(text, 60)} ({key})") for key, text in asked)
        if len(found) >= MOST_SUBJECTS:
            break
    return found[::-1][-MOST_SUBJECTS:]


def values_of(instrument: Instrument, subject: str) -> list[tuple[str, str]]:
    """The answers that a row's item has: codes with their words; none where it has no list."""
    item = instrument.item(subject.partition(".")[0])
    if item is None or subject == ITSELF:
        return []
    if item.kind == "yes_no":
        found = [("yes", item.yes_label), ("no", item.no_label)]
    elif item.kind == "consent":
        found = [("yes", item.label)]
    else:
        found = [(option.code, option.label) for option in all_options(item)]
        if not found:
            found = _points(instrument, subject)
    na = getattr(item, "na", "")
    return [*found, ("NA", na)] if na else found


def _points(instrument: Instrument, subject: str) -> list[tuple[str, str]]:
    item = instrument.item(subject.partition(".")[0])
    if not isinstance(item, Rated):
        return []
    use = subject.partition(".")[2]
    key = next((one.scale for one in item.scales if one.key == use), item.scale_keys[0])
    scale = instrument.scale(key)
    return [(str(p.value), p.label) for p in scale.points if p.label] if scale else []


def all_values(instrument: Instrument, keys: list[tuple[str, str]]) -> dict[str, list[list[str]]]:
    """For a script: what each item can be compared with."""
    found = {key: values_of(instrument, key) for key, _label in keys}
    return {
        key: [[code, label] for code, label in values[:MOST_VALUES]]
        for key, values in found.items()
        if values
    }


def _sentence(words: LogicWords, expression: str, instrument: Instrument) -> str:
    said = in_words(expression, instrument)
    return gettext(words.sentence, clause=told(said)) if said else ""
