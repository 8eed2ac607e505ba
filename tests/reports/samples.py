"""Scorecards to draw: what a report meets, from the everyday to the absurd."""

from collections.abc import Callable, Mapping

from assessor.domain.mapping import (
    Indicator,
    Method,
    MilestoneEvidence,
    SeriesEvidence,
    Target,
)
from assessor.domain.scorecard import (
    ElementScore,
    IndicatorScore,
    Scorecard,
    Status,
    Unit,
)
from tests.reports.building import (
    AGREEMENT,
    FIXED_ON_CARDS,
    FREE_TEXTS,
    GERMAN,
    GROUPS,
    PAYLOAD,
    STATUSES,
    element,
    groups_of,
    indicator,
    item,
    score,
    scorecard,
    withheld,
)

GOALS = (
    (
        "Open doors",
        "Everybody in Riverbend feels that the library is theirs",
        "People can reach us from every part of town, at the hours they need",
    ),
    (
        "Living collections",
        "Readers find what they came for, or something better",
        "Local history is preserved and within reach of every school",
    ),
    (
        "A good place to work",
        "Staff have the time, training and trust to do their work well",
        "Decisions are explained to those who have to carry them out",
    ),
)
OUTCOMES = (
    "Newcomers say that they were made welcome on their first visit",
    "People of every language see themselves in what the library does",
    "Nobody stays away because of fees",
)


def normal() -> Scorecard:
    """Three priorities of two goals of three outcomes, with one of every status among them."""
    elements: list[ElementScore] = []
    indicators: list[IndicatorScore] = []
    standing: tuple[tuple[float | None, Status], ...] = (
        (0.78, "met"),
        (0.66, "partly_met"),
        (0.48, "not_met"),
        (0.71, "too_close_to_call"),
        (0.57, "not_enough_evidence"),
        (None, "not_measured"),
    )
    for p, (priority, *goals) in enumerate(GOALS, start=1):
        top = f"P{p}"
        elements.append(
            element(top, "priority", priority, score(0.6 + 0.04 * p, status=STATUSES[p - 1]))
        )
        for g, goal in enumerate(goals, start=1):
            code = f"{top}.{g}"
            value, status = standing[(p - 1) * 2 + g - 1]
            elements.append(
                element(
                    code,
                    "goal",
                    goal,
                    score(value, status=status, n=None if value is None else 340 + 9 * p),
                    parent=top,
                    coverage=(1.0, 0.75, 0.5)[p - 1],
                    reason="" if value is not None else "No evidence has been chosen yet.",
                )
            )
            for o, outcome in enumerate(OUTCOMES, start=1):
                _outcome(elements, indicators, code, o, outcome, value)
    return scorecard(tuple(elements), tuple(indicators))


def _outcome(
    elements: list[ElementScore],
    indicators: list[IndicatorScore],
    goal: str,
    place: int,
    text: str,
    of_goal: float | None,
) -> None:
    code = f"{goal}.{place}"
    key = f"welcome_{code.lower().replace('.', '_')}"
    if of_goal is None or place == 3:
        reason = "Fees are decided by the city; the figures come with its budget in spring."
        elements.append(
            element(
                code,
                "outcome",
                text,
                score(None, status="not_measured"),
                parent=goal,
                reason=reason,
            )
        )
        if of_goal is not None:
            return
        indicators.append(milestone(key, code))
        return
    status = STATUSES[place - 1] if of_goal > 0.6 else STATUSES[place + 1]
    elements.append(
        element(
            code, "outcome", text, score(of_goal + 0.02 * place, status=status), parent=goal,
            indicators=(key,),
        )
    )  # fmt: skip
    indicators.append(
        indicator(
            key,
            code,
            "Welcome on arrival" if place == 1 else "Agree that the library is for people like me",
            score(of_goal + 0.02 * place, "share", status, method="top_two_box"),
            target=Target(value=0.7, partial=0.6),
            baseline=0.55,
            groups=groups_of(
                dict(zip(GROUPS, (0.81, 0.72, 0.64, 0.58, None), strict=True)), "share"
            ),
            items=(
                item("welcome", "I was made welcome when I came in."),
                item("for_me", "The library is for people like me.", counts=(9, 40, 81, 175, 90)),
            ),
        )
    )


def milestone(key: str, element_code: str) -> IndicatorScore:
    return IndicatorScore(
        indicator=Indicator(
            key=key,
            element=element_code,
            name="Training hours agreed with the union",
            method="milestone",
            evidence_kind="observed",
            evidence=(
                MilestoneEvidence(kind="milestone", milestone="Agreement signed", due="2026-06"),
            ),
        ),
        score=score(None, "none", "not_measured", method="milestone", reason="No date entered yet"),
    )


