"""YAML events become nodes, bounded in depth and number before anything is built from them."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ruamel.yaml import YAML
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

from assessor.domain.problems import Problem
from assessor.formats.yaml_mistakes import StopReading, yaml_problem

DEEPEST = 40
MOST_NODES = 200_000
"""After aliases are expanded; an instrument of a thousand items has some ten thousand."""


@dataclass
class Node:
    """One value of the file. `entries` holds a mapping's keys, values and the keys' lines."""

    line: int
    scalar: object = None
    text: str | None = None
    items: list["Node"] | None = None
    entries: list[tuple[str, "Node", int]] | None = None


class Composer:
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
                    yaml_problem(
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

    def _stop(self, code: str, message: str, event: Event) -> StopReading:
        return StopReading(yaml_problem(code, message, self.name, event.start_mark.line + 1))


def _events(text: str) -> Iterator[Event]:
    # The pure parser keeps its own stack, so nesting cannot exhaust Python's.
    # "rt" would leave its own marks in folded texts.
    yield from YAML(typ="safe", pure=True).parse(text)


_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
# A long row of digits is a number of something, such as an ISBN, and no figure: it stays text.
_FLOAT = re.compile(r"(?=.*[.eE])[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
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
