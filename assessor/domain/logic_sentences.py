"""Logic read back as a sentence, so that whoever wrote it sees what it says.

`${laptop} = 'yes' and ${visits} > 3` reads: “Do you borrow laptops?” is “Yes” and “How often do you
come?” is more than 3. Every expression has a reading: what has no wording of its own here is put
together from its parts.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from assessor.domain.instrument import DateItem, Instrument, ItemBase
from assessor.domain.labels import label_of
from assessor.domain.logic import Call, NotUnderstoodError, parse
from assessor.domain.logic_functions import FUNCTIONS, as_text
from assessor.domain.logic_names import listed, name_of

_FLIPPED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_VERBS = {
    "=": "is",
    "!=": "is not",
    ">": "is more than",
    ">=": "is at least",
    "<": "is less than",
    "<=": "is at most",
}
_DAY_VERBS = _VERBS | {
    ">": "is after",
    ">=": "is on or after",
    "<": "is before",
    "<=": "is on or before",
}
_SIGNS = {"+": "+", "-": "−", "*": "×", "div": "÷", "mod": "modulo"}


def in_words(expression: str, instrument: Instrument) -> str:
    """What an expression says, as a clause to put after "if": no capital, no full stop.

    Empty where the expression is; the expression itself, marked as code, where it cannot be read.
    """
    if not expression.strip():
        return ""
    try:
        tree = parse(expression).tree
    except NotUnderstoodError:
        return f"`{expression.strip()}`"
    return _Reader(instrument).clause(tree)


def value_in_words(expression: str, instrument: Instrument) -> str:
    """What the expression of a calculated value works out: "the sum of “Adults” and “Children”"."""
    if not expression.strip():
        return ""
    try:
        tree = parse(expression).tree
    except NotUnderstoodError:
        return f"`{expression.strip()}`"
    reader = _Reader(instrument)
    return reader.clause(tree) if _is_truth(tree) else reader.phrase(tree)


def _flat(call: Call, name: str) -> Iterator[Call]:
    """The parts of a chain such as `a and b and c`, which is read as pairs within pairs."""
    if call.name == name and len(call.parts) == 2:
        for part in call.parts:
            yield from _flat(part, name)
    else:
        yield call


def _is_truth(call: Call) -> bool:
    if call.name in {"and", "or", *_VERBS}:
        return True
    return call.name in FUNCTIONS and FUNCTIONS[call.name].result == "truth"


def _is_constant(call: Call) -> bool:
    return call.name in {"text", "number"} and not call.parts


def _is_day(call: Call, item: ItemBase | None) -> bool:
    return call.name in {"today", "now", "date"} or isinstance(item, DateItem)


@dataclass(frozen=True)
class _Held:
    """A simple statement, told apart so that neighbours about the same thing can be joined."""

    subject: str
    verb: str
    value: str

    @property
    def text(self) -> str:
        return " ".join(part for part in (self.subject, self.verb, self.value) if part)


# A row for every verb whose statements join: "is “A” or “B”", "is neither “A” nor “B”".
_JOINED = {
    ("or", "is"): lambda values: f"is {listed(values, 'or')}",
    ("and", "is not"): lambda values: f"is neither {listed(values, 'nor')}",
    ("or", "includes"): lambda values: f"includes {listed(values, 'or')}",
    ("and", "includes"): lambda values: f"includes {listed(values, 'and')}",
    ("and", "does not include"): lambda values: f"includes neither {listed(values, 'nor')}",
}


@dataclass(frozen=True)
class _Reader:
    """Reads calls about one instrument: `clause` what holds or not, `phrase` what is a value."""

    instrument: Instrument

    def clause(self, call: Call) -> str:
        if call.name in {"and", "or"}:
            return self._chain(call)
        if call.name == "not" and len(call.parts) == 1:
            return self._denied(call.parts[0])
        held = self._held(call)
        if held is not None:
            return held.text
        if call.name in _CLAUSES:
            return _CLAUSES[call.name](self, call.parts)
        if call.name == "reference":
            return f"{self.phrase(call)} is answered"
        return f"{self.phrase(call)} is there" if not _is_truth(call) else self.phrase(call)

    def phrase(self, call: Call) -> str:
        """A value as the subject of a clause."""
        match call.name:
            case "text":
                return f"“{call.value}”" if call.value else "nothing"
            case "number" if not call.parts:
                return as_text(call.value)
            case "reference":
                return name_of(self.instrument, str(call.value))
            case "self":
                return "the answer"
            case "bare":
                return f"the option’s {str(call.value).replace('_', ' ')}"
        if call.name in _SIGNS and len(call.parts) == 2:
            left, right = (self._bracketed(part) for part in call.parts)
            return f"{left} {_SIGNS[call.name]} {right}"
        if call.name == "-":
            return f"−{self._bracketed(call.parts[0])}"
        if call.name in _PHRASES:
            return _PHRASES[call.name](self, call.parts)
        if _is_truth(call):
            return f"whether {self.clause(call)}"
        parts = listed([self.value(part) for part in call.parts], "and")
        return f"{call.name} of {parts}" if parts else call.name

    def value(self, call: Call) -> str:
        """A value as what something is compared with: another item is its answer."""
        if call.name == "reference":
            return f"the answer to {self.phrase(call)}"
        return self.phrase(call)

    def _bracketed(self, call: Call) -> str:
        inner = self.phrase(call)
        return f"({inner})" if call.name in _SIGNS else inner

    def _chain(self, call: Call) -> str:
        """The parts of `and` or `or`, neighbours about the same thing joined."""
        word = call.name
        other = "or" if word == "and" else "and"
        parts: list[_Held | str] = []
        for part in _flat(call, word):
            held = self._held(part)
            text = self.clause(part)
            is_mixed = part.name == other and f" {other} " in text and not self._joins(part)
            parts.append(held or (f"({text})" if is_mixed else text))
        said = []
        for _, group in groupby(parts, key=_joining(word)):
            statements = list(group)
            first = statements[0]
            if len(statements) > 1 and isinstance(first, _Held):
                values = [one.value for one in statements if isinstance(one, _Held)]
                said.append(f"{first.subject} {_JOINED[word, first.verb](values)}")
            else:
                said += [one if isinstance(one, str) else one.text for one in statements]
        return f" {word} ".join(said)

    def _joins(self, call: Call) -> bool:
        """Whether all parts of a chain become one statement, which needs no brackets."""
        held = [self._held(part) for part in _flat(call, call.name)]
        keys = {_joining(call.name)(one) if one else None for one in held}
        return len(keys) == 1 and None not in keys and len(next(iter(keys)) or ()) == 2

    def _denied(self, call: Call) -> str:
        held = self._held(call)
        if held is not None:
            return _Held(held.subject, _negated(held.verb), held.value).text
        if call.name == "not" and len(call.parts) == 1:
            return self.clause(call.parts[0])
        if call.name == "reference":
            return f"{self.phrase(call)} is not answered"
        if call.name in {"true", "false"}:
            return "never" if call.name == "true" else "always"
        return f"it is not so that {self.clause(call)}"

    def _held(self, call: Call) -> _Held | None:
        """A comparison or a question about one value; None where the call is neither."""
        if call.name in _VERBS and len(call.parts) == 2:
            return self._compared(call.name, *call.parts)
        if call.name in _HELD:
            verb = _HELD[call.name]
            first, second = call.parts
            return _Held(self.phrase(first), verb, self._worded(first, second))
        if call.name == "boolean":
            return _Held(self.phrase(call.parts[0]), "is answered", "")
        if call.name == "not" and len(call.parts) == 1:
            inner = self._held(call.parts[0])
            return inner and _Held(inner.subject, _negated(inner.verb), inner.value)
        return None

    def _compared(self, sign: str, left: Call, right: Call) -> _Held:
        if _is_constant(left) and not _is_constant(right):
            left, right, sign = right, left, _FLIPPED[sign]
        if right.name == "text" and right.value == "" and sign in {"=", "!="}:
            return _Held(self.phrase(left), "is not answered" if sign == "=" else "is answered", "")
        verbs = _DAY_VERBS if _is_day(left, self._item(left)) or _is_day(right, None) else _VERBS
        if _is_truth(left) and right.name in {"true", "false"}:
            told = self.clause(left)
            is_so = (right.name == "true") == (sign == "=")
            return _Held(told if is_so else f"it is not so that {told}", "", "")
        return _Held(self.phrase(left), verbs[sign], self._worded(left, right, sign))

    def _worded(self, about: Call, value: Call, sign: str = "=") -> str:
        """A value as the person reads it who answers: a code's label, a point with its words."""
        if not _is_constant(value):
            return self.value(value)
        code = as_text(value.value)
        if about.name != "reference":
            return self.phrase(value)
        label = label_of(self.instrument, str(about.value), code)
        if label == code:
            return f"“{code}”" if value.name == "text" and not _is_plain(code) else code
        return f"“{label}”" if sign in {"=", "!="} else f"{code} (“{label}”)"

    def _item(self, call: Call) -> ItemBase | None:
        if call.name != "reference":
            return None
        return self.instrument.item(str(call.value).partition(".")[0])


