"""The way one person takes through an instrument: what they are asked, and where it ends.

There is one evaluator, and this is where it runs: for a patron's page, an imported file, a program
and a preview alike. It goes through the instrument once, in its written order. An item that is not
asked has no answer, whatever was posted or stored, and counts as unanswered for all logic after it.
Logic that cannot be read says nothing here: the checks name it, and a draft can still be tried.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from assessor.domain import arrangement
from assessor.domain.endings import due_endings
from assessor.domain.instrument import (
    MATRIX_KINDS,
    NOT_APPLICABLE,
    OTHER,
    Calculated,
    ChoiceMatrix,
    Column,
    ConstantSum,
    Ending,
    EntryGrid,
    Hidden,
    Instrument,
    Item,
    ItemBase,
    Option,
    Page,
    Ranking,
    RepeatingGroup,
    Sampling,
    TextBlock,
    WithOptions,
)
from assessor.domain.kinds import columns_of, columns_of_item
from assessor.domain.labels import answer_words, label_of
from assessor.domain.logic import NotUnderstoodError, Parsed, parse
from assessor.domain.logic_functions import LogicValue, Surroundings
from assessor.domain.readings import Answer, all_options, is_own_words

LONGEST_TEXT = 4000
"""The most characters of a calculated text; several in a row could double it again and again."""

Answers = dict[str, Answer]
ReadItem = Callable[["Walk", Page, Item, "Asking"], None]
TakeOne = Callable[[ItemBase, int, tuple[Column, ...], "Asking"], None]


@dataclass(frozen=True)
class Person:
    """What decides a person's way beside their answers.

    `seed` arranges and samples (None: everything, as written); `on` is the day; `full` are the
    keys of quotas that are full.
    """

    on: date
    seed: int | None = None
    full: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Asking:
    """How one item is asked of this person.

    `columns` are the names that can be answered, `rows` the keys of the rows shown, `options` the
    codes that pass the filter (None: all).
    """

    columns: tuple[str, ...]
    rows: tuple[str, ...] = ()
    options: tuple[str, ...] | None = None
    required: bool = False


@dataclass(frozen=True)
class Route:
    """Where a person's answers lead.

    `pages`: keys of the pages they meet, in their order; `asked`: item key → how it is asked;
    `answers`: what counts of their answers, calculated values among them; `values`: the same for
    logic. `ending` is where it ended early, after the page `ended_after`. `quotas`: keys of the
    quotas that these answers belong to.
    """

    pages: tuple[str, ...]
    asked: dict[str, Asking]
    answers: Answers
    values: dict[str, LogicValue]
    ending: Ending | None = None
    ended_after: str | None = None
    quotas: tuple[str, ...] = ()

    def asks(self, page: Page) -> tuple[Item, ...]:
        """The items of a page that this person sees, in the written order."""
        return tuple(item for item in page.items if item.key in self.asked)


@dataclass
class Walk:
    """The state of one walk through an instrument; `follow` makes a Route of it."""

    instrument: Instrument
    person: Person
    stored: Mapping[str, Answer]
    values: dict[str, LogicValue] = field(default_factory=dict)
    answers: Answers = field(default_factory=dict)
    asked: dict[str, Asking] = field(default_factory=dict)

    def holds(self, expression: str, *, itself: LogicValue = "") -> bool:
        """Whether an expression holds now; one that is empty or cannot be read always does."""
        parsed = read_logic(expression)
        return parsed is None or parsed.holds(self.surroundings(itself))

    def surroundings(
        self, itself: LogicValue = "", attributes: Mapping[str, str] | None = None
    ) -> Surroundings:
        return Surroundings(self.values, self.person.on, itself, attributes or {}, self._label_of)

    def keep(self, name: str, answer: Answer) -> None:
        """Store an answer and let the logic after it see it."""
        self.answers[name] = answer
        self.values[name] = logic_value(answer)

    def _label_of(self, key: str, code: str) -> str:
        return label_of(self.instrument, key, code)


def read_logic(expression: str) -> Parsed | None:
    """The expression; None where it says nothing."""
    if not expression.strip():
        return None
    try:
        return parse(expression)
    except NotUnderstoodError:
        return None


def follow(
    instrument: Instrument,
    stored: Mapping[str, Answer],
    person: Person,
    *,
    done: frozenset[str] | None = None,
    read: ReadItem | None = None,
) -> Route:
    """Walk through the instrument with these answers.

    `stored`: column name → stored answer. `done`: the pages that were answered (None: all), which
    decides what endings are looked at. `read` takes an item's answers in from elsewhere; without
    it they are the stored ones.
    """
    walk = Walk(instrument, person, stored)
    skipped = arrangement.left_out(instrument, person.seed)
    shown: set[str] = set()
    for page in instrument.pages:
        if walk.holds(page.relevant):
            for item in page.items:
                if item.key not in skipped and walk.holds(item.relevant):
                    _ask(walk, page, item, skipped, read)
            if any(_is_shown(item) for item in page.items if item.key in walk.asked):
                shown.add(page.key)
    still_to_do = frozenset[str]() if done is None else frozenset(shown - done)
    ending, ended_after = _ended(walk, still_to_do)
    order = [page.key for page in arrangement.pages_in_order(instrument, person.seed)]
    belongs = tuple(quota.key for quota in instrument.quotas if walk.holds(quota.when))
    return Route(
        pages=tuple(key for key in order if key in shown),
        asked=walk.asked,
        answers=walk.answers,
        values=walk.values,
        ending=ending,
        ended_after=ended_after,
        quotas=belongs,
    )


def _ask(
    walk: Walk, page: Page, item: Item, skipped: frozenset[str], read: ReadItem | None
) -> None:
    """Decide how an item is asked, and take in what was answered."""
    asking = asking_of(walk, item, columns_of(walk.instrument, item), skipped)
    if asking is None:
        return
    walk.asked[item.key] = asking
    if isinstance(item, Calculated):
        parsed = read_logic(item.calculation)
        walk.keep(item.key, calculated_answer(parsed.run(walk.surroundings())) if parsed else None)
    elif read is not None:
        read(walk, page, item, asking)
    else:
        take_stored(walk, item, asking)


def take_stored(walk: Walk, item: Item, asking: Asking) -> None:
    """Take in what was answered before, as far as it is still asked and offered."""
    if not isinstance(item, RepeatingGroup):
        _take(walk, item, columns_of(walk.instrument, item), asking)
    elif item.key in walk.stored:
        times = walk.stored[item.key]

        def take(one: ItemBase, number: int, columns: tuple[Column, ...], how: Asking) -> None:
            _take(walk, one, columns, how, f".{number}")

        repeat(walk, item, times if isinstance(times, int) else 0, take)
    after_item(walk, item)


def _take(
    walk: Walk, item: ItemBase, columns: tuple[Column, ...], asking: Asking, ending: str = ""
) -> None:
    for column in columns:
        if column.name in asking.columns and f"{column.name}{ending}" in walk.stored:
            answer = walk.stored[f"{column.name}{ending}"]
            is_free = is_own_words(item, column)
            walk.keep(column.name, answer if is_free else still_offered(answer, asking))


def repeat(walk: Walk, group: RepeatingGroup, times: int, take: TakeOne) -> None:
    """Go through a group as often as it was answered; `take` keeps the answers of one item.

    Within one time the items see one another by their own keys; afterwards, by `key.number`.
    """
    for number in range(1, times + 1):
        for one in group.items:
            columns = columns_of_item(one)
            for column in columns:
                walk.values[column.name] = ""
            asking = asking_of(walk, one, columns) if walk.holds(one.relevant) else None
            take(one, number, columns, asking or Asking(()))
            for column in columns:
                if column.name in walk.answers:
                    walk.keep(f"{column.name}.{number}", walk.answers.pop(column.name))
    walk.keep(group.key, times)


def still_offered(answer: Answer, asking: Asking) -> Answer:
    """An answer without the options that this person is not offered."""
    if asking.options is None or answer == NOT_APPLICABLE:
        return answer
    if isinstance(answer, list):
        return [code for code in answer if code in asking.options] or None
    return answer if not isinstance(answer, str) or answer in asking.options else None


def asking_of(
    walk: Walk, item: ItemBase, columns: tuple[Column, ...], skipped: frozenset[str] = frozenset()
) -> Asking | None:
    """How an item is asked; None where nothing of it is left to ask."""
    required = item.required or (bool(item.required_when) and walk.holds(item.required_when))
    if isinstance(item, MATRIX_KINDS):
        rows = tuple(
            row.key for row in item.rows if row.key not in skipped and walk.holds(row.relevant)
        )
        of_rows = [column for column in columns if column.owner in rows]
        options = None
        if isinstance(item, ChoiceMatrix):
            options = _options(walk, all_options(item), "")
        elif isinstance(item, EntryGrid):
            across = _options(walk, item.columns, "")
            of_rows = [c for c in of_rows if across is None or c.use in across]
        asking = Asking(tuple(c.name for c in of_rows), rows, options, required)
        return None if options == () or not of_rows else asking
    names = tuple(column.name for column in columns)
    if not isinstance(item, WithOptions | Ranking | ConstantSum):
        return Asking(names, (), None, required)
    options = _options(walk, all_options(item), getattr(item, "option_filter", ""))
    if options is not None and not isinstance(item, WithOptions):
        names = tuple(f"{item.key}.{code}" for code in options)
    return None if options == () else Asking(names, (), options, required)


def _options(walk: Walk, options: tuple[Option, ...], option_filter: str) -> tuple[str, ...] | None:
    """The codes that pass; None where nothing is filtered."""
    if not option_filter and not any(option.relevant for option in options):
        return None
    chosen = read_logic(option_filter)
    passed = []
    for option in options:
        attributes = {"code": option.code, "name": option.code, **option.attributes}
        surroundings = walk.surroundings(attributes=attributes)
        is_chosen = chosen is None or option.code == OTHER or chosen.holds(surroundings)
        own = read_logic(option.relevant)
        if is_chosen and (own is None or own.holds(surroundings)):
            passed.append(option.code)
    return tuple(passed)


def after_item(walk: Walk, item: ItemBase) -> None:
    """What logic may name beside columns: a ranking's codes in order, the first of a repetition."""
    if isinstance(item, Ranking):
        ranks = {o.code: walk.answers.get(f"{item.key}.{o.code}") for o in item.options}
        ordered = sorted((rank, code) for code, rank in ranks.items() if isinstance(rank, int))
        walk.values[item.key] = " ".join(code for _rank, code in ordered)
    if isinstance(item, RepeatingGroup):
        for one in item.items:
            for column in columns_of_item(one):
                walk.values[column.name] = walk.values.get(f"{column.name}.1", "")


