"""The checks of what logic compares: codes that there are, numbers with numbers, days with days.

A comparison that can never hold is an error where the whole condition hangs on it, and a warning
where the condition may hold without it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assessor.domain.answer_types import is_truth
from assessor.domain.checks.finding import did_you_mean, error, warning
from assessor.domain.checks.places import Known, Places, Written
from assessor.domain.instrument import NOT_APPLICABLE, Calculated, YesNo
from assessor.domain.kinds import KINDS, na_label
from assessor.domain.logic import Call, Parsed
from assessor.domain.logic_functions import as_number, as_text
from assessor.domain.problems import Problem, Said, say

EQUAL = frozenset({"=", "!="})
ORDERED = frozenset({"<", "<=", ">", ">="})
COMPARED = EQUAL | ORDERED
ARITHMETIC = frozenset(
    {"+", "-", "*", "div", "mod", "int", "round", "floor", "ceiling", "abs", "pow", "sum"}
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TRUTHS = frozenset({"and", "or", "not"})


@dataclass(frozen=True)
class _Looking:
    places: Places
    written: Written

    def known(self, call: Call) -> Known | None:
        """The item whose answer a part of the expression is; None where it is no plain answer."""
        if call.name == "reference":
            return self.places.known.get(str(call.value))
        if call.name == "self" and self.written.item is not None:
            return self.places.known.get(self.written.item.key)
        return None

    def finding(self, code: str, message: str, *, decides: bool) -> Problem:
        return (error if decides else warning)(code, self.written.where, message)


def check_comparisons(places: Places, written: Written, parsed: Parsed) -> Iterator[Problem]:
    """Everything that is compared or worked out in one expression."""
    looking = _Looking(places, written)
    if written.use != "calculation":
        yield from _truth(looking, parsed.tree)
    yield from _walk(looking, parsed.tree, decides=written.use not in {"calculation", "after"})


def _walk(looking: _Looking, call: Call, *, decides: bool) -> Iterator[Problem]:
    """`decides`: whether the whole expression can hold only where this part does."""
    below = decides and call.name == "and"
    for part in call.parts:
        yield from _walk(looking, part, decides=below)
    if call.name in COMPARED:
        yield from _compared(looking, call, decides=decides)
    elif call.name == "selected":
        yield from _selected(looking, call, decides=decides)
    elif call.name in ARITHMETIC:
        yield from _worked_out(looking, call)
    if call.name in _TRUTHS:
        for part in call.parts:
            yield from _truth(looking, part)


def _compared(looking: _Looking, call: Call, *, decides: bool) -> Iterator[Problem]:
    left, right = call.parts
    for one, other in ((left, right), (right, left)):
        known = looking.known(one)
        if known is None or not other.is_literal:
            continue
        if other.name == "text" and other.value in {"", NOT_APPLICABLE}:
            yield from _blank(looking, known, call, str(other.value), decides=decides)
        elif known.codes is not None:
            yield from _code(looking, known, call, as_text(other.value), decides=decides)
        else:
            yield from _kind_of_value(looking, known, call, other, decides=decides)


def _blank(
    looking: _Looking, known: Known, call: Call, text: str, *, decides: bool
) -> Iterator[Problem]:
    if call.name in ORDERED:
        message = say(
            "Nothing is more or less than '{text}'. Compare `{key}` with = or !=.",
            text=text,
            key=known.key,
        )
        yield looking.finding("logic.order", message, decides=decides)
        return
    is_offered = na_label(known.item) or known.value == "text"
    if text == NOT_APPLICABLE and not is_offered and call.name == "=":
        message = say(
            "`{key}` offers no “not applicable”, so it is never 'NA'. Give it an `na`.",
            key=known.key,
        )
        yield looking.finding("logic.unknown-code", message, decides=decides)


def _code(
    looking: _Looking, known: Known, call: Call, code: str, *, decides: bool
) -> Iterator[Problem]:
    codes = known.codes or ()
    if call.name in ORDERED:
        if any(as_number(c) != as_number(c) for c in codes if c != NOT_APPLICABLE):
            message = say(
                "The codes of `{key}` are no numbers, so none is more or less than another. "
                "Compare it with = or with `selected()`.",
                key=known.key,
            )
            yield looking.finding("logic.order", message, decides=decides)
        return
    if code not in codes:
        yield _unknown_code(looking, known, code, decides=decides and call.name == "=")
    elif known.value == "choices" and call.name == "=":
        message = say(
            "`{key}` can have several answers, and this holds only where `{code}` is the only "
            "one. Write `selected(${{{key}}}, '{code}')` if it may be one of them.",
            key=known.key,
            code=code,
        )
        yield warning("logic.several", looking.written.where, message)


def _unknown_code(looking: _Looking, known: Known, code: str, *, decides: bool) -> Problem:
    hint = did_you_mean(code, known.codes or ())
    message = say("`{key}` has no answer `{code}`. {hint}", key=known.key, code=code, hint=hint)
    return looking.finding("logic.unknown-code", message, decides=decides)


def _selected(looking: _Looking, call: Call, *, decides: bool) -> Iterator[Problem]:
    known, wanted = looking.known(call.parts[0]), call.parts[1]
    if known is None or not wanted.is_literal:
        return
    code = as_text(wanted.value)
    if known.codes is not None and code not in known.codes:
        yield _unknown_code(looking, known, code, decides=decides)
    elif known.codes is None:
        kind = KINDS[str(getattr(known.item, "kind", ""))].label
        message = say(
            "`{key}` is no choice but of the kind “{kind}”. Compare it with =, <, > and the like "
            "instead of `selected()`.",
            key=known.key,
            kind=Said(kind, {}),
        )
        yield warning("logic.no-choice", looking.written.where, message)


def _kind_of_value(
    looking: _Looking, known: Known, call: Call, other: Call, *, decides: bool
) -> Iterator[Problem]:
    """An answer that is chosen from nothing, compared with a text or a number."""
    text, is_text = as_text(other.value), other.name == "text"
    never = decides and call.name != "!="
    key = known.key
    if known.value == "number" and is_text and as_number(text) != as_number(text):
        message = say(
            "`{key}` is a number, and '{text}' is none. Compare it with a number, such as 3.",
            key=key,
            text=text,
        )
        yield looking.finding("logic.not-a-number", message, decides=never)
    elif known.value == "day" and not (is_text and _DAY.fullmatch(text)):
        message = say(
            "`{key}` is a day. Compare it with one, such as '2027-06-30', or with today().", key=key
        )
        yield looking.finding("logic.not-a-day", message, decides=never and is_text)
    elif known.value == "time" and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
        message = say("`{key}` is a time of day. Compare it with one, such as '09:30'.", key=key)
        yield looking.finding("logic.not-a-time", message, decides=never and is_text)
    elif known.value == "text" and (not is_text or call.name in ORDERED):
        if isinstance(known.item, Calculated):
            return
        message = say(
            "`{key}` is a text that may be no number, and then this does not hold. Ask a number "
            "if one is meant.",
            key=key,
        )
        yield warning("logic.text-as-number", looking.written.where, message)


def _worked_out(looking: _Looking, call: Call) -> Iterator[Problem]:
    for part in call.parts:
        known = looking.known(part)
        if known is None:
            literal = part.name == "text" and part.value != ""
            if literal and as_number(part.value) != as_number(part.value):
                message = say(
                    "'{value}' is no number, so nothing can be worked out with it.",
                    value=part.value,
                )
                yield warning("logic.arithmetic", looking.written.where, message)
            continue
        codes = [c for c in known.codes or () if c != NOT_APPLICABLE]
        numeric = all(as_number(code) == as_number(code) for code in codes) if codes else False
        is_text = known.value in {"text", "choices", "files"} or known.value == "choice"
        if is_text and not numeric and not isinstance(known.item, Calculated):
            message = say(
                "`{key}` is no number, so nothing can be worked out with it. Name an item whose "
                "answer is a number.",
                key=known.key,
            )
            yield warning("logic.arithmetic", looking.written.where, message)


def _truth(looking: _Looking, call: Call) -> Iterator[Problem]:
    """An answer taken as a truth holds wherever there is one: "no" is an answer too."""
    known = looking.known(call)
    if known is None or call.name != "reference":
        return
    truth = isinstance(known.item, YesNo) or (known.codes is not None and "no" in known.codes)
    if isinstance(known.item, Calculated) and is_truth(known.item.calculation):
        truth = True
    if truth:
        word = "true" if isinstance(known.item, Calculated) else "yes"
        message = say(
            "`${{{key}}}` alone holds wherever it has any answer, “no” or “false” too. Write "
            "`${{{key}}} = '{word}'`.",
            key=known.key,
            word=word,
        )
        yield warning("logic.any-answer", looking.written.where, message)
