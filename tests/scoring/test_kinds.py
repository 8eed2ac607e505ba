"""Every kind of item that can be scored, by a case that can be redone with a pencil."""

from typing import Any

import pytest

from assessor.domain.checks.instrument import check_instrument
from assessor.domain.checks.mapping import check_mapping
from assessor.domain.folder import LibraryFolder
from assessor.domain.instrument import Instrument
from assessor.domain.kinds import KINDS, Answer, columns
from assessor.domain.mapping import Indicator, ItemEvidence, Method
from assessor.domain.mapping import Mapping as PlanMapping
from assessor.domain.scorecard import IndicatorScore
from assessor.scoring import WaveAnswers, frame_from_answers, score
from tests.scoring.sample_library import PLAN, items

AGREE = {"key": "agree", "points": [{"value": v} for v in range(1, 6)], "worst": 1, "best": 5}
AB = [{"code": "a", "label": "Apples"}, {"code": "b", "label": "Bread"}]
ABC = [*AB, {"code": "c", "label": "Cheese"}]
ROWS = [{"key": "first", "text": "First"}, {"key": "second", "text": "Second"}]

ITEMS: list[dict[str, Any]] = [
    {"kind": "single_choice", "key": "single", "options": AB, "other": "Another"},
    {"kind": "dropdown", "key": "drop", "options": ABC},
    {"kind": "multiple_choice", "key": "multi", "options": AB, "other": "Another"},
    {"kind": "yes_no", "key": "came"},
    {"kind": "ranking", "key": "rank", "options": ABC, "places": 2},
    {"kind": "constant_sum", "key": "spread", "options": AB, "total": 10},
    {"kind": "rating", "key": "rated", "scale": "agree"},
    {"kind": "rating_matrix", "key": "matrix", "scale": "agree", "rows": [ROWS[0]]},
    {
        "kind": "choice_matrix",
        "key": "choices",
        "options": AB,
        "rows": [{"key": "loan", "text": "Loan"}],
    },
    {
        "kind": "entry_grid",
        "key": "grid",
        "entry": "number",
        "minimum": 0,
        "maximum": 8,
        "columns": AB,
        "rows": [{"key": "hours", "text": "Hours"}],
    },
    {
        "kind": "semantic_differential",
        "key": "between",
        "points": 5,
        "rows": [
            {"key": "warm", "left": "Cold", "right": "Warm"},
            {"key": "calm", "left": "Calm", "right": "Loud", "reversed": True},
        ],
    },
    {"kind": "likelihood", "key": "again"},
    {"kind": "slider", "key": "slide", "minimum": 0, "maximum": 50},
    {"kind": "number", "key": "visits", "minimum": 0, "maximum": 30},
    {"kind": "consent", "key": "agrees"},
    {"kind": "hidden", "key": "source", "values": ["poster", "mail"], "default": "link"},
    {"kind": "calculated", "key": "often", "calculation": "${visits} > 3"},
    {
        "kind": "repeating_group",
        "key": "trip",
        "most": 3,
        "items": [
            {"kind": "rating", "key": "trip_ease", "text": "Easy?", "scale": "agree"},
            {"kind": "yes_no", "key": "trip_found", "text": "Found it?"},
        ],
    },
]
ASKED = Instrument.model_validate(
    {
        "key": "patrons",
        "title": "Everything",
        "scales": [AGREE],
        "pages": [{"key": "one", "items": [{"text": one["key"]} | one for one in ITEMS]}],
    }
)

ROW: dict[str, Answer] = {
    "single": "a",
    "single.other": None,
    "drop": "c",
    "multi": ["a", "other"],
    "multi.other": "Pears",
    "came": "yes",
    "rank.a": 1,
    "rank.b": 2,
    "rank.c": None,
    "spread.a": 7,
    "spread.b": 3,
    "rated": 4,
    "first": 2,
    "loan": "b",
    "hours.a": 6,
    "hours.b": 2,
    "warm": 4,
    "calm": 2,
    "again": 9,
    "slide": 30,
    "visits": 12,
    "agrees": "yes",
    "source": "poster",
    "often": "true",
    "trip": 2,
    "trip_ease.1": 5,
    "trip_found.1": "yes",
    "trip_ease.2": 2,
    "trip_found.2": "no",
}
OTHER_ROW = ROW | {
    "single": "other",
    "drop": "a",
    "multi": ["b"],
    "came": "no",
    "rank.a": None,
    "rank.b": 2,
    "rank.c": 1,
    "spread.a": 1,
    "spread.b": 9,
    "agrees": None,
    "often": "false",
    "calm": 5,
    "slide": 10,
}
NO_TRIP = {name: value for name, value in OTHER_ROW.items() if not name.startswith("trip_")}
PEOPLE: list[dict[str, Answer]] = ([ROW] * 3 + [OTHER_ROW, NO_TRIP | {"trip": 0}]) * 2


