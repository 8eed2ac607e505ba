"""Small data dictionaries, and one instrument with every kind of item in it."""

import csv
import io

from assessor.domain.instrument import Instrument
from assessor.formats.redcap_source import COLUMNS, HEADER


def row(name: str, kind: str, **cells: str) -> dict[str, str]:
    return {"name": name, "type": kind, "form": "form", "label": f"Label {name}", **cells}


def dictionary(*rows: dict[str, str]) -> bytes:
    """A file with these fields after the one that numbers records."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for one in (row("record_id", "text"), *rows):
        writer.writerow([one.get(column, "") for column in COLUMNS])
    return text.getvalue().encode()


_OPTIONS = [{"code": "laptop", "label": "=Laptops"}, {"code": "room-1", "label": "Rooms | halls"}]
_ROWS = [
    {"key": "desk", "text": "The desk", "relevant": "${yes} = 'yes'"},
    {"key": "web", "text": "-Web"},
]

EVERY_KIND = Instrument.model_validate(
    {
        "key": "patrons",
        "title": "Patrons' survey",
        "thanks": "Thanks",
        "scales": [
            {
                "key": "agree",
                "points": [{"value": 1, "label": "No"}, {"value": 2, "label": "Yes"}],
                "worst": 1,
                "best": 2,
            }
        ],
        "pages": [
            {
                "key": "use",
                "title": "Your  use",
                "introduction": "Welcome",
                "items": [
                    {"kind": "yes_no", "key": "yes", "text": "Do you come?"},
                    {
                        "kind": "multiple_choice",
                        "key": "used",
                        "text": "What did you use?",
                        "hint": "All",
                        "options": _OPTIONS,
                        "other": "Else",
                        "exclusive": ["room-1"],
                        "max_choices": 2,
                        "min_choices": 1,
                        "relevant": "${yes} = 'yes'",
                    },
                    {
                        "kind": "single_choice",
                        "key": "one",
                        "text": "One",
                        "options": _OPTIONS,
                        "order": "random",
                    },
                    {
                        "kind": "dropdown",
                        "key": "list",
                        "text": "List",
                        "options": _OPTIONS,
                        "option_filter": "code = ${one}",
                    },
                    {
                        "kind": "text_block",
                        "key": "block",
                        "text": "Some **words**\n\nin two lines",
                    },
                    {
                        "kind": "number",
                        "key": "visits",
                        "text": "Visits",
                        "minimum": -3,
                        "unit": "times",
                    },
                    {
                        "kind": "short_text",
                        "key": "short",
                        "text": "Short",
                        "constraint": ". != 'x'",
                    },
                    {"kind": "long_text", "key": "long", "text": "Why ${visits} times?"},
                    {"kind": "date", "key": "day", "text": "Day", "earliest": "2020-01-01"},
                    {"kind": "time", "key": "hour", "text": "Hour"},
                    {"kind": "email", "key": "mail", "text": "Mail"},
                    {"kind": "file", "key": "scan", "text": "Scan", "max_files": 3},
                    {"kind": "consent", "key": "consent", "text": "Agree?", "required": True},
                    {
                        "kind": "hidden",
                        "key": "source",
                        "text": "Source",
                        "parameter": "s",
                        "values": ["a"],
                    },
                    {
                        "kind": "calculated",
                        "key": "sum_up",
                        "text": "Sum",
                        "calculation": "${visits} * 2 + 1",
                    },
                ],
            },
            {
                "key": "views",
                "relevant": "${visits} > 0 and not(selected(${used}, 'room-1'))",
                "order": "random",
                "items": [
                    {
                        "kind": "rating",
                        "key": "rate",
                        "text": "Rate",
                        "scale": "agree",
                        "na": "None",
                    },
                    {
                        "kind": "rating_matrix",
                        "key": "rates",
                        "text": "Rates",
                        "scale": "agree",
                        "rows": _ROWS,
                    },
                    {
                        "kind": "rating_matrix",
                        "key": "gaps",
                        "text": "Gaps",
                        "scales": [
                            {"key": "minimum", "label": "Minimum", "scale": "agree"},
                            {"key": "perceived", "label": "Perceived", "scale": "agree"},
                        ],
                        "rows": [{"key": "gap_a", "text": "A"}],
                    },
                    {
                        "kind": "choice_matrix",
                        "key": "where",
                        "text": "Where",
                        "multiple": True,
                        "options": _OPTIONS,
                        "rows": [{"key": "where_a", "text": "A"}],
                    },
                    {
                        "kind": "entry_grid",
                        "key": "grid",
                        "text": "Grid",
                        "columns": _OPTIONS,
                        "rows": [{"key": "grid_a", "text": "A"}, {"key": "grid_b", "text": "B"}],
                    },
                    {
                        "kind": "semantic_differential",
                        "key": "pairs",
                        "text": "Pairs",
                        "rows": [{"key": "warm", "left": "Cold", "right": "Warm"}],
                    },
                    {
                        "kind": "likelihood",
                        "key": "likely",
                        "text": "Recommend?",
                        "relevant": "${desk} = ''",
                    },
                    {
                        "kind": "slider",
                        "key": "slide",
                        "text": "Slide",
                        "low_label": "a",
                        "step": 5,
                    },
                    {"kind": "ranking", "key": "rank", "text": "Rank", "options": _OPTIONS},
                    {
                        "kind": "constant_sum",
                        "key": "points",
                        "text": "Points",
                        "options": _OPTIONS,
                    },
                    {
                        "kind": "repeating_group",
                        "key": "trips",
                        "text": "Trips",
                        "items": [{"kind": "number", "key": "trip_minutes", "text": "Minutes"}],
                    },
                ],
            },
        ],
        "endings": [
            {"key": "out", "when": "${yes} = 'no'", "title": "Thanks"},
            {"key": "full", "title": "Full"},
        ],
        "quotas": [{"key": "q", "when": "${yes} = 'yes'", "limit": 5, "ending": "full"}],
        "samplings": [{"key": "s", "items": ["short", "long"], "ask": 1}],
        "translations": {
            "de": {"title": "Umfrage", "yes.text": "Kommen Sie?", "page.use.title": "Nutzung"}
        },
    }
)
