"""An instrument with every kind of item and everything else an instrument can have."""

from typing import Any

from assessor.domain.instrument import Instrument


def everything() -> Instrument:
    """One item of every kind, logic, endings, quotas, samplings, and two languages."""
    return Instrument.model_validate(_CONTENT)


def _rows(*keys: str) -> list[dict[str, Any]]:
    return [{"key": key, "text": f"About {key}"} for key in keys]


_OPTIONS: list[dict[str, Any]] = [
    {"code": "books", "label": "Books", "attributes": {"place": "main"}},
    {"code": "laptops", "label": "Laptops", "attributes": {"place": "east"}},
    {"code": "none", "label": "=None of these", "relevant": "${visits} > 1"},
]
_SCALES: list[dict[str, Any]] = [
    {
        "key": "agreement",
        "name": "Agreement",
        "points": [{"value": n, "label": f"Point {n}" if n != 2 else ""} for n in range(-1, 4)],
        "worst": -1,
        "best": 3,
        "source": "own wording",
        "licence": "CC0",
    },
    {
        "key": "effort",
        "points": [{"value": 1, "label": "A lot"}, {"value": 2, "label": "None"}],
        "worst": 1,
        "best": 2,
    },
    {
        "key": "unused",
        "points": [{"value": 1, "label": "Much"}, {"value": 2, "label": "Little"}],
        "worst": 2,
        "best": 1,
    },
]
_USES = [
    {"key": "minimum", "label": "The least I accept", "scale": "agreement"},
    {"key": "perceived", "label": "What I get", "scale": "effort"},
]
_USE: list[dict[str, Any]] = [
    {"kind": "text_block", "key": "hello", "text": "**Hello** & welcome\n\n- one\n- two"},
    {"kind": "number", "key": "visits", "text": "Visits?", "minimum": 0, "maximum": 400},
    {"kind": "number", "key": "hours", "text": "Hours?", "whole": False, "unit": "h",
     "minimum": 0.5, "hint": "  Roughly  is  enough", "base": "Everybody"},
    {"kind": "single_choice", "key": "group_of", "text": "Who are you?", "required": True,
     "options": _OPTIONS, "other": "Somebody else", "order": "random"},
    {"kind": "dropdown", "key": "place", "text": "Where?", "options": _OPTIONS[:2],
     "option_filter": "place = 'main' or code = ${group_of}", "other": "Elsewhere"},
    {"kind": "single_choice", "key": "other_code", "text": "Other?",
     "options": [{"code": "other", "label": "Other"}, {"code": "A-1", "label": "+1"}]},
    {"kind": "multiple_choice", "key": "used", "text": "What did you use?", "options": _OPTIONS,
     "exclusive": ["none"], "min_choices": 1, "max_choices": 2, "required_when": "${visits} > 3",
     "constraint": "not(selected(., 'books') and selected(., 'none'))",
     "constraint_message": "Not both, please."},
    {"kind": "yes_no", "key": "happy", "text": "Happy?", "yes_label": "Oui", "na": "Pass"},
    {"kind": "ranking", "key": "ranked", "text": "Rank", "options": _OPTIONS[:2], "places": 1},
    {"kind": "constant_sum", "key": "points", "text": "Spread", "options": _OPTIONS[:2],
     "total": 10, "unit": "points"},
]  # fmt: skip
_RATE: list[dict[str, Any]] = [
    {"kind": "rating", "key": "overall", "text": "Overall", "scale": "agreement", "na": "No idea",
     "reversed": True, "catalogue": "overall"},
    {"kind": "rating", "key": "gap", "text": "Gap", "scales": _USES},
    {"kind": "rating_matrix", "key": "staff", "text": "The staff", "scale": "agreement",
     "rows": [*_rows("kind", "quick"), {"key": "slow", "text": "Slow", "reversed": True,
                                        "relevant": "selected(${used}, 'books')"}]},
    {"kind": "rating_matrix", "key": "both", "text": "Both", "scales": _USES, "na": "n/a",
     "rows": _rows("quiet", "light"), "order": "random"},
    {"kind": "choice_matrix", "key": "channels", "text": "Channels", "multiple": True,
     "rows": _rows("mail", "web"), "options": _OPTIONS[:2]},
    {"kind": "entry_grid", "key": "counts", "text": "Counts", "entry": "number", "whole": True,
     "rows": _rows("monday", "tuesday"), "maximum": 9,
     "columns": [{"code": "am", "label": "Morning"}, {"code": "pm", "label": "Evening"}]},
    {"kind": "entry_grid", "key": "words", "text": "Words", "rows": _rows("one", "two")},
    {"kind": "semantic_differential", "key": "feel", "text": "It feels", "points": 5, "na": "?",
     "rows": [{"key": "cold", "left": "cold", "right": "warm"},
              {"key": "old", "left": "new", "right": "old", "reversed": True}]},
    {"kind": "likelihood", "key": "nps", "text": "Recommend?", "low_label": "No!", "na": "Pass"},
    {"kind": "slider", "key": "level", "text": "How much?", "maximum": 1, "step": 0.1,
     "unit": "%", "low_label": "Little"},
]  # fmt: skip
_REST: list[dict[str, Any]] = [
    {"kind": "date", "key": "day", "text": "When?", "earliest": "2026-01-01"},
    {"kind": "time", "key": "clock", "text": "What time?", "latest": "18:00"},
    {"kind": "short_text", "key": "code", "text": "Code?", "pattern": "[A-Z]{3}", "max_length": 3},
    {"kind": "long_text", "key": "why", "text": "Why is it “so”?",
     "relevant": "${gap.perceived} = 1 and ${visits} > 2"},
    {"kind": "email", "key": "mail_to", "text": "Your address?"},
    {"kind": "file", "key": "photo", "text": "A picture", "types": ["image"], "max_files": 3},
    {"kind": "consent", "key": "agree", "text": "I have read it.", "label": "Yes"},
    {"kind": "hidden", "key": "poster", "text": "Which poster", "parameter": "p",
     "values": ["a", "b"], "default": "a"},
    {"kind": "calculated", "key": "twice", "text": "Twice", "calculation": "${visits} * 2"},
    {"kind": "repeating_group", "key": "trips", "text": "Trips", "most": 3, "least": 1,
     "entry_label": "A trip", "items": [
         {"kind": "short_text", "key": "whereto", "text": "Where to?"},
         {"kind": "single_choice", "key": "how", "text": "How?", "options": _OPTIONS[:2]}]},
    {"kind": "text_block", "key": "meta", "text": "@cmd ${visits} and \\${nothing}"},
]  # fmt: skip
_CONTENT: dict[str, Any] = {
    "key": "everything",
    "title": "Everything “there is”",
    "language": "en",
    "audience": "All",
    "introduction": "Thank you.\n\nIt takes  *ten* minutes.",
    "thanks": "Bye.",
    "minutes": 10,
    "group_item": "other_code",
    "scales": _SCALES,
    "pages": [
        {"key": "use", "title": "Use", "introduction": "First.", "items": _USE},
        {"key": "rate", "relevant": "${visits} > 0", "order": "random", "shuffle": "mix",
         "items": _RATE},
        {"key": "trips", "title": "The rest", "shuffle": "mix", "items": _REST},
    ],
    "endings": [{"key": "out", "when": "${visits} = 0", "title": "Sorry"},
                {"key": "full", "title": "We have enough"}],
    "quotas": [{"key": "many", "when": "${group_of} = 'books'", "limit": 5, "ending": "full"}],
    "samplings": [{"key": "some", "items": ["nps", "level"], "ask": 1}],
    "translations": {
        "fr": {"title": "Tout", "visits.text": "Visites ?", "used.option.books": "Livres",
               "scale.agreement.3": "Oui", "kind.text": "Aimable", "page.use.title": "Usage",
               "overall.na": "Je ne sais pas", "used.constraint_message": "Pas les deux."},
        "zh-Hant": {"title": "全部", "group_of.other": "其他", "introduction": "謝謝。"},
    },
}  # fmt: skip
