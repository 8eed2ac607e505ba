"""REDCap's branching logic and calculations in our language.

REDCap's own reader is lenient, so is this one: `=` and `==`, `<>` and `!=`, either quotes, any case
of `and`. What it does not know makes the whole expression unknown, and it stands in the report.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from assessor.formats.foreign_logic import negated, quoted, readable

DEEPEST = 30


class UnknownError(ValueError):
    """Something that has no match; the text says what."""


@dataclass(frozen=True)
class Known:
    """A field as logic names it. `codes`: the code there → ours. `checked`: several choices."""

    key: str
    codes: Mapping[str, str] = field(default_factory=dict)
    is_checkbox: bool = False
    is_yes_no: bool = False


@dataclass(frozen=True)
class _Part:
    """A piece of a translated expression; `of` is the field that it is alone."""

    text: str
    binds: int = 9
    of: Known | None = None
    literal: str | None = None
    is_truth: bool = False


_TOKEN = re.compile(
    r"\s*(?:(?P<field>(?:\[[^\[\]]*\])+)|(?P<text>'[^']*'|\"[^\"]*\")|(?P<number>\d+\.?\d*|\.\d+)"
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_]*)|(?P<sign><>|!=|==|<=|>=|&&|\|\||[-=<>+*/^(),!]))"
)


def translated(text: str, known: Mapping[str, Known]) -> str:
    """An expression of REDCap in our language. Raises UnknownError."""
    reader = _Reader(_tokens(text), known)
    part = reader.either(0)
    if reader.place < len(reader.tokens):
        raise UnknownError(f"`{reader.tokens[reader.place][1]}` stands where nothing should.")
    why = readable(part.text)
    if why:
        raise UnknownError(why)
    return part.text


def _tokens(text: str) -> list[tuple[str, str]]:
    clean = re.sub(r"(?m)^\s*(//|#).*$", " ", text)
    clean = clean.replace("‘", "'").replace("’", "'").replace("“", '"').replace("”", '"')
    found, place = [], 0
    clean = clean.strip()
    while place < len(clean):
        match = _TOKEN.match(clean, place)
        if match is None or match.end() == place:
            raise UnknownError(f"It cannot be read from `{clean[place : place + 20]}` on.")
        found.append((str(match.lastgroup), match[str(match.lastgroup)]))
        place = match.end()
        if len(found) > 2000:
            raise UnknownError("It is too long.")
    if not found:
        raise UnknownError("It is empty.")
    return found


class _Reader:
    """Goes through the tokens once, from what binds least to what binds most."""

    def __init__(self, tokens: Sequence[tuple[str, str]], known: Mapping[str, Known]) -> None:
        self.tokens, self.known, self.place = tokens, known, 0

    def _next_is(self, *wanted: str) -> str:
        if self.place < len(self.tokens):
            kind, text = self.tokens[self.place]
            if kind in {"sign", "word"} and text.lower() in wanted:
                self.place += 1
                return text.lower()
        return ""

    def either(self, depth: int) -> _Part:
        if depth > DEEPEST:
            raise UnknownError("It is nested too deeply.")
        found = self.both(depth)
        while self._next_is("or", "||"):
            found = _Part(f"{_truth(found)} or {_truth(self.both(depth))}", 1, is_truth=True)
        return found

    def both(self, depth: int) -> _Part:
        found = self.comparison(depth)
        while self._next_is("and", "&&"):
            right = self.comparison(depth)
            left_text, right_text = _inside(_truth_part(found), 2), _inside(_truth_part(right), 2)
            found = _Part(f"{left_text} and {right_text}", 2, is_truth=True)
        return found

    def comparison(self, depth: int) -> _Part:
        found = self.sum(depth)
        while sign := self._next_is("=", "==", "<>", "!=", "<", ">", "<=", ">="):
            found = _compared({"==": "=", "<>": "!="}.get(sign, sign), found, self.sum(depth))
        return found

    def sum(self, depth: int) -> _Part:
        found = self.product(depth)
        while sign := self._next_is("+", "-"):
            right = self.product(depth)
            found = _Part(f"{_inside(_number(found), 4)} {sign} {_inside(_number(right), 5)}", 4)
        return found

    def product(self, depth: int) -> _Part:
        found = self.signed(depth)
        while sign := self._next_is("*", "/"):
            right = self.signed(depth)
            ours = "div" if sign == "/" else "*"
            found = _Part(f"{_inside(_number(found), 5)} {ours} {_inside(_number(right), 6)}", 5)
        return found

    def signed(self, depth: int) -> _Part:
        if depth > DEEPEST:
            raise UnknownError("It is nested too deeply.")
        if self._next_is("-"):
            inner = self.signed(depth + 1)
            if inner.literal is not None and re.fullmatch(r"[\d.]+", inner.literal):
                return _Part(f"-{inner.text}", 6, literal=f"-{inner.literal}")
            return _Part(f"-{_inside(_number(inner), 6)}", 6)
        if self._next_is("+"):
            return self.signed(depth + 1)
        if self._next_is("!"):
            return _Part(f"not({_truth(self.signed(depth + 1))})", is_truth=True)
        return self.power(depth)

    def power(self, depth: int) -> _Part:
        found = self.one(depth)
        while self._next_is("^"):
            right = self.signed(depth + 1)
            found = _Part(f"pow({_number(found).text}, {_number(right).text})")
        return found

    def one(self, depth: int) -> _Part:
        if self.place >= len(self.tokens):
            raise UnknownError("It ends too early.")
        kind, text = self.tokens[self.place]
        self.place += 1
        if kind == "number":
            return _Part(text if not text.startswith(".") else f"0{text}", literal=text)
        if kind == "text":
            return _Part(quoted(text[1:-1]), literal=text[1:-1])
        if kind == "field":
            return self._field(text)
        if text == "(":
            inner = self.either(depth + 1)
            self._close()
            return _Part(f"({inner.text})", 9, inner.of, inner.literal, inner.is_truth)
        if kind == "word":
            return self._named(text.lower(), depth)
        raise UnknownError(f"`{text}` stands where a value should.")

    def _close(self) -> None:
        if not self._next_is(")"):
            raise UnknownError("A bracket is not closed.")

    def _named(self, name: str, depth: int) -> _Part:
        if not self._next_is("("):
            if name in {"true", "false"}:
                return _Part(f"{name}()", is_truth=True)
            raise UnknownError(f"`{name}` is not known.")
        arguments: list[_Part] = []
        while not self._next_is(")"):
            arguments.append(self.either(depth + 1))
            if not self._next_is(","):
                self._close()
                break
        if name not in FUNCTIONS:
            raise UnknownError(f"There is no function like `{name}` here.")
        try:
            text, is_truth = FUNCTIONS[name](arguments), name in _TRUTHS
        except (IndexError, ValueError) as error:
            raise UnknownError(f"`{name}` is not used as it should be.") from error
        return _Part(text, _BINDS.get(name, 9), is_truth=is_truth)

    def _field(self, text: str) -> _Part:
        names = re.findall(r"\[([^\[\]]*)\]", text)
        if len(names) > 1:
            raise UnknownError(f"`{text}` is in another event or instance.")
        match = re.fullmatch(
            r"\s*([a-z][a-z0-9_]*)\s*(?:\(\s*([^()]*)\s*\))?\s*(:\w+)?\s*", names[0], re.IGNORECASE
        )
        known = self.known.get(match[1].lower()) if match else None
        if match is None or known is None:
            raise UnknownError(f"`{text}` is not known.")
        if match[2] is not None:
            code = known.codes.get(match[2].strip())
            if code is None or not known.is_checkbox:
                raise UnknownError(f"`{text}` is no choice of that field.")
            return _Part(f"selected(${{{known.key}}}, '{code}')", is_truth=True)
        return _Part(f"${{{known.key}}}", of=known)


def _inside(part: _Part, binds: int) -> str:
    return part.text if part.binds >= binds else f"({part.text})"


def _truth(part: _Part) -> str:
    return _truth_part(part).text


def _truth_part(part: _Part) -> _Part:
    """A number as a truth: what is not 0 holds, as there."""
    if part.is_truth or part.of is None:
        return part
    return _Part(f"number({part.text}) != 0", 3, is_truth=True)


def _number(part: _Part) -> _Part:
    """What stands for a number: a ticked box counts 1, so does yes."""
    if part.is_truth:
        return _Part(f"if({part.text}, 1, 0)")
    if part.of is not None and part.of.is_yes_no:
        return _Part(f"if({part.text} = 'yes', 1, if({part.text} = '', '', 0))")
    return part


_OPPOSITE = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


def _compared(sign: str, left: _Part, right: _Part) -> _Part:
    if left.literal is not None and right.literal is None:
        left, right, sign = right, left, _OPPOSITE.get(sign, sign)
    said = right.literal
    if left.is_truth and said in {"0", "1", ""} and sign in {"=", "!="}:
        holds = (said == "1") == (sign == "=")
        text = left.text.removeprefix("(").removesuffix(")") if left.text[:1] == "(" else left.text
        return _Part(text if holds else negated(text), 3, is_truth=True)
    if left.of is not None and said is not None and sign in {"=", "!="}:
        codes = left.of.codes
        other = quoted(codes.get(said, said)) if said == "" or codes else right.text
        return _Part(f"{left.text} {sign} {other}", 3, is_truth=True)
    if sign not in {"=", "!="}:
        left = _number(left)
        if said is not None and re.fullmatch(r"-?\d+(\.\d+)?", said):
            right = _Part(said, literal=said)
        right = _number(right)
    return _Part(f"{_inside(left, 4)} {sign} {_inside(right, 4)}", 3, is_truth=True)


Translate = Callable[[Sequence[_Part]], str]


def _values(parts: Sequence[_Part]) -> str:
    return ", ".join(_number(part).text for part in parts)


def _if(parts: Sequence[_Part]) -> str:
    condition, yes, no = parts
    return f"if({_truth(condition)}, {yes.text}, {no.text})"


def _rounded(way: str) -> Translate:
    def made(parts: Sequence[_Part]) -> str:
        places = int(parts[1].literal or "0") if len(parts) > 1 else 0
        value = _number(parts[0])
        if not places:
            return f"{way}({value.text})"
        return f"{way}({_inside(value, 5)} * {10**places}) div {10**places}"

    return made


def _day(part: _Part) -> str:
    if part.literal is not None and part.literal.lower() in {"today", "now"}:
        return "decimal-date-time(today())"
    return f"decimal-date-time({part.text})"


_DAYS = {"y": 365.2425, "M": 30.44, "d": 1.0}
_OF_DAY = {"h": 24, "m": 1440, "s": 86400}


def _datediff(parts: Sequence[_Part]) -> str:
    """Days between two days in a unit; a time of day is not kept here."""
    unit = parts[2].literal or ""
    days = f"({_day(parts[1])} - {_day(parts[0])})"
    is_signed = any((part.literal or part.text).lower().startswith("true") for part in parts[3:])
    days = days if is_signed else f"abs{days}"
    if unit in _OF_DAY:
        return f"{days} * {_OF_DAY[unit]}"
    return days if unit == "d" else f"{days} div {_DAYS[unit] if unit in _DAYS else float('x')}"


def _call(name: str) -> Translate:
    return lambda parts: f"{name}({', '.join(part.text for part in parts)})"


_LOWER, _UPPER = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

FUNCTIONS: dict[str, Translate] = {
    "sum": lambda p: f"sum({_values(p)})",
    "min": lambda p: f"min({_values(p)})",
    "max": lambda p: f"max({_values(p)})",
    "mean": lambda p: f"sum({_values(p)}) div count-non-empty({_values(p)})",
    "avg": lambda p: f"sum({_values(p)}) div count-non-empty({_values(p)})",
    "if": _if,
    "round": lambda p: f"round({_values(p[:2])})",
    "rounddown": _rounded("floor"),
    "roundup": _rounded("ceiling"),
    "abs": lambda p: f"abs({_number(p[0]).text})",
    "sqrt": lambda p: f"pow({_number(p[0]).text}, 0.5)",
    "exponential": lambda p: f"pow(2.718281828459045, {_number(p[0]).text})",
    "mod": lambda p: f"({_inside(_number(p[0]), 6)} mod {_inside(_number(p[1]), 6)})",
    "not": lambda p: negated(_truth(p[0])),
    "datediff": _datediff,
    "isblankormissingcode": lambda p: f"{p[0].text} = ''",
    "isnumber": lambda p: f"number({p[0].text}) = number({p[0].text})",
    "isinteger": lambda p: f"regex({p[0].text}, '^-?[0-9]+$')",
    "contains": _call("contains"),
    "not_contain": lambda p: f"not(contains({p[0].text}, {p[1].text}))",
    "starts_with": _call("starts-with"),
    "ends_with": _call("ends-with"),
    "length": lambda p: f"string-length({p[0].text})",
    "left": lambda p: f"substr({p[0].text}, 0, {p[1].text})",
    "right": lambda p: f"substr({p[0].text}, string-length({p[0].text}) - {p[1].text})",
    "mid": lambda p: f"substring({p[0].text}, {p[1].text}, {p[2].text})",
    "trim": lambda p: f"normalize-space({p[0].text})",
    "concat": _call("concat"),
    "concat_ws": _call("join"),
    "upper": lambda p: f"translate({p[0].text}, '{_LOWER}', '{_UPPER}')",
    "lower": lambda p: f"translate({p[0].text}, '{_UPPER}', '{_LOWER}')",
    "year": lambda p: f"number(format-date({p[0].text}, '%Y'))",
    "month": lambda p: f"number(format-date({p[0].text}, '%n'))",
    "day": lambda p: f"number(format-date({p[0].text}, '%e'))",
}
_BINDS = {
    "mean": 5,
    "avg": 5,
    "rounddown": 5,
    "roundup": 5,
    "datediff": 5,
    "isblankormissingcode": 3,
    "isnumber": 3,
    "not": 1,
}
"""How closely the text of a function's translation holds together, as in `_Part`."""
_TRUTHS = {
    "not",
    "isblankormissingcode",
    "isnumber",
    "isinteger",
    "contains",
    "not_contain",
    "starts_with",
    "ends_with",
}
