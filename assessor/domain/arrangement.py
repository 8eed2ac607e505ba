"""In which order one person sees things, and which items of a sampling they are asked.

Everything follows from the draft's seed, so that going back shows the same page again. Without a
seed nothing is shuffled and everybody is asked everything: so it is with files of answers, where
an item that was not asked has no value.
"""

import random
from collections.abc import Sequence
from typing import TypeVar

from assessor.domain.instrument import (
    OTHER,
    ConstantSum,
    Instrument,
    Item,
    Matrix,
    MultipleChoice,
    Option,
    Order,
    Page,
    Ranking,
    Row,
    WithOptions,
)
from assessor.domain.items import Pair

T = TypeVar("T")
Seed = int | None


def pages_in_order(instrument: Instrument, seed: Seed) -> tuple[Page, ...]:
    """The pages as this person meets them: those of one `shuffle` word change places."""
    pages = list(instrument.pages)
    words = dict.fromkeys(page.shuffle for page in pages if page.shuffle)
    for word in words:
        places = [i for i, page in enumerate(instrument.pages) if page.shuffle == word]
        mixed = _mixed([instrument.pages[i] for i in places], seed, f"pages:{word}")
        for place, page in zip(places, mixed, strict=True):
            pages[place] = page
    return tuple(pages)


def items_in_order(page: Page, seed: Seed) -> tuple[Item, ...]:
    return _ordered(page.items, page.order, seed, f"page:{page.key}")


def options_in_order(
    item: WithOptions | Ranking | ConstantSum, options: Sequence[Option], seed: Seed
) -> tuple[Option, ...]:
    """`options` of an item, shuffled where it says so; what stands alone stays last."""
    last = {OTHER, *(item.exclusive if isinstance(item, MultipleChoice) else ())}
    moving = [option for option in options if option.code not in last]
    staying = tuple(option for option in options if option.code in last)
    return _ordered(moving, item.order, seed, f"options:{item.key}") + staying


def rows_in_order(item: Matrix, rows: Sequence[Row | Pair], seed: Seed) -> tuple[Row | Pair, ...]:
    return _ordered(rows, item.order, seed, f"rows:{item.key}")


def left_out(instrument: Instrument, seed: Seed) -> frozenset[str]:
    """The keys of items and rows that the samplings do not ask this person."""
    if seed is None:
        return frozenset()
    found: set[str] = set()
    for sampling in instrument.samplings:
        chance = _chance(seed, f"sampling:{sampling.key}")
        if sampling.ask is not None:
            asked = chance.sample(sampling.items, min(sampling.ask, len(sampling.items)))
        else:
            share = sampling.share or 0.0
            asked = [key for key in sampling.items if chance.random() < share]
        found.update(set(sampling.items) - set(asked))
    return frozenset(found)


def new_seed() -> int:
    """A seed that nobody can guess, and that says nothing about the person."""
    return random.SystemRandom().getrandbits(48)


def _ordered(things: Sequence[T], order: Order, seed: Seed, what: str) -> tuple[T, ...]:
    return tuple(things) if order == "as_written" else _mixed(things, seed, what)


def _mixed(things: Sequence[T], seed: Seed, what: str) -> tuple[T, ...]:
    mixed = list(things)
    if seed is not None:
        _chance(seed, what).shuffle(mixed)
    return tuple(mixed)


def _chance(seed: int, what: str) -> random.Random:
    return random.Random(f"{seed}/{what}")
