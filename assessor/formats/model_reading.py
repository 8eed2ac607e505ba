"""From a file's plain values to a domain model, with pydantic's findings said in plain words.

A file that has mistakes still gives as much of its model as stands without them (`partial`), so
that the checks of meaning can run over the rest and a person sees everything at once.
"""

import json
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from assessor.domain.problems import Problem
from assessor.formats.field_messages import CODES, message_of
from assessor.formats.yaml_text import Path, YamlDocument

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class ModelReading(Generic[M]):
    """`model` is None where anything is wrong; `partial` is what stands once that is left out.

    `pruned` is true where more than unknown fields had to be left out of `partial`: then what
    seems missing in it may only be what was left out. `origins` says where in the file each value
    of `partial` stood.
    """

    model: M | None
    partial: M | None
    pruned: bool
    problems: tuple[Problem, ...]
    document: YamlDocument
    name: str
    origins: dict[Path, Path] | None = None
    content: dict[str, Any] | None = None

    def place(self, problem: Problem) -> Problem:
        """The problem with file and line, its `where` leading into the file as it was written."""
        if problem.file is not None:
            return problem
        where, document = problem.where, self.document
        if self.origins is not None and self.content is not None:
            path = YamlDocument(self.content, {}, {}).path_of(where)
            rest = where[len(".".join(str(part) for part in path)) :]
            where = ".".join(str(part) for part in self.origins.get(path, path)) + rest
        return problem.model_copy(
            update={"file": self.name, "line": document.line_of(where), "where": where}
        )


def read_model(model: type[M], document: YamlDocument, name: str) -> ModelReading[M]:
    """Validate strictly, as JSON: `"3"` is no number and `true` is no 1.

    The one liberty: a plain number where a text is asked for is read as it is written, so that a
    code `1.10` without quotes stays "1.10".
    """
    content = deepcopy(document.content)
    value, errors = _validate(model, content)
    rewritten = False
    for error in errors:
        path = _path(error["loc"], content)
        if error["type"] == "string_type" and path in document.texts:
            _put(content, path, document.texts[path])
            rewritten = True
    if rewritten:
        value, errors = _validate(model, content)
    if value is not None:
        return ModelReading(value, value, False, (), document, name)
    problems = tuple(_problem(error, model, content, document, name) for error in errors)
    pruning = _Pruning(model, content)
    partial = pruning.run(errors)
    return ModelReading(
        None, partial, pruning.pruned, problems, document, name, pruning.origins(), content
    )


def _validate(model: type[M], content: dict[str, Any]) -> tuple[M | None, list[ErrorDetails]]:
    try:
        return model.model_validate_json(json.dumps(content), strict=True), []
    except ValidationError as error:
        return None, _without_echoes(error.errors(include_url=False))


def _without_echoes(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """Without "too few" of a list whose entries are there, and wrong in themselves."""
    places = [error["loc"] for error in errors]
    return [
        error
        for error in errors
        if error["type"] != "too_short"
        or not any(
            len(p) > len(error["loc"]) and p[: len(error["loc"])] == error["loc"] for p in places
        )
    ]


def _path(loc: tuple[int | str, ...], content: object) -> Path:
    """The file's path for pydantic's `loc`, which also names the chosen member of a union."""
    path: list[str | int] = []
    here = content
    for part in loc:
        if isinstance(here, dict):
            if part not in here and part == here.get("kind"):
                continue
            if part == "[key]":
                continue
            here = here.get(part)
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            here = here[part]
        else:
            here = None
        path.append(part)
    return tuple(path)


def _put(content: Any, path: Path, value: object) -> None:
    for part in path[:-1]:
        content = content[part]
    content[path[-1]] = value


def _problem(
    error: ErrorDetails,
    model: type[BaseModel],
    content: dict[str, Any],
    document: YamlDocument,
    name: str,
) -> Problem:
    path = _path(error["loc"], content)
    if error["type"] == "union_tag_invalid":
        path = (*path, "kind")
    return Problem(
        code=CODES.get(error["type"], "file.value"),
        where=".".join(str(part) for part in path),
        message=message_of(error, model),
        line=document.line_at(path),
        file=name,
    )


STAND_IN = "missing"
_WORDING = frozenset({"title", "text", "name", "label", "reason"})
_NAMES = frozenset({"key", "plan"})


@dataclass
class _Shape:
    """The content's own shape, each value with the path it had before anything was removed."""

    path: Path
    below: "dict[str, _Shape] | list[_Shape] | None"


def _shape(value: object, path: Path = ()) -> _Shape:
    if isinstance(value, dict):
        return _Shape(path, {k: _shape(v, (*path, k)) for k, v in value.items()})
    if isinstance(value, list):
        return _Shape(path, [_shape(v, (*path, i)) for i, v in enumerate(value)])
    return _Shape(path, None)


class _Pruning(Generic[M]):
    """Leaves out what is wrong: the field first, then the list entry around it."""

    def __init__(self, model: type[M], content: dict[str, Any]) -> None:
        self.model = model
        self.content = content
        self.shape = _shape(content)
        self.pruned = False

    def run(self, errors: list[ErrorDetails]) -> M | None:
        for attempt in range(4):
            paths = sorted(
                {(_path(error["loc"], self.content), error["type"]) for error in errors},
                key=lambda pair: [(isinstance(part, str), part) for part in pair[0]],
                reverse=True,
            )
            # From the back, so that positions in a list still hold for what is yet to go.
            for path, kind in paths:
                if self._stand_in(path, kind):
                    continue
                extra = kind == "extra_forbidden"
                self.pruned = self.pruned or not extra
                whole_entry = not extra and (attempt > 0 or kind == "missing")
                self._remove(_entry_around(path) if whole_entry else path)
            value, errors = _validate(self.model, self.content)
            if value is not None:
                return value
        return None

    def _stand_in(self, path: Path, kind: str) -> bool:
        """Put a word where a text is missing or wrong, rather than lose what it belongs to.

        A stand-in for a name that others refer to counts as left out.
        """
        named = path[-1] if path else None
        at_top = len(path) == 1 and kind == "missing" and named in _NAMES
        if named not in _WORDING and not at_top:
            return False
        try:
            _put(self.content, path, STAND_IN)
        except (KeyError, IndexError, TypeError):
            return False
        self.pruned = self.pruned or at_top
        return True

    def _remove(self, path: Path) -> None:
        here: Any = self.content
        shape = self.shape
        for part in path[:-1]:
            below: Any = shape.below
            if below is None or (isinstance(below, dict) and part not in below):
                return
            if isinstance(below, list) and not (isinstance(part, int) and part < len(below)):
                return
            here, shape = here[part], below[part]
        below = shape.below
        if not path:
            return
        last = path[-1]
        in_dict = isinstance(below, dict) and last in below
        if in_dict or (isinstance(below, list) and isinstance(last, int) and last < len(below)):
            del here[last], below[last]

    def origins(self) -> dict[Path, Path]:
        found: dict[Path, Path] = {}
        waiting: list[tuple[Path, _Shape]] = [((), self.shape)]
        while waiting:
            path, shape = waiting.pop()
            found[path] = shape.path
            if isinstance(shape.below, dict):
                waiting.extend(((*path, k), s) for k, s in shape.below.items())
            elif isinstance(shape.below, list):
                waiting.extend(((*path, i), s) for i, s in enumerate(shape.below))
        return found


def _entry_around(path: Path) -> Path:
    """The innermost list entry that holds `path`; the path itself where there is none."""
    last = max((i for i, part in enumerate(path) if isinstance(part, int)), default=None)
    return path if last is None else path[: last + 1]
