"""The checks of an instrument: keys that clash, scales that cannot be, items nobody can answer."""

from collections.abc import Iterator, Sequence
from functools import partial

from assessor.domain.catalogue import CatalogueItems
from assessor.domain.checks.bounds import check_bounds
from assessor.domain.checks.choices import check_choices
from assessor.domain.checks.duration import PATIENCE_MINUTES, estimated_minutes
from assessor.domain.checks.finding import did_you_mean, error, warning
from assessor.domain.checks.keys import (
    RESERVED_INSTRUMENTS,
    RESERVED_KEYS,
    check_keys,
    items_of,
    repeated,
)
from assessor.domain.checks.leading import check_leading
from assessor.domain.checks.logic import check_logic
from assessor.domain.checks.piping import check_piping
from assessor.domain.checks.reach import check_reach
from assessor.domain.checks.scales import check_scale
from assessor.domain.checks.translating import check_translations
from assessor.domain.checks.wording import check_asking, check_wordings
from assessor.domain.instrument import (
    Dropdown,
    Instrument,
    ItemBase,
    Rated,
    Scale,
    SingleChoice,
)
from assessor.domain.kinds import columns
from assessor.domain.problems import Problem, say, saying

__all__ = ["RESERVED_INSTRUMENTS", "RESERVED_KEYS", "check_instrument"]


def check_instrument(
    instrument: Instrument,
    catalogue: Sequence[Scale] = (),
    wordings: CatalogueItems | None = None,
) -> tuple[Problem, ...]:
    """Everything about an instrument that its shape cannot say.

    `where` leads into the instrument ("pages.0.items.3.scale"). `catalogue` are the known scales,
    against which a scale used backwards is found for sure; `wordings` the catalogue's items, which
    items that name them should say word for word.
    """
    logic = check_logic(instrument)
    mistaken = frozenset(problem.where for problem in logic if problem.severity == "error")
    return (
        *check_keys(instrument),
        *_check_scales(instrument, catalogue),
        *(
            problem
            for where, item in items_of(instrument)
            for problem in _check_item(instrument, item, where)
        ),
        *logic,
        *check_reach(instrument, mistaken),
        *check_leading(instrument),
        *check_piping(instrument),
        *check_translations(instrument),
        *(check_wordings(instrument, wordings) if wordings is not None else ()),
        *_check_group_item(instrument),
        *_check_length(instrument),
    )


def _check_scales(instrument: Instrument, catalogue: Sequence[Scale]) -> list[Problem]:
    known = {scale.key: scale for scale in catalogue}
    keys = [(f"scales.{s}.key", scale.key) for s, scale in enumerate(instrument.scales)]
    problems = repeated(
        keys,
        saying("`{key}` is the key of two scales. Remove one, or give it another key."),
    )
    used = {
        key
        for _where, item in items_of(instrument)
        if isinstance(item, Rated)
        for key in item.scale_keys
    }
    for s, scale in enumerate(instrument.scales):
        problems.extend(check_scale(scale, f"scales.{s}", known.get(scale.key)))
        if scale.key not in used:
            message = say(
                "No item uses scale `{scale}`. Remove it, or name it in an item.", scale=scale.key
            )
            problems.append(warning("instrument.unused-scale", f"scales.{s}", message))
    return problems


def _check_item(instrument: Instrument, item: ItemBase, where: str) -> Iterator[Problem]:
    if isinstance(item, Rated):
        yield from _check_rated(instrument, item, where)
    yield from check_asking(item, where)
    yield from check_choices(item, where)
    yield from check_bounds(item, where)


def _check_rated(instrument: Instrument, item: Rated, where: str) -> list[Problem]:
    problems: list[Problem] = []
    known = [scale.key for scale in instrument.scales]
    named = [(f"{where}.scale", item.scale)] if item.scale else []
    named += [(f"{where}.scales.{u}.scale", use.scale) for u, use in enumerate(item.scales)]
    for place, key in named:
        if key not in known:
            message = say(
                "`{item}` uses scale `{key}`, which this instrument does not have. {hint} Or "
                "add it to `scales` or `use_scales`.",
                item=item.key,
                key=key,
                hint=did_you_mean(str(key), known),
            )
            problems.append(error("instrument.unknown-scale", place, message))
    uses = [(f"{where}.scales.{u}.key", use.key) for u, use in enumerate(item.scales)]
    problems.extend(
        repeated(
            uses,
            partial(_TWO_USES, item=item.key),
        )
    )
    return problems


_TWO_USES = saying("`{key}` is the key of two scales of `{item}`. Give one of them another key.")


def _check_group_item(instrument: Instrument) -> list[Problem]:
    if instrument.group_item is None:
        return []
    item = instrument.item(instrument.group_item)
    if isinstance(item, SingleChoice | Dropdown):
        return _check_groups(item)
    singles = [i.key for i in instrument.items() if isinstance(i, SingleChoice | Dropdown)]
    if item is None:
        message = say(
            "`group_item` is `{group_item}`, and there is no such item. {hint}",
            group_item=instrument.group_item,
            hint=did_you_mean(instrument.group_item, singles),
        )
    else:
        message = say(
            "`group_item` is `{group_item}`, which is no single choice, so its answers are no "
            "groups. {hint}",
            group_item=instrument.group_item,
            hint=did_you_mean(instrument.group_item, singles),
        )
    return [error("instrument.group-item", "group_item", message)]


def _check_groups(item: SingleChoice | Dropdown) -> list[Problem]:
    if not item.other:
        return []
    message = say(
        "`{item}` tells the groups and has an `other`, which is no group of a known size. Make "
        "it an option of its own, or leave it out.",
        item=item.key,
    )
    return [error("instrument.group-other", "group_item", message)]


def _check_length(instrument: Instrument) -> list[Problem]:
    if not columns(instrument):
        message = say("The instrument asks nothing. Add an item that can be answered.")
        return [error("instrument.asks-nothing", "pages", message)]
    minutes = estimated_minutes(instrument)
    allowed = instrument.minutes or PATIENCE_MINUTES
    if minutes <= min(allowed, PATIENCE_MINUTES):
        return []
    if minutes > PATIENCE_MINUTES:
        message = say(
            "This takes about {minutes:.1f} minutes, and people give it about "
            "{patience:g}. Leave out what decides nothing, or ask it elsewhere.",
            minutes=minutes,
            patience=PATIENCE_MINUTES,
        )
    else:
        message = say(
            "`minutes` promises {allowed:g}, and this takes about {minutes:.1f}. Raise the "
            "promise, or leave items out.",
            allowed=allowed,
            minutes=minutes,
        )
    return [warning("instrument.too-long", "minutes" if instrument.minutes else "pages", message)]
