"""A small instrument in which everything names something else."""

from typing import Any

from assessor.domain.instrument import Instrument

FIVE = {
    "key": "five",
    "points": [{"value": v, "label": f"Point {v}"} for v in range(1, 6)],
    "worst": 1,
    "best": 5,
}
ROLES = [{"code": "adult", "label": "An adult"}, {"code": "child", "label": "A child"}]


def sample(**more: Any) -> Instrument:
    """Two pages; `why` and the second page are asked only where logic says so."""
    content: dict[str, Any] = {
        "key": "patrons",
        "title": "How do we do?",
        "group_item": "role",
        "scales": [FIVE],
        "pages": [
            {
                "key": "about",
                "title": "About you",
                "items": [
                    {
                        "key": "role",
                        "kind": "single_choice",
                        "text": "Who are you?",
                        "options": ROLES,
                    },
                    {"key": "visits", "kind": "number", "text": "How often do you come?"},
                    {
                        "key": "why",
                        "kind": "short_text",
                        "text": "Why ${visits} times?",
                        "relevant": "${visits} > 3 and ${role} = 'adult'",
                    },
                ],
            },
            {
                "key": "place",
                "title": "The place",
                "relevant": "selected(${role}, 'adult')",
                "items": [
                    {
                        "key": "rooms",
                        "kind": "rating_matrix",
                        "text": "How far do you agree?",
                        "scale": "five",
                        "rows": [
                            {"key": "quiet", "text": "It is quiet."},
                            {"key": "warm", "text": "It is warm.", "catalogue": "warm"},
                        ],
                    },
                    {
                        "key": "trips",
                        "kind": "repeating_group",
                        "text": "Your visits",
                        "items": [{"key": "mood", "kind": "yes_no", "text": "Was it good?"}],
                    },
                ],
            },
        ],
        "endings": [{"key": "out", "title": "Thank you", "when": "${visits} = 0"}],
        "quotas": [{"key": "adults", "when": "${role} = 'adult'", "limit": 5, "ending": "out"}],
        "samplings": [{"key": "some", "items": ["quiet", "warm"], "ask": 1}],
        "translations": {
            "de": {
                "title": "Wie sind wir?",
                "visits.text": "Wie oft?",
                "why.text": "Warum ${visits} Mal?",
                "role.option.adult": "Erwachsen",
                "page.about.title": "Über Sie",
                "scale.five.1": "Punkt 1",
            }
        },
    }
    return Instrument.model_validate(content | more)
