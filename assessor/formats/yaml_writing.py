"""Domain models as YAML for people: blocks, the model's order of keys, defaults left out.

The same model always gives the same bytes, and reading them gives the same model. The writer is
our own because general ones leave blanks at line ends, quote little in some places and too much in
others, and change from version to version; this one writes only what our documents hold.
"""

import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

WIDTH = 100
"""Texts and lists that fit this many letters stand on one line."""

Json = Any  # a dumped model is arbitrary JSON by nature


def write_yaml(model: BaseModel, comment: str = "") -> bytes:
    """The model as UTF-8, after `comment` (complete lines that start with #)."""
    content = model.model_dump(mode="json", exclude_defaults=True, by_alias=True)
    return (comment + "".join(f"{line}\n" for line in _mapping(content, ""))).encode()


def _mapping(content: dict[str, Json], indent: str) -> Iterator[str]:
    for key, value in content.items():
        yield from _entry(f"{indent}{_scalar(key)}:", value, indent)


def _entry(start: str, value: Json, indent: str) -> Iterator[str]:
    """A key or a list's dash with its value: on the same line where it fits, else below."""
    flow = _flow(value)
    if flow is not None and len(start) + 1 + len(flow) <= WIDTH:
        yield f"{start} {flow}"
    elif isinstance(value, dict):
        yield start
        yield from _mapping(value, f"{indent}  ")
    elif isinstance(value, list):
        yield start
        for element in value:
            yield from _element(element, f"{indent}  ")
    elif isinstance(value, str) and (block := _block(value, f"{indent}  ")):
        yield f"{start} {block[0]}"
        yield from block[1:]
    else:
        yield f"{start} {_scalar(value)}"


def _element(value: Json, indent: str) -> Iterator[str]:
    if isinstance(value, dict) and _flow(value) is None:
        lines = list(_mapping(value, f"{indent}  "))
        # The first key stands beside the dash.
        yield f"{indent}- {lines[0].lstrip(' ')}"
        yield from lines[1:]
    else:
        yield from _entry(f"{indent}-", value, indent)


def _flow(value: Json) -> str | None:
    """The value on one line; None for what should stand in lines of its own."""
    if isinstance(value, dict):
        # Points and options: `{value: 1, label: Never}` is easier to read than two lines each.
        if not value:
            return "{}"
        if set(value) not in ({"value", "label"}, {"code", "label"}, {"value"}):
            return None
        return "{" + ", ".join(f"{k}: {_scalar(v, flow=True)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        if any(isinstance(element, dict | list) for element in value):
            return None
        return "[" + ", ".join(_scalar(element, flow=True) for element in value) + "]"
    if isinstance(value, str) and "\n" in value:
        return None
    return _scalar(value)


def _block(text: str, indent: str) -> list[str]:
    """A text of several lines as `|`, a long one as `>-`; empty where quotes are safer."""
    lines = text.split("\n")
    ending = "" if lines[-1] else "|"
    body = lines[:-1] if ending else lines
    plain = all(line.isprintable() and line == line.rstrip() for line in body)
    if not plain or not body or not body[0] or not body[-1] or body[0].startswith(" "):
        return []
    if len(lines) > 1:
        return [ending or "|-", *(f"{indent}{line}" if line else "" for line in body)]
    if "  " in text:
        return []
    return [">-", *(f"{indent}{line}" for line in _wrapped(text, WIDTH - len(indent)))]


def _wrapped(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


# What stands without quotes begins with a letter, a digit or a quotation mark that YAML does not
# know, and holds nothing that YAML reads anything into.
_PLAIN = re.compile(r"[^\W_]|[“‘«„]")
_READ_INTO = re.compile(r":(\s|$)|\s#")
_READ_INTO_IN_FLOW = re.compile(r"[,\[\]{}:?]")

# Words and figures that this or an older YAML takes for something other than text.
_NOT_TEXT = re.compile(
    r"(null|true|false|yes|no|on|off|y|n)|[-+.\d][-+.:,_\d\seExXoObTZa-fA-F]*", re.IGNORECASE
)


def _scalar(value: Json, *, flow: bool = False) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        # "4" reads better than "4.0", and is read back as the same number; "-0" would not be.
        whole = value.is_integer() and abs(value) < 1e15 and not str(value).startswith("-0")
        return str(int(value)) if whole else repr(value)
    text = str(value)
    return text if _may_stand_plain(text, flow=flow) else _quoted(text)


def _may_stand_plain(text: str, *, flow: bool) -> bool:
    if not text.isprintable() or text != text.strip() or not _PLAIN.match(text):
        return False
    if _NOT_TEXT.fullmatch(text) or _READ_INTO.search(text):
        return False
    return not (flow and _READ_INTO_IN_FLOW.search(text))


def _quoted(text: str) -> str:
    return '"' + "".join(_escaped(letter) for letter in text) + '"'


def _escaped(letter: str) -> str:
    if letter in '"\\':
        return f"\\{letter}"
    if letter == "\n":
        return "\\n"
    if letter.isprintable():
        return letter
    number = ord(letter)
    if number <= 0xFF:
        return f"\\x{number:02X}"
    return f"\\u{number:04X}" if number <= 0xFFFF else f"\\U{number:08X}"
