"""Items in the catalogue's wording. It stays as it is, so that answers from other libraries and
other years can be set beside each other; whoever wants other words unlocks the item first.
"""

from typing import Any

from assessor.domain.catalogue import CatalogueItem
from assessor.domain.editing.places import free_key, item_keys, place_of
from assessor.domain.editing.refusing import built, rebuilt, refusal
from assessor.domain.editing.starting import with_scale
from assessor.domain.instrument import (
    MATRIX_KINDS,
    Instrument,
    ItemBase,
    RatingMatrix,
    Row,
    Scale,
)
from assessor.domain.kinds import KINDS
from assessor.domain.problems import say

WORDED = frozenset(
    "text options other scale scales reversed na low_label high_label unit minimum maximum whole "
    "yes_label no_label".split()
)
"""The fields that make up a wording: what is asked, and what can be answered."""

ROW_WORDED = frozenset({"text", "reversed", "left", "right"})


def is_locked(item: ItemBase) -> bool:
    return bool(item.catalogue)


def locked_rows(item: ItemBase) -> dict[str, Row]:
    """The rows of a matrix that are in the catalogue's wording, by key."""
    rows = item.rows if isinstance(item, RatingMatrix) else ()
    return {row.key: row for row in rows if row.catalogue}


def check_wording_kept(old: ItemBase, new: ItemBase) -> None:
    """Refuse a change that touches what the catalogue words."""
    worded = [name for name in WORDED if getattr(old, name, None) != getattr(new, name, None)]
    answers_changed = [name for name in worded if name in {"scale", "scales", "na"}]
    if is_locked(old) and worded:
        message = say("The catalogue words this. Choose “Unlock the wording” first to change it.")
        raise refusal("locked", worded[0], message)
    if not locked_rows(old):
        return
    if answers_changed:
        message = say("Rows of this matrix are worded by the catalogue. Unlock them first.")
        raise refusal("locked", answers_changed[0], message)
    kept = {row.key: row for row in new.rows} if isinstance(new, RatingMatrix) else {}
    for key, row in locked_rows(old).items():
        now = kept.get(key)
        if now is not None and any(
            getattr(now, name, None) != getattr(row, name, None) for name in ROW_WORDED
        ):
            message = say(
                "The catalogue words the row `{key}`. Unlock it first to change it.", key=key
            )
            raise refusal("locked", "rows", message)


def unlocked(instrument: Instrument, key: str) -> tuple[ItemBase, ItemBase]:
    """The item that has this key or a row of it, before and after it is made one's own."""
    owner = instrument.item(key)
    if owner is None:
        raise refusal(
            "no-item", "item", say("There is no item `{key}` any more. Choose another.", key=key)
        )
    if isinstance(owner, MATRIX_KINDS) and owner.key != key:
        rows = tuple(
            row.model_copy(update={"catalogue": ""})
            if row.key == key and isinstance(row, Row)
            else row
            for row in owner.rows
        )
        return owner, rebuilt(owner, rows=rows)
    item = place_of(instrument, key).item
    return item, rebuilt(item, catalogue="")


def from_catalogue(
    instrument: Instrument, entry: CatalogueItem, scale: Scale | None
) -> tuple[Instrument, ItemBase]:
    """The entry as an item of this instrument, which then has the scale that it needs."""
    # Any: fields of seven kinds.
    fields: dict[str, Any] = {
        "kind": entry.kind,
        "key": free_key(entry.key, item_keys(instrument)),
        "text": entry.text,
        "hint": entry.hint,
        "base": entry.base,
        "catalogue": entry.key,
    }
    if entry.kind == "rating":
        if scale is None:
            raise refusal(
                "no-scale", "entry", say("The catalogue does not have this item’s scale.")
            )
        instrument, fields["scale"] = with_scale(instrument, scale)
        fields |= {"reversed": entry.reversed, "na": entry.na}
    if entry.kind == "likelihood":
        fields["na"] = entry.na
    if entry.kind in {"single_choice", "multiple_choice"}:
        fields["options"] = entry.options
    return instrument, built(KINDS[entry.kind].model, **fields)
