"""What a column holds, for logic, for checks and for whoever scores it."""

from assessor.domain.instrument import (
    Calculated,
    ChoiceMatrix,
    Column,
    EntryGrid,
    ItemBase,
    Number,
    Slider,
)
from assessor.domain.item_columns import kind_name
from assessor.domain.kinds import KINDS, ValueType
from assessor.domain.logic import NotUnderstoodError, parse
from assessor.domain.logic_functions import FUNCTIONS
from assessor.domain.readings import is_own_words

_TRUTHS = frozenset({"and", "or", "=", "!=", "<", "<=", ">", ">="})
_NUMERIC = frozenset({"+", "-", "*", "div", "mod", "number"})


def value_of(item: ItemBase, column: Column) -> ValueType:
    """What one column of an item holds. `item` is the item of a repeating group, not the group."""
    if is_own_words(item, column):
        return "text"
    match item:
        case ChoiceMatrix():
            return "choices" if item.multiple else "choice"
        case EntryGrid():
            return "number" if item.entry == "number" else "text"
        case Calculated():
            return calculated_type(item.calculation)
        case _:
            return KINDS[kind_name(item)].value


def calculated_type(calculation: str) -> ValueType:
    """What a calculation gives: a number, or a text; truths are the texts "true" and "false"."""
    try:
        tree = parse(calculation).tree
    except NotUnderstoodError:
        return "text"
    if tree.name in _NUMERIC:
        return "number"
    function = FUNCTIONS.get(tree.name)
    if tree.name == "if":
        return "number" if all(part.name in _NUMERIC for part in tree.parts[1:]) else "text"
    return "number" if function is not None and function.result == "number" else "text"


def is_truth(calculation: str) -> bool:
    """Whether a calculation gives "true" or "false"."""
    try:
        tree = parse(calculation).tree
    except NotUnderstoodError:
        return False
    function = FUNCTIONS.get(tree.name)
    return tree.name in _TRUTHS or (function is not None and function.result == "truth")


def is_whole(item: ItemBase) -> bool:
    """Whether the numbers of an item are whole ones."""
    if isinstance(item, Slider):
        return all(float(n).is_integer() for n in (item.minimum, item.step))
    return item.whole if isinstance(item, Number | EntryGrid) else True
