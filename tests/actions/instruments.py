"""A small instrument with two pages, a group and a required item."""

from assessor.domain.instrument import Instrument

PATRONS = Instrument.model_validate(
    {
        "key": "patrons",
        "title": "Patrons",
        "thanks": "Thank you.",
        "group_item": "who",
        "scales": [
            {
                "key": "agreement",
                "points": [{"value": value, "label": str(value)} for value in range(1, 6)],
                "worst": 1,
                "best": 5,
            }
        ],
        "pages": [
            {
                "key": "about",
                "items": [
                    {
                        "kind": "single_choice",
                        "key": "who",
                        "text": "Who are you?",
                        "options": [
                            {"code": "adult", "label": "Adult"},
                            {"code": "child", "label": "Child"},
                        ],
                    },
                    {"kind": "number", "key": "visits", "text": "Visits?", "minimum": 0},
                ],
            },
            {
                "key": "views",
                "items": [
                    {
                        "kind": "rating",
                        "key": "quiet",
                        "text": "There is a quiet place for me.",
                        "scale": "agreement",
                        "na": "Does not apply",
                        "required": True,
                    },
                    {"kind": "long_text", "key": "more", "text": "Anything else?"},
                ],
            },
        ],
    }
)
