"""Items as the templates show them: one view an item, with what its macro needs.

The macro of every shape is in `templates/components/items.html`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup
from wtforms import Field, Form

from assessor.domain.instrument import (
    NOT_APPLICABLE,
    Column,
    Instrument,
    Item,
    Likelihood,
    MultipleChoice,
    Page,
    Rated,
    Rating,
    RatingMatrix,
    TextBlock,
)
from assessor.domain.kinds import columns_of_item, na_label
from assessor.web.items import asked, field_id, field_of, scale_of
from assessor.web.languages import speaks
from assessor.web.messages import gettext


@dataclass(frozen=True)
class ItemView:
    """One item as the templates show it. `shape` names the macro; `data` are its arguments."""

    shape: str
    item: Item
    id: str
    asked: Markup
    hint: str = ""
    fields: tuple[Field, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    html: Markup = field(default_factory=Markup)

    @property
    def error(self) -> str | None:
        """The first mistake, for kinds that have one field."""
        return self.fields[0].errors[0] if self.fields and self.fields[0].errors else None


def views(instrument: Instrument, page: Page, form: Form) -> list[ItemView]:
    """The page's items in their order, ready to show."""
    return [_view(instrument, item, form) for item in page.items]


def _view(instrument: Instrument, item: Item, form: Form) -> ItemView:
    if isinstance(item, TextBlock):
        words = rich_text(item.text)
        return ItemView("text", item, field_id(item.key), Markup(), html=words)
    question = asked(item, instrument)
    hint = _hint(item, instrument)
    if isinstance(item, Rating | RatingMatrix):
        shape, fields, data = _rated_view(instrument, item, form)
        return ItemView(shape, item, field_id(item.key), question, hint, fields, data)
    one = field_of(form, item.key)
    data = {}
    if isinstance(item, Likelihood):
        data = {
            "low": item.low_label,
            "high": item.high_label,
            "na": _na(item),
            "value": one.data,
        }
    return ItemView(item.kind, item, one.id, question, hint, (one,), data)


def _hint(item: Item, instrument: Instrument) -> str:
    """Who the question is for, then its own hint."""
    parts = [_for_whom(item.base, instrument), item.hint]
    if isinstance(item, MultipleChoice) and not item.hint and speaks(instrument.language):
        most = (
            gettext("Choose up to %(most)s.", most=item.max_choices)
            if item.max_choices
            else gettext("Choose all that apply.")
        )
        parts.append(most)
    return " ".join(part for part in parts if part)


def _for_whom(base: str, instrument: Instrument) -> str:
    said = base.strip().rstrip(".")
    if not said:
        return ""
    if speaks(instrument.language) and said[0].islower():
        return gettext("For %(whom)s.", whom=said)
    return f"{said}."


def _rated_view(
    instrument: Instrument, item: Rating | RatingMatrix, form: Form
) -> tuple[str, tuple[Field, ...], dict[str, Any]]:
    columns = columns_of_item(item)
    owners = dict.fromkeys(column.owner for column in columns)
    data = {
        "scales": _scale_heads(instrument, item, columns),
        "rows": [
            _row(instrument, item, [c for c in columns if c.owner == owner], form)
            for owner in owners
        ],
        "na": _na(item),
    }
    fields = tuple(field_of(form, column.name) for column in columns)
    if isinstance(item, RatingMatrix):
        return "rating_matrix", fields, data
    return ("rating" if item.scale else "rating_scales"), fields, data


def _row(
    instrument: Instrument, item: Rating | RatingMatrix, columns: list[Column], form: Form
) -> dict[str, Any]:
    """One row, or the only one: what it asks, a cell for each scale, and its n/a box."""
    owner = columns[0].owner
    fields = [field_of(form, column.name) for column in columns]
    box = None
    if item.na and columns[0].use:
        own = field_of(form, owner)
        box = {"name": owner, "label": item.na, "checked": own.data == NOT_APPLICABLE}
        fields.append(own)
    base = "" if columns[0].base == item.base else columns[0].base.strip().rstrip(".")
    return {
        "id": field_id(owner),
        "text": f"{columns[0].text} ({base})" if base else columns[0].text,
        "error": next((field.errors[0] for field in fields if field.errors), None),
        "cells": [
            {"id": field_id(c.name), "name": c.name, "value": field_of(form, c.name).data}
            for c in columns
        ],
        "na": box,
    }


def _scale_heads(
    instrument: Instrument, item: Rated, columns: tuple[Column, ...]
) -> list[dict[str, Any]]:
    labels = [""] if item.scale else [use.label for use in item.scales]
    found = [scale_of(instrument, column) for column in columns[: len(labels)]]
    return [
        {
            "label": label,
            "points": [{"value": p.value, "label": p.label} for p in scale.points],
            "low": scale.points[0].label,
            "high": scale.points[-1].label,
        }
        for label, scale in zip(labels, found, strict=True)
    ]


def _na(item: Item) -> dict[str, str] | None:
    label = na_label(item)
    return {"value": NOT_APPLICABLE, "label": label} if label else None


_markdown = MarkdownIt("commonmark", {"html": False})
_ALLOWED = {"p", "strong", "em", "ul", "ol", "li", "a", "br", "h2", "h3", "blockquote"}


@lru_cache(maxsize=1024)
def rich_text(text: str) -> Markup:
    """Light Markdown as HTML: no raw HTML, no pictures, links only to web and mail addresses."""
    html = nh3.clean(_markdown.render(text), tags=_ALLOWED, url_schemes={"http", "https", "mailto"})
    return Markup(html)  # noqa: S704  cleaned on the line above
