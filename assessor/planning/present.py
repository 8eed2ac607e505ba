"""A reading as a person, a program or an editor reads it: tree, JSON, YAML."""

import io
import json
import re
import unicodedata

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from assessor.domain.plan import Element, Reading

LONGEST_KEY = 40


def as_json(reading: Reading) -> str:
    """The reading as JSON with the keys of its model, in UTF-8 without escapes."""
    document = {
        "title": reading.title,
        "period": list(reading.period) if reading.period else None,
        "statements": [
            {"kind": s.kind, "text": s.text, "lines": list(s.lines)} for s in reading.statements
        ],
        "elements": [
            {
                "code": e.code,
                "level": e.level,
                "text": e.text,
                "parent": e.parent,
                "lines": list(e.lines) if e.lines else None,
                "doubt": e.doubt,
            }
            for e in reading.elements
        ],
        "left_out": [
            {"lines": list(part.lines), "reason": part.reason} for part in reading.left_out
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_yaml(reading: Reading, *, key: str = "", library: str = "") -> str:
    """The reading as a plan file a person can edit; doubts stand above their element as comments."""  # noqa: E501
    document = CommentedMap()
    document["key"] = key or plan_key(reading.title)
    document["title"] = reading.title
    document["library"] = library
    document["period"] = _flow(reading.period) if reading.period else None
    document["statements"] = [
        _mapping(kind=s.kind, text=s.text, lines=_flow(s.lines)) for s in reading.statements
    ]
    elements = CommentedSeq()
    for position, element in enumerate(reading.elements):
        elements.append(_mapping(**_element(element)))
        if element.doubt:
            elements.yaml_set_comment_before_after_key(
                position, before=f"Doubt: {element.doubt}", indent=2
            )
    document["elements"] = elements
    yaml = YAML()
    yaml.width = 96
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.representer.add_representer(
        type(None), lambda rep, _: rep.represent_scalar("tag:yaml.org,2002:null", "null")
    )
    out = io.StringIO()
    yaml.dump(document, out)
    return out.getvalue()


def _element(element: Element) -> dict[str, object]:
    return {
        "code": element.code,
        "level": element.level,
        "text": element.text,
        "parent": element.parent,
        "lines": _flow(element.lines) if element.lines else None,
    }


def _mapping(**values: object) -> CommentedMap:
    return CommentedMap(values)


def _flow(numbers: tuple[int, int]) -> CommentedSeq:
    sequence = CommentedSeq(numbers)
    sequence.fa.set_flow_style()
    return sequence


def plan_key(title: str) -> str:
    """A short stable name for files and addresses, made from a title's first whole words."""
    plain = unicodedata.normalize("NFKD", re.sub(r"['’]|[^\w\s]", _apart, title))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    key = ""
    for word in (w for w in words if w not in {"the", "a", "of", "and"}):
        longer = f"{key}-{word}" if key else word
        if len(longer) > LONGEST_KEY:
            break
        key = longer
    return key or "plan"


def _apart(match: re.Match[str]) -> str:
    """A dash or a colon parts words; an apostrophe does not."""
    return "" if match.group() in "'’" else " "


def as_tree(reading: Reading, *, source: str = "") -> str:
    """The reading as an indented tree for a terminal: statements, elements, doubts, what was left out."""  # noqa: E501
    years = f" ({reading.period[0]}–{reading.period[1]})" if reading.period else ""
    out = [f"{reading.title}{years}", ""]
    for statement in reading.statements:
        out.append(f"{statement.kind}  {_cut(statement.text)}")
    if reading.statements:
        out.append("")
    depth: dict[str | None, int] = {None: -1}
    # The guess at a list's level is every member's doubt, and read once it is enough.
    said: set[tuple[str | None, str]] = set()
    for element in reading.elements:
        depth[element.code] = depth[element.parent] + 1
        pad = "  " * depth[element.code]
        out.append(f"{pad}{element.code}  {element.level}: {_cut(element.text, 110 - len(pad))}")
        if element.doubt and (element.parent, element.doubt) not in said:
            said.add((element.parent, element.doubt))
            out.append(f"{pad}  ? {element.doubt}")
    doubts = sum(e.doubt is not None for e in reading.elements)
    lines = sum(part.lines[1] - part.lines[0] + 1 for part in reading.left_out)
    levels: dict[str, int] = {}
    for element in reading.elements:
        levels[element.level] = levels.get(element.level, 0) + 1
    counts = ", ".join(f"{level} {count}" for level, count in levels.items())
    out += ["", f"{len(reading.elements)} elements ({counts}); {doubts} with a doubt."]
    if reading.left_out:
        out += ["", f"Left out, about {lines} lines:"]
        out += [f"  {_range(part.lines)}  {part.reason}" for part in reading.left_out]
    return "\n".join(out) + "\n"


def _range(lines: tuple[int, int]) -> str:
    return f"line {lines[0]}" if lines[0] == lines[1] else f"lines {lines[0]}–{lines[1]}"


def _cut(text: str, width: int = 100) -> str:
    return text if len(text) <= width else text[: max(20, width - 1)].rstrip() + "…"
