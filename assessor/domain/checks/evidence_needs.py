"""What each method needs of its evidence: one visible table.

A method that is not in it cannot be checked, so a test walks all methods over it.
"""

from dataclasses import dataclass

from assessor.domain.mapping import ItemEvidence, Method, MilestoneEvidence, SeriesEvidence
from assessor.domain.problems import say

RATED = frozenset({"rating", "rating_matrix"})
PLACED = frozenset({"semantic_differential"})
CHOSEN = frozenset(
    {
        "single_choice",
        "dropdown",
        "multiple_choice",
        "choice_matrix",
        "yes_no",
        "consent",
        "hidden",
        "calculated",
        "ranking",
    }
)
LIKELY = frozenset({"likelihood"})
COUNTED = frozenset(
    {"number", "slider", "ranking", "constant_sum", "entry_grid", "repeating_group"}
)
MAY_BE_ALL = frozenset({"consent"})
"""Kinds where leaving it blank counts as the other answer, so that `codes` may hold every code."""


@dataclass(frozen=True)
class Need:
    """What a method needs: the kind of evidence, kinds of items, uses, and what it ranges over.

    `uses`: each entry is one use that every item must have, or alternatives of which it needs
    one. `figures` names the unit of targets: "points", "difference", or fixed ends.
    """

    evidence: type[ItemEvidence] | type[SeriesEvidence] | type[MilestoneEvidence]
    kinds: frozenset[str] = frozenset()
    uses: tuple[tuple[str, ...], ...] = ()
    codes: bool = False
    least_items: int = 1
    figures: str | tuple[float, float] | None = None


NEEDS: dict[Method, Need] = {
    "mean": Need(ItemEvidence, RATED | PLACED | LIKELY | COUNTED, figures="points"),
    "top_box": Need(ItemEvidence, RATED | PLACED | LIKELY, figures=(0.0, 1.0)),
    "top_two_box": Need(ItemEvidence, RATED | PLACED | LIKELY, figures=(0.0, 1.0)),
    "share": Need(ItemEvidence, RATED | PLACED | LIKELY | CHOSEN, codes=True, figures=(0.0, 1.0)),
    "net_promoter": Need(ItemEvidence, LIKELY, figures=(-100.0, 100.0)),
    "adequacy_gap": Need(
        ItemEvidence, RATED, uses=(("perceived",), ("minimum",)), figures="difference"
    ),
    "superiority_gap": Need(
        ItemEvidence, RATED, uses=(("perceived",), ("desired",)), figures="difference"
    ),
    "performance_gap": Need(
        ItemEvidence, RATED, uses=(("importance",), ("performance",)), figures="difference"
    ),
    "opportunity": Need(
        ItemEvidence,
        RATED,
        uses=(("importance",), ("satisfaction", "performance")),
        figures=(0.0, 1.0),
    ),
    "scale": Need(ItemEvidence, RATED | PLACED, least_items=2, figures="points"),
    "ratio": Need(SeriesEvidence),
    "count": Need(SeriesEvidence),
    "milestone": Need(MilestoneEvidence),
}

EVIDENCE_WORDS = {
    ItemEvidence: say("items of an instrument (`kind: items`)"),
    SeriesEvidence: say("a series (`kind: series`)"),
    MilestoneEvidence: say("a milestone (`kind: milestone`)"),
}
