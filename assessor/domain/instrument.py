"""An instrument is pages of items; an item has a stable key, a kind and up to three scales.

The kinds are a closed union here; what can be *done* with a kind (its columns, the check of an
answer) is one row each of the table in `kinds.py`.
"""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from assessor.domain.problems import Value

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=60)]
Text = Annotated[str, Field(min_length=1, max_length=2000)]
LongText = Annotated[str, Field(max_length=10_000)]

NOT_APPLICABLE = "NA"
"""How "not applicable" is written in answers and CSV; no option may have this code."""


class ScalePoint(Value):
    value: int
    label: str = Field(default="", max_length=200)


class Scale(Value):
    """A row of points from a stated worst to a stated best, whichever way the numbers run."""

    key: Key
    name: str = Field(default="", max_length=200)
    points: tuple[ScalePoint, ...] = Field(min_length=2, max_length=21)
    worst: int
    best: int
    source: str = Field(default="", max_length=1000)
    licence: str = Field(default="", max_length=300)

    @property
    def values(self) -> tuple[int, ...]:
        return tuple(p.value for p in self.points)

    def label(self, value: int) -> str:
        return next((p.label for p in self.points if p.value == value), "") or str(value)

    def unit_value(self, value: float) -> float:
        """`value` between the scale's worst (0) and best (1)."""
        return (value - self.worst) / (self.best - self.worst)


class ScaleUse(Value):
    """One scale asked of an item: `minimum`, `desired`, `perceived`, `importance` …"""

    key: Key
    label: Text
    scale: Key


class Option(Value):
    code: Code
    label: Text


class ItemBase(Value):
    """`base` says in words who the item is for ("people who borrowed a laptop")."""

    key: Key
    text: Text
    hint: str = Field(default="", max_length=1000)
    base: str = Field(default="", max_length=300)
    required: bool = False
    catalogue: str = Field(default="", max_length=60, description="Key of the catalogue item")


class SingleChoice(ItemBase):
    kind: Literal["single_choice"]
    options: tuple[Option, ...] = Field(min_length=2, max_length=200)


class MultipleChoice(ItemBase):
    """`exclusive` are options such as "none of these" that stand alone."""

    kind: Literal["multiple_choice"]
    options: tuple[Option, ...] = Field(min_length=2, max_length=200)
    exclusive: tuple[Code, ...] = ()
    max_choices: int | None = Field(default=None, ge=1)


class Rated(ItemBase):
    """What rating and rating matrix share: one scale, or up to three named uses of scales."""

    scale: Key | None = None
    scales: tuple[ScaleUse, ...] = Field(default=(), max_length=3)
    na: str = Field(default="", max_length=200, description="Label of the n/a option; empty: none")

    @model_validator(mode="after")
    def _one_way_to_name_scales(self) -> Self:
        if (self.scale is None) == (not self.scales):
            raise ValueError("name either one `scale` or one to three `scales`")
        return self

    @property
    def scale_keys(self) -> tuple[str, ...]:
        return (self.scale,) if self.scale else tuple(use.scale for use in self.scales)


class Rating(Rated):
    kind: Literal["rating"]
    reversed: bool = False


class Row(Value):
    """One row of a rating matrix. Its key is an item key like any other."""

    key: Key
    text: Text
    base: str = Field(default="", max_length=300)
    reversed: bool = False
    catalogue: str = Field(default="", max_length=60)


class RatingMatrix(Rated):
    kind: Literal["rating_matrix"]
    rows: tuple[Row, ...] = Field(min_length=1, max_length=60)


class Likelihood(ItemBase):
    """ "How likely are you to recommend …", 0 to 10."""

    kind: Literal["likelihood"]
    low_label: str = Field(default="Not at all likely", max_length=200)
    high_label: str = Field(default="Extremely likely", max_length=200)
    na: str = Field(default="", max_length=200)


class Number(ItemBase):
    kind: Literal["number"]
    minimum: float | None = None
    maximum: float | None = None
    whole: bool = True
    unit: str = Field(default="", max_length=60)


class ShortText(ItemBase):
    kind: Literal["short_text"]
    max_length: int = Field(default=200, ge=1, le=1000)


class LongTextItem(ItemBase):
    kind: Literal["long_text"]
    max_length: int = Field(default=4000, ge=1, le=20_000)


class TextBlock(ItemBase):
    """Text between items (light Markdown); it asks nothing."""

    kind: Literal["text_block"]


Item = Annotated[
    SingleChoice
    | MultipleChoice
    | Rating
    | RatingMatrix
    | Likelihood
    | Number
    | ShortText
    | LongTextItem
    | TextBlock,
    Field(discriminator="kind"),
]


class Page(Value):
    key: Key
    title: str = Field(default="", max_length=300)
    introduction: LongText = ""
    items: tuple[Item, ...] = Field(min_length=1, max_length=2000)


class Column(Value):
    """One place where an answer is kept: its name in answers and CSV, and what it answers.

    `name` is the item key, the row key, or `key.use` where several scales are asked. `owner` is
    the item or row key that evidence names; `text` is the wording asked.
    """

    name: str
    owner: str
    kind: str
    text: str
    item_key: str
    use: str | None = None
    scale: str | None = None
    reversed: bool = False
    base: str = ""


class Instrument(Value):
    """A questionnaire.

    `group_item` names the single-choice item whose option codes are the audience's groups;
    `scales` holds every scale the items name, so that an instrument explains itself.
    """

    key: Key
    title: Text
    language: str = Field(default="en", pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")
    audience: str = Field(default="", max_length=200)
    introduction: LongText = ""
    thanks: LongText = ""
    minutes: float | None = Field(default=None, gt=0, le=120)
    group_item: Key | None = None
    scales: tuple[Scale, ...] = ()
    pages: tuple[Page, ...] = Field(min_length=1, max_length=200)

    def scale(self, key: str) -> Scale | None:
        return next((s for s in self.scales if s.key == key), None)

    def items(self) -> Iterator[Item]:
        for page in self.pages:
            yield from page.items

    def item(self, key: str) -> Item | None:
        """The item with this key; a matrix's row key finds the matrix."""
        for item in self.items():
            if item.key == key:
                return item
            if isinstance(item, RatingMatrix) and any(row.key == key for row in item.rows):
                return item
        return None

    def groups(self) -> tuple[Option, ...]:
        item = self.item(self.group_item) if self.group_item else None
        return item.options if isinstance(item, SingleChoice) else ()
