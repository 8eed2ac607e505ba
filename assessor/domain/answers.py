"""The one check of answers: pages, CSV import and programs all pass through here.

Raw values come in by column name (`key`, or `key.use` where an item has several columns). A row of
several scales may also be answered as a whole with its own key and "NA": not applicable overrides
whatever else the row holds. What a person is not asked has no answer: it is left out, with a
warning where something stood there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from assessor.domain.answer_problems import (
    REQUIRED,
    dropped,
    is_ambiguous,
    is_blank,
    is_na,
    not_asked_columns,
    unknown_columns,
    which_column,
)
from assessor.domain.instrument import (
    NOT_APPLICABLE,
    Column,
    ConstantSum,
    Hidden,
    Instrument,
    Item,
    ItemBase,
    Page,
    Ranking,
    RepeatingGroup,
)
from assessor.domain.kinds import KINDS, columns_of, columns_of_item, na_label
from assessor.domain.problems import Checked, Problem, has_errors, say, say_number
from assessor.domain.readings import Answer, Refusal, is_own_words
from assessor.domain.route import (
    Answers,
    Asking,
    Person,
    Route,
    Walk,
    after_item,
    follow,
    read_logic,
    repeat,
    still_offered,
    take_stored,
)

__all__ = [
    "Answers",
    "CheckedAnswers",
    "check_answers",
    "check_page",
    "constraint_problems",
    "everybody",
]

TOGETHER = (Ranking, ConstantSum)
"""Kinds whose columns are one answer: required means any of them."""


@dataclass(frozen=True)
class CheckedAnswers:
    """The answers that count, everything that was wrong with them, and where they lead."""

    answers: Answers
    problems: tuple[Problem, ...]
    route: Route


def check_answers(
    instrument: Instrument,
    raw: Mapping[str, object],
    *,
    pages: Iterable[str] | None = None,
    person: Person | None = None,
) -> Checked[Answers]:
    """What was answered, in stored form, with every problem found.

    `raw`: column name → value as posted, imported or typed; blank text, None and an empty list
    are "skipped". `pages` limits the check to these page keys (all where None): a column of any
    other page is refused, whatever it holds. Every asked column is in the result, skipped ones
    as None; a value that was refused is skipped in the result and named in the problems.
    `person`: today's, asked everything, where None.
    """
    checked = check_page(instrument, raw, {}, person or everybody(), pages=pages)
    return Checked(checked.answers, checked.problems)


def everybody() -> Person:
    """A person of today who is asked everything as it is written."""
    return Person(on=datetime.now(UTC).date())


def check_page(
    instrument: Instrument,
    raw: Mapping[str, object],
    stored: Mapping[str, Answer],
    person: Person,
    *,
    pages: Iterable[str] | None = None,
    done: frozenset[str] | None = None,
    spoken: Instrument | None = None,
) -> CheckedAnswers:
    """The answers of some pages together with those stored before, by one walk.

    The result's `answers` are those of the pages checked (and calculated ones); its route holds
    all that count. `stored`, `done` as in `follow`. `spoken`: the same instrument in the language
    that the person reads, whose words the problems quote.
    """
    wanted = {page.key for page in instrument.pages} if pages is None else set(pages)
    reading = _Reading(raw, wanted, spoken or instrument)
    route = follow(instrument, stored, person, done=done, read=reading.read)
    names = _names(instrument, wanted)
    answers = {name: route.answers[name] for name in route.answers if name in names}
    problems = (
        *reading.problems,
        *unknown_columns(raw, names),
        *not_asked_columns(raw, names, route),
    )
    return CheckedAnswers(answers, problems, route)


@dataclass
class _Reading:
    """Takes in what was posted for the wanted pages, and what is stored for the others."""

    raw: Mapping[str, object]
    wanted: set[str]
    spoken: Instrument
    problems: list[Problem] = field(default_factory=list)

    def read(self, walk: Walk, page: Page, item: Item, asking: Asking) -> None:
        if page.key not in self.wanted or self._came_with_the_link(walk, item):
            take_stored(walk, item, asking)
            return
        # Only words differ from language to language: what is asked and what is stored do not.
        item = self.spoken.item(item.key) or item
        before = len(self.problems)
        if isinstance(item, RepeatingGroup):
            self._repeated(walk, item, asking)
        else:
            self._item(walk, item, asking, columns_of(walk.instrument, item), self.raw)
        after_item(walk, item)
        if len(self.problems) == before:
            columns = columns_of(walk.instrument, item)
            self.problems.extend(_constraint(walk, item, columns, asking))

    def _came_with_the_link(self, walk: Walk, item: Item) -> bool:
        """A hidden value was taken when the link was opened; no page sends it again."""
        return isinstance(item, Hidden) and item.key not in self.raw and item.key in walk.stored

    def _item(
        self,
        walk: Walk,
        item: ItemBase,
        asking: Asking,
        columns: tuple[Column, ...],
        raw: Mapping[str, object],
    ) -> None:
        """Write the answers of one item and note what was wrong."""
        answers: Answers = {}
        asked = set(asking.columns)
        owners: dict[str, list[Column]] = {}
        for column in columns:
            if column.name in asked:
                owners.setdefault(column.owner, []).append(column)
        for owner, of_owner in owners.items():
            values = {c.name: raw.get(c.name) for c in of_owner}
            overriding = [raw.get(owner), *values.values()]
            # Without an n/a option the value goes on to the kind's check, which refuses it.
            if na_label(item) and any(is_na(value) for value in overriding):
                answers.update(dict.fromkeys(values, NOT_APPLICABLE))
                continue
            if is_ambiguous(item, owner, of_owner, raw):
                self.problems.append(which_column(owner, of_owner))
            for column in of_owner:
                answer = self._column(walk, item, asking, column, values[column.name])
                answers[column.name] = answer
        self._together(item, asking, answers)
        for name, answer in answers.items():
            walk.keep(name, answer)

    def _column(
        self, walk: Walk, item: ItemBase, asking: Asking, column: Column, value: object
    ) -> Answer:
        kind = KINDS[str(getattr(item, "kind"))]  # noqa: B009  every model declares its kind
        result: Answer | Refusal = None
        if not is_blank(value):
            result = kind.read(item, column, walk.instrument, value)
            if not isinstance(result, Refusal) and not is_own_words(item, column):
                result = _offered(result, asking)
        elif isinstance(item, Hidden):
            result = item.default
        if isinstance(result, Refusal):
            self.problems.append(
                Problem(code=result.code, where=column.name, message=result.message)
            )
            return None
        if is_blank(result):
            result = None
        if result is None and asking.required and _needs_each(item, column):
            self.problems.append(
                Problem(code="answer.required", where=column.name, message=REQUIRED)
            )
        return result

    def _together(self, item: ItemBase, asking: Asking, answers: Answers) -> None:
        """What holds of an item's columns only together."""
        kind = KINDS[str(getattr(item, "kind"))]  # noqa: B009  every model declares its kind
        if not answers:
            return
        refusal = kind.whole(item, answers) if kind.whole else None
        first = next(iter(answers))
        if refusal is not None:
            self.problems.append(Problem(code=refusal.code, where=first, message=refusal.message))
            answers.update(dict.fromkeys(answers))
        elif isinstance(item, TOGETHER) and asking.required:
            given = [answer for answer in answers.values() if answer is not None]
            if not given:
                self.problems.append(Problem(code="answer.required", where=first, message=REQUIRED))
            elif isinstance(item, Ranking) and len(given) < _places(item, asking):
                message = say("Give the places from 1 to {most}.", most=_places(item, asking))
                self.problems.append(Problem(code="answer.too-few", where=first, message=message))

    def _repeated(self, walk: Walk, group: RepeatingGroup, asking: Asking) -> None:
        """Each time in turn; empty times at the end are none."""
        times = _times(group, self.raw)

        def take(one: ItemBase, number: int, columns: tuple[Column, ...], each: Asking) -> None:
            own = {c.name: self.raw.get(f"{c.name}.{number}") for c in columns}
            before = len(self.problems)
            if each.columns:
                self._item(walk, one, each, columns, own)
                if len(self.problems) == before:
                    self.problems.extend(_constraint(walk, one, columns, each))
            self.problems.extend(
                dropped(name)
                for name, value in own.items()
                if name not in each.columns and not is_blank(value)
            )
            self.problems[before:] = [
                p.model_copy(update={"where": f"{p.where}.{number}"})
                for p in self.problems[before:]
            ]

        before = len(self.problems)
        repeat(walk, group, times, take)
        if not has_errors(self.problems[before:]):
            times = _without_empty_ends(walk, group, times)
        least = max(group.least, 1 if asking.required else 0)
        if times < least:
            message = say_number(
                "Answer these questions at least once.",
                "Answer these questions at least {number} times.",
                least,
            )
            self.problems.append(Problem(code="answer.too-few", where=group.key, message=message))


