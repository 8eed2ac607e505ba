"""A scorecard is all scores of a plan for a period, with what they were computed from.

This module is the format of `scorecard.json`. Every number is unrounded; where a number must not
be shown (a small group), it is not here at all, so no page, figure or export can leak it.
"""

from typing import Literal

from pydantic import Field

from assessor.domain.mapping import Indicator
from assessor.domain.plan import Statement
from assessor.domain.problems import Value

Status = Literal[
    "met",
    "partly_met",
    "not_met",
    "too_close_to_call",
    "not_enough_evidence",
    "not_measured",
    "no_target",
]
"""What a score says against its target. "no_target": measured with enough evidence, but nobody has
set a target to hold it against."""

Unit = Literal["points", "share", "net_promoter", "index", "gap", "count", "ratio", "none"]
"""points: of the item's scale; share and index: 0 to 1; net_promoter: −100 to 100; gap: points of
difference on the item's scale."""

MissingKind = Literal["skipped", "not_applicable", "not_asked", "not_sampled"]
"""not_sampled: left out by chance, because each person is asked only some items; not_asked: for any
other reason, such as logic or another version."""


class Score(Value):
    """A value with its interval, n, exclusions by reason, method and status: never a bare number.

    `value` is None where nothing was measured, or where `suppressed` is true because showing it
    would say what single people answered; then `n` and the exclusions are None or empty too.
    `unit_value` is the same value between the worst (0) and the best (1) possible, what roll-ups
    use; `scale_low` and `scale_high` are the ends of the unit, worst first not implied.
    """

    method: str
    unit: Unit
    value: float | None = None
    low: float | None = None
    high: float | None = None
    standard_error: float | None = None
    degrees_of_freedom: float | None = None
    confidence: float = 0.95
    n: int | None = None
    excluded: dict[MissingKind, int] = Field(default_factory=dict)
    unit_value: float | None = None
    scale_low: float | None = None
    scale_high: float | None = None
    status: Status = "not_measured"
    suppressed: bool = False
    reason: str = ""


class GroupScore(Value):
    group: str
    label: str
    score: Score


class OptionCount(Value):
    """How many chose an option or point; `count` is None where it is suppressed."""

    code: str
    label: str
    count: int | None


class ItemCounts(Value):
    """The answers behind an indicator, for one column, in the wording of the newest version.

    `asked_share` is the share of people whom a sampling let be asked it; 1 where everybody was.
    """

    column: str
    text: str
    kind: str
    instrument: str
    version: int | None = None
    use: str | None = None
    base: str = ""
    reversed: bool = False
    counts: tuple[OptionCount, ...] = ()
    n: int | None = None
    missing: dict[MissingKind, int] = Field(default_factory=dict)
    suppressed: bool = False
    asked_share: float = 1.0


class IndicatorScore(Value):
    """The card, its score, the same by group, and the items behind it.

    `asked_share` is the smallest of its items'.
    """

    indicator: Indicator
    score: Score
    asked_share: float = 1.0
    groups: tuple[GroupScore, ...] = ()
    items: tuple[ItemCounts, ...] = ()


class ElementScore(Value):
    """A goal's or outcome's score: the weighted roll-up of what was measured below it.

    `score.unit` is "index" (0–1); `baseline`, `target` and `partial` are the same roll-up of the
    indicators' baselines and targets. `coverage` is the share of weight that was measured (0–1).
    """

    code: str
    level: str
    text: str
    parent: str | None = None
    weight: float = 1.0
    score: Score
    baseline: float | None = None
    target: float | None = None
    partial: float | None = None
    coverage: float = 0.0
    indicators: tuple[str, ...] = ()
    not_measured_reason: str = ""
    scored: bool = True


class WaveSource(Value):
    """Where answers came from: which version of which instrument, how many responses.

    `version` is the newest that was asked. `versions`: how many answered which, where there are
    several; None where withheld. `groups` are the responses by group, None where withheld;
    `audience` the known sizes of the groups that were asked.
    """

    instrument: str
    title: str
    version: int | None = None
    versions: dict[int, int | None] = Field(default_factory=dict)
    wave: str = ""
    opens: str = ""
    closes: str = ""
    responses: int
    invited: int | None = None
    groups: dict[str, int | None] = Field(default_factory=dict)
    audience: dict[str, int] = Field(default_factory=dict)


class Inputs(Value):
    """Fingerprints of everything the scorecard was computed from."""

    plan: str
    mapping: str
    instruments: dict[str, str] = Field(default_factory=dict)
    answers: dict[str, str] = Field(default_factory=dict)
    program: str


class Scorecard(Value):
    """`fingerprint` is that of `inputs`; `format` tells readers which shape this is."""

    format: Literal["assessor-scorecard/1"] = "assessor-scorecard/1"
    plan: str
    title: str
    library: str = ""
    period: str = ""
    statements: tuple[Statement, ...] = ()
    minimum_group: int = 5
    waves: tuple[WaveSource, ...] = ()
    plan_score: ElementScore | None = None
    elements: tuple[ElementScore, ...] = ()
    indicators: tuple[IndicatorScore, ...] = ()
    inputs: Inputs
    fingerprint: str

    def element(self, code: str) -> ElementScore | None:
        return next((e for e in self.elements if e.code == code), None)

    def children(self, code: str | None) -> tuple[ElementScore, ...]:
        return tuple(e for e in self.elements if e.parent == code)

    def indicator(self, key: str) -> IndicatorScore | None:
        return next((i for i in self.indicators if i.indicator.key == key), None)