def scored(
    method: Method, key: str, *, people: list[dict[str, Answer]] | None = None, **fields: Any
) -> IndicatorScore:
    """The score of one item over ten people, six of whom answered alike."""
    card = Indicator(
        key="one", element="1.1", name="One", method=method, evidence=(items(key, **fields),)
    )
    mapping = PlanMapping(plan=PLAN.key, indicators=(card,))
    folder = LibraryFolder(plan=PLAN, mapping=mapping, instruments=(ASKED,))
    assert not [p for p in check_mapping(mapping, PLAN, (ASKED,)) if p.severity == "error"]
    answers = WaveAnswers(ASKED, frame_from_answers(ASKED, people or PEOPLE))
    return score(folder, [answers]).indicators[0]


CASES: list[tuple[str, Method, str, dict[str, Any], float, int]] = [
    ("single_choice", "share", "single", {"codes": ("a",)}, 3 / 5, 10),
    ("single_choice", "share", "single", {"codes": ("other",)}, 2 / 5, 10),
    ("dropdown", "share", "drop", {"codes": ("c",)}, 3 / 5, 10),
    ("multiple_choice", "share", "multi", {"codes": ("other",)}, 3 / 5, 10),
    ("yes_no", "share", "came", {"codes": ("yes",)}, 3 / 5, 10),
    # Of those who ranked an option: 1, 1, 1 and nobody else, twice.
    ("ranking", "mean", "rank", {"use": "a"}, 1.0, 6),
    # Of those who ranked anything, also where this option got no place.
    ("ranking", "share", "rank", {"use": "a", "codes": ("1",)}, 3 / 5, 10),
    ("constant_sum", "mean", "spread", {"use": "a"}, (21 + 2) / 5, 10),
    ("rating", "mean", "rated", {}, 4.0, 10),
    ("rating_matrix", "mean", "first", {}, 2.0, 10),
    ("choice_matrix", "share", "loan", {"codes": ("b",)}, 1.0, 10),
    ("entry_grid", "mean", "hours", {"use": "b"}, 2.0, 10),
    ("semantic_differential", "mean", "warm", {}, 4.0, 10),
    # The left word is the better one, so 2 of 5 is worth 4 and 5 is worth 1.
    ("semantic_differential", "mean", "calm", {}, (3 * 4 + 2 * 1) / 5, 10),
    ("semantic_differential", "top_box", "calm", {}, 0.0, 10),
    ("semantic_differential", "top_two_box", "calm", {}, 3 / 5, 10),
    ("likelihood", "net_promoter", "again", {}, 100.0, 10),
    ("slider", "mean", "slide", {}, (3 * 30 + 2 * 10) / 5, 10),
    ("number", "mean", "visits", {}, 12.0, 10),
    # Whoever did not agree was asked, and counts.
    ("consent", "share", "agrees", {"codes": ("yes",)}, 3 / 5, 10),
    ("hidden", "share", "source", {"codes": ("poster", "mail")}, 1.0, 10),
    ("calculated", "share", "often", {"codes": ("true",)}, 3 / 5, 10),
    ("repeating_group", "mean", "trip", {}, (4 * 2 + 0) / 5, 10),
    # Each person's own mean over their trips: 3.5; who made none is not asked.
    ("repeating_group", "mean", "trip_ease", {}, 3.5, 8),
    ("repeating_group", "mean", "trip_ease", {"use": "1"}, 5.0, 8),
    ("repeating_group", "share", "trip_found", {"codes": ("yes",)}, 0.5, 8),
    ("repeating_group", "share", "trip_found", {"use": "2", "codes": ("yes",)}, 0.0, 8),
]


@pytest.mark.parametrize(("kind", "method", "key", "fields", "value", "n"), CASES)
def test_what_a_kind_is_worth(
    kind: str, method: Method, key: str, fields: dict[str, Any], value: float, n: int
) -> None:
    found = scored(method, key, **fields)
    assert found.score.value == pytest.approx(value), kind
    assert found.score.n == n
    assert 0 <= (found.score.unit_value or 0) <= 1