def no_data() -> Scorecard:
    """A plan with a mapping and not one answer."""
    measured = normal()
    nothing = score(None, status="not_measured", n=None)
    return scorecard(
        tuple(
            element(e.code, e.level, e.text, nothing, parent=e.parent) for e in measured.elements
        ),
        tuple(
            IndicatorScore(
                indicator=i.indicator,
                score=score(None, "share", "not_measured", reason="No answers yet"),
            )
            for i in measured.indicators
        ),
    ).model_copy(update={"plan_score": None, "waves": ()})


def with_groups(values: Mapping[str, float | None], text: str = "We belong here") -> Scorecard:
    """One goal with one indicator, and these groups."""
    scored = score(0.7, "share", "too_close_to_call", method="top_two_box")
    return scorecard(
        (element("G1", "goal", text, score(0.7, status="too_close_to_call"), indicators=("one",)),),
        (
            indicator(
                "one",
                "G1",
                text,
                scored,
                target=Target(value=0.7, each_group=True),
                groups=groups_of(values),
                items=(item("welcome", text),),
            ),
        ),
    )


def one_group() -> Scorecard:
    return with_groups({"Members": 0.7})


def twenty_groups() -> Scorecard:
    return with_groups(
        {f"Branch {place}": None if place % 7 == 3 else 0.4 + place / 40 for place in range(20)}
    )


def long_labels() -> Scorecard:
    """Group names, options, goals and titles of more than sixty letters."""
    card = with_groups(
        {f"{GERMAN} ({place})": 0.5 + place / 20 for place in range(6)}, f"{GERMAN}, {GERMAN}"
    )
    scored = card.indicators[0]
    long = item("lang", GERMAN, labels=tuple(f"{label}: {GERMAN}" for label in AGREEMENT))
    return card.model_copy(
        update={
            "title": f"{GERMAN} und Donaudampfschifffahrtsgesellschaftskapitänsmützenverordnung",
            "indicators": (scored.model_copy(update={"items": (long,)}),),
        }
    )


def all_suppressed() -> Scorecard:
    """Too few people answered for anything to be shown."""
    hidden = withheld("index", "roll-up")
    card = with_groups(dict.fromkeys(GROUPS))
    scored = card.indicators[0]
    return card.model_copy(
        update={
            "elements": tuple(e.model_copy(update={"score": hidden}) for e in card.elements),
            "indicators": (
                scored.model_copy(
                    update={
                        "score": withheld(),
                        "items": (item("welcome", "I was made welcome.", suppressed=True),),
                    }
                ),
            ),
        }
    )


def every_unit() -> Scorecard:
    """One commitment for every method and unit, with no goal above them: a flat plan."""
    rows: tuple[tuple[str, Method, Unit, float, float, float, tuple[float, float]], ...] = (
        ("mean", "mean", "points", 4.02, 0.11, 4.0, (1, 5)),
        ("top_box", "top_box", "share", 0.31, 0.03, 0.4, (0, 1)),
        ("share", "share", "share", 0.998, 0.001, 0.9, (0, 1)),
        ("nps", "net_promoter", "net_promoter", -12.4, 6.0, 20, (-100, 100)),
        ("adequacy", "adequacy_gap", "gap", 0.35, 0.12, 0.0, (-8, 8)),
        ("superiority", "superiority_gap", "gap", -0.81, 0.12, -0.5, (-8, 8)),
        ("opportunity", "opportunity", "index", 0.62, 0.05, 0.5, (0, 1)),
        ("scale", "scale", "points", 3.9996, 0.2, 4.0, (1, 5)),
        ("cost", "ratio", "ratio", 12.5, 0, 10.0, (0, 0)),
        ("visits", "count", "count", 128450, 0, 120000, (0, 0)),
    )
    elements, indicators = [], []
    for place, (key, method, unit, value, margin, target, ends) in enumerate(rows, start=1):
        code = f"C{place}"
        without_scale = ends == (0, 0)
        scored = score(
            value, unit, STATUSES[place % 4], margin=margin or None, method=method, ends=ends
            if not without_scale
            else (0.0, 1.0),
        )  # fmt: skip
        if without_scale:
            scored = scored.model_copy(update={"scale_low": None, "scale_high": None, "n": None})
        elements.append(
            element(code, "commitment", f"We commit to {key}", score(0.5), indicators=(key,))
        )
        card = indicator(key, code, f"Indicator {key}", scored, method=method)
        updated = card.indicator.model_copy(
            update={
                "target": Target(value=target),
                "direction": "lower" if key == "cost" else "higher",
                "evidence": card.indicator.evidence
                if not without_scale
                else (SeriesEvidence(kind="series", series=key, unit="visits", source="Gates"),),
            }
        )
        indicators.append(card.model_copy(update={"indicator": updated}))
    return scorecard(tuple(elements), tuple(indicators), title="What we promise")


