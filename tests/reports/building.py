"""Parts that sample scorecards are put together from.

The numbers are made up and only have to hang together; how they come about is the matter of
`scoring`, not of reports.
"""

from collections.abc import Mapping

from assessor.domain.mapping import (
    Indicator,
    ItemEvidence,
    Method,
    Target,
)
from assessor.domain.plan import Statement
from assessor.domain.scorecard import (
    ElementScore,
    GroupScore,
    IndicatorScore,
    Inputs,
    ItemCounts,
    OptionCount,
    Score,
    Scorecard,
    Status,
    Unit,
    WaveSource,
)

AGREEMENT = (
    "Strongly disagree",
    "Disagree",
    "Neither agree nor disagree",
    "Agree",
    "Strongly agree",
)
GROUPS = ("Undergraduates", "Graduate students", "Faculty", "Staff", "Visitors")
STATUSES: tuple[Status, ...] = (
    "met",
    "partly_met",
    "not_met",
    "too_close_to_call",
    "not_enough_evidence",
    "not_measured",
)
GERMAN = "Nutzungsbedingungen und Öffnungszeiten der Universitätsbibliothek sind verständlich"
PAYLOAD = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{7*7}}%{x}</script>&lt;"


def score(
    value: float | None = 0.72,
    unit: Unit = "index",
    status: Status = "met",
    *,
    margin: float | None = 0.04,
    n: int | None = 412,
    method: str = "roll-up",
    ends: tuple[float, float] | None = None,
    reason: str = "",
) -> Score:
    low_end, high_end = ends or {
        "points": (1.0, 5.0),
        "net_promoter": (-100.0, 100.0),
        "gap": (-8.0, 8.0),
    }.get(unit, (0.0, 1.0))
    if value is None:
        return Score(method=method, unit=unit, status=status, reason=reason, n=n)
    return Score(
        method=method,
        unit=unit,
        value=value,
        low=None if margin is None else max(low_end, value - margin),
        high=None if margin is None else min(high_end, value + margin),
        n=n,
        excluded={"skipped": 14, "not_applicable": 23, "not_asked": 0},
        unit_value=(value - low_end) / (high_end - low_end),
        scale_low=low_end,
        scale_high=high_end,
        status=status,
        reason=reason,
    )


def withheld(unit: Unit = "share", method: str = "top_two_box") -> Score:
    return Score(method=method, unit=unit, suppressed=True, status="not_enough_evidence")


def item(
    column: str,
    text: str,
    *,
    labels: tuple[str, ...] = AGREEMENT,
    counts: tuple[int, ...] = (12, 31, 74, 188, 107),
    suppressed: bool = False,
) -> ItemCounts:
    return ItemCounts(
        column=column,
        text=text,
        kind="rating",
        instrument="patrons",
        version=2,
        base="asked of everybody who came to the building",
        counts=tuple(
            OptionCount(code=str(place), label=label, count=None if suppressed else number)
            for place, (label, number) in enumerate(zip(labels, counts, strict=True), start=1)
        ),
        n=None if suppressed else sum(counts),
        missing={} if suppressed else {"skipped": 14, "not_applicable": 23},
        suppressed=suppressed,
    )


def indicator(
    key: str,
    element: str,
    name: str,
    scored: Score,
    *,
    method: Method = "top_two_box",
    target: Target | None = None,
    baseline: float | None = None,
    groups: tuple[GroupScore, ...] = (),
    items: tuple[ItemCounts, ...] = (),
) -> IndicatorScore:
    return IndicatorScore(
        indicator=Indicator(
            key=key,
            element=element,
            name=name,
            objective="To know whether people feel that the library is theirs.",
            definition="Agreement with the statements below, two best of five points.",
            method=method,
            interpretation="Higher is better; a difference under three points is noise.",
            target=target,
            baseline=baseline,
            evidence=(ItemEvidence(kind="items", instrument="patrons", items=("welcome",)),),
        ),
        score=scored,
        groups=groups,
        items=items,
    )


def groups_of(
    values: Mapping[str, float | None], unit: Unit = "share", margin: float = 0.06
) -> tuple[GroupScore, ...]:
    """One score a group; None is a group too small to show."""
    return tuple(
        GroupScore(
            group=f"g{place}",
            label=label,
            score=withheld(unit)
            if value is None
            else score(value, unit, STATUSES[place % 3], margin=margin, n=60 + 7 * place),
        )
        for place, (label, value) in enumerate(values.items())
    )


def element(
    code: str,
    level: str,
    text: str,
    scored: Score,
    *,
    parent: str | None = None,
    coverage: float = 1.0,
    indicators: tuple[str, ...] = (),
    reason: str = "",
    is_scored: bool = True,
) -> ElementScore:
    measured = scored.value is not None
    return ElementScore(
        code=code,
        level=level,
        text=text,
        parent=parent,
        score=scored,
        baseline=0.55 if measured else None,
        target=0.70 if measured else None,
        partial=0.62 if measured else None,
        coverage=coverage if measured else 0.0,
        indicators=indicators,
        not_measured_reason=reason,
        scored=is_scored,
    )


def scorecard(
    elements: tuple[ElementScore, ...],
    indicators: tuple[IndicatorScore, ...] = (),
    *,
    title: str = "Riverbend Library Strategic Plan",
    library: str = "Riverbend Public Library",
    period: str = "2025",
    coverage: float = 0.71,
) -> Scorecard:
    return Scorecard(
        plan="riverbend",
        title=title,
        library=library,
        period=period,
        statements=(
            Statement(kind="mission", text="We open the river to everyone.", lines=(1, 1)),
        ),
        waves=(
            WaveSource(
                instrument="patrons",
                title="Your library and you",
                version=2,
                wave="Autumn 2025",
                opens="2025-10-01",
                closes="2025-10-31",
                responses=412,
                invited=1850,
                groups=dict(zip(GROUPS, (210, 98, 61, 38, None), strict=True)),
            ),
        ),
        plan_score=element("plan", "plan", title, score(0.66), coverage=coverage),
        elements=elements,
        indicators=indicators,
        inputs=Inputs(
            plan="a1" * 32,
            mapping="b2" * 32,
            instruments={"patrons": "c3" * 32},
            answers={"patrons": "d4" * 32},
            program="assessor 0.1.0",
        ),
        fingerprint="e5" * 32,
    )


FREE_TEXTS = frozenset(
    (
        *("title", "library", "period", "kind", "text", "level", "not_measured_reason", "reason"),
        *("method", "label", "code", "column", "base", "instrument", "use", "wave", "opens"),
        *("closes", "name", "objective", "scope", "definition", "interpretation", "sources"),
        *("plan", "mapping", "program", "fingerprint", "group"),
    )
)
FIXED_ON_CARDS = frozenset({"method", "evidence"})
"""Free text in a score, but one of a few words or keys on an indicator's card."""
