"""The kinds of item, one model each; what can be done with a kind is its row in `kinds.py`."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from assessor.domain.instrument_parts import (
    TRANSLATED,
    Code,
    Expression,
    ItemBase,
    Key,
    Label,
    Note,
    Option,
    Order,
    Row,
    ScaleUse,
    Text,
)
from assessor.domain.problems import Value

IsoDay = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class WithOptions(ItemBase):
    """What all choices share.

    `other` is the label of one more option, code `other`, with a line for one's own words; empty:
    none. `option_filter` leaves only options for which it holds: it may name an option's
    attributes and its `code` bare, as in `country = ${country}`. In random order, `other` and
    options that stand alone stay last.
    """

    options: tuple[Option, ...] = Field(min_length=1, max_length=5000)
    option_filter: Expression = ""
    order: Order = "as_written"
    other: Label = ""


class SingleChoice(WithOptions):
    kind: Literal["single_choice"]


class Dropdown(WithOptions):
    """One of many options, found by typing."""

    kind: Literal["dropdown"]


class MultipleChoice(WithOptions):
    """`exclusive` are options such as "none of these" that stand alone."""

    kind: Literal["multiple_choice"]
    exclusive: tuple[Code, ...] = ()
    min_choices: int | None = Field(default=None, ge=1)
    max_choices: int | None = Field(default=None, ge=1)


class Ranking(ItemBase):
    """Options in the order of preference: 1 is the first. `places` are asked for; None: all."""

    kind: Literal["ranking"]
    options: tuple[Option, ...] = Field(min_length=2, max_length=100)
    option_filter: Expression = ""
    order: Order = "as_written"
    places: int | None = Field(default=None, ge=1)


class ConstantSum(ItemBase):
    """A total that is spread over the options, such as 100 points. A part left empty is 0."""

    kind: Literal["constant_sum"]
    options: tuple[Option, ...] = Field(min_length=2, max_length=60)
    order: Order = "as_written"
    total: int = Field(default=100, ge=1, le=1_000_000)
    unit: Label = ""


class YesNo(ItemBase):
    """Stored as "yes" or "no". `na` is the label of a third answer; empty: none."""

    kind: Literal["yes_no"]
    yes_label: Label = "Yes"
    no_label: Label = "No"
    na: Label = ""


class Rated(ItemBase):
    """What rating and rating matrix share: one scale, or up to three named uses of scales."""

    scale: Key | None = None
    scales: tuple[ScaleUse, ...] = Field(default=(), max_length=3)
    na: Annotated[str, Field(max_length=200), TRANSLATED] = Field(
        default="", description="Label of the n/a option; empty: none"
    )

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


class RatingMatrix(Rated):
    kind: Literal["rating_matrix"]
    rows: tuple[Row, ...] = Field(min_length=1, max_length=200)
    order: Order = "as_written"


class ChoiceMatrix(ItemBase):
    """Rows that share options; `multiple` allows several a row."""

    kind: Literal["choice_matrix"]
    rows: tuple[Row, ...] = Field(min_length=1, max_length=200)
    options: tuple[Option, ...] = Field(min_length=1, max_length=60)
    multiple: bool = False
    order: Order = "as_written"


class EntryGrid(ItemBase):
    """Rows, and columns where there are several, of numbers or short texts to type."""

    kind: Literal["entry_grid"]
    rows: tuple[Row, ...] = Field(min_length=1, max_length=200)
    columns: tuple[Option, ...] = Field(default=(), max_length=30)
    entry: Literal["number", "text"] = "text"
    minimum: float | None = None
    maximum: float | None = None
    whole: bool = False
    max_length: int = Field(default=200, ge=1, le=4000)
    order: Order = "as_written"


class Pair(Value):
    """Two opposite words. `reversed` says that the left one is the better."""

    key: Key
    left: Text
    right: Text
    reversed: bool = False
    relevant: Expression = ""

    @property
    def text(self) -> str:
        return f"{self.left} – {self.right}"


class SemanticDifferential(ItemBase):
    """Pairs of opposite words with `points` between them, counted from 1 at the left."""

    kind: Literal["semantic_differential"]
    rows: tuple[Pair, ...] = Field(min_length=1, max_length=60)
    points: int = Field(default=7, ge=3, le=11)
    na: Label = ""
    order: Order = "as_written"


class Likelihood(ItemBase):
    """ "How likely are you to recommend …", 0 to 10."""

    kind: Literal["likelihood"]
    low_label: Label = "Not at all likely"
    high_label: Label = "Extremely likely"
    na: Label = ""


class Slider(ItemBase):
    """A number between two ends, typed or moved. Nothing is chosen before the person chooses."""

    kind: Literal["slider"]
    minimum: float = 0
    maximum: float = 100
    step: float = Field(default=1, gt=0)
    low_label: Label = ""
    high_label: Label = ""
    unit: Annotated[str, Field(max_length=60), TRANSLATED] = ""


class Number(ItemBase):
    kind: Literal["number"]
    minimum: float | None = None
    maximum: float | None = None
    whole: bool = True
    unit: Annotated[str, Field(max_length=60), TRANSLATED] = ""


class DateItem(ItemBase):
    """A day, stored as ISO 8601 ("2026-11-24")."""

    kind: Literal["date"]
    earliest: IsoDay | None = None
    latest: IsoDay | None = None


class TimeItem(ItemBase):
    """A time of day, stored as "14:30"."""

    kind: Literal["time"]
    earliest: Clock | None = None
    latest: Clock | None = None


class ShortText(ItemBase):
    kind: Literal["short_text"]
    max_length: int = Field(default=200, ge=1, le=1000)
    pattern: str = Field(default="", max_length=500, description="A regular expression")


class LongTextItem(ItemBase):
    kind: Literal["long_text"]
    max_length: int = Field(default=4000, ge=1, le=20_000)


class Email(ItemBase):
    """An address. It names a person, so an anonymous wave cannot ask it."""

    kind: Literal["email"]


FileType = Literal["image", "pdf", "document", "spreadsheet", "text", "audio", "video"]


class FileItem(ItemBase):
    """Files a person sends. An answer holds their random ids; names are not kept."""

    kind: Literal["file"]
    types: tuple[FileType, ...] = ("image", "pdf")
    max_megabytes: int = Field(default=5, ge=1, le=20)
    max_files: int = Field(default=1, ge=1, le=10)


class Consent(ItemBase):
    """A statement to agree to: stored as "yes", or skipped. Where required, no way leads past."""

    kind: Literal["consent"]
    label: Label = "I agree"


class Hidden(ItemBase):
    """A value that comes with the link (`?parameter=…`) and is never shown.

    Only `values` are taken, so that a link cannot carry who somebody is; `default` otherwise.
    """

    kind: Literal["hidden"]
    parameter: str = Field(default="", pattern=r"^[A-Za-z0-9_-]*$", max_length=60)
    values: tuple[Code, ...] = Field(default=(), max_length=1000)
    default: str = Field(default="", max_length=200)


class Calculated(ItemBase):
    """A value worked out from earlier answers; `text` says to the reader of answers what it is."""

    kind: Literal["calculated"]
    calculation: Annotated[str, Field(min_length=1, max_length=4000)]


class TextBlock(ItemBase):
    """Text between items (light Markdown); it asks nothing."""

    kind: Literal["text_block"]


Simple = Annotated[
    SingleChoice
    | Dropdown
    | MultipleChoice
    | YesNo
    | Rating
    | Likelihood
    | Slider
    | Number
    | DateItem
    | TimeItem
    | ShortText
    | LongTextItem
    | Email
    | Consent
    | TextBlock,
    Field(discriminator="kind"),
]
"""What may stand in a group that repeats."""


class RepeatingGroup(ItemBase):
    """Items that are asked again for each thing a person names, such as each visit.

    The columns of its n-th time end in `.n`; its own column counts the times.
    """

    kind: Literal["repeating_group"]
    items: tuple[Simple, ...] = Field(min_length=1, max_length=30)
    least: int = Field(default=0, ge=0, le=20)
    most: int = Field(default=5, ge=1, le=20)
    add_label: Label = "Add another"
    entry_label: Note = ""

    @model_validator(mode="after")
    def _least_below_most(self) -> Self:
        if self.least > self.most:
            raise ValueError("`least` must not be above `most`")
        return self


Item = Annotated[
    SingleChoice
    | Dropdown
    | MultipleChoice
    | YesNo
    | Ranking
    | ConstantSum
    | Rating
    | RatingMatrix
    | ChoiceMatrix
    | EntryGrid
    | SemanticDifferential
    | Likelihood
    | Slider
    | Number
    | DateItem
    | TimeItem
    | ShortText
    | LongTextItem
    | Email
    | FileItem
    | Consent
    | Hidden
    | Calculated
    | RepeatingGroup
    | TextBlock,
    Field(discriminator="kind"),
]

Matrix = RatingMatrix | ChoiceMatrix | EntryGrid | SemanticDifferential
"""Kinds whose rows have keys of their own."""

MATRIX_KINDS = (RatingMatrix, ChoiceMatrix, EntryGrid, SemanticDifferential)
