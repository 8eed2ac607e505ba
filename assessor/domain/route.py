"""The way one person takes through an instrument: what they are asked, and where it ends.

There is one evaluator, and this is where it runs: for a patron's page, an imported file, a program
and a preview alike. It goes through the instrument once, in its written order. An item that is not
asked has no answer, whatever was posted or stored, and counts as unanswered for all logic after it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from assessor.domain import arrangement
from assessor.domain.instrument import (
    MATRIX_KINDS,
    NOT_APPLICABLE,
    Calculated,
    Ending,
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
from assessor.domain.logic import parse, references
from assessor.domain.logic_functions import LogicValue, Surroundings, as_text
from assessor.domain.readings import Answer, all_options

Answers = dict[str, Answer]
ReadItem = Callable[["Walk", Page, Item, "Asking"], None]


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
        """Whether an expression holds now; an empty one always does."""
        return not expression or parse(expression).holds(self.surroundings(itself))

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
    asking = _asking(walk, item, skipped)
    if isinstance(item, MATRIX_KINDS) and not asking.rows:
        return
    walk.asked[item.key] = asking
    if isinstance(item, Calculated):
        value = parse(item.calculation).run(walk.surroundings())
        walk.keep(item.key, _calculated(value))
        return
    if read is not None:
        read(walk, page, item, asking)
        return
    for name in asking.columns:
        if name in walk.stored:
            walk.keep(name, walk.stored[name])
    after_item(walk, item)


def _asking(walk: Walk, item: Item, skipped: frozenset[str]) -> Asking:
    required = item.required or (bool(item.required_when) and walk.holds(item.required_when))
    columns = columns_of(walk.instrument, item)
    if isinstance(item, MATRIX_KINDS):
        rows = tuple(
            row.key for row in item.rows if row.key not in skipped and walk.holds(row.relevant)
        )
        names = tuple(column.name for column in columns if column.owner in rows)
        options = _options(walk, item, getattr(item, "options", ()), "")
        return Asking(names, rows, options, required)
    options = None
    if isinstance(item, WithOptions | Ranking):
        options = _options(walk, item, all_options(item), item.option_filter)
        if options is not None and isinstance(item, Ranking):
            kept = tuple(f"{item.key}.{code}" for code in options)
            return Asking(kept, (), options, required)
    return Asking(tuple(column.name for column in columns), (), options, required)


def _options(
    walk: Walk, item: ItemBase, options: tuple[Option, ...], option_filter: str
) -> tuple[str, ...] | None:
    """The codes that pass; None where nothing is filtered."""
    if not option_filter and not any(option.relevant for option in options):
        return None
    passed = []
    for option in options:
        attributes = {"code": option.code, "name": option.code, **option.attributes}
        surroundings = walk.surroundings(attributes=attributes)
        if option_filter and option.code != "other":
            if not parse(option_filter).holds(surroundings):
                continue
        if option.relevant and not parse(option.relevant).holds(surroundings):
            continue
        passed.append(option.code)
    return tuple(passed)


def after_item(walk: Walk, item: ItemBase) -> None:
    """What logic may name beside columns: a ranking as codes in order, the first of a repetition."""
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


def _calculated(value: LogicValue) -> Answer:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value or None
    if value != value or value in (float("inf"), float("-inf")):
        return None
    return int(value) if float(value).is_integer() else float(value)


def _is_shown(item: Item) -> bool:
    return not isinstance(item, Hidden | Calculated)


@dataclass(frozen=True)
class _Due:
    """A screen-out or a quota's ending, and the pages that must be answered to decide it."""

    when: str
    ending: Ending
    quota: str
    pages: tuple[str, ...]


def _ended(walk: Walk, still_to_do: frozenset[str]) -> tuple[Ending | None, str | None]:
    """The first ending that these answers lead to, and the page after which they do."""
    for due in _endings(walk.instrument):
        is_closed = not due.quota or due.quota in walk.person.full
        if is_closed and still_to_do.isdisjoint(due.pages) and walk.holds(due.when):
            return due.ending, due.pages[-1] if due.pages else None
    return None, None


def _endings(instrument: Instrument) -> tuple[_Due, ...]:
    """All endings in the order in which they can be decided."""
    known = instrument.worked_out
    if "endings" not in known:
        places = {
            name: number
            for number, page in enumerate(instrument.pages)
            for item in page.items
            for column in (*columns_of(instrument, item), None)
            for name in ((column.name, column.owner) if column else (item.key,))
        }
        wanted = [(one.when, one, "") for one in instrument.endings if one.when]
        for quota in instrument.quotas:
            found = instrument.ending(quota.ending)
            if found is not None:
                wanted.append((quota.when, found, quota.key))
        numbered = [
            (sorted({places[key] for key in references(when) if key in places}), when, one, quota)
            for when, one, quota in wanted
        ]
        numbered.sort(key=lambda entry: entry[0][-1:] or [0])
        known["endings"] = tuple(
            _Due(when, one, quota, tuple(instrument.pages[n].key for n in numbers))
            for numbers, when, one, quota in numbered
        )
    due: tuple[_Due, ...] = known["endings"]
    return due


def label_of(instrument: Instrument, key: str, code: str) -> str:
    """The words of an answer, as the person who gave it read them."""
    item = instrument.item(key)
    if item is None:
        return code
    if code == NOT_APPLICABLE:
        return str(getattr(item, "na", "")) or code
    for option in all_options(item):
        if option.code == code:
            return option.label
    if code in {"yes", "no"}:
        return str(getattr(item, f"{code}_label", "") or getattr(item, "label", "") or code)
    column = next((c for c in columns_of(instrument, item) if c.owner == key and c.scale), None)
    scale = instrument.scale(column.scale) if column and column.scale else None
    if scale is not None and code.lstrip("-").isdigit():
        return scale.label(int(code))
    return code


def answer_words(instrument: Instrument, key: str, values: Mapping[str, LogicValue]) -> str:
    """An earlier answer in words, to be put into a text; empty where there is none."""
    value = values.get(key, "")
    if value == "":
        return ""
    item = instrument.item(key)
    text = as_text(value)
    several = getattr(item, "kind", "") in {"multiple_choice", "ranking", "choice_matrix"}
    parts = text.split() if several else [text]
    return ", ".join(label_of(instrument, key.partition(".")[0], part) for part in parts)


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
    "follow",
    "label_of",
    "logic_value",
]
