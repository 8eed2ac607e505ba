"""Scales and items to reuse, each with where it comes from and what may be done with it."""

from typing import Literal

from pydantic import Field, model_validator

from assessor.domain.instrument import Key, Option, Scale, Text
from assessor.domain.problems import Value

CatalogueKind = Literal[
    "single_choice",
    "multiple_choice",
    "rating",
    "likelihood",
    "number",
    "short_text",
    "long_text",
]


class CatalogueScales(Value):
    """The scales that instrument files may name under `use_scales`."""

    scales: tuple[Scale, ...] = ()

    def scale(self, key: str) -> Scale | None:
        return next((s for s in self.scales if s.key == key), None)


class CatalogueItem(Value):
    """One wording to reuse. `scale` is a catalogue scale's key; choices bring their options."""

    key: Key
    kind: CatalogueKind = "rating"
    text: Text
    hint: str = Field(default="", max_length=1000)
    base: str = Field(default="", max_length=300)
    topic: str = Field(min_length=1, max_length=60)
    scale: Key | None = None
    reversed: bool = False
    na: str = Field(default="", max_length=200)
    options: tuple[Option, ...] = Field(default=(), max_length=200)
    notes: str = Field(default="", max_length=2000)
    source: str = Field(min_length=1, max_length=1000)
    licence: str = Field(min_length=1, max_length=300)

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> "CatalogueItem":
        if self.kind == "rating" and self.scale is None:
            raise ValueError("a rating needs a `scale`")
        if self.kind in {"single_choice", "multiple_choice"} and len(self.options) < 2:
            raise ValueError("a choice needs at least two `options`")
        return self


class CatalogueItems(Value):
    items: tuple[CatalogueItem, ...] = ()

    def item(self, key: str) -> CatalogueItem | None:
        return next((i for i in self.items if i.key == key), None)
