"""Views of ratings and of everything that has rows."""

from typing import Any

from assessor.domain.arrangement import rows_in_order
from assessor.domain.instrument import (
    MATRIX_KINDS,
    NOT_APPLICABLE,
    ChoiceMatrix,
    Column,
    EntryGrid,
    Likelihood,
    Matrix,
    Option,
    Pair,
    Rated,
    Rating,
    RatingMatrix,
    Row,
    SemanticDifferential,
)
from assessor.domain.kinds import columns_of_item
from assessor.domain.route import Asking
from assessor.web.item_sheet import Control, ItemView, Sheet
from assessor.web.items import field_id, shorter


def likelihood(sheet: Sheet, item: Likelihood, asking: Asking) -> ItemView:
    control = sheet.control(item.key, item.text)
    data = {
        "name": control.name,
        "value": sheet.filled.value(control.name) or None,
        "low": sheet.label(item, "low_label"),
        "high": sheet.label(item, "high_label"),
        "na": sheet.na(item),
    }
    return _view("likelihood", sheet, item, asking, [control], data)


def rating(sheet: Sheet, item: Rating, asking: Asking) -> ItemView:
    columns = list(columns_of_item(item))
    heads = _scale_heads(sheet, item, columns)
    row, controls = _rated_row(sheet, item, columns, item.text, None)
    data = {"scales": heads, "rows": [row], "na": sheet.na(item)}
    return _view("rating" if item.scale else "rating_scales", sheet, item, asking, controls, data)


def rating_matrix(sheet: Sheet, item: RatingMatrix, asking: Asking) -> ItemView:
    columns = columns_of_item(item)
    rows, controls = [], []
    for row in _rows(sheet, item, asking):
        own = [column for column in columns if column.owner == row.key]
        shown, its = _rated_row(sheet, item, own, row.text, getattr(row, "base", ""))
        rows.append(shown)
        controls += its
    heads = _scale_heads(sheet, item, list(columns))
    data = {"scales": heads, "rows": rows, "na": sheet.na(item)}
    return _view("rating_matrix", sheet, item, asking, controls, data)


def _rated_row(
    sheet: Sheet, item: Rated, columns: list[Column], text: str, base: str | None
) -> tuple[dict[str, Any], list[Control]]:
    """One row, or the only one: what it asks, a cell for each scale, and its n/a box."""
    owner = columns[0].owner
    own_name = sheet.name(owner)
    controls, cells, box = [], [], None
    has_box = bool(item.na and item.scales and sheet.time is None)
    if has_box:
        # One box for the whole row: not applicable overrides whatever else it holds.
        checked = NOT_APPLICABLE in sheet.filled.all(own_name)
        box = {"name": own_name, "label": sheet.say.text(item.na), "checked": checked}
        controls.append(sheet.control(owner, text, ending="-na"))
    for place, column in enumerate(columns):
        called = text
        if item.scales:
            called = f"{shorter(sheet.say.text(text))} {sheet.say.text(item.scales[place].label)}"
        controls.append(sheet.control(column.name, called))
        name = sheet.name(column.name)
        value = sheet.filled.value(name) or None
        cells.append({"id": field_id(name), "name": name, "value": value})
    said = sheet.say.text(text)
    row = {
        "id": field_id(own_name),
        "text": f"{said} ({sheet.say.text(base).strip().rstrip('.')})" if base else said,
        "error": sheet.filled.error(own_name, *(cell["name"] or "" for cell in cells)),
        "cells": cells,
        "na": box,
    }
    return row, controls


def _scale_heads(sheet: Sheet, item: Rated, columns: list[Column]) -> list[dict[str, Any]]:
    labels = [""] if item.scale else [sheet.say.text(use.label) for use in item.scales]
    found = [sheet.scale(column) for column in columns[: len(labels)]]
    in_radios = bool(item.scales) and sheet.time is not None
    return [
        {
            "label": label,
            "points": [{"value": p.value, "label": p.label} for p in scale.points],
            "low": scale.points[0].label,
            "high": scale.points[-1].label,
            "na": sheet.na(item) if in_radios else None,
        }
        for label, scale in zip(labels, found, strict=True)
    ]


