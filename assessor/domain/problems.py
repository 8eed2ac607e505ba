"""A user's mistake is a value.

Every check collects all problems of a document at once, so that a person mends a file in one
sitting and not one error at a time. An exception stays what it should be: a bug.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidatorFunctionWrapHandler, field_validator

T = TypeVar("T")


class Said(str):
    """An English sentence that still knows what it was made of, so that it can be translated.

    `template` is the sentence with its places, `values` what stands there. Where a number decides
    between two sentences, `many` is the one for several and `number` the number. To everybody who
    does not translate it is the English text.
    """

    template: str
    many: str | None
    number: int | None
    values: dict[str, object]

    def __new__(
        cls,
        template: str,
        values: dict[str, object],
        many: str | None = None,
        number: int | None = None,
    ) -> "Said":
        english = template if many is None or number == 1 else many
        said = super().__new__(cls, english.format(**values))
        said.template, said.values, said.many, said.number = template, values, many, number
        return said

    def __getnewargs__(  # type: ignore[override]  # more than the text makes one anew
        self,
    ) -> tuple[str, dict[str, object], str | None, int | None]:
        return self.template, self.values, self.many, self.number


class Several(tuple[str, ...]):
    """Words of a sentence that stand beside one another, each translated by itself."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return ", ".join(self)


class Day(date):
    """A day of a sentence, written as people do in the language of whoever reads it."""

    def __format__(self, spec: str) -> str:
        return f"{self.day} {self:%B %Y}" if not spec else super().__format__(spec)


def say(template: str, /, **values: object) -> Said:
    """A sentence for a person: `say("Choose at most {most} answers.", most=3)`.

    The template stands in the call itself, whole and in English: there it is found for translation.
    """
    return Said(template, values)


def say_number(one: str, many: str, number: int, /, **values: object) -> Said:
    """A sentence that differs by number: `say_number("{number} item", "{number} items", 2)`."""
    return Said(one, {"number": number, **values}, many, number)


def saying(template: str, /) -> Callable[..., Said]:
    """A sentence of a table, said once its values are known: `saying("{key} is gone.")(key="a")`.

    A value that has no place in it is left out.
    """
    return partial(say, template)


class Value(BaseModel):
    """Base of all domain values: frozen, and an unknown field is a mistake, not a silence."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Problem(Value):
    """Something a person has to know or mend.

    `code` is stable and short ("plan.empty"), for tests and for looking up; `where` is the place
    in the person's own terms ("indicators.belonging.weight", a file name, an item key); `message`
    says in plain words what is wrong **and** what to do. `line` counts from 1.
    """

    code: str
    where: str
    message: str
    line: int | None = None
    file: str | None = None
    severity: Literal["error", "warning"] = "error"

    @field_validator("message", mode="wrap")
    @classmethod
    def _keep_what_it_is_made_of(cls, value: object, check: ValidatorFunctionWrapHandler) -> str:
        # pydantic would make a plain text of it, which nobody could translate any more.
        return value if isinstance(value, Said) else str(check(value))

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        start = f"{place}: " if place else ""
        where = f"{self.where}: " if self.where else ""
        return f"{start}{self.severity}: {where}{self.message} [{self.code}]"


@dataclass(frozen=True)
class Checked(Generic[T]):
    """A result together with what was found wrong on the way.

    `value` is None exactly when an error made it impossible to go on; warnings leave it in place.
    """

    value: T | None
    problems: tuple[Problem, ...] = ()

    @property
    def ok(self) -> bool:
        return self.value is not None and not has_errors(self.problems)

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(p for p in self.problems if p.severity == "error")

    def unwrap(self) -> T:
        """The value, for callers that checked; a ValueError with all problems otherwise."""
        if self.value is None or self.errors:
            raise ValueError("\n".join(str(p) for p in self.problems) or "no value")
        return self.value


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(p.severity == "error" for p in problems)


def failed(*problems: Problem) -> "Checked[T]":
    """A result that has no value, only the reasons why."""
    return Checked(None, problems)
