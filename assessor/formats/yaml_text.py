"""YAML bytes become plain values with the line of every one of them, or a list of problems.

The file is read from the parser's events and not from its objects, because what people send is
not trusted: nothing is built before depth, size and the expansion of aliases are known, no tag is
obeyed, and each value keeps the line that a problem will point to. Plain words follow the core
schema of YAML 1.2: `no`, `on` and `2021-01-01` are text.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from assessor.domain.problems import Checked, Problem, failed

LARGEST_FILE = 5_000_000
DEEPEST = 40
MOST_NODES = 200_000
"""After aliases are expanded; an instrument of a thousand items has some ten thousand."""

Path = tuple[str | int, ...]
"""Where a value stands: ("pages", 0, "items", 3, "text")."""


@dataclass
class Node:
    """One value of the file. `entries` holds a mapping's keys, values and the keys' lines."""

    line: int
    scalar: object = None
    text: str | None = None
    items: list["Node"] | None = None
    entries: list[tuple[str, "Node", int]] | None = None


@dataclass(frozen=True)
class YamlDocument:
    """A file's values. `lines` and `texts` go by path; `texts` holds what plain numbers were."""

    content: dict[str, Any]  # Any: whatever a file may say, before a model has checked it
    lines: dict[Path, int]
    texts: dict[Path, str]

    def line_at(self, path: Path) -> int | None:
        """The line of a value, or of the nearest thing around it that the file does hold."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return None

    def path_of(self, where: str) -> Path:
        """The path for "indicators.3.evidence" as far as it leads; keys may hold dots."""
        path: Path = ()
        here: object = self.content
        parts = where.split(".") if where else []
        while parts:
            if isinstance(here, list) and parts[0].isdecimal() and int(parts[0]) < len(here):
                step: str | int = int(parts[0])
                used = 1
                here = here[int(parts[0])]
            elif isinstance(here, dict):
                names = [".".join(parts[:n]) for n in range(len(parts), 0, -1)]
                step = next((name for name in names if name in here), "")
                if not step:
                    return path
                used = str(step).count(".") + 1
                here = here[step]
            else:
                return path
            path, parts = (*path, step), parts[used:]
        return path

    def line_of(self, where: str) -> int | None:
        return self.line_at(self.path_of(where))


def read_yaml(data: bytes, name: str) -> Checked[YamlDocument]:
    """The one mapping that a YAML file holds.

    `data`: at most 5 MB of UTF-8 (a byte order mark is allowed). Everything else is a problem
    with `name` as its file: other encodings, binary, broken YAML, a list instead of keys, keys
    used twice (all of them at once), tags, several documents, too deep or too large a content.
    """
    text, problem = decode_text(data, name)
    if text is None:
        return failed(problem or _problem("yaml.empty", "The file cannot be read.", name))
    composer = _Composer(name)
    try:
        root = composer.compose(text)
    except _StopReading as stop:
        return failed(*composer.problems, stop.problem)
    except (YAMLError, ValueError) as error:
        return failed(*composer.problems, *_syntax_problems(error, text, name))
    if root is None or (root.entries is None and root.items is None and root.scalar is None):
        return failed(
            _problem(
                "yaml.empty", "The file holds nothing. Write its content or remove it.", name, 1
            )
        )
    if root.entries is None:
        what = "a list" if root.items is not None else "a single text"
        return failed(
            _problem(
                "yaml.not-a-mapping",
                f"The file holds {what}, and should hold `name: value` lines. "
                "Start with a line such as `key: patrons`.",
                name,
                root.line,
            )
        )
    if composer.problems:
        return failed(*composer.problems)
    try:
        return Checked(_Flattener(name).document(root))
    except _StopReading as stop:
        return failed(stop.problem)


def decode_text(data: bytes, name: str) -> tuple[str | None, Problem | None]:
    """The file's text, or why it is none: too large, empty, binary, or not UTF-8."""
    if len(data) > LARGEST_FILE:
        return None, _problem(
            "yaml.too-large",
            f"The file has {len(data) / 1e6:,.0f} MB; at most {LARGEST_FILE / 1e6:.0f} MB can be "
            "read. Split it, or check that it is the right file.",
            name,
        )
    if not data.strip():
        return None, _problem(
            "yaml.empty", "The file is empty. Write its content or remove it.", name
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, _problem(
            "yaml.encoding", "The file is in UTF-16. Save it again as UTF-8.", name, 1
        )
    if b"\x00" in data:
        return None, _problem(
            "yaml.binary",
            "This is a binary file and not text. Choose the YAML file itself, as plain text.",
            name,
        )
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        return None, _problem(
            "yaml.encoding",
            "A letter on this line is not written in UTF-8. Save the file again with the "
            "encoding UTF-8.",
            name,
            data.count(b"\n", 0, error.start) + 1,
        )


class _StopReading(Exception):  # noqa: N818  it stops, it is no error of ours
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def _problem(
    code: str, message: str, name: str, line: int | None = None, where: str = ""
) -> Problem:
    return Problem(code=code, where=where, message=message, line=line, file=name)


class _Composer:
    """Builds nodes from events. Deep nesting ends here, before anything recurses into it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.anchors: dict[str, Node] = {}
        self.count = 0

    def compose(self, text: str) -> Node | None:
        root: Node | None = None
        documents = 0
        events = _events(text)
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._stop(
                        "yaml.several-documents",
                        "A second document starts here. Keep one document in a file and remove "
                        "the line `---`.",
                        event,
                    )
            elif isinstance(
                event, ScalarEvent | SequenceStartEvent | MappingStartEvent | AliasEvent
            ):
                root = self._node(event, events, 1)
        return root

    def _node(self, event: Event, events: Iterator[Event], depth: int) -> Node:
        self.count += 1
        if depth > DEEPEST:
            raise self._stop(
                "yaml.too-deep",
                f"Values are nested more than {DEEPEST} deep here. Check the brackets and the "
                "indentation.",
                event,
            )
        if self.count > MOST_NODES:
            raise self._stop(
                "yaml.too-large", "The file holds too many values. Split it into several.", event
            )
        if isinstance(event, AliasEvent):
            return self._alias(event)
        line = event.start_mark.line + 1
        self._refuse_tag(event)
        if isinstance(event, ScalarEvent):
            node = _scalar(event, line)
        elif isinstance(event, SequenceStartEvent):
            node = Node(line, items=self._items(events, depth))
        else:
            node = Node(line, entries=self._entries(events, depth))
        anchor = getattr(event, "anchor", None)
        if anchor:
            self.anchors[anchor] = node
        return node

    def _items(self, events: Iterator[Event], depth: int) -> list[Node]:
        found = []
        for event in events:
            if isinstance(event, SequenceEndEvent):
                break
            found.append(self._node(event, events, depth + 1))
        return found

    def _entries(self, events: Iterator[Event], depth: int) -> list[tuple[str, Node, int]]:
        found: list[tuple[str, Node, int]] = []
        lines: dict[str, int] = {}
        for event in events:
            if isinstance(event, MappingEndEvent):
                break
            key_line = event.start_mark.line + 1
            key = self._node(event, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if key.items is not None or key.entries is not None:
                raise self._stop(
                    "yaml.key",
                    "A name before a colon must be one word, not a list. Put text that starts "
                    "with a bracket in quotes.",
                    event,
                )
            name = key.text if key.text is not None else str(key.scalar)
            if name in lines:
                self.problems.append(
                    _problem(
                        "yaml.duplicate-key",
                        f"“{name[:60]}” stands here a second time; the first is on line "
                        f"{lines[name]}. Keep one of them.",
                        self.name,
                        key_line,
                        name[:60],
                    )
                )
                continue
            lines[name] = key_line
            found.append((name, value, key_line))
        return found

    def _alias(self, event: AliasEvent) -> Node:
        node = self.anchors.get(event.anchor)
        if node is None:
            raise self._stop(
                "yaml.alias",
                f"`*{event.anchor[:60]}` refers to nothing that was named before this line. Write "
                "the value out, or put text that starts with * in quotes.",
                event,
            )
        return node

    def _refuse_tag(self, event: Event) -> None:
        # The parser gives untagged values no tag; a plain "!" only says "this is text".
        tag = getattr(event, "tag", None)
        if tag is not None and str(tag) not in {"", "!", "tag:yaml.org,2002:str"}:
            raise self._stop(
                "yaml.tag",
                f"`{str(tag)[:60]}` is a tag, and tags are not read. Remove it, or put text that "
                "starts with ! in quotes.",
                event,
            )

    def _stop(self, code: str, message: str, event: Event) -> _StopReading:
        return _StopReading(_problem(code, message, self.name, event.start_mark.line + 1))


def _events(text: str) -> Iterator[Event]:
    # The pure parser keeps its own stack, so nesting cannot exhaust Python's.
    # "rt" would leave its own marks in folded texts.
    yield from YAML(typ="safe", pure=True).parse(text)


_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS: dict[str, object] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}


def _scalar(event: ScalarEvent, line: int) -> Node:
    text = str(event.value)
    if event.style is not None or event.tag is not None:
        return Node(line, scalar=text, text=text)
    if text in _WORDS:
        return Node(line, scalar=_WORDS[text], text=text)
    if _INTEGER.fullmatch(text):
        return Node(line, scalar=int(text), text=text)
    # Infinity and "not a number" are no figures that anybody measures: they stay text.
    if len(text) <= 40 and _FLOAT.fullmatch(text) and math.isfinite(float(text)):
        return Node(line, scalar=float(text), text=text)
    return Node(line, scalar=text, text=text)


@dataclass
class _Flattener:
    """Turns nodes into plain values, expanding aliases, and notes lines and texts by path."""

    name: str
    count: int = 0
    lines: dict[Path, int] = field(default_factory=dict)
    texts: dict[Path, str] = field(default_factory=dict)

    def document(self, root: Node) -> YamlDocument:
        content = self._value(root, (), root.line)
        assert isinstance(content, dict)
        return YamlDocument(content, self.lines, self.texts)

    def _value(self, node: Node, path: Path, line: int) -> object:
        self.count += 1
        if self.count > MOST_NODES or len(path) > 4 * DEEPEST:
            raise _StopReading(
                _problem(
                    "yaml.alias-expansion",
                    "Aliases (`*name`) on this line and others repeat too much. Write the values "
                    "out.",
                    self.name,
                    line,
                )
            )
        self.lines[path] = line
        if node.items is not None:
            return [self._value(n, (*path, i), n.line) for i, n in enumerate(node.items)]
        if node.entries is not None:
            return {
                name: self._value(value, (*path, name), key_line)
                for name, value, key_line in node.entries
            }
        if isinstance(node.scalar, int | float) and node.text is not None:
            self.texts[path] = node.text
        return node.scalar


_PLAIN_WORDS = (
    ("cannot start any token", "A value cannot start with this character. Put it in quotes."),
    (
        "mapping values are not allowed here",
        "A second colon stands where only one can. Put a text that holds a colon in quotes, or "
        "check the indentation.",
    ),
    (
        "could not find expected ':'",
        "A colon is missing after a name. Write `name: value`.",
    ),
    (
        "expected <block end>",
        "The indentation does not fit the lines above. Indent entries of one list or one group "
        "by the same number of spaces.",
    ),
    ("unexpected end of stream", "A quotation mark is opened and never closed. Close it."),
    ("expected ',' or", "A comma or a closing bracket is missing. Add it."),
    ("found undefined tag handle", "Text that starts with ! must be in quotes."),
    ("unknown escape character", "Inside “double quotes” a \\ must be written \\\\."),
)


def _syntax_problems(error: Exception, text: str, name: str) -> tuple[Problem, ...]:
    tabs = [
        number
        for number, line in enumerate(text.splitlines(), 1)
        if "\t" in line[: len(line) - len(line.lstrip())]
    ]
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 if mark is not None else None
    said = str(getattr(error, "problem", None) or error)
    if tabs and ("\\t" in said or line is None or min(abs(line - tab) for tab in tabs) <= 1):
        return tuple(
            _problem(
                "yaml.tab",
                "This line is indented with a tab. Replace it by spaces.",
                name,
                number,
            )
            for number in tabs[:20]
        )
    if isinstance(error, ReaderError):
        at = min(int(getattr(error, "position", 0)), len(text))
        return (
            _problem(
                "yaml.character",
                "A character on this line is a control character and cannot stand in a text "
                "file. Delete it and type the text again.",
                name,
                text.count("\n", 0, at) + 1,
            ),
        )
    plain = next((words for sign, words in _PLAIN_WORDS if sign in said), None)
    if plain is None:
        first = said.strip().splitlines()[0] if said.strip() else "it is not complete"
        plain = f"This is not YAML ({first}). Check indentation, quotes and colons."
    if isinstance(error, MarkedYAMLError) and "end of stream" in said and error.context_mark:
        line = error.context_mark.line + 1
    return (_problem("yaml.syntax", plain, name, line),)
