"""An instrument is pages of items; an item has a stable key, a kind and up to three scales.

The kinds are a closed union in `items.py`; what can be *done* with a kind (its columns, the check
of an answer) is one row each of the table in `kinds.py`. What logic says is read in `logic.py`,
and where it leads in `route.py`.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from assessor.domain.instrument_parts import (
    NOT_APPLICABLE,
    OTHER,
    TRANSLATED,
    Code,
    Expression,
    ItemBase,
    Key,
    Language,
    LongText,
    Option,
    Order,
    Row,
    Scale,
    ScalePoint,
    ScaleUse,
    Text,
)
from assessor.domain.items import (
    MATRIX_KINDS,
    Calculated,
    ChoiceMatrix,
    Consent,
    ConstantSum,
    DateItem,
    Dropdown,
    Email,
    EntryGrid,
    FileItem,
    Hidden,
    Item,
    Likelihood,
    LongTextItem,
    Matrix,
    MultipleChoice,
    Number,
    Pair,
    Ranking,
    Rated,
    Rating,
    RatingMatrix,
    RepeatingGroup,
    SemanticDifferential,
    ShortText,
    SingleChoice,
    Slider,
    TextBlock,
    TimeItem,
    WithOptions,
    YesNo,
)
from assessor.domain.problems import Value

__all__ = [
    "MATRIX_KINDS",
    "NOT_APPLICABLE",
    "OTHER",
    "Calculated",
    "ChoiceMatrix",
    "Code",
    "Column",
    "Consent",
    "ConstantSum",
    "DateItem",
    "Dropdown",
    "Email",
    "Ending",
    "EntryGrid",
    "Expression",
    "FileItem",
    "Hidden",
    "Instrument",
    "Item",
    "ItemBase",
    "Key",
    "Language",
    "Likelihood",
    "LongText",
    "LongTextItem",
    "Matrix",
    "MultipleChoice",
    "Number",
    "Option",
    "Order",
    "Page",
    "Pair",
    "Quota",
    "Ranking",
    "Rated",
    "Rating",
    "RatingMatrix",
    "RepeatingGroup",
    "Row",
    "Sampling",
    "Scale",
    "ScalePoint",
    "ScaleUse",
    "SemanticDifferential",
    "ShortText",
    "SingleChoice",
    "Slider",
    "Text",
    "TextBlock",
    "TimeItem",
    "WithOptions",
    "YesNo",
]


class Page(Value):
    """One page. Pages with the same `shuffle` word change places with one another at random."""

    key: Key
    title: Annotated[str, Field(max_length=300), TRANSLATED] = ""
    introduction: LongText = ""
    relevant: Expression = ""
    order: Order = "as_written"
    shuffle: Key | None = None
    items: tuple[Item, ...] = Field(min_length=1, max_length=2000)


class Ending(Value):
    """Where answering ends before the last page, with words of its own.

    Where `when` holds after a page, the person is screened out; where it is empty, only a quota
    leads here. No answer of somebody who ended here is kept, only how many did.
    """

    key: Key
    when: Expression = ""
    title: Text
    text: LongText = ""


class Quota(Value):
    """At most `limit` responses for which `when` holds; who comes later is led to `ending`."""

    key: Key
    when: Annotated[str, Field(min_length=1, max_length=4000)]
    limit: int = Field(ge=0, le=10_000_000)
    ending: Key


class Sampling(Value):
    """Items or rows of which each person is asked only some, at random.

    Either `ask` of them, the same number of everybody, or each with the chance `share`. An item
    that no sampling names is asked of everybody.
    """

    key: Key
    items: tuple[Key, ...] = Field(min_length=1, max_length=2000)
    ask: int | None = Field(default=None, ge=1)
    share: float | None = Field(default=None, gt=0, le=1)

    @model_validator(mode="after")
    def _one_way_to_spread(self) -> Self:
        if (self.ask is None) == (self.share is None):
            raise ValueError("say either how many to `ask`, or the `share` of people")
        return self

    @property
    def asked_share(self) -> float:
        """The share of people who are asked each of the items, between 0 and 1."""
        if self.share is not None:
            return self.share
        return min(1.0, (self.ask or 0) / len(self.items))


class Column(Value):
    """One place where an answer is kept: its name in answers and CSV, and what it answers.

    `name` is the item key, the row key, or one of them with a dot and a use: a scale, an option's
    code, `other`, or the number of a repetition. `owner` is the item or row key that evidence
    names; `text` is the wording asked. `asked_share` is the share of people who are asked it.
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
    asked_share: float = 1.0