def _without_empty_ends(walk: Walk, group: RepeatingGroup, times: int) -> int:
    """Takes away the last times of which nothing counts, and says how many are left."""
    names = [column.name for one in group.items for column in columns_of_item(one)]
    while times and all(walk.answers.get(f"{name}.{times}") is None for name in names):
        for name in names:
            walk.answers.pop(f"{name}.{times}", None)
        times -= 1
    walk.keep(group.key, times)
    return times


def _places(item: Ranking, asking: Asking) -> int:
    """How many places this person can give."""
    return min(item.places or len(item.options), len(asking.columns))


def _times(group: RepeatingGroup, raw: Mapping[str, object]) -> int:
    """How often a group was answered: up to the last time that holds anything."""
    names = [column.name for one in group.items for column in columns_of_item(one)]
    for number in range(group.most, 0, -1):
        if any(not is_blank(raw.get(f"{name}.{number}")) for name in names):
            return number
    return 0


def _needs_each(item: ItemBase, column: Column) -> bool:
    """Whether a required item needs this very column."""
    return not is_own_words(item, column) and not isinstance(item, TOGETHER)


def _offered(answer: Answer, asking: Asking) -> Answer | Refusal:
    """Refuses an option that this person was not offered."""
    if still_offered(answer, asking) == answer:
        return answer
    return Refusal("answer.not-an-option", say("Choose one of the answers listed."))


