"""Pydantic's findings in plain words: what is wrong, and what to do."""

from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from assessor.domain.checks.finding import nearest

CODES = {
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
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$": "write a day as 2027-06-30",
    r"^([01][0-9]|2[0-3]):[0-5][0-9]$": "write a time of day as 09:30",
    r"^[A-Za-z0-9_-]*$": "use letters, digits, _ and - only, such as `from`",
    r"^(\d{4}(-\d{2}(-\d{2})?)?)?$": "write a date as 2027, 2027-06 or 2027-06-30",
}


def message_of(error: ErrorDetails, model: type[BaseModel]) -> str:
    kind, context = error["type"], error.get("ctx", {})
    names = [part for part in error["loc"] if isinstance(part, str) and part != "[key]"]
    field = names[-1] if names else "the value"
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