def choice_matrix(sheet: Sheet, item: ChoiceMatrix, asking: Asking) -> ItemView:
    """A row of radios, or of boxes where several may be chosen, for each thing asked about."""
    offered = [o for o in item.options if asking.options is None or o.code in asking.options]
    rows, controls = [], []
    for row in _rows(sheet, item, asking):
        controls.append(sheet.control(row.key, row.text))
        rows.append(_plain_row(sheet, row) | {"options": sheet.options(row.key, offered)})
    heads = [sheet.say.text(option.label) for option in offered]
    data = {"rows": rows, "heads": heads, "multiple": item.multiple}
    return _view("choice_matrix", sheet, item, asking, controls, data)


def entry_grid(sheet: Sheet, item: EntryGrid, asking: Asking) -> ItemView:
    rows, controls = [], []
    across: tuple[Option | None, ...] = item.columns or (None,)
    for row in _rows(sheet, item, asking):
        cells = []
        for one in across:
            name = row.key if one is None else f"{row.key}.{one.code}"
            label = sheet.say.text(one.label) if one else ""
            called = f"{sheet.say.text(row.text)} {label}".strip()
            controls.append(sheet.control(name, called))
            posted = sheet.name(name)
            cells.append(
                {
                    "name": posted,
                    "id": field_id(posted),
                    "label": label,
                    "called": called,
                    "value": sheet.filled.value(posted),
                    "error": sheet.filled.error(posted),
                }
            )
        error = next((cell["error"] for cell in cells if cell["error"]), None)
        rows.append(_plain_row(sheet, row) | {"cells": cells, "error": error})
    inputmode = "text" if item.entry == "text" else ("numeric" if item.whole else "decimal")
    data = {
        "rows": rows,
        "heads": [sheet.say.text(one.label) for one in item.columns],
        "inputmode": inputmode,
        "longest": item.max_length if item.entry == "text" else None,
    }
    return _view("entry_grid", sheet, item, asking, controls, data)


def differential(sheet: Sheet, item: SemanticDifferential, asking: Asking) -> ItemView:
    """A row of points between two words; both words are in the name of the group."""
    rows, controls = [], []
    for pair in _rows(sheet, item, asking):
        assert isinstance(pair, Pair)
        controls.append(sheet.control(pair.key, pair.text))
        name = sheet.name(pair.key)
        left, right = sheet.say.text(pair.left), sheet.say.text(pair.right)
        points = [
            {"value": n, "label": {1: left, item.points: right}.get(n, "")}
            for n in range(1, item.points + 1)
        ]
        rows.append(
            _plain_row(sheet, pair)
            | {
                "left": left,
                "right": right,
                "name": name,
                "points": points,
                "value": sheet.filled.value(name) or None,
            }
        )
    data = {"rows": rows, "na": sheet.na(item)}
    return _view("differential", sheet, item, asking, controls, data)


def _rows(sheet: Sheet, item: Matrix, asking: Asking) -> tuple[Row | Pair, ...]:
    asked = [row for row in item.rows if row.key in asking.rows]
    return rows_in_order(item, asked, sheet.person.seed)


def _plain_row(sheet: Sheet, row: Row | Pair) -> dict[str, Any]:
    name = sheet.name(row.key)
    base = sheet.say.text(getattr(row, "base", "")).strip().rstrip(".")
    text = sheet.say.text(row.text)
    return {
        "id": field_id(name),
        "name": name,
        "text": f"{text} ({base})" if base else text,
        "error": sheet.filled.error(name),
    }


# Any: each macro takes data of its own.
def _view(
    shape: str,
    sheet: Sheet,
    item: Rated | Likelihood | Matrix,
    asking: Asking,
    controls: list[Control],
    data: dict[str, Any],
) -> ItemView:
    names = [] if isinstance(item, MATRIX_KINDS) else [control.name for control in controls]
    return ItemView(
        shape,
        item.key,
        field_id(sheet.name(item.key)),
        sheet.asked(item, asking),
        sheet.hint(item),
        sheet.filled.error(*names),
        tuple(controls),
        data,
    )
