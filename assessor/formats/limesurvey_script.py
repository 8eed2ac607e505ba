"""ExpressionScript, LimeSurvey's language of logic, read into a small tree.

Only what LimeSurvey documents is read. Precedence is that of LimeSurvey's own parser: `or`, `and`,
equality, order, sums, products, then `!` and minus.
"""

import re
from dataclasses import dataclass


class NotTranslatableError(ValueError):
    """Logic that has no counterpart here; the text says in plain words what it is."""


@dataclass(frozen=True)
class Script:
    """One part of an expression: `kind` is number, text, name, call, or an operator's name.

    Operators are named as we name them: or, and, not, =, !=, <, <=, >, >=, +, -, *, /, negative.
    """

    kind: str
    value: str = ""
    parts: tuple["Script", ...] = ()


MOST_TOKENS = 3000
DEEPEST = 60

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
    | (?P<sgqa>(?:INSERTANS:)?\d+X\d+X\d+[A-Za-z0-9_\#]*(?:\.[A-Za-z_]+)*)
    | (?P<number>\d+(?:\.\d+)?|\.\d+)
    | (?P<name>[A-Za-z_][A-Za-z0-9_]*(?:[.:\#][A-Za-z0-9_]+)*)
    | (?P<sign>&&|\|\||===|!==|==|!=|<>|<=|>=|[-+*/%<>!=(),;&|])
    )""",
    re.VERBOSE | re.DOTALL,
)

_WORDS = {
    "and": "and",
    "or": "or",
    "eq": "=",
    "ne": "!=",
    "lt": "<",
    "le": "<=",
    "gt": ">",
    "ge": ">=",
    "not": "not",
}
_SIGNS = {
    "&&": "and",
    "||": "or",
    "==": "=",
    "===": "=",
    "!=": "!=",
    "!==": "!=",
    "<>": "!=",
    "!": "not",
    "=": "assign",
}

# Each level binds closer than the one before it.
_LEVELS: tuple[frozenset[str], ...] = (
    frozenset({"or"}),
    frozenset({"and"}),
    frozenset({"=", "!="}),
    frozenset({"<", "<=", ">", ">="}),
    frozenset({"+", "-"}),
    frozenset({"*", "/", "%"}),
)

Token = tuple[str, str]


def read_script(text: str) -> Script:
    """The tree of an expression. Raises NotTranslatableError."""
    tokens = _tokens(text)
    if not tokens:
        raise NotTranslatableError("There is nothing in it.")
    reader = _Reader(tokens)
    found = reader.level(0, 0)
    if reader.at < len(tokens):
        raise NotTranslatableError(f"It cannot be read from “{tokens[reader.at][1]}” on.")
    return found


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    at = 0
    text = text.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.end() == at:
            raise NotTranslatableError(f"It cannot be read from “{text[at : at + 20]}” on.")
        at = match.end()
        found.append(_token(match))
        if len(found) > MOST_TOKENS:
            raise NotTranslatableError("It is too long.")
    return found


def _token(match: re.Match[str]) -> Token:
    kind = str(match.lastgroup)
    value = match[kind]
    if kind == "text":
        return "text", re.sub(r"\\(.)", r"\1", value[1:-1])
    if kind == "sgqa":
        return "name", value.removeprefix("INSERTANS:")
    if kind == "name" and value.lower() in _WORDS:
        return "sign", _WORDS[value.lower()]
    if kind == "sign":
        return "sign", _SIGNS.get(value, value)
    return kind, value


class _Reader:
    """Walks along the tokens, one function a level of precedence."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0

    def sign(self) -> str:
        """The operator that comes next; empty where something else does."""
        if self.at < len(self.tokens) and self.tokens[self.at][0] == "sign":
            return self.tokens[self.at][1]
        return ""

    def expect(self, sign: str) -> None:
        if self.sign() != sign:
            raise NotTranslatableError(f"A “{sign}” is missing.")
        self.at += 1

    def level(self, level: int, depth: int) -> Script:
        if depth > DEEPEST:
            raise NotTranslatableError("It is nested too deeply.")
        if level == len(_LEVELS):
            return self.unary(depth)
        left = self.level(level + 1, depth)
        while self.sign() in _LEVELS[level]:
            sign = self.sign()
            self.at += 1
            left = Script(sign, parts=(left, self.level(level + 1, depth)))
        return left

    def unary(self, depth: int) -> Script:
        if depth > DEEPEST:
            raise NotTranslatableError("It is nested too deeply.")
        sign = self.sign()
        if sign == "not":
            self.at += 1
            return Script("not", parts=(self.unary(depth + 1),))
        if sign == "-":
            self.at += 1
            return Script("negative", parts=(self.unary(depth + 1),))
        if sign == "+":
            self.at += 1
            return self.unary(depth + 1)
        return self.atom(depth)

    def atom(self, depth: int) -> Script:
        if self.at >= len(self.tokens):
            raise NotTranslatableError("It ends before its time.")
        kind, value = self.tokens[self.at]
        self.at += 1
        if kind == "sign":
            if value != "(":
                raise NotTranslatableError(f"“{value}” stands where a value should.")
            inner = self.level(0, depth + 1)
            if self.sign() == "assign":
                raise NotTranslatableError("It gives a value to a question, with a single “=”.")
            self.expect(")")
            return inner
        if kind == "name" and self.sign() == "(":
            self.at += 1
            return Script("call", value, tuple(self.arguments(depth)))
        if self.sign() == "assign":
            raise NotTranslatableError("It gives a value to a question, with a single “=”.")
        return Script(kind, value)

    def arguments(self, depth: int) -> list[Script]:
        found: list[Script] = []
        if self.sign() == ")":
            self.at += 1
            return found
        while True:
            found.append(self.level(0, depth + 1))
            if self.sign() != ",":
                break
            self.at += 1
        self.expect(")")
        return found
