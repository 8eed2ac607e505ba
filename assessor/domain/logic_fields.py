"""Logic as rows of fields: an item, a comparison and a value, joined by "and" or by "or".

What the rows cannot express stays an expression; nothing is ever rewritten on the way.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from assessor.domain.instrument import Instrument
from assessor.domain.kinds import columns_of_item
from assessor.domain.logic import Call, NotUnderstoodError, parse
from assessor.domain.logic_functions import as_text
from assessor.domain.problems import say

Comparison = Literal[
    "is",
    "is_not",
    "includes",
    "includes_not",
    "more",
    "at_least",
    "less",
    "at_most",
    "answered",
    "not_answered",
]
Joined = Literal["and", "or"]

WORDS: dict[Comparison, str] = {
    "is": say("is"),
    "is_not": say("is not"),
    "includes": say("includes"),
    "includes_not": say("does not include"),
    "more": say("is more than"),
    "at_least": say("is at least"),
    "less": say("is less than"),
    "at_most": say("is at most"),
    "answered": say("is answered"),
    "not_answered": say("is not answered"),
}

SIGNS: dict[str, Comparison] = {
    "=": "is",
    "!=": "is_not",
    ">": "more",
    ">=": "at_least",
    "<": "less",
    "<=": "at_most",
}
_TURNED = {"=": "=", "!=": "!=", ">": "<", ">=": "<=", "<": ">", "<=": ">="}
ITSELF = "."
"""What a constraint calls the answer that it is about."""


@dataclass(frozen=True)
class Condition:
    """One row. `subject` is a key, a column's name, or `.`; `value` a code, number, day or text."""

    subject: str
    comparison: Comparison
    value: str = ""


@dataclass(frozen=True)
class Conditions:
    rows: tuple[Condition, ...]
    joined: Joined = "and"


def conditions_of(expression: str) -> Conditions | None:
    """The rows that say what an expression does; None where rows cannot. None rows where empty."""
    if not expression.strip():
        return Conditions(())
    try:
        tree = parse(expression).tree
    except NotUnderstoodError:
        return None
    joined: Joined = "or" if tree.name == "or" else "and"
    rows = [_condition(part) for part in _chain(tree, joined)]
    known = tuple(row for row in rows if row is not None)
    return Conditions(known, joined) if len(known) == len(rows) else None


def expression_of(conditions: Conditions, instrument: Instrument) -> str:
    """The expression that says what the rows do; empty where there are none."""
    parts = [_written(row, instrument) for row in conditions.rows]
    return f" {conditions.joined} ".join(parts)


def _chain(call: Call, name: str) -> list[Call]:
    if call.name != name or len(call.parts) != 2:
        return [call]
    return [one for part in call.parts for one in _chain(part, name)]


def _condition(call: Call) -> Condition | None:
    if call.name in SIGNS and len(call.parts) == 2:
        return _comparison(call.name, *call.parts)
    if call.name == "selected":
        return _choice(call, "includes")
    if call.name == "not" and len(call.parts) == 1 and call.parts[0].name == "selected":
        return _choice(call.parts[0], "includes_not")
    return None


def _comparison(sign: str, left: Call, right: Call) -> Condition | None:
    if _subject(left) is None:
        left, right, sign = right, left, _TURNED[sign]
    subject, value = _subject(left), _value(right)
    if subject is None or value is None:
        return None
    if value == "" and sign in {"=", "!="}:
        return Condition(subject, "answered" if sign == "!=" else "not_answered")
    return Condition(subject, SIGNS[sign], value)


def _choice(call: Call, comparison: Comparison) -> Condition | None:
    subject, value = _subject(call.parts[0]), _value(call.parts[1])
    # Blanks part codes: a code with one in it is never chosen, and no row can say that.
    if subject is None or not value or value != value.strip():
        return None
    return Condition(subject, comparison, value)


def _subject(call: Call) -> str | None:
    if call.name == "reference":
        return str(call.value)
    return ITSELF if call.name == "self" else None


def _value(call: Call) -> str | None:
    if call.name == "text":
        return str(call.value)
    if call.name == "-" and len(call.parts) == 1:
        inner = _value(call.parts[0])
        return f"-{inner}" if inner is not None and call.parts[0].name == "number" else None
    return as_text(call.value) if call.name == "number" and not call.parts else None


def _written(row: Condition, instrument: Instrument) -> str:
    subject = ITSELF if row.subject == ITSELF else f"${{{row.subject}}}"
    if row.comparison in {"answered", "not_answered"}:
        return f"{subject} {'!=' if row.comparison == 'answered' else '='} ''"
    if row.comparison == "includes":
        return f"selected({subject}, {_quoted(row.value)})"
    if row.comparison == "includes_not":
        return f"not(selected({subject}, {_quoted(row.value)}))"
    sign = next(sign for sign, comparison in SIGNS.items() if comparison == row.comparison)
    is_order = row.comparison not in {"is", "is_not"}
    is_number = _is_number(row.value) and (is_order or _holds_numbers(instrument, row.subject))
    return f"{subject} {sign} {row.value.strip() if is_number else _quoted(row.value)}"


def _is_number(value: str) -> bool:
    try:
        return float(value) == float(value) and value.strip().lstrip("-")[:1].isdigit()
    except ValueError:
        return False


def _holds_numbers(instrument: Instrument, subject: str) -> bool:
    """Whether the answers that a row looks at are numbers, so that 3 and 3.0 are one."""
    owner, _, use = subject.partition(".")
    item = instrument.item(owner)
    if item is None or use:
        return item is not None
    return any(
        column.kind in NUMBERED and subject in {column.owner, column.name}
        for column in columns_of_item(item)
    )


NUMBERED = frozenset(
    {
        "rating",
        "rating_matrix",
        "semantic_differential",
        "likelihood",
        "slider",
        "number",
        "calculated",
    }
)


def _quoted(value: str) -> str:
    """The value as XPath writes a text. It knows no way to write both kinds of quotes in one."""
    if "'" not in value:
        return f"'{value}'"
    return f'"{value}"' if '"' not in value else f"'{value.replace(chr(39), '’')}'"


COMPARISONS: tuple[Comparison, ...] = get_args(Comparison)
