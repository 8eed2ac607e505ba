"""What names an item, so that whoever removes or renames it knows what will miss it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

from assessor.domain.instrument import (
    Ending,
    Instrument,
    ItemBase,
    Option,
    Page,
    Pair,
    Quota,
    RepeatingGroup,
    Row,
    Sampling,
)
from assessor.domain.logic import references
from assessor.domain.mapping import ItemEvidence, Mapping

LOGIC = frozenset(
    {"relevant", "required_when", "constraint", "option_filter", "when", "calculation"}
)
"""The fields that hold an expression, wherever they stand."""

PartKind = Literal["item", "page", "ending", "quota", "sampling", "indicator", "instrument"]


@dataclass(frozen=True)
class Dependent:
    """Something that names a key. `name`: its own key; `field`: where it does so."""

    kind: PartKind
    key: str
    name: str
    field: str


def expressions(instrument: Instrument) -> Iterator[tuple[BaseModel, BaseModel, str, str]]:
    """Every expression: the page, item, ending or quota, the part of it, the field, the text."""
    for page in instrument.pages:
        yield from _of(page, page)
        for item in page.items:
            yield from _below(item)
    for one in (*instrument.endings, *instrument.quotas):
        yield from _of(one, one)


def _below(item: ItemBase) -> Iterator[tuple[BaseModel, BaseModel, str, str]]:
    yield from _of(item, item)
    for name in ("options", "rows", "columns"):
        for part in getattr(item, name, ()):
            yield from _of(item, part)
    if isinstance(item, RepeatingGroup):
        for one in item.items:
            yield from _below(one)


def _of(owner: BaseModel, part: BaseModel) -> Iterator[tuple[BaseModel, BaseModel, str, str]]:
    for name in LOGIC & set(type(part).model_fields):
        text = getattr(part, name)
        if text:
            yield owner, part, name, text


def dependents(
    instrument: Instrument, keys: Iterable[str], mappings: Iterable[Mapping] = ()
) -> tuple[Dependent, ...]:
    """What names any of these items or rows, the items themselves left out."""
    wanted = set(keys)
    found: list[Dependent] = []
    for owner, _part, field, text in expressions(instrument):
        named = {key.partition(".")[0] for key in references(text)}
        if named & wanted and not (isinstance(owner, ItemBase) and owner.key in wanted):
            found.append(_dependent(owner, field))
    if instrument.group_item in wanted:
        found.append(Dependent("instrument", instrument.key, "", "group_item"))
    for sampling in instrument.samplings:
        if wanted & set(sampling.items):
            found.append(_dependent(sampling, "items"))
    for mapping in mappings:
        found.extend(_indicators(instrument, wanted, mapping))
    return tuple(dict.fromkeys(found))


def _indicators(instrument: Instrument, wanted: set[str], mapping: Mapping) -> Iterator[Dependent]:
    for indicator in mapping.indicators:
        for evidence in indicator.evidence:
            if not isinstance(evidence, ItemEvidence) or evidence.instrument != instrument.key:
                continue
            if wanted & set(evidence.items):
                yield Dependent("indicator", indicator.key, indicator.name, indicator.element)


def _dependent(part: BaseModel, field: str) -> Dependent:
    match part:
        case Page():
            return Dependent("page", part.key, part.title, field)
        case Ending():
            return Dependent("ending", part.key, part.title, field)
        case Quota():
            return Dependent("quota", part.key, "", field)
        case Sampling():
            return Dependent("sampling", part.key, "", field)
        case ItemBase() | Row() | Pair():
            return Dependent("item", part.key, part.text, field)
        case Option():
            return Dependent("item", part.code, part.label, field)
        case _:
            return Dependent("instrument", "", "", field)
