"""One change to the mapping, saved so that two people at work lose nothing of each other's."""

from collections.abc import Callable
from dataclasses import dataclass

from assessor.actions.mappings import save_mapping
from assessor.domain.mapping import Indicator, Mapping
from assessor.domain.problems import Problem
from assessor.store import documents
from assessor.store.documents import StoredMapping

TRIES = 3


@dataclass(frozen=True)
class Saved:
    """What became of a change: an edition, or problems, or a colleague's `theirs` in its place.

    `together` says that a colleague saved something else meanwhile, which stands beside it now.
    """

    edition: int | None = None
    problems: tuple[Problem, ...] = ()
    theirs: StoredMapping | None = None
    together: bool = False


def newest_mapping(library_id: int, plan_key: str) -> tuple[Mapping, int]:
    """The mapping to work on and its edition; an empty one and 0 where none was saved."""
    stored = documents.current_mapping(library_id, plan_key)
    return (stored.mapping, stored.edition) if stored else (Mapping(plan=plan_key), 0)


def save_change(
    library_id: int,
    plan_key: str,
    change: Callable[[Mapping], Mapping],
    part: Callable[[Mapping], object],
    *,
    expected: int,
    note: str,
    account_id: int | None,
) -> Saved:
    """Apply `change` to the newest mapping, unless somebody changed the same part since.

    `part` picks what the change is about, `expected` is the edition that the person saw.
    """
    before = documents.stored_mapping(library_id, plan_key, expected) if expected else None
    seen = part(before.mapping if before else Mapping(plan=plan_key))
    for _ in range(TRIES):
        stored = documents.current_mapping(library_id, plan_key)
        mapping, edition = newest_mapping(library_id, plan_key)
        if stored is not None and edition != expected and part(mapping) != seen:
            return Saved(theirs=stored)
        changed = change(mapping)
        checked = save_mapping(
            library_id, changed, note=_one_line(note), expected=edition, account_id=account_id
        )
        if checked.value is not None:
            return Saved(checked.value, together=edition != expected)
        if not any(one.code == "mapping.changed-meanwhile" for one in checked.problems):
            return Saved(problems=checked.errors)
    return Saved(problems=checked.errors)


def with_indicator(mapping: Mapping, card: Indicator) -> Mapping:
    """The mapping with this card in the place of the one with its key, or as the last."""
    if mapping.indicator(card.key) is None:
        # What is measured now is no longer listed as not measured.
        kept = tuple(one for one in mapping.not_measured if one.element != card.element)
        indicators = (*mapping.indicators, card)
        return mapping.model_copy(update={"indicators": indicators, "not_measured": kept})
    indicators = tuple(card if one.key == card.key else one for one in mapping.indicators)
    return mapping.model_copy(update={"indicators": indicators})


def without(mapping: Mapping, key: str) -> Mapping:
    """The mapping without the indicator of this key."""
    kept = tuple(one for one in mapping.indicators if one.key != key)
    return mapping.model_copy(update={"indicators": kept})


def _one_line(note: str) -> str:
    """A note that every database takes: what people typed may hold any character."""
    return " ".join("".join(one if one.isprintable() else " " for one in note).split())