def test_every_scored_kind_is_read_by_a_method_and_counted() -> None:
    assert check_instrument(ASKED) == () or all(
        problem.severity == "warning" for problem in check_instrument(ASKED)
    )
    assert {kind for kind, *_ in CASES} == {kind.name for kind in KINDS.values() if kind.scored}
    for _kind, method, key, fields, _value, n in CASES:
        for item in scored(method, key, **fields).items:
            assert item.n is not None
            assert item.n <= 10
            assert sum(c.count or 0 for c in item.counts) <= 10 * max(1, len(item.counts)), key
        assert n <= 10


def test_answers_are_counted_under_the_words_that_were_read() -> None:
    def labels(key: str, **fields: Any) -> list[tuple[str, int | None]]:
        method: Method = "share" if "codes" in fields else "mean"
        return [(c.label, c.count) for c in scored(method, key, **fields).items[0].counts]

    assert labels("single", codes=("a",)) == [("Apples", 6), ("Bread", 0), ("Another", 4)]
    assert labels("came", codes=("yes",)) == [("Yes", 6), ("No", 4)]
    assert labels("rank", use="a") == [("Place 1", 6), ("Place 2", 0)]
    assert labels("calm")[0] == ("1 Calm", 0)
    assert labels("calm")[4] == ("5 Loud", 4)
    assert labels("trip") == [("0", 2), ("1", 0), ("2", 8), ("3", 0)]
    assert labels("spread", use="a") == []


def test_first_places_are_best_and_a_ranks_ends_are_its_places() -> None:
    score_ = scored("mean", "rank", use="b").score
    assert (score_.scale_low, score_.scale_high) == (1, 2)
    assert score_.unit_value == 0  # always second of two places


def test_somebody_who_ranked_nothing_says_nothing_of_first_places() -> None:
    blank: dict[str, Answer] = {"rank.a": None, "rank.b": None, "rank.c": None}
    found = scored("share", "rank", use="a", codes=("1",), people=[*PEOPLE, ROW | blank])
    assert found.score.n == 10
    assert found.score.excluded == {"skipped": 1}


def test_who_made_no_trip_was_not_asked_about_it() -> None:
    assert scored("mean", "trip_ease").score.excluded == {"not_asked": 2}


def test_the_words_of_an_other_are_no_evidence() -> None:
    words = [column.name for column in columns(ASKED) if column.name.endswith(".other")]
    assert words == ["single.other", "multi.other"]
    read = [item.column for item in scored("share", "single", codes=("a",)).items]
    assert read == ["single"]


@pytest.mark.parametrize(
    ("method", "key", "fields", "code"),
    [
        ("mean", "rank", {}, "mapping.use"),
        ("mean", "hours", {"use": "z"}, "mapping.use"),
        ("mean", "drop", {}, "mapping.item-kind"),
        ("share", "drop", {"codes": ("z",)}, "mapping.codes"),
        ("share", "came", {"codes": ("yes", "no")}, "mapping.codes"),
        ("share", "rank", {"use": "a", "codes": ("3",)}, "mapping.codes"),
        ("mean", "trip_ease", {"use": "4"}, "mapping.use"),
        ("mean", "between", {}, "mapping.matrix"),
    ],
)
def test_evidence_that_no_method_can_read_is_refused(
    method: Method, key: str, fields: dict[str, Any], code: str
) -> None:
    evidence = ItemEvidence(kind="items", instrument="patrons", items=(key,), **fields)
    card = Indicator(key="one", element="1.1", name="One", method=method, evidence=(evidence,))
    mapping = PlanMapping(plan=PLAN.key, indicators=(card,))
    assert code in {problem.code for problem in check_mapping(mapping, PLAN, (ASKED,))}


def test_numbers_without_ends_are_refused_and_so_are_words() -> None:
    grid = {"kind": "entry_grid", "key": "open", "text": "?", "rows": ROWS}
    for more, code in (
        ({"entry": "number"}, "mapping.unbounded"),
        ({"entry": "text"}, "mapping.item-kind"),
    ):
        page = {"key": "one", "items": [grid | more]}
        asked = Instrument.model_validate({"key": "patrons", "title": "T", "pages": [page]})
        card = Indicator(
            key="one", element="1.1", name="One", method="mean", evidence=(items("first"),)
        )
        mapping = PlanMapping(plan=PLAN.key, indicators=(card,))
        assert code in {problem.code for problem in check_mapping(mapping, PLAN, (asked,))}


def test_a_calculated_value_of_many_kinds_is_a_share_of_codes() -> None:
    values: list[Answer] = [1, 1, 2, "true", None] * 2
    people: list[dict[str, Answer]] = [{"often": value} for value in values]
    found = scored("share", "often", codes=("1",), people=people)
    assert found.score.value == pytest.approx(4 / 8)
