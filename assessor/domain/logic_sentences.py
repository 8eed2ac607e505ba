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
from assessor.domain.logic_names import name_of
from assessor.domain.logic_statements import JOINED, Held, Words, bracketed, chained, listed
from assessor.domain.problems import Said, say, saying

_FLIPPED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_VERBS = {
    "=": "is",
    "!=": "is",
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
_SIGNS = {"+": "+", "-": "−", "*": "×", "div": "÷", "mod": say("modulo")}


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
            return Held(self.phrase(call), "is answered").text
        if _is_truth(call):
            return self.phrase(call)
        return say("{one} is there", one=self.phrase(call))

    def phrase(self, call: Call) -> str:
        """A value as the subject of a clause."""
        match call.name:
            case "text":
                return say("“{text}”", text=call.value) if call.value else say("nothing")
            case "number" if not call.parts:
                return as_text(call.value)
            case "reference":
                return name_of(self.instrument, str(call.value))
            case "self":
                return say("the answer")
            case "bare":
                return say("the option’s {mark}", mark=str(call.value).replace("_", " "))
        if call.name in _SIGNS and len(call.parts) == 2:
            left, right = (self._bracketed(part) for part in call.parts)
            sign = _SIGNS[call.name]
            return Said("{left} {sign} {right}", {"left": left, "sign": sign, "right": right})
        if call.name == "-":
            return Said("−{value}", {"value": self._bracketed(call.parts[0])})
        if call.name in _PHRASES:
            return _PHRASES[call.name](self, call.parts)
        if _is_truth(call):
            return say("whether {clause}", clause=self.clause(call))
        if not call.parts:
            return call.name
        values = listed([self.value(part) for part in call.parts], "and")
        return say("{function} of {values}", function=call.name, values=values)

    def value(self, call: Call) -> str:
        """A value as what something is compared with: another item is its answer."""
        if call.name == "reference":
            return say("the answer to {item}", item=self.phrase(call))
        return self.phrase(call)

    def _bracketed(self, call: Call) -> str:
        inner = self.phrase(call)
        return bracketed(inner) if call.name in _SIGNS else inner

    def _chain(self, call: Call) -> str:
        """The parts of `and` or `or`, neighbours about the same thing joined."""
        word = call.name
        other = "or" if word == "and" else "and"
        parts: list[Held | str] = []
        for part in _flat(call, word):
            held = self._held(part)
            text = self.clause(part)
            is_mixed = part.name == other and f" {other} " in text and not self._joins(part)
            parts.append(held or (bracketed(text) if is_mixed else text))
        said: list[str] = []
        for _, group in groupby(parts, key=_joining(word)):
            statements = list(group)
            first = statements[0]
            if len(statements) > 1 and isinstance(first, Held):
                values = [one.value for one in statements if isinstance(one, Held)]
                words, joined_by = JOINED[word, first.verb, first.is_so]
                said.append(words(one=first.subject, values=listed(values, joined_by)))
            else:
                said += [one if isinstance(one, str) else one.text for one in statements]
        return chained(said, word)

    def _joins(self, call: Call) -> bool:
        """Whether all parts of a chain become one statement, which needs no brackets."""
        held = [self._held(part) for part in _flat(call, call.name)]
        keys = {_joining(call.name)(one) if one else None for one in held}
        return len(keys) == 1 and None not in keys and len(next(iter(keys)) or ()) == 3

    def _denied(self, call: Call) -> str:
        held = self._held(call)
        if held is not None:
            return held.denied.text
        if call.name == "not" and len(call.parts) == 1:
            return self.clause(call.parts[0])
        if call.name == "reference":
            return Held(self.phrase(call), "is answered", is_so=False).text
        if call.name in {"true", "false"}:
            return say("never") if call.name == "true" else say("always")
        return Held(self.clause(call), "holds", is_so=False).text

    def _held(self, call: Call) -> Held | None:
        """A comparison or a question about one value; None where the call is neither."""
        if call.name in _VERBS and len(call.parts) == 2:
            return self._compared(call.name, *call.parts)
        if call.name in _HELD:
            verb = _HELD[call.name]
            first, second = call.parts
            return Held(self.phrase(first), verb, self._worded(first, second))
        if call.name == "boolean":
            return Held(self.phrase(call.parts[0]), "is answered")
        if call.name == "not" and len(call.parts) == 1:
            inner = self._held(call.parts[0])
            return inner and inner.denied
        return None

    def _compared(self, sign: str, left: Call, right: Call) -> Held:
        if _is_constant(left) and not _is_constant(right):
            left, right, sign = right, left, _FLIPPED[sign]
        if right.name == "text" and right.value == "" and sign in {"=", "!="}:
            return Held(self.phrase(left), "is answered", is_so=sign == "!=")
        verbs = _DAY_VERBS if _is_day(left, self._item(left)) or _is_day(right, None) else _VERBS
        if _is_truth(left) and right.name in {"true", "false"}:
            is_so = (right.name == "true") == (sign == "=")
            return Held(self.clause(left), "holds", is_so=is_so)
        value = self._worded(left, right, sign)
        return Held(self.phrase(left), verbs[sign], value, is_so=sign != "!=")

    def _worded(self, about: Call, value: Call, sign: str = "=") -> str:
        """A value as the person reads it who answers: a code's label, a point with its words."""
        if not _is_constant(value):
            return self.value(value)
        code = as_text(value.value)
        if about.name != "reference":
            return self.phrase(value)
        label = label_of(self.instrument, str(about.value), code)
        if label == code:
            is_text = value.name == "text" and not _is_plain(code)
            return say("“{text}”", text=code) if is_text else code
        words = say("“{text}”", text=label)
        if sign in {"=", "!="}:
            return words
        return Said("{code} ({words})", {"code": code, "words": words})

    def _item(self, call: Call) -> ItemBase | None:
        if call.name != "reference":
            return None
        return self.instrument.item(str(call.value).partition(".")[0])


def _is_plain(code: str) -> bool:
    """Whether a text is a number or a day, which needs no quotes."""
    return code.replace("-", "").replace(".", "").replace(":", "").isdigit()


def _joining(word: str) -> Callable[[Held | str], tuple[object, ...]]:
    """What neighbours must share to be joined; what joins with nobody is its own."""

    def key(one: Held | str) -> tuple[object, ...]:
        if isinstance(one, Held) and (word, one.verb, one.is_so) in JOINED:
            return (one.subject, one.verb, one.is_so)
        return (id(one),)

    return key


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
    return say(
        "{then} if {when}, else {otherwise}",
        then=reader.value(then),
        when=reader.clause(when),
        otherwise=reader.value(otherwise),
    )


def _if_clause(reader: _Reader, parts: tuple[Call, ...]) -> str:
    when, then, otherwise = parts
    return say(
        "{then} where {when}, else {otherwise}",
        then=reader.clause(then),
        when=reader.clause(when),
        otherwise=reader.clause(otherwise),
    )


def _all(words: Words) -> Say:
    return lambda reader, parts: words(all=listed([reader.phrase(p) for p in parts], "and"))


def _each(words: Words) -> Say:
    """`one`, `two` and `three` of the words are the values, in their order."""

    def said(reader: _Reader, parts: tuple[Call, ...]) -> str:
        values = map(reader.phrase, parts)
        return words(**dict(zip(("one", "two", "three"), values, strict=False)))

    return said


def _first(reader: _Reader, parts: tuple[Call, ...]) -> str:
    return reader.phrase(parts[0])


def _round(reader: _Reader, parts: tuple[Call, ...]) -> str:
    number = reader.phrase(parts[0])
    if len(parts) < 2:
        return say("{one} rounded", one=number)
    return say("{one} rounded to {two} places", one=number, two=reader.phrase(parts[1]))


def _part_of(counted_from: int) -> Say:
    def said(reader: _Reader, parts: tuple[Call, ...]) -> str:
        words = [reader.phrase(part) for part in parts]
        if len(words) < 3:
            return say(
                "the part of {text} from place {first} (counted from {start})",
                text=words[0],
                first=words[1],
                start=counted_from,
            )
        return say(
            "the part of {text} by the places {first} and {last} (counted from {start})",
            text=words[0],
            first=words[1],
            last=words[2],
            start=counted_from,
        )

    return said


def _choice_name(reader: _Reader, parts: tuple[Call, ...]) -> str:
    return say("the words of {answer}", answer=reader.value(parts[0]))


def _join(reader: _Reader, parts: tuple[Call, ...]) -> str:
    texts = listed([reader.phrase(part) for part in parts[1:]], "and")
    between = reader.phrase(parts[0])
    return say("{texts} with {separator} between them", texts=texts, separator=between)


_CLAUSES: dict[str, Say] = {
    "true": lambda _reader, _parts: say("always"),
    "false": lambda _reader, _parts: say("never"),
    "once": lambda reader, parts: reader.clause(parts[0]),
    "if": _if_clause,
    "count-selected": _each(saying("a choice is made in {one}")),
    "count-non-empty": _all(saying("at least one of {all} is answered")),
}
"""What is said where only whether it holds matters."""

_PHRASES: dict[str, Say] = {
    "selected-at": _each(saying("the choice at place {two} (counted from 0) in {one}")),
    "count-selected": _each(saying("the number of choices in {one}")),
    "choice-name": _choice_name,
    "if": _if,
    "coalesce": _all(saying("the first that is answered of {all}")),
    "once": _first,
    "number": _first,
    "string": _first,
    "int": _each(saying("{one} without decimals")),
    "round": _round,
    "floor": _each(saying("{one} rounded down")),
    "ceiling": _each(saying("{one} rounded up")),
    "abs": _each(saying("{one} without its sign")),
    "pow": _each(saying("{one} to the power of {two}")),
    "min": _all(saying("the smallest of {all}")),
    "max": _all(saying("the largest of {all}")),
    "sum": _all(saying("the sum of {all}")),
    "count-non-empty": _all(saying("the number of answers to {all}")),
    "concat": _all(saying("{all} one after the other")),
    "join": _join,
    "substr": _part_of(0),
    "substring": _part_of(1),
    "substring-before": _each(saying("the part of {one} before {two}")),
    "substring-after": _each(saying("the part of {one} after {two}")),
    "string-length": _each(saying("the number of characters in {one}")),
    "normalize-space": _each(saying("{one} with single spaces")),
    "translate": _each(saying("{one} with {three} in place of {two}")),
    "today": lambda _reader, _parts: say("today"),
    "now": lambda _reader, _parts: say("today"),
    "date": _first,
    "format-date": _each(saying("{one} written as {two}")),
    "decimal-date-time": _each(saying("{one} in days")),
}
"""What a function's value is called. What has no row here is named with its values."""
