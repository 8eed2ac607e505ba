"""A small library that tests of scores share: two instruments, every method, answers by table."""

from collections.abc import Mapping, Sequence
from typing import Any

from assessor.domain.folder import LibraryFolder
from assessor.domain.instrument import (
    Instrument,
    Likelihood,
    MultipleChoice,
    Option,
    Page,
    Rating,
    RatingMatrix,
    Row,
    Scale,
    ScalePoint,
    ScaleUse,
    SingleChoice,
)
from assessor.domain.kinds import Answer
from assessor.domain.mapping import Evidence, Indicator, ItemEvidence, Method, Target
from assessor.domain.mapping import Mapping as PlanMapping
from assessor.domain.plan import Element, Plan
from assessor.domain.scorecard import GroupScore, IndicatorScore, Score, Scorecard
from assessor.scoring import WaveAnswers, frame_from_answers, score


def scale(key: str, low: int, high: int, *, descending: bool = False) -> Scale:
    worst, best = (high, low) if descending else (low, high)
    points = tuple(ScalePoint(value=value) for value in range(low, high + 1))
    return Scale(key=key, points=points, worst=worst, best=best)


GROUPS = ("students", "staff", "visitors", "alumni")

PATRONS = Instrument(
    key="patrons",
    title="How is the library doing?",
    group_item="role",
    scales=(
        scale("agree", 1, 5),
        scale("trouble", 1, 5, descending=True),
        scale("service", 1, 9),
        scale("skill", 1, 6),
    ),
    pages=(
        Page(
            key="one",
            items=(
                SingleChoice(
                    kind="single_choice",
                    key="role",
                    text="Who are you?",
                    options=tuple(Option(code=code, label=code.title()) for code in GROUPS),
                ),
                Rating(kind="rating", key="ease", text="It is easy.", scale="agree", na="n/a"),
                Rating(kind="rating", key="calm", text="It is calm.", scale="agree"),
                Rating(
                    kind="rating", key="lost", text="I feel lost.", scale="agree", reversed=True
                ),
                Rating(kind="rating", key="waits", text="I wait.", scale="trouble"),
                Likelihood(kind="likelihood", key="recommend", text="Would you recommend us?"),
                MultipleChoice(
                    kind="multiple_choice",
                    key="used",
                    text="What did you use?",
                    options=tuple(Option(code=c, label=c) for c in ("loans", "rooms", "help")),
                ),
                RatingMatrix(
                    kind="rating_matrix",
                    key="levels",
                    text="Levels",
                    na="n/a",
                    scales=(
                        ScaleUse(key="minimum", label="Minimum", scale="service"),
                        ScaleUse(key="desired", label="Desired", scale="service"),
                        ScaleUse(key="perceived", label="Perceived", scale="service"),
                    ),
                    rows=(Row(key="quiet", text="Quiet"), Row(key="hours", text="Hours")),
                ),
                RatingMatrix(
                    kind="rating_matrix",
                    key="matters",
                    text="What matters",
                    na="n/a",
                    scales=(
                        ScaleUse(key="importance", label="Importance", scale="agree"),
                        ScaleUse(key="performance", label="Performance", scale="agree"),
                    ),
                    rows=(Row(key="space", text="Space"),),
                ),
            ),
        ),
    ),
)

STAFF = Instrument(
    key="staff",
    title="Working here",
    scales=(scale("agree", 1, 5),),
    pages=(
        Page(
            key="one",
            items=(Rating(kind="rating", key="heard", text="I am heard.", scale="agree"),),
        ),
    ),
)

PLAN = Plan(
    key="small",
    title="A small plan",
    elements=(
        Element(code="1", level="goal", text="Welcome"),
        Element(code="1.1", level="outcome", text="People feel welcome.", parent="1"),
        Element(code="1.2", level="outcome", text="People find calm.", parent="1"),
        Element(code="2", level="goal", text="Grow"),
        Element(code="2.1", level="outcome", text="Staff are heard.", parent="2"),
    ),
)

Rows = Sequence[Mapping[str, Answer]]


def items(*keys: str, instrument: str = "patrons", **fields: Any) -> ItemEvidence:
    # Any: the fields of the model, which checks them.
    return ItemEvidence(kind="items", instrument=instrument, items=keys, **fields)


def indicator(
    key: str = "one",
    method: Method = "mean",
    *evidence: Evidence,
    element: str = "1.1",
    target: float | Target | None = None,
    **fields: Any,
) -> Indicator:
    """An indicator with a name; without evidence it reads the item `ease`."""
    return Indicator(
        key=key,
        element=element,
        name=key,
        method=method,
        evidence=evidence or (items("ease"),),
        target=Target(value=target) if isinstance(target, int | float) else target,
        **fields,
    )


def folder(*indicators: Indicator, plan: Plan = PLAN, **fields: Any) -> LibraryFolder:
    mapping = PlanMapping(plan=plan.key, indicators=indicators, **fields)
    return LibraryFolder(plan=plan, mapping=mapping, instruments=(PATRONS, STAFF))


def patrons(
    rows: Rows,
    groups: Sequence[str | None] | None = None,
    weights: Sequence[float] | None = None,
) -> WaveAnswers:
    return WaveAnswers(PATRONS, frame_from_answers(PATRONS, rows, groups, weights))


def staff(rows: Rows, groups: Sequence[str | None] | None = None) -> WaveAnswers:
    return WaveAnswers(STAFF, frame_from_answers(STAFF, rows, groups))


def column(name: str, answers: Sequence[Answer]) -> list[dict[str, Answer]]:
    """One response for each answer, to one column."""
    return [{name: answer} for answer in answers]


def scored(card: Indicator, *waves: WaveAnswers, **fields: Any) -> IndicatorScore:
    """The score of one indicator by itself."""
    return score(folder(card, **fields), waves).indicators[0]


def total(card: Indicator, *waves: WaveAnswers, **fields: Any) -> Score:
    return scored(card, *waves, **fields).score


def by_group(result: IndicatorScore) -> dict[str, GroupScore]:
    return {group.group: group for group in result.groups}


def element_score(scorecard: Scorecard, code: str) -> Score:
    element = scorecard.element(code)
    assert element is not None
    return element.score


CARDS = (
    indicator("a", "mean", items("ease"), target=4),
    indicator("b", "top_two_box", items("ease", "lost"), target=0.5),
    indicator("c", "adequacy_gap", items("quiet"), element="1.2", target=0),
    indicator("d", "scale", items("ease", "calm", "lost"), target=Target(value=3, each_group=True)),
    indicator("e", "net_promoter", items("recommend"), element="2.1", target=10),
    indicator("f", "share", items("used", codes=("help",)), element="2.1", target=0.2),
)

SAMPLE: list[dict[str, Answer]] = [
    {
        "role": GROUPS[n % 3],
        "ease": 1 + n % 5,
        "calm": 1 + (n * n) % 5,
        "lost": None if n % 7 == 0 else 1 + n % 4,
        "quiet.minimum": 1 + n % 9,
        "quiet.perceived": "NA" if n % 5 == 0 else 1 + (n * 3) % 9,
        "recommend": n % 11,
        "used": ["loans", "help"] if n % 2 else None,
    }
    for n in range(60)
]
