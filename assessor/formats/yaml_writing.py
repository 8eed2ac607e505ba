"""Domain models as YAML for people: blocks, the model's order of keys, defaults left out.

The same model always gives the same bytes, and reading them gives the same model.
"""

from io import StringIO
from typing import Any

from pydantic import BaseModel
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

WIDTH = 100
"""Lists and pairs that fit this many letters stand on one line."""


def write_yaml(model: BaseModel, comment: str = "") -> bytes:
    """The model as UTF-8, after `comment` (complete lines that start with #)."""
    content = model.model_dump(mode="json", exclude_defaults=True, by_alias=True)
    emitter = YAML(typ="rt", pure=True)
    emitter.default_flow_style = False
    emitter.width = WIDTH
    emitter.indent(mapping=2, sequence=4, offset=2)
    stream = StringIO()
    emitter.dump(_for_people(content), stream)
    # Where a long text is folded, the emitter leaves the blank at the end of the line.
    lines = (line.rstrip(" ") for line in stream.getvalue().split("\n"))
    return (comment + "\n".join(lines)).encode()


# Any: a dumped model is arbitrary JSON by nature.
def _for_people(value: Any) -> Any:
    if isinstance(value, dict):
        mapping = CommentedMap((_text(k), _for_people(v)) for k, v in value.items())
        if _is_pair(value):
            mapping.fa.set_flow_style()
        return mapping
    if isinstance(value, list):
        sequence = CommentedSeq(_for_people(v) for v in value)
        if all(not isinstance(v, dict | list) for v in value) and _fits(value):
            sequence.fa.set_flow_style()
        return sequence
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        # "4" reads better than "4.0", and is read back as the same number; "-0" would not be.
        return value if str(value).startswith("-0") else int(value)
    return value


def _text(value: str) -> str:
    lines = value.split("\n")
    if len(lines) > 1 and _may_stand_as_block(lines):
        block: str = LiteralScalarString(value)
        return block
    if not value.isprintable() or value != value.strip():
        quoted: str = DoubleQuotedScalarString(value)
        return quoted
    return value


def _may_stand_as_block(lines: list[str]) -> bool:
    """A block keeps text as it is only where no line hides white space at its ends."""
    return all(line.isprintable() and line == line.rstrip() for line in lines) and bool(
        lines[0] and lines[0] == lines[0].lstrip() and lines[-1 if lines[-1] else -2]
    )


def _is_pair(value: dict[str, Any]) -> bool:
    """Points and options: `{value: 1, label: Never}` is easier to read than two lines each."""
    return set(value) in ({"value", "label"}, {"code", "label"}) and _fits(list(value.values()))


def _fits(values: list[Any]) -> bool:
    return sum(len(str(v)) + 2 for v in values) <= WIDTH - 30