class WorkedOut(dict[str, Any]):  # Any: each entry has a type of its own
    """What follows from an instrument's content, and so makes no two instruments different."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WorkedOut)

    __hash__ = None  # as for any dictionary


def _below(item: Item) -> tuple[str, ...]:
    """The keys of a matrix's rows, or of what a group repeats."""
    if isinstance(item, MATRIX_KINDS):
        return tuple(row.key for row in item.rows)
    return tuple(one.key for one in item.items) if isinstance(item, RepeatingGroup) else ()


class Instrument(Value):
    """A questionnaire.

    `group_item` names the single-choice item whose option codes are the audience's groups;
    `scales` holds every scale the items name, so that an instrument explains itself.
    `translations`: language → text address (see `translations.py`) → text in that language.
    """

    key: Key
    title: Text
    language: Language = "en"
    audience: str = Field(default="", max_length=200)
    introduction: LongText = ""
    thanks: LongText = ""
    minutes: float | None = Field(default=None, gt=0, le=120)
    group_item: Key | None = None
    scales: tuple[Scale, ...] = ()
    pages: tuple[Page, ...] = Field(min_length=1, max_length=2000)
    endings: tuple[Ending, ...] = Field(default=(), max_length=100)
    quotas: tuple[Quota, ...] = Field(default=(), max_length=200)
    samplings: tuple[Sampling, ...] = Field(default=(), max_length=100)
    translations: dict[Language, dict[str, str]] = Field(default={})

    def scale(self, key: str) -> Scale | None:
        return next((s for s in self.scales if s.key == key), None)

    def items(self) -> Iterator[Item]:
        for page in self.pages:
            yield from page.items

    def item(self, key: str) -> Item | None:
        """The item with this key; a row's or a repeated item's key finds what it belongs to."""
        found = self._by_key().get(key)
        return found[1] if found else None

    def page_of(self, key: str) -> Page | None:
        """The page on which the item of this key stands; keys as for `item`."""
        found = self._by_key().get(key)
        return found[0] if found else None

    def _by_key(self) -> dict[str, tuple[Page, Item]]:
        """Where every key stands, worked out once: a long instrument is asked for keys all day."""
        known = self.worked_out
        if "by_key" not in known:
            found: dict[str, tuple[Page, Item]] = {}
            for page in self.pages:
                for item in page.items:
                    for key in (item.key, *_below(item)):
                        found.setdefault(key, (page, item))
            known["by_key"] = found
        by_key: dict[str, tuple[Page, Item]] = known["by_key"]
        return by_key

    def ending(self, key: str) -> Ending | None:
        return next((one for one in self.endings if one.key == key), None)

    def groups(self) -> tuple[Option, ...]:
        item = self.item(self.group_item) if self.group_item else None
        return item.options if isinstance(item, SingleChoice | Dropdown) else ()

    @cached_property
    def worked_out(self) -> WorkedOut:
        """What was worked out from this instrument once, such as its columns; it never changes."""
        return WorkedOut()

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy, which works out anew what follows from its content."""
        copied = super().model_copy(update=update, deep=deep)
        copied.__dict__.pop("worked_out", None)
        return copied

    @property
    def languages(self) -> tuple[str, ...]:
        """The language it is written in, then those it is translated to."""
        return (self.language, *(one for one in self.translations if one != self.language))
