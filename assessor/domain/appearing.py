"""What of a page comes and goes with the answers given on that very page.

A page without script shows what is asked so far. When it is posted and more is asked by then, it
comes back with that; so it has to say what it showed. It says it by marks: the key of an item or
row that has a condition, of a repeated item with its number, and a choice with what it offered.
"""

import zlib

from assessor.domain.instrument import (
    MATRIX_KINDS,
    Instrument,
    Item,
    ItemBase,
    Page,
    RepeatingGroup,
)
from assessor.domain.kinds import columns_of_item
from assessor.domain.logic_functions import LogicValue
from assessor.domain.problems import Problem
from assessor.domain.route import Person, Route, Walk


def marks(instrument: Instrument, page: Page, route: Route, person: Person) -> tuple[str, ...]:
    """What of the page is asked only because of answers, as far as it is asked now."""
    found: list[str] = []
    for item in route.asks(page):
        asking = route.asked[item.key]
        if item.relevant:
            found.append(item.key)
        if asking.options is not None:
            offered = zlib.crc32(",".join(asking.options).encode())
            found.append(f"{item.key}:{offered:08x}")
        if isinstance(item, MATRIX_KINDS):
            found.extend(row.key for row in item.rows if row.relevant and row.key in asking.rows)
        if isinstance(item, RepeatingGroup) and any(one.relevant for one in item.items):
            times = route.answers.get(item.key)
            for number in range(1, (times if isinstance(times, int) else 0) + 1):
                asked = asked_in_time(instrument, item, route.values, number, person)
                found.extend(f"{one.key}.{number}" for one in asked if one.relevant)
    return tuple(found)


def asked_in_time(
    instrument: Instrument,
    group: RepeatingGroup,
    values: dict[str, LogicValue],
    number: int,
    person: Person,
) -> tuple[Item, ...]:
    """The items of a repeating group that are asked the `number`-th time."""
    return tuple(
        one
        for one in group.items
        if not one.relevant or _walk(instrument, group, values, number, person).holds(one.relevant)
    )


def is_required_in_time(
    instrument: Instrument,
    group: RepeatingGroup,
    one: ItemBase,
    values: dict[str, LogicValue],
    number: int,
    person: Person,
) -> bool:
    """Whether a repeated item needs an answer the `number`-th time."""
    if one.required or not one.required_when:
        return one.required
    return _walk(instrument, group, values, number, person).holds(one.required_when)


def values_in_time(
    group: RepeatingGroup, values: dict[str, LogicValue], number: int
) -> dict[str, LogicValue]:
    """All values, those of the repeated items being the ones of the `number`-th time."""
    own = {
        column.name: values.get(f"{column.name}.{number}", "")
        for one in group.items
        for column in columns_of_item(one)
    }
    return {**values, **own}


def _walk(
    instrument: Instrument,
    group: RepeatingGroup,
    values: dict[str, LogicValue],
    number: int,
    person: Person,
) -> Walk:
    return Walk(instrument, person, {}, values=values_in_time(group, values, number))


def is_about(problem: Problem, appeared: tuple[str, ...]) -> bool:
    """Whether a problem is only that something unseen so far has no answer yet."""
    if problem.code not in {"answer.required", "answer.too-few"}:
        return False
    keys = (mark.partition(":")[0] for mark in appeared)
    return any(problem.where == key or problem.where.startswith(f"{key}.") for key in keys)
