"""The checks of what is typed, moved or sent: bounds that leave something, patterns that fit."""

from collections.abc import Iterator
from datetime import date
from math import ceil, floor

import regex

from assessor.domain.checks.finding import error, warning
from assessor.domain.instrument import (
    Calculated,
    DateItem,
    Email,
    EntryGrid,
    FileItem,
    Hidden,
    ItemBase,
    Number,
    RepeatingGroup,
    ShortText,
    Slider,
    TextBlock,
    TimeItem,
)
from assessor.domain.problems import Problem, say

MOST_STEPS = 1_000
"""As many places as a slider can be moved to with some precision."""


def check_bounds(item: ItemBase, where: str) -> Iterator[Problem]:
    """Everything about the values of one item that its shape cannot say."""
    match item:
        case Number() | EntryGrid():
            yield from _check_range(item, where)
        case Slider():
            yield from _check_slider(item, where)
        case DateItem():
            yield from _check_days(item, where)
        case TimeItem():
            if item.earliest and item.latest and item.earliest > item.latest:
                yield _swapped(item.key, item.earliest, item.latest, where)
        case ShortText():
            yield from _check_pattern(item, where)
        case RepeatingGroup():
            yield from _check_group(item, where)
        case Hidden() | Calculated() | TextBlock():
            yield from _check_unseen(item, where)
    yield from _check_person(item, where)


def _check_range(item: Number | EntryGrid, where: str) -> Iterator[Problem]:
    low, high = item.minimum, item.maximum
    if isinstance(item, EntryGrid) and item.entry == "text":
        for name in ("minimum", "maximum"):
            if getattr(item, name) is not None:
                message = say(
                    "`{item}` takes texts; `{name}` says nothing. Say `entry: number`.",
                    item=item.key,
                    name=name,
                )
                yield warning("item.bounds", f"{where}.{name}", message)
    elif low is not None and high is not None and low > high:
        message = say(
            "`{item}` asks for a number of at least {low:g} and at most {high:g}, which none "
            "is. Swap `minimum` and `maximum`.",
            item=item.key,
            low=low,
            high=high,
        )
        yield error("item.bounds", f"{where}.minimum", message)
    elif low is not None and high is not None and item.whole and ceil(low) > floor(high):
        message = say(
            "No whole number lies between {low:g} and {high:g}. Widen the bounds, or say "
            "`whole: false`.",
            low=low,
            high=high,
        )
        yield error("item.bounds", f"{where}.minimum", message)


def _check_slider(item: Slider, where: str) -> Iterator[Problem]:
    span = item.maximum - item.minimum
    if span <= 0:
        message = say(
            "`{item}` goes from {minimum:g} to {maximum:g}. Give it a `maximum` above its "
            "`minimum`.",
            item=item.key,
            minimum=item.minimum,
            maximum=item.maximum,
        )
        yield error("item.bounds", f"{where}.minimum", message)
        return
    steps = span / item.step
    if steps < 1:
        message = say(
            "The `step` of `{item}` is wider than all of it. Make it smaller.", item=item.key
        )
        yield error("item.step", f"{where}.step", message)
    elif abs(steps - round(steps)) > 1e-6:
        message = say(
            "Steps of {step:g} from {minimum:g} do not meet {maximum:g}, so nobody can choose "
            "it. Choose a step that divides the whole.",
            step=item.step,
            minimum=item.minimum,
            maximum=item.maximum,
        )
        yield warning("item.step", f"{where}.step", message)
    elif steps > MOST_STEPS:
        message = say(
            "`{item}` has {steps:,} steps, more than anybody can aim at. Widen `step`, or ask for "
            "a `number`.",
            item=item.key,
            steps=round(steps),
        )
        yield warning("item.step", f"{where}.step", message)


def _check_days(item: DateItem, where: str) -> Iterator[Problem]:
    days = []
    for name in ("earliest", "latest"):
        day = getattr(item, name)
        if day is None:
            continue
        try:
            days.append(date.fromisoformat(day))
        except ValueError:
            message = say(
                "There is no day {day}. Write one that there is, such as 2027-06-30.", day=day
            )
            yield error("item.no-day", f"{where}.{name}", message)
    if len(days) == 2 and days[0] > days[1]:
        yield _swapped(item.key, str(item.earliest), str(item.latest), where)


def _swapped(key: str, earliest: str, latest: str, where: str) -> Problem:
    message = say(
        "`{key}` takes nothing before {earliest} and nothing after {latest}, so nothing at all. "
        "Swap `earliest` and `latest`.",
        key=key,
        earliest=earliest,
        latest=latest,
    )
    return error("item.bounds", f"{where}.earliest", message)


def _check_pattern(item: ShortText, where: str) -> Iterator[Problem]:
    if not item.pattern:
        return
    try:
        regex.compile(item.pattern)
    except (regex.error, OverflowError, RecursionError) as problem:
        message = say(
            "`pattern` of `{item}` is no regular expression ({problem}). Write one such as "
            "`[0-9]{{5}}`, or remove it.",
            item=item.key,
            problem=str(problem),
        )
        yield error("item.pattern", f"{where}.pattern", message)
        return
    if not item.constraint_message and not item.hint:
        message = say(
            "`{item}` wants a certain form and says nowhere which. Say it in `hint` or "
            "`constraint_message`.",
            item=item.key,
        )
        yield warning("item.pattern-unsaid", f"{where}.pattern", message)


def _check_group(item: RepeatingGroup, where: str) -> Iterator[Problem]:
    if all(isinstance(one, TextBlock) for one in item.items):
        message = say(
            "`{item}` repeats only texts. Add an item that can be answered.", item=item.key
        )
        yield error("item.asks-nothing", f"{where}.items", message)


def _check_unseen(item: ItemBase, where: str) -> Iterator[Problem]:
    """What nobody answers cannot be required, nor limited."""
    for name in ("required", "required_when", "constraint"):
        if getattr(item, name):
            message = say(
                "Nobody answers `{item}`, so `{name}` says nothing. Remove it.",
                item=item.key,
                name=name,
            )
            yield error("item.not-answered", f"{where}.{name}", message)


def _check_person(item: ItemBase, where: str) -> Iterator[Problem]:
    """What can tell who somebody is."""
    if isinstance(item, Email):
        message = say(
            "`{item}` names the person, so an anonymous wave cannot ask it. Leave it out, or "
            "ask it of people who are signed in.",
            item=item.key,
        )
        yield warning("item.names-person", where, message)
    if isinstance(item, FileItem):
        message = say(
            "What is sent to `{item}` may show who sent it, so an anonymous wave cannot ask it. "
            "Ask it of people who are signed in, or ask for words.",
            item=item.key,
        )
        yield warning("item.names-person", where, message)
    if isinstance(item, Hidden) and not item.values:
        message = say(
            "`{item}` takes nothing from a link, since `values` lists nothing: any value could "
            "say who somebody is. List the values that it may have.",
            item=item.key,
        )
        yield warning("item.hidden-values", f"{where}.values", message)
