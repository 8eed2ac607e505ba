"""What stands in the controls of a page, and what is wrong with it.

A page of questions is read and shown again by column name; whether an answer is one is decided by
`assessor.domain.answers` alone. No form library comes between: it would check nothing here, and
two thousand fields of one cost a second a page.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from assessor.domain.instrument import NOT_APPLICABLE, Page, Rated, RepeatingGroup
from assessor.domain.kinds import columns_of_item
from assessor.domain.problems import Problem
from assessor.domain.route import Answers

TIMES = "times-"
"""Before the key of a repeating group: how many times of it stand on the page."""
SHOWN = "page-shown"
"""What the page showed of what comes and goes; see `assessor.domain.appearing`."""


@dataclass
class Filled:
    """The values of a page's controls as they were typed, and the mistakes laid on them."""

    values: dict[str, list[str]] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)

    def all(self, name: str) -> list[str]:
        return self.values.get(name, [])

    def value(self, name: str) -> str:
        found = self.values.get(name)
        return found[0] if found else ""

    def error(self, *names: str) -> str | None:
        """The first mistake that lies on any of these names."""
        return next((self.errors[name][0] for name in names if self.errors.get(name)), None)

    def times(self, key: str) -> int:
        """How many times of a repeating group are shown."""
        said = self.value(TIMES + key)
        return int(said) if said.isdecimal() and len(said) < 4 else 0


def field_id(name: str) -> str:
    """The id of a control on the page, and of nothing else there."""
    return "q-" + name.replace(".", "--")


def is_answer(name: str) -> bool:
    """Whether a posted name can be a column's: a page's own names hold a hyphen, no key does."""
    return "-" not in name.partition(".")[0] and name != "csrf_token"


def posted(data: MultiDict[str, str]) -> dict[str, object]:
    """What was posted by column name, for the one check of answers.

    Names that are no question of the page stay in, so that the check can refuse them.
    """
    raw: dict[str, object] = {}
    for name in data:
        if is_answer(name):
            values = data.getlist(name)
            raw[name] = values if len(values) > 1 else values[0]
    return raw


def typed(data: MultiDict[str, str]) -> Filled:
    """What was posted, to be shown again as it was typed."""
    return Filled({name: data.getlist(name) for name in data if name != "csrf_token"})


def raw_of(filled: Filled) -> dict[str, object]:
    """What a page holds, as it would be posted."""
    return posted(MultiDict([(n, v) for n, values in filled.values.items() for v in values]))


def stored(answers: Answers, page: Page) -> Filled:
    """A draft's answers as the controls of a page show them."""
    filled = Filled()
    for item in page.items:
        has_box = isinstance(item, Rated) and bool(item.scales)
        for column in columns_of_item(item):
            answer = answers.get(column.name)
            if answer is None:
                continue
            if answer == NOT_APPLICABLE and has_box:
                filled.values[column.owner] = [NOT_APPLICABLE]
                continue
            values = answer if isinstance(answer, list) else [answer]
            filled.values[column.name] = [_as_typed(value) for value in values]
        if isinstance(item, RepeatingGroup) and item.key in answers:
            filled.values[TIMES + item.key] = [_as_typed(answers[item.key])]
    return filled


def _as_typed(value: object) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def add_problems(filled: Filled, problems: Iterable[Problem]) -> None:
    """Lay each problem on the name it is about."""
    for problem in problems:
        if problem.severity == "error":
            filled.errors.setdefault(problem.where, []).append(problem.message)


@dataclass(frozen=True)
class Mistake:
    """A line of the error summary: what is wrong, and the control it leads to, if any."""

    text: str
    href: str | None


def one_more(filled: Filled, group: RepeatingGroup) -> None:
    """Show one more time of a repeating group, as many as it may have."""
    times = min(max(filled.times(group.key), group.least, 1) + 1, group.most)
    filled.values[TIMES + group.key] = [str(times)]


def one_less(filled: Filled, group: RepeatingGroup, number: int) -> None:
    """Take the `number`-th time away; those after it move up."""
    times = max(filled.times(group.key), group.least, 1)
    names = [column.name for one in group.items for column in columns_of_item(one)]
    for time in range(number, times + 1):
        for name in names:
            after = filled.values.pop(f"{name}.{time + 1}", None)
            if after is None:
                filled.values.pop(f"{name}.{time}", None)
            else:
                filled.values[f"{name}.{time}"] = after
    filled.values[TIMES + group.key] = [str(max(times - 1, group.least, 1))]


def shorter(text: str, length: int = 90) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
