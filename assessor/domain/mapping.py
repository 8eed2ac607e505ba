"""The mapping ties elements of a plan to indicators and indicators to evidence.

An indicator's card has the fields of ISO 11620; its evidence kind is one of ISO 16439's three.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from assessor.domain.instrument import Code, Key
from assessor.domain.problems import Value

Method = Literal[
    "mean",
    "top_box",
    "top_two_box",
    "share",
    "net_promoter",
    "adequacy_gap",
    "superiority_gap",
    "performance_gap",
    "opportunity",
    "scale",
    "ratio",
    "count",
    "milestone",
]
EvidenceKind = Literal["inferred", "solicited", "observed"]
Use = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*(\.[0-9]+)?$", max_length=64)]
ElementCode = Annotated[str, Field(min_length=1, max_length=40)]


class ItemEvidence(Value):
    """Items of one instrument, by item or row key.

    `use` picks one of the item's columns for methods that read a single one: a scale
    ("perceived"), an option that is ranked or given a part, a column of a grid, the number of a
    repetition. `codes` are the answers that count as yes for the method `share`.
    """

    kind: Literal["items"]
    instrument: Key
    items: tuple[Key, ...] = Field(min_length=1)
    use: Use | None = None
    codes: tuple[Code, ...] = ()


class SeriesEvidence(Value):
    """An operational series: a gate count, a repository's uptime, a cost."""

    kind: Literal["series"]
    series: Key
    unit: str = Field(default="", max_length=60)
    source: str = Field(default="", max_length=500)


class MilestoneEvidence(Value):
    """Something that is done or not by a date."""

    kind: Literal["milestone"]
    milestone: str = Field(min_length=1, max_length=500)
    due: str = Field(default="", pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")


Evidence = Annotated[ItemEvidence | SeriesEvidence | MilestoneEvidence, Field(discriminator="kind")]


class Target(Value):
    """What decides the status, in the indicator's own unit.

    `partial` is the lesser level that still counts as partly met. With `each_group` every group
    must reach the level, and the worst group decides.
    """

    value: float
    partial: float | None = None
    each_group: bool = False


class Indicator(Value):
    """A stated way to judge an element.

    Units of `baseline` and `target`: points of the item's scale for mean and gaps (and for
    `scale`, whose items share one scale), a share between 0 and 1 for top boxes and share, −100
    to 100 for net promoter, 0–1 for opportunity, the series' own unit for ratio and count.
    """

    key: Key
    element: ElementCode
    name: str = Field(min_length=1, max_length=200)
    objective: str = Field(default="", max_length=2000)
    scope: str = Field(default="", max_length=2000)
    definition: str = Field(default="", max_length=2000)
    method: Method
    interpretation: str = Field(default="", max_length=2000)
    sources: str = Field(default="", max_length=2000)
    direction: Literal["higher", "lower"] = "higher"
    baseline: float | None = None
    target: Target | None = None
    evidence_kind: EvidenceKind = "solicited"
    evidence: tuple[Evidence, ...] = ()
    weight: float = Field(default=1.0, ge=0, le=1_000_000, allow_inf_nan=False)
    minimum_n: int = Field(default=10, ge=1)
    maximum_margin: float | None = Field(default=None, gt=0)
    definition_version: int = Field(default=1, ge=1)


class NotMeasured(Value):
    """An element, or every element of a level, that is deliberately not measured, and why."""

    element: ElementCode | None = None
    level: str | None = None
    reason: str = Field(min_length=1, max_length=1000)

    @model_validator(mode="after")
    def _names_one_thing(self) -> Self:
        if (self.element is None) == (self.level is None):
            raise ValueError("name either an `element` or a `level`")
        return self


class Mapping(Value):
    """All indicators of a plan with their evidence and weights.

    `weights` are shares of an element among its siblings (default 1 each). `minimum_group` is the
    smallest group that is shown, never under 3.
    """

    plan: str = Field(min_length=1, max_length=60)
    minimum_group: int = Field(default=5, ge=3, le=1000)
    confidence: float = Field(default=0.95, ge=0.5, le=0.999)
    weights: dict[ElementCode, Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]] = (
        Field(default_factory=dict)
    )
    indicators: tuple[Indicator, ...] = ()
    not_measured: tuple[NotMeasured, ...] = ()

    def indicator(self, key: str) -> Indicator | None:
        return next((i for i in self.indicators if i.key == key), None)