def values_only() -> Scorecard:
    """A plan of values and commitments that names no goal, some of them not scored."""
    return scorecard(
        (
            element("V1", "value", "Privacy", score(0.7), is_scored=False),
            element("V1.1", "commitment", "We keep no reading histories", score(0.9), parent="V1"),
            element(
                "V2", "value", "Access", score(None, status="not_measured"), reason="Next year"
            ),
        ),
        title="Our values",
    )


def two_outcomes() -> Scorecard:
    return scorecard(
        (
            element("1", "outcome", "More people read", score(0.72)),
            element("2", "outcome", "More people meet", score(0.41, status="not_met")),
        )
    )


def two_hundred_outcomes() -> Scorecard:
    """Ten goals of twenty outcomes."""
    elements = []
    for g in range(1, 11):
        elements.append(element(f"G{g}", "goal", f"Goal number {g}", score(0.4 + g / 25)))
        for o in range(1, 21):
            missing = o % 5 == 0
            elements.append(
                element(
                    f"G{g}.{o}",
                    "outcome",
                    f"Outcome {o} of goal {g}",
                    score(
                        None if missing else 0.3 + o / 40, status=STATUSES[5 if missing else o % 5]
                    ),
                    parent=f"G{g}",
                    reason="Not this year" if missing else "",
                )
            )
    return scorecard(tuple(elements))


def deep() -> Scorecard:
    """A chain of nine levels, each with one element."""
    levels = ("vision", "theme", "priority", "aim", "aspiration", "result", "step", "task", "mark")
    return scorecard(
        tuple(
            element(
                ".".join("1" * (depth + 1)),
                level,
                f"The {level} of it all",
                score(0.7),
                parent=".".join("1" * depth) or None,
            )
            for depth, level in enumerate(levels)
        )
    )


def other_scripts() -> Scorecard:
    """Arabic, emoji and a right-to-left override in the texts."""
    return with_groups(
        {"طلاب": 0.6, "أساتذة 📚": 0.8, "\u202eevil": 0.5}, "مكتبة للجميع 🌍"
    ).model_copy(update={"title": "خطة المكتبة 🌍📚", "library": "مكتبة ريفربند"})


def empty_plan() -> Scorecard:
    return scorecard(()).model_copy(update={"plan_score": None, "waves": ()})


def with_payload(text: str = PAYLOAD) -> Scorecard:
    """The normal scorecard with a script in every text that a person could have typed."""

    def poisoned(value: object, name: str = "") -> object:
        if isinstance(value, dict):
            fixed = FIXED_ON_CARDS if "evidence_kind" in value or "items" in value else frozenset()
            return {
                key: inner if key in fixed else poisoned(inner, key) for key, inner in value.items()
            }
        if isinstance(value, list):
            return [poisoned(inner, name) for inner in value]
        return text if isinstance(value, str) and name in FREE_TEXTS else value

    poisoned_card = poisoned(normal().model_dump(mode="json"))
    assert isinstance(poisoned_card, dict)
    for place, found in enumerate(poisoned_card["elements"]):
        found["code"], found["parent"] = f"{text[:30].replace(' ', '')}{place}", None
    for place, found in enumerate(poisoned_card["indicators"]):
        found["indicator"]["element"] = poisoned_card["elements"][place % 6]["code"]
    for wave in poisoned_card["waves"]:
        wave["groups"] = {text: 5}
    poisoned_card["inputs"]["instruments"] = {text: text}
    poisoned_card["inputs"]["answers"] = {text: text}
    return Scorecard.model_validate(poisoned_card)


SAMPLES: dict[str, Callable[[], Scorecard]] = {
    made.__name__: made
    for made in (
        *(normal, no_data, one_group, twenty_groups, long_labels, all_suppressed, every_unit),
        *(values_only, two_outcomes, two_hundred_outcomes, deep, other_scripts, empty_plan),
        with_payload,
    )
}
