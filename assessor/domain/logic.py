"""Logic as XLSForm writes it: `${visits} > 3 and selected(${used}, 'laptops')`.

The grammar is XPath 1.0's, parsed by elementpath; the functions are those of `logic_functions.py`.
A parsed expression is turned once into nested Python functions and then evaluated with the one set
of rules that pages, files, programs and scoring share. Values follow XPath's conversions: a missing
answer is the empty text, a number that is none is NaN, and days compare as days.

Limits: an expression has at most 4,000 characters, 600 parts and 40 levels; it can neither loop nor
look outside the answers, so its time is bounded by its size, and each pattern's by a clock.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, cast

from elementpath import ElementPathError, XPath1Parser
from elementpath.tdop import Parser as TdopParser

from assessor.domain.logic_functions import (
    FUNCTIONS,
    LogicValue,
    Surroundings,
    as_boolean,
    as_number,
    compared,
)
from assessor.domain.problems import Said, Several, say

LONGEST = 4000
MOST_PARTS = 600
DEEPEST = 40
LONGEST_CHAIN = 200
"""How many parts may follow one another, as in `a or b or c`; brackets are what makes deep."""

_REFERENCE = re.compile(r"\$\{\s*([A-Za-z_][A-Za-z0-9_.-]*)\s*\}")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")

Evaluate = Callable[[Surroundings], LogicValue]


class NotUnderstoodError(ValueError):
    """An expression that cannot be read; `said` tells in plain words why, and what to do."""

    def __init__(self, said: Said) -> None:
        super().__init__(said)
        self.said = said


@dataclass(frozen=True)
class Call:
    """One part of an expression, for whoever reads it: checks, sentences, the designer's fields.

    `name` is an operator ("and", "=", "+", "-"), a function's name, or one of "text", "number",
    "reference", "self" (the `.` of a constraint) and "bare" (an attribute in an option filter);
    `value` is what the last five stand for.
    """

    name: str
    parts: tuple["Call", ...] = ()
    value: str | float = ""

    @property
    def is_literal(self) -> bool:
        """A text or number that is written out. The function number() has parts."""
        return self.name in {"text", "number"} and not self.parts

    def references(self) -> tuple[str, ...]:
        """The keys that are named as `${…}`, each once, in their order."""
        return tuple(
            dict.fromkeys(str(part.value) for part in self.walk() if part.name == "reference")
        )

    def walk(self) -> Iterator["Call"]:
        """This part and every part below it, in the order in which they are written."""
        to_do = [self]
        while to_do:
            part = to_do.pop()
            yield part
            to_do.extend(reversed(part.parts))


@dataclass(frozen=True)
class Parsed:
    """An expression that was read: as a tree, and ready to evaluate."""

    text: str
    tree: Call
    run: Evaluate

    @cached_property
    def references(self) -> tuple[str, ...]:
        """The keys that it names, each once, in their order."""
        return self.tree.references()

    def holds(self, surroundings: Surroundings) -> bool:
        return as_boolean(self.run(surroundings))


class _Parser(XPath1Parser):
    """XPath 1.0 with XLSForm's functions. Only its grammar is used."""

    def parse(self, source: str) -> Any:
        """The tokens of an expression, without evaluating anything as the base class would."""
        if self.tokenizer is None:
            self.tokenizer = self.create_tokenizer(self.symbol_table)
        return TdopParser.parse(self, source)


for _name, _function in FUNCTIONS.items():
    if _name in XPath1Parser.symbol_table:
        _Parser.unregister(_name)
    _Parser.function(_name, nargs=_function.nargs)
_Parser.build()


@lru_cache(maxsize=20_000)
def parse(text: str) -> Parsed:
    """The expression, ready to evaluate. Raises NotUnderstoodError."""
    if len(text) > LONGEST:
        raise NotUnderstoodError(
            say(
                "This is longer than {most:,} characters. Split it: work out a "
                "part of it in a calculated item, and name that.",
                most=LONGEST,
            )
        )
    names: list[str] = []
    source = _with_variables(text, names)
    if max(_nesting(source), source.count("-")) > 200:
        raise NotUnderstoodError(say("This is nested too deeply. Split it into calculated items."))
    try:
        root = _Parser().parse(source)
    except ElementPathError as error:
        raise NotUnderstoodError(_plain(error, text)) from error
    except RecursionError as error:
        raise NotUnderstoodError(say("This is nested too deeply. Split it.")) from error
    tree = _call(root, names, 0)
    if sum(1 for _part in tree.walk()) > MOST_PARTS:
        raise NotUnderstoodError(
            say(
                "This has more than {most} parts. Split it into calculated items.",
                most=MOST_PARTS,
            )
        )
    return Parsed(text, tree, _compiled(tree))


