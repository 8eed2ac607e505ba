"""What every instrument is made of: keys, texts, scales, options, and what all items share.

A text that a person reads is marked `TRANSLATED`; `translations.py` finds it by that mark, so a
new text field is translatable from the day it is declared.
"""

from typing import Annotated, Literal

from pydantic import Field

from assessor.domain.problems import Value


class Translated:
    """Marks a field whose text people read, and which therefore has a text in each language."""


TRANSLATED = Translated()

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=60)]
Text = Annotated[str, Field(min_length=1, max_length=2000), TRANSLATED]
LongText = Annotated[str, Field(max_length=10_000), TRANSLATED]
Label = Annotated[str, Field(max_length=200), TRANSLATED]
Note = Annotated[str, Field(max_length=1000), TRANSLATED]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$", max_length=35)]
Expression = Annotated[str, Field(max_length=4000)]
"""Logic in XLSForm's language, such as `${visits} > 3`; empty says nothing. See `logic.py`."""

Order = Literal["as_written", "random"]

NOT_APPLICABLE = "NA"
"""How "not applicable" is written in answers and CSV; no option may have this code."""
OTHER = "other"
"""The code of the option that a choice with `other` adds, and of the column of its words."""


class ScalePoint(Value):
    value: int
    label: Label = ""


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
    """One answer to choose. `attributes` are what an `option_filter` may ask of it."""

    code: Code
    label: Text
    relevant: Expression = ""
    attributes: dict[Key, Annotated[str, Field(max_length=200)]] = Field(default={})


class ItemBase(Value):
    """What every item has.

    `base` says in words who the item is for ("people who borrowed a laptop"); `relevant` decides
    it. `required_when` needs an answer only where it holds. `constraint` must hold for an answer,
    which it calls `.`; `constraint_message` tells the person what is wanted instead.
    """

    key: Key
    text: Text
    hint: Note = ""
    base: Annotated[str, Field(max_length=300), TRANSLATED] = ""
    required: bool = False
    required_when: Expression = ""
    relevant: Expression = ""
    constraint: Expression = ""
    constraint_message: Note = ""
    catalogue: str = Field(default="", max_length=60, description="Key of the catalogue item")


class Row(Value):
    """One row of a matrix. Its key is an item key like any other."""

    key: Key
    text: Text
    base: Annotated[str, Field(max_length=300), TRANSLATED] = ""
    relevant: Expression = ""
    reversed: bool = False
    catalogue: str = Field(default="", max_length=60)
