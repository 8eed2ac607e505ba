"""One small item of every kind, with answers that it takes and one that it does not.

Whatever a kind must have is tested over this table; `test_every_kind.py` sees to it that a new
kind gets a row.
"""

from dataclasses import dataclass, field
from typing import Any

from assessor.domain.instrument import Instrument

# Any: documents before they are models, and answers of any kind.
Document = dict[str, Any]

SCALE: Document = {"key": "five", "points": [{"value": v} for v in range(1, 6)]}
SCALE |= {"worst": 1, "best": 5}
OPTIONS = [{"code": "desk", "label": "The desk"}, {"code": "loan", "label": "Loans"}]
ROWS = [{"key": "row_a", "text": "Morning"}, {"key": "row_b", "text": "Evening"}]
FILE_ID = "0123456789abcdef" * 2


@dataclass(frozen=True)
class Sample:
    """`good`: raw → stored by column; `bad`: column, raw value and the code of its refusal.

    `logic` is what a condition on the item may look like: it holds for `good`.
    """

    item: Document
    good: dict[str, tuple[object, object]] = field(default_factory=dict)
    bad: tuple[str, object, str] | None = None
    logic: str = ""


def _sample(
    kind: str,
    good: dict[str, tuple[object, object]] | None = None,
    bad: tuple[str, object, str] | None = None,
    logic: str = "",
    **content: Any,
) -> tuple[str, Sample]:
    item = {"key": "it", "kind": kind, "text": f"About {kind}", **content}
    return kind, Sample(item, good or {}, bad, logic)


