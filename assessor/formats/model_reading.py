"""From a file's plain values to a domain model, with pydantic's findings said in plain words.

A file that has mistakes still gives as much of its model as stands without them (`partial`), so
that the checks of meaning can run over the rest and a person sees everything at once.
"""

import json
from copy import deepcopy
from dataclasses import dataclass
from difflib import get_close_matches
from types import UnionType
from typing import Annotated, Any, Generic, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from assessor.domain.problems import Problem
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
        return None, error.errors(include_url=False)


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
    return Problem(
        code=_CODES.get(error["type"], "file.value"),
        where=".".join(str(part) for part in path),
        message=_message(error, model),
        line=document.line_at(path),
        file=name,
    )


_CODES = {
    "missing": "file.missing-field",
    "extra_forbidden": "file.unknown-field",
    "union_tag_invalid": "file.unknown-kind",
    "union_tag_not_found": "file.missing-field",
    "string_pattern_mismatch": "file.spelling",
    "too_short": "file.too-few",
    "too_long": "file.too-many",
}

_TYPES = {
    "string_type": "a text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list, one entry a line with `- ` before it",
    "list_type": "a list, one entry a line with `- ` before it",
    "dict_type": "`name: value` lines, indented below it",
    "model_type": "`name: value` lines, indented below it",
    "model_attributes_type": "`name: value` lines, indented below it",
}

_PATTERNS = {
    r"^[a-z][a-z0-9_]*$": (
        "use small letters, digits and _ only, starting with a letter, such as `study_space`"
    ),
    r"^[A-Za-z0-9][A-Za-z0-9_-]*$": (
        "use letters, digits, _ and - only, starting with a letter or digit, such as `grad`"
    ),
    r"^[a-z0-9]+(-[a-z0-9]+)*$": (
        "use small letters and digits with single hyphens between them, such as `river-bend`"
    ),
    r"^[^\s/\\]+$": "leave out spaces and slashes, such as `DEI.2.3`",
    r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$": "use a language code such as `en` or `pt-BR`",
    r"^(\d{4}(-\d{2}(-\d{2})?)?)?$": "write a date as 2027, 2027-06 or 2027-06-30",
}


def _message(error: ErrorDetails, model: type[BaseModel]) -> str:
    kind, context = error["type"], error.get("ctx", {})
    field = next((str(p) for p in reversed(error["loc"]) if isinstance(p, str)), "the value")
    shown = _shown(error.get("input"))
    if kind == "missing":
        return f"`{field}` is missing. Add it."
    if kind == "extra_forbidden":
        return _unknown_field(field, _fields_at(model, error["loc"][:-1]))
    if kind == "union_tag_not_found":
        return "`kind` is missing. Add a line such as `kind: rating`."
    if kind == "union_tag_invalid":
        return _unknown_word("kind", str(context.get("tag")), _words(context["expected_tags"]))
    if kind in {"literal_error", "enum"}:
        return _unknown_word(field, shown, _words(str(context["expected"])))
    if kind in _TYPES:
        return f"`{field}` is {shown}, and should be {_TYPES[kind]}."
    if kind == "string_pattern_mismatch":
        rule = _PATTERNS.get(str(context["pattern"]), "spell it another way")
        return f"`{field}` is {shown}: {rule}."
    if kind == "value_error":
        said = str(context.get("error", error["msg"]))
        return said[:1].upper() + said[1:].rstrip(".") + "."
    return _size_message(kind, field, shown, context)


def _size_message(kind: str, field: str, shown: str, context: dict[str, Any]) -> str:
    match kind:
        case "string_too_short":
            return f"`{field}` is empty. Write it, or remove the line if it is not needed."
        case "string_too_long":
            return f"`{field}` is too long. Shorten it to {context['max_length']:,} characters."
        case "too_short":
            entries = "entry" if context["min_length"] == 1 else "entries"
            return (
                f"`{field}` holds {context['actual_length']}; "
                f"list at least {context['min_length']} {entries}."
            )
        case "too_long":
            return f"`{field}` holds too many; list at most {context['max_length']:,}."
        case "greater_than_equal":
            return f"`{field}` is {shown}. Use {context['ge']:g} or more."
        case "greater_than":
            return f"`{field}` is {shown}. Use more than {context['gt']:g}."
        case "less_than_equal":
            return f"`{field}` is {shown}. Use {context['le']:g} or less."
        case "less_than":
            return f"`{field}` is {shown}. Use less than {context['lt']:g}."
        case _:
            return f"`{field}` is {shown}, which cannot be read here. Check it in the schema."


def _shown(value: object) -> str:
    if value is None:
        return "empty"
    if isinstance(value, dict):
        return "a group of `name: value` lines"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return f"“{text[:60]}{'…' if len(text) > 60 else ''}”"


def _words(expected: str) -> list[str]:
    return [word.strip(" '") for word in expected.replace(" or ", ", ").split(",") if word.strip()]


def nearest(word: str, known: list[str] | tuple[str, ...]) -> str | None:
    """The known word that `word` was probably meant to be, if any is near."""
    found = get_close_matches(word, known, n=1, cutoff=0.6)
    return found[0] if found else None


def _unknown_field(field: str, known: list[str]) -> str:
    guess = nearest(field, known)
    if guess:
        return f"There is no field `{field}` here; did you mean `{guess}`?"
    listed = ", ".join(f"`{k}`" for k in known)
    return f"There is no field `{field}` here. Remove it" + (
        f", or use one of {listed}." if known else "."
    )


def _unknown_word(field: str, shown: str, known: list[str]) -> str:
    guess = nearest(shown.strip("“”"), known)
    hint = f"; did you mean `{guess}`?" if guess else "."
    listed = ", ".join(f"`{k}`" for k in known)
    return f"`{field}` is {shown}, and can be {listed}{hint}"


def _fields_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    """The fields that the model allows at `loc`."""
    models: list[type[BaseModel]] = [model]
    for part in loc:
        if isinstance(part, int):
            continue
        of_kind = [m for m in models if _kind_of(m) == part]
        if of_kind:
            models = of_kind
            continue
        fields = [m.model_fields[part].annotation for m in models if part in m.model_fields]
        models = [found for annotation in fields for found in _models_in(annotation)]
    return sorted({name for m in models for name in m.model_fields})


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if get_origin(annotation) in {Union, UnionType, Annotated, tuple, list, dict}:
        return [found for part in get_args(annotation) for found in _models_in(part)]
    return []


def _kind_of(model: type[BaseModel]) -> str | None:
    field = model.model_fields.get("kind")
    if field is None or get_origin(field.annotation) is not Literal:
        return None
    values = get_args(field.annotation)
    return str(values[0]) if len(values) == 1 else None


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
                extra = kind == "extra_forbidden"
                self.pruned = self.pruned or not extra
                whole_entry = not extra and (attempt > 0 or kind == "missing")
                self._remove(_entry_around(path) if whole_entry else path)
            value, errors = _validate(self.model, self.content)
            if value is not None:
                return value
        return None

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
