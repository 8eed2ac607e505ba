"""What items and answers are called in sentences about an instrument."""

from assessor.domain.instrument import MATRIX_KINDS, Instrument, ItemBase, RepeatingGroup
from assessor.domain.kinds import columns_of_item
from assessor.domain.problems import Said, say
from assessor.domain.readings import all_options

LONGEST_NAME = 70


def name_of(instrument: Instrument, key: str) -> str:
    """What an item, a row or one of its columns is called in a sentence: its question, in quotes.

    A key that the instrument does not have stays a key.
    """
    owner, _, use = key.partition(".")
    item = instrument.item(owner)
    if item is None:
        return f"`{key}`"
    if isinstance(item, RepeatingGroup) and owner != item.key:
        item = next(one for one in item.items if one.key == owner)
    if item.key == owner and not use:
        return quoted(item.text)
    columns = columns_of_item(item)
    column = next((one for one in columns if one.name == key or one.owner == key), None)
    if column is not None and column.use is None:
        return quoted(column.text)
    name = quoted(_row_text(item, owner) or item.text)
    return Said("{name} ({use})", {"name": name, "use": _use_text(item, use)})


def _row_text(item: ItemBase, key: str) -> str:
    rows = item.rows if isinstance(item, MATRIX_KINDS) else ()
    return next((row.text for row in rows if row.key == key), "")


def _use_text(item: ItemBase, use: str) -> str:
    """What stands after the dot of a column's name: a scale's use, an option, own words."""
    options = {option.code: option.label for option in all_options(item)}
    options |= {one.code: one.label for one in getattr(item, "columns", ())}
    uses = {one.key: one.label for one in getattr(item, "scales", ())}
    return uses.get(use) or options.get(use) or use.replace("_", " ")


def quoted(text: str) -> Said:
    """A text in quotes, on one line, cut at a word where it is long."""
    text = " ".join(text.split()).replace("“", "‘").replace("”", "’")
    if len(text) > LONGEST_NAME:
        cut = text[: LONGEST_NAME - 1]
        at_word = cut.rpartition(" ")[0]
        text = (at_word or cut).rstrip(" ,;:–-") + "…"
    return say("“{text}”", text=text)
