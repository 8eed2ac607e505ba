"""What the files of plans, mappings, instruments and the catalogue have in common.

A file is read in three steps: YAML, then the model's shape, then the checks of meaning. Each step
goes on with what the one before could make of the file.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel

from assessor.domain.problems import Checked, Problem
from assessor.formats.model_reading import ModelReading, read_model
from assessor.formats.yaml_text import YamlDocument, read_yaml
from assessor.formats.yaml_writing import write_yaml

M = TypeVar("M", bound=BaseModel)

SCHEMAS = "../../docs/schemas/"
"""Where a library's folder, such as `surveys/riverbend`, finds the published schemas."""

SEEMS_MISSING = frozenset(
    {
        "instrument.unknown-scale",
        "instrument.unused-scale",
        "instrument.group-item",
        "instrument.exclusive",
        "mapping.plan",
        "mapping.unknown-element",
        "mapping.unknown-instrument",
        "mapping.unknown-item",
        "mapping.uncovered",
        "mapping.level",
        "mapping.no-evidence",
        "plan.unknown-parent",
        "plan.empty",
    }
)
"""Problems that may only be there because something else of a file could not be read."""


@dataclass(frozen=True)
class FileReading(Generic[M]):
    """One file read: what it holds where it can be read, and all problems with their lines."""

    name: str
    model: ModelReading[M] | None
    problems: tuple[Problem, ...]

    @property
    def partial(self) -> M | None:
        """What stands in the file once its mistakes are left out; for further checks only."""
        return self.model.partial if self.model else None

    @property
    def pruned(self) -> bool:
        """Whether `partial` lacks something that the file meant to say."""
        return self.model is None or self.model.partial is None or self.model.pruned

    def checked(self) -> Checked[M]:
        return Checked(self.model.model if self.model else None, self.problems)

    def place(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Problems found in the content, with this file and the lines they stand on."""
        if self.model is None:
            return tuple(p.model_copy(update={"file": self.name}) for p in problems)
        return tuple(self.model.place(problem) for problem in problems)


def read_file(
    model: type[M], data: bytes, name: str, check: Callable[[M], Iterable[Problem]]
) -> FileReading[M]:
    """YAML, shape and meaning of one file; `check` is the domain's check of the model."""
    document = read_yaml(data, name)
    if document.value is None:
        return FileReading(name, None, document.problems)
    return read_document(model, document.value, name, check)


def read_document(
    model: type[M], document: YamlDocument, name: str, check: Callable[[M], Iterable[Problem]]
) -> FileReading[M]:
    reading = read_model(model, document, name)
    found: tuple[Problem, ...] = ()
    if reading.partial is not None:
        found = tuple(reading.place(problem) for problem in check(reading.partial))
    if reading.pruned:
        found = tuple(problem for problem in found if problem.code not in SEEMS_MISSING)
    return FileReading(name, reading, in_order((*reading.problems, *found)))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By file and line, each once."""
    return tuple(
        sorted(dict.fromkeys(problems), key=lambda p: (p.file or "", p.line or 0, p.code, p.where))
    )


def written(model: BaseModel, schema: str) -> bytes:
    """The model as YAML that says in its first line which schema an editor should use."""
    return write_yaml(model, f"# yaml-language-server: $schema={schema}\n")
