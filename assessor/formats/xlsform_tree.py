"""The rows of an XLSForm's sheets as a tree of groups and questions, and its lists of choices."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assessor.domain.problems import Problem
from assessor.formats.xlsform_columns import Languages, Row, Table
from assessor.formats.xlsform_types import Read

YES = frozenset(["yes", "Yes", "YES", "true", "True", "TRUE", "true()"])
NO = frozenset(["no", "No", "NO", "false", "False", "FALSE", "false()"])


@dataclass
class Node:
    """A question, or a group, repeat or loop with what stands in it."""

    row: Row
    read: Read
    name: str
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)

    @property
    def is_group(self) -> bool:
        return self.read.what == "begin"

    @property
    def appearance(self) -> list[str]:
        return self.row.get("appearance").split()

    def walk(self) -> Iterator["Node"]:
        """Itself, then everything in it, in the order of the sheet."""
        yield self
        for child in self.children:
            yield from child.walk()

    def inside(self, control: str) -> "Node | None":
        """The nearest thing around it of this kind."""
        around = self.parent
        while around is not None and around.read.control != control:
            around = around.parent
        return around


@dataclass(frozen=True)
class Choice:
    row: Row
    name: str


@dataclass
class Form:
    """A whole form as it was read. `settings`: name → text."""

    file: str
    roots: list[Node] = field(default_factory=list)
    choices: dict[str, list[Choice]] = field(default_factory=dict)
    external: dict[str, list[Choice]] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    survey: Table = field(default_factory=lambda: Table("survey"))
    choice_table: Table = field(default_factory=lambda: Table("choices"))
    languages: Languages = field(default_factory=Languages)
    problems: list[Problem] = field(default_factory=list)
    comments: list[Row] = field(default_factory=list)
    disabled: list[Row] = field(default_factory=list)

    def nodes(self) -> Iterator[Node]:
        for root in self.roots:
            yield from root.walk()

    def problem(
        self, code: str, message: str, line: int, column: str = "", sheet: str = "survey"
    ) -> None:
        where = f"{sheet}, row {line}" + (f", {column}" if column else "")
        self.problems.append(
            Problem(code=f"xlsform.{code}", where=where, message=message, line=line, file=self.file)
        )

    def setting(self, name: str) -> str:
        return self.settings.get(name, "")


_START = (
    r"A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    r"\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME = rf"[{_START}][{_START}\-.0-9\xb7\u0300-\u036f\u203f\u2040]*"
XML_NAME = re.compile(rf"{_NAME}(?::{_NAME})?")
REFERENCE = re.compile(rf"\$\{{\s*(?P<saved>last-saved#)?(?P<name>{_NAME})\s*\}}")
"""`${name}`; pyxform takes no spaces inside, which its own check reports."""
ANY_REFERENCE = re.compile(r"\$\{([^}]+)\}|\$\{[^}]*$")
STRICT_REFERENCE = re.compile(rf"(last-saved#)?(?P<name>{_NAME})")
ONLY_REFERENCE = re.compile(rf"\$\{{(?:last-saved#)?(?P<name>{_NAME})\}}")
