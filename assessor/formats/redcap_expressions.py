"""Our logic as REDCap writes it: `${used} = 'yes'` as `[used] = '1'`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from assessor.domain.logic import Call, NotUnderstoodError, parse


class NoWordError(ValueError):
    """Something that REDCap has no word for; the text says what."""


@dataclass(frozen=True)
class Field:
    """The field that a column became. `codes`: our code → its own."""

    name: str
    is_checkbox: bool = False
    codes: Mapping[str, str] = field(default_factory=dict)


def written(expression: str, fields: Mapping[str, Field], itself: str = "") -> str:
    """An expression of ours. `itself`: the column that `.` is. Raises NoWordError."""
    if not expression.strip():
        return ""
    try:
        tree = parse(expression).tree
    except NotUnderstoodError as error:
        raise NoWordError(str(error)) from error
    return _Writer(fields, itself).text(tree, 0)


_BINDS = {"or": 1, "and": 2, "=": 3, "!=": 3, "<": 3, "<=": 3, ">": 3, ">=": 3, "+": 4, "-": 4}
_BINDS |= {"*": 5, "div": 5}
_SIGNS = {"!=": "<>", "div": "/"}
_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_NAMES = {
    "if": "if",
    "min": "min",
    "max": "max",
    "sum": "sum",
    "abs": "abs",
    "round": "round",
    "concat": "concat",
    "join": "concat_ws",
    "contains": "contains",
    "starts-with": "starts_with",
    "ends-with": "ends_with",
    "string-length": "length",
    "normalize-space": "trim",
}


class _Writer:
    def __init__(self, fields: Mapping[str, Field], itself: str) -> None:
        self.fields, self.itself = fields, itself

    def text(self, call: Call, binds: int) -> str:
        """A part, in brackets where what stands around it binds more closely."""
        if call.name == "-" and len(call.parts) == 1:
            return f"-{self.text(call.parts[0], 6)}"
        if call.name in _BINDS:
            return self._operator(call, binds)
        match call.name:
            case "text":
                return self._quoted(str(call.value))
            case "number":
                return f"{call.value:g}" if isinstance(call.value, float) else str(call.value)
            case "reference":
                return f"[{self._field(str(call.value)).name}]"
            case "self" if self.itself:
                return f"[{self._field(self.itself).name}]"
        special: dict[str, Callable[[Sequence[Call]], str]] = {
            "selected": self._selected,
            "not": lambda parts: self._negated(parts[0], binds),
            "count-selected": self._counted,
            "floor": lambda parts: f"rounddown({self.text(parts[0], 0)}, 0)",
            "ceiling": lambda parts: f"roundup({self.text(parts[0], 0)}, 0)",
            "pow": lambda parts: f"({self.text(parts[0], 0)})^({self.text(parts[1], 0)})",
            "number": lambda parts: self.text(parts[0], binds),
            "string": lambda parts: self.text(parts[0], binds),
        }
        if call.name in special:
            return special[call.name](call.parts)
        if call.name in _NAMES:
            inside = ", ".join(self.text(part, 0) for part in call.parts)
            return f"{_NAMES[call.name]}({inside})"
        raise NoWordError(f"`{call.name}` has no word in REDCap.")

    def _operator(self, call: Call, binds: int) -> str:
        left, right = call.parts
        own = _BINDS[call.name]
        if own == 3:
            text = self._comparison(call.name, left, right)
        else:
            sign = _SIGNS.get(call.name, call.name)
            beyond = own + (call.name in {"-", "div"})
            text = f"{self.text(left, own)} {sign} {self.text(right, beyond)}"
        return f"({text})" if own < binds else text

    def _comparison(self, sign: str, left: Call, right: Call) -> str:
        """A choice compared with one of its codes has REDCap's code."""
        if left.name == "text" and right.name == "reference":
            left, right = right, left
            sign = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}.get(sign, sign)
        written_sign = _SIGNS.get(sign, sign)
        if left.name == "reference" and right.name == "text":
            found = self._field(str(left.value))
            said = str(right.value)
            if found.is_checkbox and said:
                if said not in found.codes or sign not in {"=", "!="}:
                    raise NoWordError("Several choices are compared with a text.")
                return f"[{found.name}({found.codes[said]})] {written_sign} '1'"
            return f"[{found.name}] {written_sign} {self._quoted(found.codes.get(said, said))}"
        return f"{self.text(left, 4)} {written_sign} {self.text(right, 4)}"

    def _selected(self, parts: Sequence[Call], holds: str = "1") -> str:
        reference, code = parts
        if reference.name != "reference" or code.name != "text":
            raise NoWordError("`selected` asks for something that is no field and code.")
        found = self._field(str(reference.value))
        own = found.codes.get(str(code.value), str(code.value))
        if found.is_checkbox:
            return f"[{found.name}({own})] = '{holds}'"
        return f"[{found.name}] {'=' if holds == '1' else '<>'} {self._quoted(own)}"

    def _negated(self, call: Call, binds: int) -> str:
        """REDCap has no "not", so it goes inside."""
        if call.name in _OPPOSITE:
            return self.text(Call(_OPPOSITE[call.name], call.parts), binds)
        if call.name in {"and", "or"}:
            other = "or" if call.name == "and" else "and"
            inside = tuple(Call("not", (part,)) for part in call.parts)
            return self.text(Call(other, inside), binds)
        if call.name == "not":
            return self.text(call.parts[0], binds)
        if call.name == "selected":
            return self._selected(call.parts, "0")
        if call.name == "contains":
            return f"not_contain({', '.join(self.text(part, 0) for part in call.parts)})"
        raise NoWordError("REDCap has no word for “not” here.")

    def _counted(self, parts: Sequence[Call]) -> str:
        found = self._field(str(parts[0].value)) if parts[0].name == "reference" else None
        if found is None or not found.is_checkbox:
            raise NoWordError("Choices are counted of something that is no field.")
        return "sum(" + ", ".join(f"[{found.name}({code})]" for code in found.codes.values()) + ")"

    def _field(self, column: str) -> Field:
        if column not in self.fields:
            raise NoWordError(f"`{column}` is no field there.")
        return self.fields[column]

    def _quoted(self, text: str) -> str:
        if "'" in text and '"' in text:
            raise NoWordError("A text holds both kinds of quotation marks.")
        return f'"{text}"' if "'" in text else f"'{text}'"