def _is_plain(code: str) -> bool:
    """Whether a text is a number or a day, which needs no quotes."""
    return code.replace("-", "").replace(".", "").replace(":", "").isdigit()


def _joining(word: str) -> Callable[[_Held | str], tuple[object, ...]]:
    """What neighbours must share to be joined; what joins with nobody is its own."""

    def key(one: _Held | str) -> tuple[object, ...]:
        if isinstance(one, _Held) and (word, one.verb) in _JOINED:
            return (one.subject, one.verb)
        return (id(one),)

    return key


_NEGATED = {
    "includes": "does not include",
    "contains": "does not contain",
    "begins with": "does not begin with",
    "ends with": "does not end with",
    "fits the pattern": "does not fit the pattern",
    "": "",
}


def _negated(verb: str) -> str:
    if verb in _NEGATED:
        return _NEGATED[verb]
    back = {negated: plain for plain, negated in _NEGATED.items() if plain}
    if verb in back:
        return back[verb]
    if verb.startswith("is not"):
        return "is" + verb.removeprefix("is not")
    return "is not" + verb.removeprefix("is")


_HELD = {
    "selected": "includes",
    "contains": "contains",
    "starts-with": "begins with",
    "ends-with": "ends with",
    "regex": "fits the pattern",
}
"""Functions that say something of their first value, with their verb."""

