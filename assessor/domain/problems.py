"""A user's mistake is a value.

Every check collects all problems of a document at once, so that a person mends a file in one
sitting and not one error at a time. An exception stays what it should be: a bug.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict

T = TypeVar("T")


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
