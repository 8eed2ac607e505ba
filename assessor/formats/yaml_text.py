"""YAML bytes become plain values with the line of every one of them, or a list of problems.

The file is read from the parser's events and not from its objects, because what people send is
not trusted: nothing is built before depth, size and the expansion of aliases are known, no tag is
obeyed, and each value keeps the line that a problem will point to. Plain words follow the core
schema of YAML 1.2: `no`, `on` and `2021-01-01` are text.
"""

from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml.error import YAMLError

from assessor.domain.problems import Checked, failed
from assessor.formats.yaml_mistakes import (
    LARGEST_FILE,
    StopReading,
    decode_text,
    syntax_problems,
    yaml_problem,
)
from assessor.formats.yaml_nodes import DEEPEST, MOST_NODES, Composer, Node

Path = tuple[str | int, ...]
"""Where a value stands: ("pages", 0, "items", 3, "text")."""


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
        return failed(problem or yaml_problem("yaml.empty", "The file cannot be read.", name))
    composer = Composer(name)
    try:
        root = composer.compose(text)
    except StopReading as stop:
        return failed(*composer.problems, stop.problem)
    except (YAMLError, ValueError) as error:
        return failed(*composer.problems, *syntax_problems(error, text, name))
    if root is None or (root.entries is None and root.items is None and root.scalar is None):
        return failed(
            yaml_problem(
                "yaml.empty", "The file holds nothing. Write its content or remove it.", name, 1
            )
        )
    if root.entries is None:
        what = "a list" if root.items is not None else "a single text"
        return failed(
            yaml_problem(
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
    except StopReading as stop:
        return failed(stop.problem)


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
            raise StopReading(
                yaml_problem(
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


__all__ = ["LARGEST_FILE", "Path", "YamlDocument", "read_yaml"]
