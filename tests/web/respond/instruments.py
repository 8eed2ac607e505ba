"""An instrument with every kind of item, and what a patron would post to each of its pages."""

from collections.abc import Mapping, Sequence
from typing import Any

from assessor.domain.answers import Answers
from assessor.domain.instrument import Instrument

Posted = Mapping[str, Sequence[str]]
"""Field names and what is sent for them: a text, or several."""

SCALES = [
    {
        "key": "agreement",
        "points": [
            {"value": 1, "label": "Not at all"},
            {"value": 2, "label": "A little"},
            {"value": 3, "label": "Mostly"},
            {"value": 4, "label": "Wholly"},
        ],
        "worst": 1,
        "best": 4,
    },
    {
        "key": "service",
        "points": [{"value": value} for value in range(1, 10)],
        "worst": 1,
        "best": 9,
    },
]
PAGES: list[dict[str, Any]] = [
    {
        "key": "you",
        "title": "You",
        "introduction": "First of all, **you**.",
        "items": [
            {
                "kind": "single_choice",
                "key": "who",
                "text": "Who are you?",
                "required": True,
                "options": [
                    {"code": "adult", "label": "An adult"},
                    {"code": "child", "label": "A child"},
                ],
            },
            {
                "kind": "multiple_choice",
                "key": "used",
                "text": "What do you use?",
                "options": [
                    {"code": "books", "label": "Books"},
                    {"code": "rooms", "label": "Rooms"},
                    {"code": "none", "label": "Nothing"},
                ],
                "exclusive": ["none"],
            },
            {"kind": "number", "key": "visits", "text": "Visits?", "minimum": 0, "maximum": 99},
        ],
    },
    {
        "key": "views",
        "title": "Your views",
        "items": [
            {"kind": "text_block", "key": "how", "text": "Choose *one* in each line. <b>Raw</b>"},
            {
                "kind": "rating_matrix",
                "key": "rooms",
                "text": "How far do you agree?",
                "scale": "agreement",
                "na": "I cannot say",
                "rows": [
                    {"key": "quiet", "text": "It is quiet."},
                    {"key": "warm", "text": "It is warm.", "base": "people who come in winter"},
                ],
            },
            {
                "kind": "rating_matrix",
                "key": "gaps",
                "text": "What do you need, and what do you get?",
                "scales": [
                    {"key": "minimum", "label": "Need", "scale": "service"},
                    {"key": "perceived", "label": "Get", "scale": "service"},
                ],
                "na": "I do not use this",
                "rows": [
                    {"key": "desk", "text": "A desk"},
                    {"key": "network", "text": "A network"},
                ],
            },
            {
                "kind": "rating",
                "key": "overall",
                "text": "All in all?",
                "scale": "agreement",
                "required": True,
                "na": "No opinion",
                "base": "people who came in 2025",
            },
            {
                "kind": "rating",
                "key": "errors",
                "text": "How important are our opening hours, and how good are they?",
                "scales": [
                    {"key": "importance", "label": "Important", "scale": "agreement"},
                    {"key": "performance", "label": "Good", "scale": "agreement"},
                ],
                "na": "I cannot say",
            },
        ],
    },
    {
        "key": "last",
        "title": "Last of all",
        "items": [
            {"kind": "likelihood", "key": "recommend", "text": "Would you recommend us?"},
            {"kind": "short_text", "key": "data", "text": "In a word?", "max_length": 12},
            {"kind": "long_text", "key": "more", "text": "Anything else?"},
        ],
    },
]


def everything(**changes: object) -> Instrument:
    """Every kind of item on three pages; two keys are also names of a form's own attributes."""
    content: dict[str, object] = {
        "key": "patrons",
        "title": "How are we doing?",
        "introduction": "Tell us.",
        "thanks": "We will tell you what we do.",
        "minutes": 3,
        "group_item": "who",
        "scales": SCALES,
        "pages": PAGES,
    }
    return Instrument.model_validate(content | changes)


YOU: Posted = {"who": "adult", "used": ["books", "rooms"], "visits": "3"}
VIEWS: Posted = {
    "quiet": "3",
    "warm": "NA",
    "desk.minimum": "4",
    "desk.perceived": "7",
    "network": "NA",
    "overall": "4",
    "errors.importance": "2",
    "errors.performance": "",
}
LAST: Posted = {"recommend": "9", "data": "Warm", "more": "More lamps, please. 💡 شكراً"}
WHOLE: Answers = {
    "who": "adult",
    "used": ["books", "rooms"],
    "visits": 3,
    "quiet": 3,
    "warm": "NA",
    "desk.minimum": 4,
    "desk.perceived": 7,
    "network.minimum": "NA",
    "network.perceived": "NA",
    "overall": 4,
    "errors.importance": 2,
    "errors.performance": None,
    "recommend": 9,
    "data": "Warm",
    "more": "More lamps, please. 💡 شكراً",
}
"""What is stored when those three pages were posted."""
