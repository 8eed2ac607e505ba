"""Our logic in ExpressionScript, for files that go to LimeSurvey.

The way back of `limesurvey_expressions.py`, over the same places. What LimeSurvey cannot say raises
NotTranslatableError.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from assessor.domain.logic import Call, NotUnderstoodError, parse
from assessor.domain.logic_functions import as_text
from assessor.formats.limesurvey_places import Place
from assessor.formats.limesurvey_script import NotTranslatableError

_SIGNS = {"=": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_FIGURES = {"+": "+", "-": "-", "*": "*", "div": "/"}


def script_text(text: str) -> str:
    """A constant; LimeSurvey knows both quotation marks."""
    return f"'{text}'" if '"' in text and "'" not in text else '"' + text.replace('"', "'") + '"'


@dataclass
class Outward:
    """`own` is the key of the item whose answer a constraint calls `.`."""

    names: dict[str, tuple[str, Place]] = field(default_factory=dict)
    """Our column name → LimeSurvey's, with the place between them."""
    boxes: dict[str, dict[str, str]] = field(default_factory=dict)
    """Our column of several choices → option code → LimeSurvey's name of the box."""
    ticks: dict[str, str] = field(default_factory=dict)
    """Our column of several choices → what LimeSurvey stores for a ticked box."""
    ranks: dict[str, list[str]] = field(default_factory=dict)
    own: str = ""

    def add(self, code: str, places: dict[str, Place]) -> None:
        """The places of one question of LimeSurvey's."""
        for suffix, place in places.items():
            name = f"{code}_{suffix}" if suffix else code
            if place.kind == "chosen":
                self.boxes.setdefault(place.key, {})[place.code] = name
                self.ticks[place.key] = place.tick
            elif place.kind == "rank":
                self.ranks.setdefault(place.key, []).append(name)
            else:
                self.names[place.key] = (name, place)

    def translate(self, expression: str) -> str:
        """An expression in LimeSurvey's language; "1", always, where it is empty."""
        if not expression.strip():
            return "1"
        try:
            return self.said(parse(expression).tree)
        except NotUnderstoodError as error:
            raise NotTranslatableError(str(error)) from error

    def said(self, call: Call) -> str:
        if call.name == "text" and not call.parts:
            return script_text(str(call.value))
        if call.name == "number" and not call.parts:
            return as_text(float(call.value))
        if call.name in {"reference", "self"}:
            return self._name(call)
        if call.name in {"and", "or"}:
            return f"({self.said(call.parts[0])} {call.name} {self.said(call.parts[1])})"
        if call.name in _SIGNS:
            return self._comparison(call)
        if call.name == "-" and len(call.parts) == 1:
            return f"-{self.said(call.parts[0])}"
        if call.name in _FIGURES:
            left, right = map(self.said, call.parts)
            return f"({left} {_FIGURES[call.name]} {right})"
        work = _FUNCTIONS.get(call.name)
        if work is None:
            raise NotTranslatableError(f"LimeSurvey has nothing like `{call.name}`.")
        return work(self, call.parts)

    def key(self, call: Call) -> str:
        return self.own if call.name == "self" else str(call.value)

    def _name(self, call: Call) -> str:
        key = self.key(call)
        if call.name == "self" and key not in self.names and key not in self.boxes:
            return "this"
        if key not in self.names:
            raise NotTranslatableError(f"LimeSurvey has no single answer for `{key}`.")
        return f"{self.names[key][0]}.NAOK"

    def _comparison(self, call: Call) -> str:
        left, right = call.parts
        if _is_constant(left) and right.name in {"reference", "self"}:
            mirrored = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
            return self._comparison(Call(mirrored.get(call.name, call.name), (right, left)))
        sign = _SIGNS[call.name]
        if left.name in {"reference", "self"} and right.name == "text" and not right.parts:
            if right.value == "" and sign in {"==", "!="}:
                empty = self._empty(left)
                return empty if sign == "==" else f"!{empty}"
            codes = {new: old for old, new in self._place_codes(left)}
            value = codes.get(str(right.value), str(right.value))
            return f"{self._name(left)} {sign} {script_text(value)}"
        return f"{self.said(left)} {sign} {self.said(right)}"

    def _place_codes(self, call: Call) -> tuple[tuple[str, str], ...]:
        found = self.names.get(self.key(call))
        return found[1].codes if found else ()

    def _empty(self, call: Call) -> str:
        key = self.key(call)
        if key in self.boxes:
            return f"(count({self.box_names(key)}) == 0)"
        return f"is_empty({self._name(call)})"

    def box_names(self, key: str) -> str:
        return ", ".join(f"{name}.NAOK" for name in self.boxes[key].values())

    def chosen(self, parts: tuple[Call, ...]) -> str:
        what, code = parts
        if what.name not in {"reference", "self"} or code.name != "text":
            raise NotTranslatableError("LimeSurvey needs to be told which answer is looked for.")
        key, wanted = self.key(what), str(code.value)
        if key in self.boxes:
            if wanted not in self.boxes[key]:
                if wanted == "other" and f"{key}.other" in self.names:
                    return f"!is_empty({self.names[f'{key}.other'][0]}.NAOK)"
                return "0"
            return f"{self.boxes[key][wanted]}.NAOK == {script_text(self.ticks[key])}"
        if key in self.ranks:
            tests = " or ".join(f"{name}.NAOK == {script_text(wanted)}" for name in self.ranks[key])
            return f"({tests})"
        return self._comparison(Call("=", (what, code)))

    def ranked(self, parts: tuple[Call, ...]) -> str:
        """The answer at a place of a ranking; places count from 0 here."""
        what, place = parts
        names = self.ranks.get(self.key(what), []) if what.name in {"reference", "self"} else []
        if place.name != "number" or place.parts or not 0 <= float(place.value) < len(names):
            raise NotTranslatableError("LimeSurvey knows places of rankings only.")
        return f"{names[int(float(place.value))]}.NAOK"

    def counted(self, parts: tuple[Call, ...]) -> str:
        (what,) = parts
        key = self.key(what)
        if what.name not in {"reference", "self"} or key not in self.boxes:
            raise NotTranslatableError("Only choices of several can be counted.")
        return f"count({self.box_names(key)})"

    def label(self, parts: tuple[Call, ...]) -> str:
        what = parts[0]
        if what.name != "reference" or self.key(what) not in self.names:
            raise NotTranslatableError("LimeSurvey shows the words of one choice only.")
        return f"{self.names[self.key(what)][0]}.shown"


