"""An answer in words, as the person who gave it read them."""

from collections.abc import Mapping

from assessor.domain.answer_types import value_of
from assessor.domain.instrument import NOT_APPLICABLE, Column, Instrument, ItemBase, RepeatingGroup
from assessor.domain.kinds import columns_of, na_label
from assessor.domain.logic_functions import LogicValue, as_text
from assessor.domain.readings import all_options


def label_of(instrument: Instrument, key: str, code: str) -> str:
    """The words of a code: of an option, a scale's point, yes, no or not applicable.

    `key` is an item's, a row's or a column's; a code that stands for itself is returned.
    """
    item, column = answered_by(instrument, key)
    if item is None:
        return code
    if code == NOT_APPLICABLE:
        return na_label(item) or code
    for option in all_options(item):
        if option.code == code:
            return option.label
    if code in {"yes", "no"}:
        return str(getattr(item, f"{code}_label", "") or getattr(item, "label", "") or code)
    scale = instrument.scale(column.scale) if column and column.scale else None
    if scale is not None and code.lstrip("-").isdigit():
        return scale.label(int(code))
    return code


def answer_words(instrument: Instrument, key: str, values: Mapping[str, LogicValue]) -> str:
    """An earlier answer in words, to be put into a text; empty where there is none."""
    value = values.get(key, "")
    if value == "":
        return ""
    item, column = answered_by(instrument, key)
    text = as_text(value)
    if item is None or column is None:
        # A ranking as a whole: its codes in order.
        return ", ".join(label_of(instrument, key, part) for part in text.split())
    kind = value_of(item, column)
    if text != NOT_APPLICABLE and (kind == "text" or (kind == "number" and not column.scale)):
        return text
    parts = text.split() if kind == "choices" else [text]
    return ", ".join(label_of(instrument, key, part) for part in parts)


def answered_by(instrument: Instrument, key: str) -> tuple[ItemBase | None, Column | None]:
    """The item, or the item of a repeating group, that a key belongs to, and the column it names.

    A key without a column of its own (a row of several scales, a ranking) gives its first scale's
    column, or none.
    """
    known = instrument.worked_out.setdefault("answered_by", {})
    if not known:
        for item in instrument.items():
            known[item.key] = (item, None)
            inner = {one.key: one for one in getattr(item, "items", ())}
            for column in columns_of(instrument, item):
                of_item = inner.get(column.owner, item)
                known[column.name] = (of_item, column)
                first = known.get(column.owner, (of_item, None))[1]
                if first is None and (column.scale or column.owner in inner):
                    known[column.owner] = (of_item, column)
    found: tuple[ItemBase | None, Column | None] = known.get(key, (None, None))
    if found == (None, None) and isinstance(instrument.item(key), RepeatingGroup):
        return instrument.item(key), None
    return found
