"""What every field of an item is called on its form, and the control that it takes.

One visible table: a new field of a model is a row here, and a test walks all models over it.
"""

from dataclasses import dataclass
from typing import Literal

from assessor.web.messages import lazy_gettext

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
    "question": lazy_gettext("The question"),
    "answers": lazy_gettext("What can be answered"),
    "asked": lazy_gettext("Who is asked"),
    "needed": lazy_gettext("What an answer needs"),
    "more": lazy_gettext("More"),
}


@dataclass(frozen=True)
class FieldWords:
    label: str
    control: Control
    group: Group
    hint: str = ""


ORDERS = (
    ("as_written", lazy_gettext("As written")),
    ("random", lazy_gettext("Mixed for each person")),
)
ENTRIES = (("text", lazy_gettext("Short texts")), ("number", lazy_gettext("Numbers")))
TYPES = (
    ("image", lazy_gettext("Pictures")),
    ("pdf", "PDF"),
    ("document", lazy_gettext("Text documents")),
    ("spreadsheet", lazy_gettext("Tables")),
    ("text", lazy_gettext("Plain text")),
    ("audio", lazy_gettext("Sound")),
    ("video", lazy_gettext("Film")),
)
CHOICES = {"order": ORDERS, "entry": ENTRIES}

FIELDS: dict[str, FieldWords] = {
    "text": FieldWords(lazy_gettext("Question"), "text", "question"),
    "hint": FieldWords(
        lazy_gettext("Hint"),
        "text",
        "question",
        lazy_gettext("A line below the question, where one helps."),
    ),
    "label": FieldWords(lazy_gettext("Words beside the box"), "line", "question"),
    "options": FieldWords(lazy_gettext("Answers to choose from"), "parts", "answers"),
    "rows": FieldWords(lazy_gettext("Rows"), "parts", "answers"),
    "columns": FieldWords(lazy_gettext("Columns"), "parts", "answers"),
    "items": FieldWords(lazy_gettext("Items that repeat"), "parts", "answers"),
    "scale": FieldWords(lazy_gettext("Scale"), "scale", "answers"),
    "scales": FieldWords(
        lazy_gettext("Several scales"),
        "parts",
        "answers",
        lazy_gettext(
            "Up to three, such as minimum, desired and perceived level. They take the scale’s "
            "place."
        ),
    ),
    "points": FieldWords(lazy_gettext("Points between the words"), "whole", "answers"),
    "yes_label": FieldWords(lazy_gettext("Words for yes"), "line", "answers"),
    "no_label": FieldWords(lazy_gettext("Words for no"), "line", "answers"),
    "low_label": FieldWords(lazy_gettext("Words at the low end"), "line", "answers"),
    "high_label": FieldWords(lazy_gettext("Words at the high end"), "line", "answers"),
    "na": FieldWords(
        lazy_gettext("Words for “not applicable”"),
        "line",
        "answers",
        lazy_gettext("Empty: it is not offered."),
    ),
    "other": FieldWords(
        lazy_gettext("Words for “other”"),
        "line",
        "answers",
        lazy_gettext("One more answer, with a line for one’s own words. Empty: it is not offered."),
    ),
    "exclusive": FieldWords(
        lazy_gettext("Answers that stand alone"),
        "codes",
        "answers",
        lazy_gettext("Such as “none of these”."),
    ),
    "multiple": FieldWords(lazy_gettext("Several answers in a row"), "box", "answers"),
    "reversed": FieldWords(
        lazy_gettext("Worded the other way round"),
        "box",
        "answers",
        lazy_gettext("Agreeing means that it is worse."),
    ),
    "entry": FieldWords(lazy_gettext("What is typed"), "choice", "answers"),
    "total": FieldWords(lazy_gettext("Total to spread"), "whole", "answers"),
    "places": FieldWords(
        lazy_gettext("Places to fill"),
        "whole",
        "answers",
        lazy_gettext("Empty: all answers are ranked."),
    ),
    "minimum": FieldWords(lazy_gettext("Least"), "decimal", "answers"),
    "maximum": FieldWords(lazy_gettext("Most"), "decimal", "answers"),
    "step": FieldWords(lazy_gettext("Step"), "decimal", "answers"),
    "whole": FieldWords(lazy_gettext("Whole numbers only"), "box", "answers"),
    "unit": FieldWords(
        lazy_gettext("Unit"), "line", "answers", lazy_gettext("Such as “hours” or “%”.")
    ),
    "earliest": FieldWords(
        lazy_gettext("Earliest"),
        "line",
        "answers",
        lazy_gettext("A day as 2026-11-24, a time as 14:30."),
    ),
    "latest": FieldWords(lazy_gettext("Latest"), "line", "answers"),
    "max_length": FieldWords(lazy_gettext("Most characters"), "whole", "answers"),
    "types": FieldWords(lazy_gettext("Kinds of files"), "types", "answers"),
    "max_megabytes": FieldWords(lazy_gettext("Most megabytes a file"), "whole", "answers"),
    "max_files": FieldWords(lazy_gettext("Most files"), "whole", "answers"),
    "parameter": FieldWords(
        lazy_gettext("Name in the link"),
        "line",
        "answers",
        lazy_gettext("The link ends in ?name=value. Empty: none."),
    ),
    "values": FieldWords(
        lazy_gettext("Values that are taken"),
        "words",
        "answers",
        lazy_gettext("One a line. No other is kept, so that a link cannot carry who somebody is."),
    ),
    "default": FieldWords(lazy_gettext("Value where none comes"), "line", "answers"),
    "calculation": FieldWords(lazy_gettext("What is worked out"), "value", "answers"),
    "least": FieldWords(lazy_gettext("At least so many times"), "whole", "answers"),
    "most": FieldWords(lazy_gettext("At most so many times"), "whole", "answers"),
    "add_label": FieldWords(lazy_gettext("Words of the button that adds one"), "line", "answers"),
    "entry_label": FieldWords(
        lazy_gettext("What one is called"), "line", "answers", lazy_gettext("Such as “Visit”.")
    ),
    "base": FieldWords(
        lazy_gettext("In words"),
        "line",
        "asked",
        lazy_gettext("Such as “people who borrowed a laptop”; said on the page."),
    ),
    "relevant": FieldWords(lazy_gettext("Shown if"), "logic", "asked"),
    "option_filter": FieldWords(
        lazy_gettext("Only answers for which"),
        "value",
        "asked",
        lazy_gettext(
            "An expression that names an answer’s own marks, such as country = ${country}."
        ),
    ),
    "required": FieldWords(lazy_gettext("It needs an answer"), "box", "needed"),
    "required_when": FieldWords(lazy_gettext("It needs an answer if"), "logic", "needed"),
    "constraint": FieldWords(lazy_gettext("An answer is taken if"), "logic", "needed"),
    "constraint_message": FieldWords(
        lazy_gettext("What to say otherwise"),
        "line",
        "needed",
        lazy_gettext("What is wanted instead."),
    ),
    "min_choices": FieldWords(lazy_gettext("At least so many answers"), "whole", "needed"),
    "max_choices": FieldWords(lazy_gettext("At most so many answers"), "whole", "needed"),
    "pattern": FieldWords(
        lazy_gettext("Pattern"),
        "line",
        "needed",
        lazy_gettext("A regular expression that must fit."),
    ),
    "order": FieldWords(lazy_gettext("Order of what is shown"), "choice", "more"),
}

NO_FIELDS = frozenset({"key", "kind", "catalogue"})
"""Fields with acts of their own."""

OWN_WORDS: dict[tuple[str, str], FieldWords] = {
    ("text_block", "text"): FieldWords(
        lazy_gettext("Text"),
        "text",
        "question",
        lazy_gettext("Light Markdown: **bold**, lists, links."),
    ),
    ("consent", "text"): FieldWords(lazy_gettext("Statement"), "text", "question"),
    ("calculated", "text"): FieldWords(
        lazy_gettext("What it is"),
        "text",
        "question",
        lazy_gettext("For who reads the answers; nobody is shown it."),
    ),
    ("hidden", "text"): FieldWords(
        lazy_gettext("What it is"),
        "text",
        "question",
        lazy_gettext("For who reads the answers; nobody is shown it."),
    ),
    ("rating", "text"): FieldWords(lazy_gettext("Statement or question"), "text", "question"),
    ("rating_matrix", "text"): FieldWords(
        lazy_gettext("Question above the rows"), "text", "question"
    ),
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