SAMPLES: dict[str, Sample] = dict(
    [
        _sample(
            "single_choice",
            {"it": ("other", "other"), "it.other": (" The garden ", "The garden")},
            ("it", "roof", "answer.not-an-option"),
            "${it} = 'other' and ${it.other} != ''",
            options=OPTIONS,
            other="Something else",
        ),
        _sample(
            "dropdown",
            {"it": ("desk", "desk")},
            ("it", ["desk", "loan"], "answer.one-only"),
            "${it} = 'desk'",
            options=OPTIONS,
        ),
        _sample(
            "multiple_choice",
            {"it": ("loan;desk;other", ["desk", "loan", "other"]), "it.other": ("Sun", "Sun")},
            ("it", "none;desk", "answer.exclusive"),
            "selected(${it}, 'loan') and count-selected(${it}) = 3",
            options=[*OPTIONS, {"code": "none", "label": "None of these"}],
            exclusive=["none"],
            min_choices=2,
            max_choices=3,
            other="Something else",
        ),
        _sample(
            "yes_no",
            {"it": ("Yes", "yes")},
            ("it", "perhaps", "answer.not-an-option"),
            "${it} = 'yes'",
            na="I do not know",
        ),
        _sample(
            "ranking",
            {"it.desk": ("2", 2), "it.loan": (1, 1)},
            ("it.desk", "3", "answer.not-a-rank"),
            "selected-at(${it}, 0) = 'loan' and ${it.desk} = 2",
            options=OPTIONS,
        ),
        _sample(
            "constant_sum",
            {"it.desk": ("100", 100), "it.loan": ("", 0)},
            ("it.desk", "99", "answer.sum"),
            "${it.desk} > ${it.loan}",
            options=OPTIONS,
            unit="points",
        ),
        _sample(
            "rating",
            {"it": ("4", 4)},
            ("it", "6", "answer.not-on-scale"),
            "${it} >= 4",
            scale="five",
            na="Does not apply",
        ),
        _sample(
            "rating_matrix",
            {"row_a": ("1", 1), "row_b": (5, 5)},
            ("row_a", "4.5", "answer.not-on-scale"),
            "${row_a} < ${row_b}",
            scale="five",
            rows=ROWS,
            na="Does not apply",
        ),
        _sample(
            "choice_matrix",
            {"row_a": ("desk;loan", ["desk", "loan"]), "row_b": (["loan"], ["loan"])},
            ("row_a", "roof", "answer.not-an-option"),
            "selected(${row_a}, 'desk')",
            rows=ROWS,
            options=OPTIONS,
            multiple=True,
        ),
        _sample(
            "entry_grid",
            {
                "row_a.desk": ("1.5", 1.5),
                "row_a.loan": ("2", 2),
                "row_b.desk": ("", None),
                "row_b.loan": ("7", 7),
            },
            ("row_a.desk", "11", "answer.too-large"),
            "${row_a.desk} + ${row_a.loan} = 3.5",
            rows=ROWS,
            columns=OPTIONS,
            entry="number",
            minimum=0,
            maximum=10,
        ),
        _sample(
            "semantic_differential",
            {"row_a": ("7", 7), "row_b": ("1", 1)},
            ("row_a", "8", "answer.not-on-scale"),
            "${row_a} = 7",
            rows=[
                {"key": "row_a", "left": "cold", "right": "warm"},
                {"key": "row_b", "left": "light", "right": "dark", "reversed": True},
            ],
            na="No opinion",
        ),
        _sample(
            "likelihood",
            {"it": ("10", 10)},
            ("it", "11", "answer.not-on-scale"),
            "${it} > 8",
            na="I do not know",
        ),
        _sample(
            "slider",
            {"it": ("2.5", 2.5)},
            ("it", "2.3", "answer.not-a-step"),
            "${it} = 2.5",
            maximum=10,
            step=0.5,
        ),
        _sample(
            "number",
            {"it": ("12", 12)},
            ("it", "1.5", "answer.not-a-number"),
            "${it} >= 12",
            minimum=0,
            maximum=99,
        ),
        _sample(
            "date",
            {"it": ("2026-11-24", "2026-11-24")},
            ("it", "2026-02-30", "answer.not-a-day"),
            "${it} > '2026-01-01'",
            earliest="2020-01-01",
        ),
        _sample(
            "time",
            {"it": ("9.05", "09:05")},
            ("it", "25:00", "answer.not-a-time"),
            "${it} = '09:05'",
            latest="18:00",
        ),
        _sample(
            "short_text",
            {"it": (" AB12 ", "AB12")},
            ("it", "12AB", "answer.pattern"),
            "${it} != ''",
            pattern="[A-Z]{2}[0-9]{2}",
        ),
        _sample(
            "long_text",
            {"it": ("a\r\nb", "a\nb")},
            ("it", "x" * 21, "answer.too-long"),
            "string-length(${it}) = 3",
            max_length=20,
        ),
        _sample(
            "email",
            {"it": ("ada@example.org", "ada@example.org")},
            ("it", "ada", "answer.not-an-address"),
            "contains(${it}, '@')",
        ),
        _sample(
            "file",
            {"it": (FILE_ID, [FILE_ID])},
            ("it", "a.pdf", "answer.not-a-file"),
            "${it} != ''",
        ),
        _sample(
            "consent", {"it": (True, "yes")}, ("it", "no", "answer.not-an-option"), "${it} = 'yes'"
        ),
        _sample(
            "hidden",
            {"it": ("poster", "poster")},
            ("it", "ada", "answer.not-an-option"),
            "${it} = 'poster'",
            parameter="from",
            values=["poster", "mail"],
        ),
        _sample("calculated", {"it": (None, 3)}, None, "${it} = 3", calculation="1 + 2"),
        _sample(
            "repeating_group",
            {"it": (None, 2), "in_it.1": ("desk", "desk"), "in_it.2": ("loan", "loan")},
            ("in_it.1", "roof", "answer.not-an-option"),
            "${it} = 2 and ${in_it} = 'desk' and ${in_it.2} = 'loan'",
            items=[{"key": "in_it", "kind": "single_choice", "text": "What?", "options": OPTIONS}],
            most=3,
        ),
        _sample("text_block"),
    ]
)


def instrument_of(kind: str, /, *more: Document, **changes: Any) -> Instrument:
    """An instrument that asks the sample of a kind, then `more`, and always something."""
    items = [SAMPLES[kind].item | changes, *more]
    last = {"key": "last", "kind": "long_text", "text": "Anything else?"}
    content = {
        "key": "patrons",
        "title": "Our visitors",
        "scales": [SCALE] if any(item.get("scale") for item in items) else [],
        "pages": [{"key": "first", "items": items}, {"key": "end", "items": [last]}],
    }
    return Instrument.model_validate(content)


def raw_answers(kind: str) -> dict[str, object]:
    return {name: raw for name, (raw, _stored) in SAMPLES[kind].good.items() if raw is not None}