Parts = tuple[Call, ...]


def _is_constant(call: Call) -> bool:
    """Whether it is a text or a number; `number(…)` is a function of the same name."""
    return call.name in {"text", "number"} and not call.parts


def _same(name: str) -> Callable[[Outward, Parts], str]:
    def work(o: Outward, parts: Parts) -> str:
        return f"{name}({', '.join(o.said(part) for part in parts)})"

    return work


def _regex(o: Outward, parts: Parts) -> str:
    text, pattern = parts
    if pattern.name != "text":
        raise NotTranslatableError("LimeSurvey needs a fixed pattern.")
    slashed = str(pattern.value).replace("/", "\\/")
    return f"regexMatch({script_text(f'/{slashed}/')}, {o.said(text)})"


def _coalesce(o: Outward, parts: Parts) -> str:
    first, last = parts[0], parts[-1]
    is_zero = last.name == "number" and not last.parts and last.value == 0
    if len(parts) == 2 and is_zero and first.parts and first.name in {"int", "number"}:
        # LimeSurvey's own conversions already make 0 of what is no number.
        return o.said(first)
    texts = [o.said(part) for part in parts]
    found = texts[-1]
    for one in reversed(texts[:-1]):
        found = f"if(!is_empty({one}), {one}, {found})"
    return found


def _substr(o: Outward, parts: Parts) -> str:
    texts = [o.said(part) for part in parts]
    if len(texts) == 2:
        return f"substr({texts[0]}, {texts[1]})"
    return f"substr({texts[0]}, {texts[1]}, {texts[2]} - {texts[1]})"


def _starts(o: Outward, parts: Parts) -> str:
    text, start = (o.said(part) for part in parts)
    return f"substr({text}, 0, strlen({start})) == {start}"


_FUNCTIONS: dict[str, Callable[[Outward, Parts], str]] = {
    "selected": lambda o, p: o.chosen(p),
    "selected-at": lambda o, p: o.ranked(p),
    "count-selected": lambda o, p: o.counted(p),
    "choice-name": lambda o, p: o.label(p),
    "if": _same("if"),
    "coalesce": _coalesce,
    "once": lambda o, p: o.said(p[0]),
    "not": lambda o, p: f"!({o.said(p[0])})",
    "true": lambda o, p: "1",
    "false": lambda o, p: "0",
    "boolean": lambda o, p: f"!is_empty({o.said(p[0])})",
    "number": _same("floatval"),
    "string": lambda o, p: o.said(p[0]),
    "int": _same("intval"),
    "round": _same("round"),
    "floor": _same("floor"),
    "ceiling": _same("ceil"),
    "abs": _same("abs"),
    "pow": _same("pow"),
    "min": _same("min"),
    "max": _same("max"),
    "sum": _same("sum"),
    "count-non-empty": _same("count"),
    "concat": _same("join"),
    "join": _same("implode"),
    "substr": _substr,
    "string-length": _same("strlen"),
    "starts-with": _starts,
    "normalize-space": _same("trim"),
    "regex": _regex,
    "today": lambda o, p: 'date("Y-m-d")',
}