Say = Callable[[_Reader, tuple[Call, ...]], str]


def _if(reader: _Reader, parts: tuple[Call, ...]) -> str:
    when, then, otherwise = parts
    return f"{reader.value(then)} if {reader.clause(when)}, else {reader.value(otherwise)}"


def _if_clause(reader: _Reader, parts: tuple[Call, ...]) -> str:
    when, then, otherwise = parts
    said = reader.clause(when)
    return f"{reader.clause(then)} where {said}, else {reader.clause(otherwise)}"


def _all(words: str, joined: str = "and") -> Say:
    return lambda reader, parts: words.format(listed([reader.phrase(p) for p in parts], joined))


def _each(words: str) -> Say:
    return lambda reader, parts: words.format(*(reader.phrase(part) for part in parts))


def _round(reader: _Reader, parts: tuple[Call, ...]) -> str:
    said = f"{reader.phrase(parts[0])} rounded"
    return f"{said} to {reader.phrase(parts[1])} places" if len(parts) > 1 else said


def _part_of(counted_from: int) -> Say:
    def said(reader: _Reader, parts: tuple[Call, ...]) -> str:
        words = [reader.phrase(part) for part in parts]
        until = f" and {words[2]}" if len(words) > 2 else ""
        start = "from place" if not until else "by the places"
        return f"the part of {words[0]} {start} {words[1]}{until} (counted from {counted_from})"

    return said


def _choice_name(reader: _Reader, parts: tuple[Call, ...]) -> str:
    return f"the words of {reader.value(parts[0])}"


def _join(reader: _Reader, parts: tuple[Call, ...]) -> str:
    texts = listed([reader.phrase(part) for part in parts[1:]], "and")
    return f"{texts} with {reader.phrase(parts[0])} between them"


_CLAUSES: dict[str, Say] = {
    "true": lambda _reader, _parts: "always",
    "false": lambda _reader, _parts: "never",
    "once": lambda reader, parts: reader.clause(parts[0]),
    "if": _if_clause,
    "count-selected": _each("a choice is made in {0}"),
    "count-non-empty": _all("at least one of {0} is answered"),
}
"""What is said where only whether it holds matters."""

_PHRASES: dict[str, Say] = {
    "selected-at": _each("the choice at place {1} (counted from 0) in {0}"),
    "count-selected": _each("the number of choices in {0}"),
    "choice-name": _choice_name,
    "if": _if,
    "coalesce": _all("the first that is answered of {0}"),
    "once": _each("{0}"),
    "number": _each("{0}"),
    "string": _each("{0}"),
    "int": _each("{0} without decimals"),
    "round": _round,
    "floor": _each("{0} rounded down"),
    "ceiling": _each("{0} rounded up"),
    "abs": _each("{0} without its sign"),
    "pow": _each("{0} to the power of {1}"),
    "min": _all("the smallest of {0}"),
    "max": _all("the largest of {0}"),
    "sum": _all("the sum of {0}"),
    "count-non-empty": _all("the number of answers to {0}"),
    "concat": _all("{0} one after the other"),
    "join": _join,
    "substr": _part_of(0),
    "substring": _part_of(1),
    "substring-before": _each("the part of {0} before {1}"),
    "substring-after": _each("the part of {0} after {1}"),
    "string-length": _each("the number of characters in {0}"),
    "normalize-space": _each("{0} with single spaces"),
    "translate": _each("{0} with {2} in place of {1}"),
    "today": lambda _reader, _parts: "today",
    "now": lambda _reader, _parts: "today",
    "date": _each("{0}"),
    "format-date": _each("{0} written as {1}"),
    "decimal-date-time": _each("{0} in days"),
}
"""What a function's value is called. What has no row here is named with its values."""