def references(text: str) -> tuple[str, ...]:
    """The keys an expression names; none where it is empty or cannot be read."""
    if not text.strip():
        return ()
    try:
        return parse(text).references
    except NotUnderstoodError:
        return ()


def _with_variables(text: str, names: list[str]) -> str:
    """The expression with `${key}` as a variable, outside of quoted texts.

    Variables are numbered, since a key may hold what no variable may.
    """

    def numbered(match: re.Match[str]) -> str:
        names.append(match[1])
        # The space keeps a minus that follows from becoming part of the name.
        return f" $v{len(names) - 1} "

    parts: list[str] = []
    end = 0
    for quoted in _QUOTED.finditer(text):
        parts += [_unquoted(text[end : quoted.start()], numbered), quoted[0]]
        end = quoted.end()
    parts.append(_unquoted(text[end:], numbered))
    return "".join(parts)


def _unquoted(text: str, numbered: Callable[[re.Match[str]], str]) -> str:
    replaced = _REFERENCE.sub(numbered, text).replace("jr:choice-name", "choice-name")
    if "${" in replaced:
        raise NotUnderstoodError(
            say("`${{` begins the name of an item, such as `${{visits}}`. Close it.")
        )
    return replaced


def _nesting(text: str) -> int:
    deepest = depth = 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        deepest = max(deepest, depth)
    return deepest


# Any: elementpath's tokens are dynamic classes without types of their own.
def _leaf(token: Any, names: list[str]) -> Call | None:
    """A part that has no parts."""
    symbol = token.symbol
    if symbol == "(string)":
        return Call("text", value=str(token.value))
    if symbol in {"(integer)", "(decimal)", "(float)"}:
        if not abs(token.value) < 1e300:
            raise NotUnderstoodError(say("A number here is too large. Write a smaller one."))
        return Call("number", value=float(token.value))
    if symbol == "$":
        name = str(token[0].value)
        if not (name[:1] == "v" and name[1:].isdigit() and int(name[1:]) < len(names)):
            raise NotUnderstoodError(
                say("Write `${{{name}}}` for an item, not `${name}`.", name=name)
            )
        return Call("reference", value=names[int(name[1:])])
    if symbol == ".":
        return Call("self")
    return Call("bare", value=str(token.value)) if symbol == "(name)" else None


def _call(token: Any, names: list[str], depth: int, chain: int = 0) -> Call:
    if depth > DEEPEST or chain > LONGEST_CHAIN:
        raise NotUnderstoodError(say("This is nested too deeply. Split it into calculated items."))
    symbol = token.symbol
    leaf = _leaf(token, names)
    if leaf is not None:
        return leaf
    if symbol == "(":
        if len(token) != 1:
            raise NotUnderstoodError(say("There is nothing between two brackets. Remove them."))
        return _call(token[0], names, depth + 1)
    known = symbol in FUNCTIONS and token.label == "function"
    if not known and symbol not in _OPERATORS and symbol != "-":
        raise NotUnderstoodError(
            say(
                "`{symbol}` leads through a document, which answers are not. Name "
                "items as `${{key}}`, and combine them with `and`, `or`, comparisons "
                "and functions.",
                symbol=symbol,
            )
        )
    parts = []
    for place, part in enumerate(token):
        # `a or b or c` leans to the left, and is no deeper for being long.
        same = place == 0 and part.symbol == symbol and not known
        parts.append(_call(part, names, depth if same else depth + 1, chain + 1 if same else 0))
    return Call(symbol, tuple(parts))


def _plain(error: Exception, text: str) -> Said:
    said = str(error)
    unknown = re.search(r"unknown function '([^']+)'", said)
    if unknown:
        return say(
            "There is no function `{name}` here. There is {functions}.",
            name=unknown[1],
            functions=", ".join(f"`{name}`" for name in sorted(FUNCTIONS)),
        )
    arguments = re.search(r"too (many|few) arguments", said, re.IGNORECASE)
    if arguments and arguments[1].lower() == "many":
        return say("A function has too many arguments: {wanted}.", wanted=_arguments_wanted(text))
    if arguments:
        return say("A function has too few arguments: {wanted}.", wanted=_arguments_wanted(text))
    at = re.search(r"column (\d+)", said)
    if at and "${" not in text:
        return say(
            "This cannot be read near its character {place}. Write it like "
            "`${{visits}} > 3 and ${{group}} = 'staff'`, with quotes around texts and codes.",
            place=at[1],
        )
    return say(
        "This cannot be read. Write it like `${{visits}} > 3 and ${{group}} = 'staff'`, with "
        "quotes around texts and codes."
    )


