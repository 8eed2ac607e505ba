"""Which columns an item has: where its answers are kept, and what each of them says.

`kinds.py` names these in its table.
"""

from collections.abc import Callable

from assessor.domain.instrument import (
    OTHER,
    ChoiceMatrix,
    Column,
    ConstantSum,
    EntryGrid,
    ItemBase,
    Ranking,
    Rating,
    RatingMatrix,
    RepeatingGroup,
    SemanticDifferential,
    WithOptions,
)


def _column(item: ItemBase, **more: object) -> Column:
    own = {"name": item.key, "owner": item.key, "text": item.text, "item_key": item.key}
    return Column.model_validate({**own, "kind": kind_name(item), "base": item.base, **more})


def plain_column(item: ItemBase) -> tuple[Column, ...]:
    return (_column(item),)


def kind_name(item: ItemBase) -> str:
    return str(getattr(item, "kind"))  # noqa: B009  every model of the table declares it


def no_column(item: ItemBase) -> tuple[Column, ...]:  # one signature for all kinds
    return ()


def choice_columns(item: ItemBase) -> tuple[Column, ...]:
    """The choice, and a column of own words where it offers "other"."""
    assert isinstance(item, WithOptions)
    chosen = _column(item)
    if not item.other:
        return (chosen,)
    words = f"{item.text} – {item.other}"
    return (chosen, _column(item, name=f"{item.key}.{OTHER}", text=words, use=OTHER))


def option_columns(item: ItemBase) -> tuple[Column, ...]:
    """A column for every option: its rank, or its part of the total."""
    assert isinstance(item, Ranking | ConstantSum)
    return tuple(
        _column(
            item,
            name=f"{item.key}.{option.code}",
            text=f"{item.text} – {option.label}",
            use=option.code,
        )
        for option in item.options
    )


def rated_columns(item: ItemBase) -> tuple[Column, ...]:
    assert isinstance(item, Rating | RatingMatrix)
    owners = item.rows if isinstance(item, RatingMatrix) else (item,)
    uses = [(None, item.scale)] if item.scale else [(use.key, use.scale) for use in item.scales]
    return tuple(
        _column(
            item,
            name=owner.key if use is None else f"{owner.key}.{use}",
            owner=owner.key,
            text=owner.text,
            use=use,
            scale=scale,
            reversed=owner.reversed,
            base=owner.base or item.base,
        )
        for owner in owners
        for use, scale in uses
    )


def row_columns(item: ItemBase) -> tuple[Column, ...]:
    """A column for every row; in a grid of several columns, one for every cell."""
    assert isinstance(item, ChoiceMatrix | EntryGrid | SemanticDifferential)
    across = item.columns if isinstance(item, EntryGrid) else ()
    found = []
    for row in item.rows:
        own = {"owner": row.key, "base": getattr(row, "base", "") or item.base}
        own["reversed"] = row.reversed
        if not across:
            found.append(_column(item, name=row.key, text=row.text, **own))
        for one in across:
            text = f"{row.text} – {one.label}"
            name = f"{row.key}.{one.code}"
            found.append(_column(item, name=name, text=text, use=one.code, **own))
    return tuple(found)


def repeated_columns(
    item: ItemBase, columns_of_item: Callable[[ItemBase], tuple[Column, ...]]
) -> tuple[Column, ...]:
    """How many times, then every column of every time."""
    assert isinstance(item, RepeatingGroup)
    found = [_column(item)]
    for number in range(1, item.most + 1):
        for one in item.items:
            found.extend(
                column.model_copy(
                    update={
                        "name": f"{column.name}.{number}",
                        "use": f"{column.use}.{number}" if column.use else str(number),
                        "item_key": item.key,
                    }
                )
                for column in columns_of_item(one)
            )
    return tuple(found)
