"""The checks of an instrument: keys that clash, scales that cannot be, items nobody can answer."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from assessor.domain.checks.duration import PATIENCE_MINUTES, estimated_minutes
from assessor.domain.checks.finding import did_you_mean, error, warning
from assessor.domain.checks.scales import check_scale
from assessor.domain.checks.wording import check_wording
from assessor.domain.instrument import (
    NOT_APPLICABLE,
    Instrument,
    Item,
    MultipleChoice,
    Number,
    Option,
    Rated,
    Rating,
    RatingMatrix,
    Scale,
    SingleChoice,
)
from assessor.domain.kinds import columns
from assessor.domain.problems import Problem

RESERVED_KEYS = frozenset({"group", "weight", "instrument", "version", "language", "csrf_token"})
"""Columns of an answers file that are no items, and the field that keeps a patron's form safe."""

RESERVED_INSTRUMENTS = frozenset({"plan", "mapping"})
"""A library's folder has files of these names for other things."""


def check_instrument(
    instrument: Instrument, catalogue: Sequence[Scale] = ()
) -> tuple[Problem, ...]:
    """Everything about an instrument that its shape cannot say.

    `where` leads into the instrument ("pages.0.items.3.scale"). `catalogue` are the known scales,
    against which a scale used backwards is found for sure.
    """
    return (
        *_check_keys(instrument),
        *_check_scales(instrument, catalogue),
        *(
            problem
            for where, item in _items(instrument)
            for problem in _check_item(instrument, item, where)
        ),
        *_check_group_item(instrument),
        *_check_length(instrument),
    )


def _items(instrument: Instrument) -> Iterator[tuple[str, Item]]:
    for p, page in enumerate(instrument.pages):
        for i, item in enumerate(page.items):
            yield f"pages.{p}.items.{i}", item


def _repeated(what: str, keys: Iterable[tuple[str, str]], todo: str) -> list[Problem]:
    """One problem for every key that stands a second time; `keys` are pairs of place and key."""
    seen: set[str] = set()
    problems: list[Problem] = []
    for where, key in keys:
        if key in seen:
            message = f"`{key}` is the key of two {what}. {todo}"
            problems.append(error("instrument.duplicate-key", where, message))
        seen.add(key)
    return problems


def _check_keys(instrument: Instrument) -> list[Problem]:
    owners: list[tuple[str, str]] = []
    for where, item in _items(instrument):
        owners.append((f"{where}.key", item.key))
        if isinstance(item, RatingMatrix):
            owners.extend((f"{where}.rows.{r}.key", row.key) for r, row in enumerate(item.rows))
    pages = [(f"pages.{p}.key", page.key) for p, page in enumerate(instrument.pages)]
    problems = [
        *_repeated("pages", pages, "Give one of them another key."),
        *_repeated(
            "items or rows",
            owners,
            "Give one of them another key, since every answer is kept under its key.",
        ),
    ]
    for where, key in owners:
        if key in RESERVED_KEYS:
            message = (
                f"`{key}` cannot be an item's key, since files or forms of answers use it for "
                f"something else. Call the item something else, such as `{key}_asked`."
            )
            problems.append(error("instrument.reserved-key", where, message))
    if instrument.key in RESERVED_INSTRUMENTS:
        message = (
            f"An instrument cannot be called `{instrument.key}`, since the folder's file "
            f"{instrument.key}.yaml is another. Call it something else, such as `patrons`."
        )
        problems.append(error("instrument.reserved-key", "key", message))
    return problems


def _check_scales(instrument: Instrument, catalogue: Sequence[Scale]) -> list[Problem]:
    known = {scale.key: scale for scale in catalogue}
    keys = [(f"scales.{s}.key", scale.key) for s, scale in enumerate(instrument.scales)]
    problems = _repeated("scales", keys, "Remove one, or give it another key.")
    used = {
        key for item in instrument.items() if isinstance(item, Rated) for key in item.scale_keys
    }
    for s, scale in enumerate(instrument.scales):
        problems.extend(check_scale(scale, f"scales.{s}", known.get(scale.key)))
        if scale.key not in used:
            message = f"No item uses scale `{scale.key}`. Remove it, or name it in an item."
            problems.append(warning("instrument.unused-scale", f"scales.{s}", message))
    return problems


def _check_item(instrument: Instrument, item: Item, where: str) -> list[Problem]:
    problems: list[Problem] = []
    if isinstance(item, Rated):
        problems.extend(_check_rated(instrument, item, where))
    if isinstance(item, SingleChoice | MultipleChoice):
        problems.extend(_check_options(item, where))
    if isinstance(item, MultipleChoice):
        problems.extend(_check_multiple(item, where))
    if isinstance(item, Number) and _is_empty_range(item.minimum, item.maximum):
        message = (
            f"`{item.key}` asks for a number of at least {item.minimum:g} and at most "
            f"{item.maximum:g}, which none is. Swap `minimum` and `maximum`."
        )
        problems.append(error("item.bounds", f"{where}.minimum", message))
    return problems