def _arguments_wanted(text: str) -> Several:
    """How many values the functions of an expression take."""
    said = []
    for name in dict.fromkeys(re.findall(r"[a-z][a-z-]*(?=\s*\()", _QUOTED.sub("", text))):
        function = FUNCTIONS.get(name.replace("jr:", ""))
        if function is None:
            continue
        few, many = function.nargs if isinstance(function.nargs, tuple) else (function.nargs,) * 2
        if few == many:
            said.append(say("`{name}` takes {few}", name=name, few=few))
        elif many is None:
            said.append(say("`{name}` takes {few} or more", name=name, few=few))
        else:
            said.append(say("`{name}` takes {few} to {many}", name=name, few=few, many=many))
    return Several(said)


def _arithmetic(work: Callable[[float, float], float]) -> Callable[[Evaluate, Evaluate], Evaluate]:
    def made(left: Evaluate, right: Evaluate) -> Evaluate:
        return lambda s: work(as_number(left(s)), as_number(right(s)))

    return made


def _divided(a: float, b: float) -> float:
    if b or math.isnan(a):
        return a / b if b else math.nan
    # As XPath has it: only 0 by 0 is no number.
    return math.copysign(math.inf, a) * math.copysign(1, b) if a else math.nan


def _remainder(a: float, b: float) -> float:
    # XPath's remainder has the sign of what is divided.
    return math.fmod(a, b) if b and math.isfinite(a) else math.nan


def _comparison(sign: str) -> Callable[[Evaluate, Evaluate], Evaluate]:
    def made(left: Evaluate, right: Evaluate) -> Evaluate:
        return lambda s: compared(sign, left(s), right(s))

    return made


_OPERATORS: dict[str, Callable[[Evaluate, Evaluate], Evaluate]] = {
    "and": lambda a, b: lambda s: as_boolean(a(s)) and as_boolean(b(s)),
    "or": lambda a, b: lambda s: as_boolean(a(s)) or as_boolean(b(s)),
    **{sign: _comparison(sign) for sign in ("=", "!=", "<", "<=", ">", ">=")},
    "+": _arithmetic(lambda a, b: a + b),
    "-": _arithmetic(lambda a, b: a - b),
    "*": _arithmetic(lambda a, b: a * b),
    "div": _arithmetic(_divided),
    "mod": _arithmetic(_remainder),
}


def _compiled(call: Call) -> Evaluate:
    if call.is_literal:
        constant = cast("LogicValue", call.value)
        return lambda s: constant
    if call.name == "reference":
        key = str(call.value)
        return lambda s: s.value(key)
    if call.name == "self":
        return lambda s: s.itself
    if call.name == "bare":
        name = str(call.value)
        return lambda s: s.attributes.get(name, "")
    parts: list[Evaluate] = []
    for part in call.parts:  # a loop, since a comprehension would nest twice as deep
        parts.append(_compiled(part))
    if call.name == "-" and len(parts) == 1:
        return lambda s: -as_number(parts[0](s))
    if call.name in _OPERATORS and call.name not in FUNCTIONS:
        if len(parts) != 2:
            raise NotUnderstoodError(
                say("`{name}` stands between two things. Add the other.", name=call.name)
            )
        return _OPERATORS[call.name](*parts)
    function = FUNCTIONS[call.name]
    if function.lazy is not None:
        lazy = function.lazy
        return lambda s: lazy(s, parts)
    work = function.work
    assert work is not None, "a function is either lazy or works on values"
    return lambda s: work(s, [part(s) for part in parts])


def surroundings(
    values: Mapping[str, LogicValue],
    *,
    on: date,
    itself: LogicValue = "",
    attributes: Mapping[str, str] | None = None,
    labels: Callable[[str, str], str] | None = None,
) -> Surroundings:
    """What an expression is evaluated in. `values`: key → answer; `on`: what `today()` is."""
    return Surroundings(values, on, itself, attributes or {}, labels or (lambda _key, code: code))