def _constraint(
    walk: Walk, item: ItemBase, columns: tuple[Column, ...], asking: Asking
) -> list[Problem]:
    """A problem for every answer for which the item's constraint does not hold.

    Own words beside a choice are not what a constraint is about, nor what a group repeats.
    """
    parsed = read_logic(item.constraint)
    if parsed is None:
        return []
    message = item.constraint_message or say("This answer is not possible here. Please check it.")
    names = (
        [item.key]
        if isinstance(item, RepeatingGroup)
        else [c.name for c in columns if c.name in asking.columns and not is_own_words(item, c)]
    )
    return [
        Problem(code="answer.constraint", where=name, message=message)
        for name in names
        if walk.values.get(name, "") not in ("", NOT_APPLICABLE)
        and not parsed.holds(walk.surroundings(walk.values[name]))
    ]


def constraint_problems(instrument: Instrument, route: Route) -> list[Problem]:
    """The constraints that a whole response breaks; items of repeating groups are not looked at."""
    walk = Walk(instrument, everybody(), route.answers, values=route.values)
    return [
        problem
        for item in instrument.items()
        if item.constraint and item.key in route.asked
        for problem in _constraint(walk, item, columns_of(instrument, item), route.asked[item.key])
    ]


def _names(instrument: Instrument, wanted: set[str]) -> set[str]:
    """Every name under which the wanted pages can be answered."""
    known = instrument.worked_out.setdefault("names", {})
    for page in instrument.pages:
        if page.key in wanted and page.key not in known:
            known[page.key] = {
                name
                for item in page.items
                for column in columns_of(instrument, item)
                for name in (column.name, column.owner)
            }
    found: set[str] = set()
    return found.union(*(known[key] for key in wanted if key in known))


def answer_item(
    walk: Walk, page: Page, item: Item, asking: Asking, raw: Mapping[str, object]
) -> list[Problem]:
    """Take in the answers of one item within a walk, and return what was wrong with them."""
    reading = _Reading(raw, {page.key}, walk.instrument)
    reading.read(walk, page, item, asking)
    return reading.problems
