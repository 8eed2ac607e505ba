"""Small sound documents, and what becomes of them when one thing is changed."""

from typing import Any

from assessor.domain.instrument import Instrument
from assessor.domain.mapping import Mapping
from assessor.domain.plan import Plan

# Any: documents before they are models.
Document = dict[str, Any]

AGREE: Document = {
    "key": "agree",
    "points": [
        {"value": 1, "label": "Strongly disagree"},
        {"value": 2, "label": "Disagree"},
        {"value": 3, "label": "Neither"},
        {"value": 4, "label": "Agree"},
        {"value": 5, "label": "Strongly agree"},
    ],
    "worst": 1,
    "best": 5,
}
NINE: Document = {
    "key": "nine",
    "points": [{"value": v} for v in range(1, 10)],
    "worst": 1,
    "best": 9,
}
SERVICE = [
    {"key": "minimum", "label": "The least I accept", "scale": "nine"},
    {"key": "desired", "label": "What I wish for", "scale": "nine"},
    {"key": "perceived", "label": "What I get", "scale": "nine"},
]
WORTH = [
    {"key": "importance", "label": "Importance", "scale": "agree"},
    {"key": "performance", "label": "Performance", "scale": "agree"},
]
YES_NO = [{"code": "yes", "label": "Yes"}, {"code": "no", "label": "No"}]

ITEMS: list[Document] = [
    {"key": "quiet", "kind": "rating", "text": "I find a quiet place.", "scale": "agree"},
    {"key": "light", "kind": "rating", "text": "I have enough light.", "scale": "agree"},
    {
        "key": "service",
        "kind": "rating_matrix",
        "text": "How is our service?",
        "scales": SERVICE,
        "rows": [{"key": "prompt", "text": "Prompt answers"}],
    },
    {"key": "worth", "kind": "rating", "text": "Long opening hours", "scales": WORTH},
    {"key": "came", "kind": "single_choice", "text": "Did you come?", "options": YES_NO},
    {
        "key": "used",
        "kind": "multiple_choice",
        "text": "What did you use?",
        "options": [
            {"code": "desk", "label": "Desk"},
            {"code": "loan", "label": "Loan"},
            {"code": "none", "label": "None of these"},
        ],
        "exclusive": ["none"],
    },
    {"key": "recommend", "kind": "likelihood", "text": "How likely are you to recommend us?"},
    {
        "key": "visits",
        "kind": "number",
        "text": "How many visits?",
        "minimum": 0,
        "maximum": 31,
    },
    {"key": "hours", "kind": "number", "text": "How many hours?"},
    {"key": "comment", "kind": "long_text", "text": "Anything else?"},
    {"key": "welcome", "kind": "text_block", "text": "Welcome."},
    {"key": "place", "kind": "short_text", "text": "Which library is nearest?"},
]


def instrument(items: list[Document] | None = None, **changes: object) -> Instrument:
    """The sound instrument, with other items or other fields."""
    content: Document = {
        "key": "patrons",
        "title": "Our visitors",
        "group_item": "came",
        "scales": [AGREE, NINE],
        "pages": [{"key": "first", "items": items if items is not None else ITEMS}],
    }
    return Instrument.model_validate(content | changes)


def item(key: str, /, **changes: object) -> Document:
    """One of the sound items, changed."""
    return next(i for i in ITEMS if i["key"] == key) | changes


def with_item(changed: Document) -> Instrument:
    """The sound instrument with the changed item in place of its own of the same key."""
    return instrument([changed if i["key"] == changed["key"] else i for i in ITEMS])


PLAN = Plan.model_validate(
    {
        "key": "river",
        "title": "Plan",
        "elements": [
            {"code": "A", "level": "goal", "text": "Room for everyone"},
            {"code": "A.1", "level": "outcome", "text": "Quiet places", "parent": "A"},
            {"code": "A.2", "level": "outcome", "text": "Bright places", "parent": "A"},
            {"code": "B", "level": "goal", "text": "Good company"},
        ],
    }
)


def indicator(**changes: object) -> Document:
    sound = {
        "key": "quiet_places",
        "element": "A.1",
        "name": "Quiet places",
        "method": "mean",
        "evidence": [{"kind": "items", "instrument": "patrons", "items": ["quiet"]}],
    }
    return sound | changes


def mapping(*indicators: Document, **changes: object) -> Mapping:
    """The sound mapping: A.1 measured, the rest listed as not measured."""
    content: Document = {
        "plan": "river",
        "indicators": list(indicators) or [indicator()],
        "not_measured": [
            {"element": "A.2", "reason": "Next year"},
            {"element": "B", "reason": "No means"},
        ],
    }
    return Mapping.model_validate(content | changes)