def _is_empty_range(minimum: float | None, maximum: float | None) -> bool:
    return minimum is not None and maximum is not None and minimum > maximum


def _check_rated(instrument: Instrument, item: Rated, where: str) -> list[Problem]:
    problems: list[Problem] = []
    known = [scale.key for scale in instrument.scales]
    named = [(f"{where}.scale", item.scale)] if item.scale else []
    named += [(f"{where}.scales.{u}.scale", use.scale) for u, use in enumerate(item.scales)]
    for place, key in named:
        if key not in known:
            message = (
                f"`{item.key}` uses scale `{key}`, which this instrument does not have. "
                f"{did_you_mean(str(key), known)} Or add it to `scales` or `use_scales`."
            )
            problems.append(error("instrument.unknown-scale", place, message))
    uses = [(f"{where}.scales.{u}.key", use.key) for u, use in enumerate(item.scales)]
    problems.extend(_repeated(f"scales of `{item.key}`", uses, "Give one of them another key."))
    if isinstance(item, RatingMatrix):
        for r, row in enumerate(item.rows):
            problems.extend(check_wording(row.key, row.text, f"{where}.rows.{r}.text"))
    elif isinstance(item, Rating):
        problems.extend(check_wording(item.key, item.text, f"{where}.text"))
    return problems


def _check_options(item: SingleChoice | MultipleChoice, where: str) -> list[Problem]:
    problems: list[Problem] = []
    codes = Counter(option.code for option in item.options)
    labels = Counter(option.label.strip().casefold() for option in item.options)
    seen: set[str] = set()
    for o, option in enumerate(item.options):
        place = f"{where}.options.{o}"
        if codes[option.code] > 1 and option.code in seen:
            message = (
                f"`{item.key}` has two options with the code `{option.code}`. "
                "Give one of them another code."
            )
            problems.append(error("item.duplicate-option", place, message))
        elif labels[option.label.strip().casefold()] > 1 and _label_seen(item.options, o):
            message = (
                f"`{item.key}` has two options called “{option.label}”. "
                "Give one of them another label."
            )
            problems.append(error("item.duplicate-option", place, message))
        seen.add(option.code)
        if option.code.upper() == NOT_APPLICABLE:
            message = (
                f"`{item.key}` has an option with the code `{option.code}`, which stands for “not "
                "applicable” in files of answers. Give it another code, such as `none`."
            )
            problems.append(error("item.reserved-code", place, message))
    return problems


def _label_seen(options: Sequence[Option], position: int) -> bool:
    label = options[position].label.strip().casefold()
    return any(option.label.strip().casefold() == label for option in options[:position])


def _check_multiple(item: MultipleChoice, where: str) -> list[Problem]:
    problems: list[Problem] = []
    codes = [option.code for option in item.options]
    for e, code in enumerate(item.exclusive):
        if code not in codes:
            message = (
                f"`{item.key}` names `{code}` as standing alone, which is none of its options. "
                f"{did_you_mean(code, codes)}"
            )
            problems.append(error("instrument.exclusive", f"{where}.exclusive.{e}", message))
    if item.max_choices is not None and item.max_choices > len(codes):
        message = (
            f"`{item.key}` allows {item.max_choices} choices and offers {len(codes)}. "
            "Lower `max_choices`, or remove it."
        )
        problems.append(error("item.max-choices", f"{where}.max_choices", message))
    return problems


def _check_group_item(instrument: Instrument) -> list[Problem]:
    if instrument.group_item is None:
        return []
    item = instrument.item(instrument.group_item)
    if isinstance(item, SingleChoice):
        return []
    singles = [i.key for i in instrument.items() if isinstance(i, SingleChoice)]
    if item is None:
        message = (
            f"`group_item` is `{instrument.group_item}`, and there is no such item. "
            f"{did_you_mean(instrument.group_item, singles)}"
        )
    else:
        message = (
            f"`group_item` is `{instrument.group_item}`, which is no single choice, so its answers "
            f"are no groups. {did_you_mean(instrument.group_item, singles)}"
        )
    return [error("instrument.group-item", "group_item", message)]


def _check_length(instrument: Instrument) -> list[Problem]:
    if not columns(instrument):
        message = "The instrument asks nothing. Add an item that can be answered."
        return [error("instrument.asks-nothing", "pages", message)]
    minutes = estimated_minutes(instrument)
    allowed = instrument.minutes or PATIENCE_MINUTES
    if minutes <= min(allowed, PATIENCE_MINUTES):
        return []
    if minutes > PATIENCE_MINUTES:
        message = (
            f"This takes about {minutes:.1f} minutes, and people give it about "
            f"{PATIENCE_MINUTES:g}. Leave out what decides nothing, or ask it elsewhere."
        )
    else:
        message = (
            f"`minutes` promises {allowed:g}, and this takes about {minutes:.1f}. "
            "Raise the promise, or leave items out."
        )
    return [warning("instrument.too-long", "minutes" if instrument.minutes else "pages", message)]
