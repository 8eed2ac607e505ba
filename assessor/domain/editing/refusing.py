"""An act that cannot be done says why, in words for the person who wanted it."""

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from assessor.domain.problems import Problem, say, saying

V = TypeVar("V", bound=BaseModel)

_PATTERNS = {
    r"^[a-z][a-z0-9_]*$": say(
        "Use small letters, digits and _, starting with a letter: `study_space`."
    ),
    r"^[A-Za-z0-9][A-Za-z0-9_-]*$": say("Use letters, digits, _ and -, such as `grad`."),
    r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$": say("Use a language code, such as `en` or `pt-BR`."),
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$": say("Write the day as 2026-11-24."),
    r"^([01][0-9]|2[0-3]):[0-5][0-9]$": say("Write the time as 14:30."),
    r"^[A-Za-z0-9_-]*$": say("Use letters, digits, _ and - only."),
}


class RefusedError(Exception):
    """Raised within an act; `apply` turns it into problems."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def refusal(code: str, where: str, message: str) -> RefusedError:
    return RefusedError(Problem(code=f"edit.{code}", where=where, message=message))


# Any: every field has a type of its own, which validation checks.
def rebuilt(value: V, **changes: Any) -> V:
    """The value with other content, checked as if it were read from a file."""
    content = {name: getattr(value, name) for name in type(value).model_fields}
    return built(type(value), **(content | changes))


def built(model: type[V], **content: Any) -> V:
    """A value of `model`; refused with a reason for each field that is wrong."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise RefusedError(*(_problem(found) for found in error.errors())) from error


def _problem(found: ErrorDetails) -> Problem:
    # The kind of an item stands in the way to its fields, and names nothing a person sees.
    where = [str(part) for part in found["loc"]]
    return Problem(code="edit.invalid", where=".".join(where), message=_message(found))


_MESSAGES = {
    "missing": saying("Fill this in."),
    "string_too_short": saying("Fill this in."),
    "string_too_long": saying("Keep this under {max_length:,} characters."),
    "too_short": saying("List at least {min_length}."),
    "too_long": saying("List at most {max_length:,}."),
    "int_parsing": saying("Enter a whole number."),
    "int_type": saying("Enter a whole number."),
    "int_from_float": saying("Enter a whole number."),
    "float_parsing": saying("Enter a number."),
    "float_type": saying("Enter a number."),
    "greater_than_equal": saying("Enter {ge:g} or more."),
    "greater_than": saying("Enter more than {gt:g}."),
    "less_than_equal": saying("Enter {le:g} or less."),
    "less_than": saying("Enter less than {lt:g}."),
    "extra_forbidden": saying("There is no such field here."),
}
"""By pydantic's name of what is wrong; the places have its names too."""

_TOLD = {
    "say either how many to `ask`, or the `share` of people": say(
        "Say either how many to `ask`, or the `share` of people."
    ),
    "name either one `scale` or one to three `scales`": say(
        "Name either one `scale` or one to three `scales`."
    ),
    "`least` must not be above `most`": say("`least` must not be above `most`."),
}
"""What models say themselves is wrong with fields that do not go together."""


def _message(found: ErrorDetails) -> str:
    context = found.get("ctx", {})
    kind = found["type"]
    if kind in _MESSAGES:
        return _MESSAGES[kind](**context)
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(str(context["pattern"]), say("Spell this in another way."))
    if kind == "value_error":
        said = str(context.get("error", found["msg"]))
        if said in _TOLD:
            return _TOLD[said]
        return said[:1].upper() + said[1:].rstrip(".") + "."
    return say("This cannot be taken. Choose or write something else.")