def logic_value(answer: Answer) -> LogicValue:
    """A stored answer as logic sees it: codes of several choices stand beside each other."""
    if answer is None:
        return ""
    if isinstance(answer, list):
        return " ".join(answer)
    return answer


def calculated_answer(value: LogicValue) -> Answer:
    """What was worked out, as it is stored: no number that is none, and no text without end."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value[:LONGEST_TEXT] or None
    if value != value or value in (float("inf"), float("-inf")):
        return None
    return int(value) if float(value).is_integer() else float(value)


def _is_shown(item: Item) -> bool:
    return not isinstance(item, Hidden | Calculated)


def _ended(walk: Walk, still_to_do: frozenset[str]) -> tuple[Ending | None, str | None]:
    """The first ending that these answers lead to, and the page after which they do."""
    for due in due_endings(walk.instrument):
        is_closed = not due.quota or due.quota in walk.person.full
        if is_closed and still_to_do.isdisjoint(due.pages) and walk.holds(due.when):
            return due.ending, due.pages[-1] if due.pages else None
    return None, None


__all__ = [
    "Answers",
    "Asking",
    "Person",
    "Route",
    "Sampling",
    "TextBlock",
    "Walk",
    "after_item",
    "answer_words",
    "asking_of",
    "calculated_answer",
    "follow",
    "label_of",
    "logic_value",
    "read_logic",
    "repeat",
    "still_offered",
    "take_stored",
]
