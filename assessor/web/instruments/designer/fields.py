"""What every field of an item is called on its form, and the control that it takes.

One visible table: a new field of a model is a row here, and a test walks all models over it.
"""

from dataclasses import dataclass
from typing import Literal

Control = Literal[
    "line",
    "text",
    "box",
    "whole",
    "decimal",
    "choice",
    "codes",
    "words",
    "types",
    "scale",
    "logic",
    "value",
    "parts",
]
"""`codes`: boxes of the item's own options; `words`: one a line; `value`: an expression that gives
a value; `parts`: a list of things with fields of their own."""

Group = Literal["question", "answers", "asked", "needed", "more"]

GROUPS: dict[Group, str] = {
    "question": "The question",
    "answers": "What can be answered",
    "asked": "Who is asked",
    "needed": "What an answer needs",
    "more": "More",
}


@dataclass(frozen=True)
class FieldWords:
    label: str
    control: Control
    group: Group
    hint: str = ""


ORDERS = (("as_written", "As written"), ("random", "Mixed for each person"))
ENTRIES = (("text", "Short texts"), ("number", "Numbers"))
TYPES = (
    ("image", "Pictures"),
    ("pdf", "PDF"),
    ("document", "Text documents"),
    ("spreadsheet", "Tables"),
    ("text", "Plain text"),
    ("audio", "Sound"),
    ("video", "Film"),
)
CHOICES = {"order": ORDERS, "entry": ENTRIES}

FIELDS: dict[str, FieldWords] = {
    "text": FieldWords("Question", "text", "question"),
    "hint": FieldWords("Hint", "text", "question", "A line below the question, where one helps."),
    "label": FieldWords("Words beside the box", "line", "question"),
    "options": FieldWords("Answers", "parts", "answers"),
    "rows": FieldWords("Rows", "parts", "answers"),
    "columns": FieldWords("Columns", "parts", "answers"),
    "items": FieldWords("Items that repeat", "parts", "answers"),
    "scale": FieldWords("Scale", "scale", "answers"),
    "scales": FieldWords(
        "Several scales",
        "parts",
        "answers",
        "Up to three, such as minimum, desired and perceived level. They take the scale’s place.",
    ),
    "points": FieldWords("Points between the words", "whole", "answers"),
    "yes_label": FieldWords("Words for yes", "line", "answers"),
    "no_label": FieldWords("Words for no", "line", "answers"),
    "low_label": FieldWords("Words at the low end", "line", "answers"),
    "high_label": FieldWords("Words at the high end", "line", "answers"),
    "na": FieldWords("Words for “not applicable”", "line", "answers", "Empty: it is not offered."),
    "other": FieldWords(
        "Words for “other”",
        "line",
        "answers",
        "One more answer, with a line for one’s own words. Empty: it is not offered.",
    ),
    "exclusive": FieldWords(
        "Answers that stand alone", "codes", "answers", "Such as “none of these”."
    ),
    "multiple": FieldWords("Several answers in a row", "box", "answers"),
    "reversed": FieldWords(
        "Worded the other way round", "box", "answers", "Agreeing means that it is worse."
    ),
    "entry": FieldWords("What is typed", "choice", "answers"),
    "total": FieldWords("Total to spread", "whole", "answers"),
    "places": FieldWords("Places to fill", "whole", "answers", "Empty: all answers are ranked."),
    "minimum": FieldWords("Least", "decimal", "answers"),
    "maximum": FieldWords("Most", "decimal", "answers"),
    "step": FieldWords("Step", "decimal", "answers"),
    "whole": FieldWords("Whole numbers only", "box", "answers"),
    "unit": FieldWords("Unit", "line", "answers", "Such as “hours” or “%”."),
    "earliest": FieldWords("Earliest", "line", "answers", "A day as 2026-11-24, a time as 14:30."),
    "latest": FieldWords("Latest", "line", "answers"),
    "max_length": FieldWords("Most characters", "whole", "answers"),
    "types": FieldWords("Kinds of files", "types", "answers"),
    "max_megabytes": FieldWords("Most megabytes a file", "whole", "answers"),
    "max_files": FieldWords("Most files", "whole", "answers"),
    "parameter": FieldWords(
        "Name in the link", "line", "answers", "The link ends in ?name=value. Empty: none."
    ),
    "values": FieldWords(
        "Values that are taken",
        "words",
        "answers",
        "One a line. No other is kept, so that a link cannot carry who somebody is.",
    ),
    "default": FieldWords("Value where none comes", "line", "answers"),
    "calculation": FieldWords("What is worked out", "value", "answers"),
    "least": FieldWords("At least so many times", "whole", "answers"),
    "most": FieldWords("At most so many times", "whole", "answers"),
    "add_label": FieldWords("Words of the button that adds one", "line", "answers"),
    "entry_label": FieldWords("What one is called", "line", "answers", "Such as “Visit”."),
    "base": FieldWords(
        "In words", "line", "asked", "Such as “people who borrowed a laptop”; said on the page."
    ),
    "relevant": FieldWords("Shown if", "logic", "asked"),
    "option_filter": FieldWords(
        "Only answers for which", "value", "asked", "Names an answer’s own marks and `code` bare."
    ),
    "required": FieldWords("It needs an answer", "box", "needed"),
    "required_when": FieldWords("It needs an answer if", "logic", "needed"),
    "constraint": FieldWords("An answer is taken if", "logic", "needed"),
    "constraint_message": FieldWords(
        "What to say otherwise", "line", "needed", "What is wanted instead."
    ),
    "min_choices": FieldWords("At least so many answers", "whole", "needed"),
    "max_choices": FieldWords("At most so many answers", "whole", "needed"),
    "pattern": FieldWords("Pattern", "line", "needed", "A regular expression that must fit."),
    "order": FieldWords("Order of what is shown", "choice", "more"),
}

NO_FIELDS = frozenset({"key", "kind", "catalogue"})
"""Fields with acts of their own."""

OWN_WORDS: dict[tuple[str, str], FieldWords] = {
    ("text_block", "text"): FieldWords(
        "Text", "text", "question", "Light Markdown: **bold**, lists, links."
    ),
    ("consent", "text"): FieldWords("Statement", "text", "question"),
    ("calculated", "text"): FieldWords(
        "What it is", "text", "question", "For who reads the answers; nobody is shown it."
    ),
    ("hidden", "text"): FieldWords(
        "What it is", "text", "question", "For who reads the answers; nobody is shown it."
    ),
    ("rating", "text"): FieldWords("Statement or question", "text", "question"),
    ("rating_matrix", "text"): FieldWords("Question above the rows", "text", "question"),
}
"""Where a kind calls a field otherwise."""


NOT_SHOWN: dict[str, frozenset[str]] = {
    "text_block": frozenset(
        {"required", "required_when", "constraint", "constraint_message", "hint", "base"}
    ),
    "calculated": frozenset(
        {"required", "required_when", "constraint", "constraint_message", "hint", "base"}
    ),
    "hidden": frozenset(
        {"required", "required_when", "constraint", "constraint_message", "hint", "base"}
    ),
}
"""Fields that every model has and that mean nothing for a kind."""


def words_of(kind: str, name: str) -> FieldWords:
    return OWN_WORDS.get((kind, name), FIELDS[name])


def names_of(kind: str, model_fields: tuple[str, ...]) -> tuple[str, ...]:
    """The fields that a kind's form shows, in the order of the table."""
    left_out = NO_FIELDS | NOT_SHOWN.get(kind, frozenset())
    return tuple(name for name in FIELDS if name in model_fields and name not in left_out)
