"""One page with an item of every kind there is, and what a patron would post to it."""

from typing import Any

from assessor.domain.instrument import Instrument
from assessor.domain.route import Answers
from tests.web.respond.instruments import SCALES, Posted

BRANCHES = ["Riverbend", "Hillside", "Old Mill", "Harbour", "Market Square", "Northgate"]
COLLEGES = ["Arts", "Law", "Medicine", "Music", "Nursing", "Science", "Theology", "Trades"]


def options(*labels: str) -> list[dict[str, Any]]:
    return [{"code": label.lower().replace(" ", "_"), "label": label} for label in labels]


ITEMS: list[dict[str, Any]] = [
    {"kind": "text_block", "key": "how", "text": "Choose *one* in each line. <b>Raw</b>"},
    {
        "kind": "single_choice",
        "key": "who",
        "text": "Who are you?",
        "required": True,
        "options": options("An adult", "A child"),
        "other": "Somebody else",
    },
    {
        "kind": "dropdown",
        "key": "branch",
        "text": "Which branch do you use most?",
        "hint": "Type to find it.",
        "options": options(*BRANCHES, *COLLEGES),
        "other": "Another one",
    },
    {
        "kind": "multiple_choice",
        "key": "used",
        "text": "What do you use?",
        "options": options("Books", "Rooms", "Nothing"),
        "exclusive": ["nothing"],
        "other": "Something else",
    },
    {"kind": "yes_no", "key": "card", "text": "Do you have a card?", "na": "I do not know"},
    {
        "kind": "ranking",
        "key": "wishes",
        "text": "What should we do first?",
        "options": options("Longer hours", "More desks", "More books"),
    },
    {
        "kind": "constant_sum",
        "key": "budget",
        "text": "How would you spend it?",
        "options": options("Books", "Rooms", "Staff"),
        "total": 100,
        "unit": "points",
    },
    {
        "kind": "rating",
        "key": "overall",
        "text": "All in all?",
        "scale": "agreement",
        "na": "No opinion",
    },
    {
        "kind": "rating_matrix",
        "key": "rooms",
        "text": "How far do you agree?",
        "scale": "agreement",
        "na": "I cannot say",
        "rows": [{"key": "quiet", "text": "It is quiet."}, {"key": "warm", "text": "It is warm."}],
    },
    {
        "kind": "choice_matrix",
        "key": "when",
        "text": "When do you come?",
        "multiple": True,
        "rows": [
            {"key": "weekday", "text": "On weekdays"},
            {"key": "weekend", "text": "At weekends"},
        ],
        "options": options("Morning", "Afternoon", "Evening"),
    },
    {
        "kind": "entry_grid",
        "key": "hours",
        "text": "How many hours a week?",
        "entry": "number",
        "rows": [{"key": "alone", "text": "Alone"}, {"key": "together", "text": "With others"}],
        "columns": options("Term", "Holidays"),
    },
    {
        "kind": "semantic_differential",
        "key": "feel",
        "text": "How does the library feel?",
        "rows": [
            {"key": "loud", "left": "Loud", "right": "Quiet"},
            {"key": "cold", "left": "Cold", "right": "Warm"},
        ],
        "points": 5,
        "na": "I cannot say",
    },
    {"kind": "likelihood", "key": "recommend", "text": "Would you recommend us?"},
    {
        "kind": "slider",
        "key": "share",
        "text": "How much of your study time is here?",
        "low_label": "None of it",
        "high_label": "All of it",
        "unit": "%",
        "step": 5,
    },
    {
        "kind": "number",
        "key": "visits",
        "text": "Visits last month?",
        "minimum": 0,
        "unit": "visits",
    },
    {"kind": "date", "key": "last", "text": "When were you here last?", "latest": "2026-12-31"},
    {"kind": "time", "key": "clock", "text": "At what time?"},
    {"kind": "short_text", "key": "data", "text": "In a word?", "max_length": 12},
    {"kind": "long_text", "key": "more", "text": "Anything else?"},
    {"kind": "email", "key": "address", "text": "Where can we reach you?"},
    {
        "kind": "file",
        "key": "picture",
        "text": "Send us a picture",
        "types": ["image", "pdf"],
        "max_files": 2,
    },
    {"kind": "consent", "key": "agree", "text": "You may quote my words.", "label": "I agree"},
    {"kind": "hidden", "key": "source", "text": "From where", "values": ["poster", "mail"]},
    {
        "kind": "calculated",
        "key": "twice",
        "text": "Twice the visits",
        "calculation": "${visits} * 2",
    },
    {
        "kind": "repeating_group",
        "key": "trips",
        "text": "Tell us of your visits",
        "entry_label": "Visit",
        "add_label": "Add a visit",
        "most": 3,
        "items": [
            {"kind": "short_text", "key": "why", "text": "Why did you come?"},
            {"kind": "yes_no", "key": "found", "text": "Did you find it?"},
            {
                "kind": "short_text",
                "key": "missing",
                "text": "What was missing?",
                "relevant": "${found} = 'no'",
            },
        ],
    },
]


def every_kind(**changes: object) -> Instrument:
    """Every kind of item on one page."""
    content: dict[str, object] = {
        "key": "kinds",
        "title": "Every kind of question",
        "scales": SCALES,
        "pages": [{"key": "all", "title": "All of them", "items": ITEMS}],
    }
    return Instrument.model_validate(content | changes)


FILLED: Posted = {
    "who": "other",
    "who.other": "A ghost",
    "branch": "harbour",
    "branch.other": "typed before, and not chosen",
    "used": ["books", "other"],
    "used.other": "The garden",
    "card": "yes",
    "wishes.longer_hours": "2",
    "wishes.more_desks": "1",
    "wishes.more_books": "3",
    "budget.books": "60",
    "budget.rooms": "40",
    "budget.staff": "",
    "overall": "4",
    "quiet": "3",
    "warm": "NA",
    "weekday": ["morning", "evening"],
    "alone.term": "3",
    "together.holidays": "4",
    "loud": "5",
    "cold": "NA",
    "recommend": "9",
    "share": "35",
    "visits": "3",
    "last": "2026-11-20",
    "clock": "9:05",
    "data": "Warm",
    "more": "More lamps, please. 💡",
    "address": "reader@example.org",
    "agree": "yes",
    "why.1": "A book",
    "found.1": "no",
    "missing.1": "The second volume",
    "why.2": "A desk",
    "found.2": "yes",
}
WHOLE: Answers = {
    "who": "other",
    "who.other": "A ghost",
    "branch": "harbour",
    "branch.other": None,
    "used": ["books", "other"],
    "used.other": "The garden",
    "card": "yes",
    "wishes.longer_hours": 2,
    "wishes.more_desks": 1,
    "wishes.more_books": 3,
    "budget.books": 60,
    "budget.rooms": 40,
    "budget.staff": 0,
    "overall": 4,
    "quiet": 3,
    "warm": "NA",
    "weekday": ["morning", "evening"],
    "weekend": None,
    "alone.term": 3,
    "alone.holidays": None,
    "together.term": None,
    "together.holidays": 4,
    "loud": 5,
    "cold": "NA",
    "recommend": 9,
    "share": 35,
    "visits": 3,
    "last": "2026-11-20",
    "clock": "09:05",
    "data": "Warm",
    "more": "More lamps, please. 💡",
    "address": "reader@example.org",
    "picture": None,
    "agree": "yes",
    "source": None,
    "twice": 6,
    "why.1": "A book",
    "found.1": "no",
    "missing.1": "The second volume",
    "why.2": "A desk",
    "found.2": "yes",
    "trips": 2,
}
"""What is stored when that was posted without a file."""
