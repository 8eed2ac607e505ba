"""How long a scorecard takes, beside the least that pandas could do.

Synthetic answers of 100,000 patrons to 40 items (10 % skipped, 5 % not applicable), six groups,
30 indicators of all survey methods. What is timed: `score` on the wide frame, with intervals,
groups, counts, roll-up and fingerprint; beside it the plain means of the same 40 columns, all and
by group, by pandas. Run with `make bench` or `python benchmarks/score.py`.
"""

import argparse
import resource
import sys
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np
import pandas as pd

from assessor.domain.folder import LibraryFolder
from assessor.domain.instrument import (
    Instrument,
    Item,
    Option,
    Page,
    Rating,
    Scale,
    ScalePoint,
    SingleChoice,
)
from assessor.domain.mapping import Indicator, ItemEvidence, Mapping, Method, Target
from assessor.domain.plan import Element, Plan
from assessor.scoring import WaveAnswers, score, scorecard_bytes

T = TypeVar("T")
ITEMS, INDICATORS, GOALS = 40, 30, 5
GROUPS = ("students", "faculty", "staff", "alumni", "visitors", "others")
METHODS: tuple[tuple[Method, int], ...] = (
    ("mean", 1), ("top_two_box", 1), ("top_box", 1), ("scale", 4), ("mean", 3), ("top_two_box", 2),
)  # fmt: skip


def library() -> LibraryFolder:
    """Five goals with two outcomes each, three indicators an outcome."""
    scale = Scale(key="agree", points=[ScalePoint(value=v) for v in range(1, 6)], worst=1, best=5)
    items: list[Item] = [
        Rating(kind="rating", key=f"item{n}", text=f"Item {n}", scale="agree", na="n/a")
        for n in range(ITEMS)
    ]
    role = SingleChoice(
        kind="single_choice",
        key="role",
        text="Who are you?",
        options=[Option(code=code, label=code) for code in GROUPS],
    )
    instrument = Instrument(
        key="patrons",
        title="Patrons",
        group_item="role",
        scales=[scale],
        pages=[Page(key="one", items=[role, *items])],
    )
    goals = [Element(code=str(g), level="goal", text=f"Goal {g}") for g in range(1, GOALS + 1)]
    outcomes = [
        Element(code=f"{goal.code}.{o}", level="outcome", text="Outcome", parent=goal.code)
        for goal in goals
        for o in (1, 2)
    ]
    plan = Plan(key="bench", title="A plan", elements=(*goals, *outcomes))
    indicators = tuple(
        Indicator(
            key=f"indicator{n}",
            element=outcomes[n % len(outcomes)].code,
            name=f"Indicator {n}",
            method=METHODS[n % len(METHODS)][0],
            target=Target(value=0.5 if "box" in METHODS[n % len(METHODS)][0] else 3.5),
            evidence=(
                ItemEvidence(
                    kind="items",
                    instrument="patrons",
                    items=[f"item{(n + k) % ITEMS}" for k in range(METHODS[n % len(METHODS)][1])],
                ),
            ),
        )
        for n in range(INDICATORS)
    )
    mapping = Mapping(plan="bench", indicators=indicators)
    return LibraryFolder(plan=plan, mapping=mapping, instruments=(instrument,))


def answers(respondents: int, seed: int = 1) -> pd.DataFrame:
    """The wide frame, cells as stored."""
    random = np.random.default_rng(seed)
    cells = np.array([1, 2, 3, 4, 5, None, "NA"], dtype=object)
    chances = [0.05, 0.1, 0.2, 0.3, 0.2, 0.1, 0.05]
    frame = {f"item{n}": cells[random.choice(7, size=respondents, p=chances)] for n in range(ITEMS)}
    frame["group"] = np.array(GROUPS, dtype=object)[random.integers(0, 6, size=respondents)]
    return pd.DataFrame(frame)


def timed(work: Callable[[], T], times: int) -> tuple[T, float]:
    """The result and the best of several runs, in seconds."""
    best, result = float("inf"), work()
    for _ in range(times):
        start = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - start)
    return result, best


def main() -> int:
    parser = argparse.ArgumentParser(description="Time a scorecard.")
    parser.add_argument("--respondents", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=2)
    given = parser.parse_args()
    folder, frame = library(), answers(given.respondents)
    wave = WaveAnswers(folder.instruments[0], frame)
    names = [f"item{n}" for n in range(ITEMS)]

    def plain_means() -> tuple[pd.Series, pd.DataFrame]:
        numbers = frame[names].replace({"NA": None}).astype("float64")
        return numbers.mean(), numbers.groupby(frame["group"]).mean()

    scorecard, ours = timed(lambda: score(folder, [wave]), given.times)
    (means, _), plain = timed(plain_means, given.times)
    found = scorecard.indicators[0].score.value
    if found is None or abs(found - means["item0"]) > 1e-12:
        print("The two do not agree.", file=sys.stderr)
        return 1
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{given.respondents:,} respondents × {ITEMS} items, {INDICATORS} indicators, 6 groups")
    print(f"  scorecard            {ours:6.2f} s   ({len(scorecard_bytes(scorecard)):,} bytes)")
    print(f"  plain pandas means   {plain:6.2f} s")
    print(f"  ratio                {ours / plain:6.2f}")
    print(f"  peak memory          {memory:6.0f} MB (frame and both together)")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
