"""Every thread from element to item holds at both ends, or is named."""

import time
from typing import get_args

import pytest

from assessor.domain.checks.evidence_needs import NEEDS
from assessor.domain.checks.mapping import check_mapping, uncovered
from assessor.domain.mapping import Mapping, Method
from assessor.domain.plan import Plan
from tests.domain.checks.samples import AGREE, NINE, PLAN, Document, indicator, instrument, mapping


def found(checked: Mapping) -> list[tuple[str, str]]:
    return [(p.code, p.where) for p in check_mapping(checked, PLAN, [instrument()])]


def items(*keys: str, **more: object) -> Document:
    return {"kind": "items", "instrument": "patrons", "items": list(keys)} | more


SERIES: Document = {"kind": "series", "series": "gate"}
MILESTONE: Document = {"kind": "milestone", "milestone": "Opened", "due": "2026-05"}


def test_every_method_states_what_it_needs() -> None:
    assert set(NEEDS) == set(get_args(Method))


SOUND: list[tuple[str, Document]] = [
    ("mean", items("quiet")),
    ("mean", items("quiet", "light")),
    ("mean", items("prompt", use="perceived")),
    ("mean", items("recommend")),
    ("mean", items("visits")),
    ("top_box", items("quiet")),
    ("top_two_box", items("quiet", "recommend")),
    ("share", items("came", codes=["yes"])),
    ("share", items("used", codes=["desk", "loan"])),
    ("share", items("quiet", codes=["4", "5"])),
    ("net_promoter", items("recommend")),
    ("adequacy_gap", items("prompt")),
    ("superiority_gap", items("prompt")),
    ("performance_gap", items("worth")),
    ("opportunity", items("worth")),
    ("scale", items("quiet", "light")),
    ("ratio", SERIES),
    ("count", SERIES),
    ("milestone", MILESTONE),
]


@pytest.mark.parametrize(("method", "evidence"), SOUND)
def test_evidence_that_carries_its_method_is_sound(method: str, evidence: Document) -> None:
    assert found(mapping(indicator(method=method, evidence=[evidence]))) == []


def test_the_sound_evidence_covers_every_method() -> None:
    assert {method for method, _evidence in SOUND} == set(get_args(Method))


@pytest.mark.parametrize(
    ("method", "evidence", "code", "place"),
    [
        ("mean", SERIES, "mapping.method", "0.kind"),
        ("count", items("quiet"), "mapping.method", "0.kind"),
        ("milestone", SERIES, "mapping.method", "0.kind"),
        ("mean", items("came"), "mapping.item-kind", "0.items.0"),
        ("mean", items("hours"), "mapping.unbounded", "0.items.0"),
        ("top_box", items("comment"), "mapping.item-kind", "0.items.0"),
        ("net_promoter", items("quiet"), "mapping.item-kind", "0.items.0"),
        ("mean", items("welcome"), "mapping.item-kind", "0.items.0"),
        ("mean", items("service"), "mapping.matrix", "0.items.0"),
        ("mean", items("quiett"), "mapping.unknown-item", "0.items.0"),
        (
            "mean",
            items("quiet") | {"instrument": "patron"},
            "mapping.unknown-instrument",
            "0.instrument",
        ),
        ("mean", items("quiet", "quiet"), "mapping.repeated-item", "0.items"),
        ("mean", items("prompt"), "mapping.use", "0.items.0"),
        ("mean", items("prompt", use="wished"), "mapping.use", "0.use"),
        ("mean", items("quiet", use="perceived"), "mapping.use", "0.use"),
        ("adequacy_gap", items("prompt", use="minimum"), "mapping.use", "0.use"),
        ("adequacy_gap", items("quiet"), "mapping.uses", "0.items.0"),
        ("superiority_gap", items("worth"), "mapping.uses", "0.items.0"),
        ("performance_gap", items("prompt"), "mapping.uses", "0.items.0"),
        ("opportunity", items("prompt"), "mapping.uses", "0.items.0"),
        ("share", items("came"), "mapping.codes", "0"),
        ("share", items("came", codes=["maybe"]), "mapping.codes", "0.codes.0"),
        ("share", items("quiet", codes=["6"]), "mapping.codes", "0.codes.0"),
        ("share", items("came", codes=["yes", "no"]), "mapping.codes", "0.codes"),
        ("mean", items("quiet", codes=["5"]), "mapping.codes", "0.codes"),
    ],
)
def test_evidence_that_does_not_is_named(
    method: str, evidence: Document, code: str, place: str
) -> None:
    checked = mapping(indicator(method=method, evidence=[evidence]))
    assert found(checked) == [(code, f"indicators.0.evidence.{place}")]


def test_a_multi_item_scale_has_at_least_two_items_on_one_scale() -> None:
    assert found(mapping(indicator(method="scale"))) == [
        ("mapping.too-few-items", "indicators.0.evidence")
    ]
    mixed = [items("quiet"), items("prompt", use="desired")]
    assert found(mapping(indicator(method="scale", evidence=mixed))) == [
        ("mapping.mixed-scales", "indicators.0.evidence")
    ]


def test_an_indicator_has_evidence() -> None:
    assert found(mapping(indicator(evidence=[]))) == [("mapping.no-evidence", "indicators.0")]


@pytest.mark.parametrize(
    ("method", "evidence", "reachable", "beyond"),
    [
        ("mean", items("quiet"), 5, 5.1),
        ("mean", items("recommend"), 0, -1),
        ("mean", items("visits"), 31, 32),
        ("top_box", items("quiet"), 1, 70),
        ("share", items("came", codes=["yes"]), 0, 1.5),
        ("net_promoter", items("recommend"), -100, 101),
        ("adequacy_gap", items("prompt"), -8, 9),
        ("performance_gap", items("worth"), 4, 5),
        ("opportunity", items("worth"), 1, 2),
    ],
)
def test_a_target_can_be_reached(
    method: str, evidence: Document, reachable: float, beyond: float
) -> None:
    for value, code in ((reachable, []), (beyond, [("mapping.out-of-range", "target.value")])):
        checked = mapping(indicator(method=method, evidence=[evidence], target={"value": value}))
        assert found(checked) == [(c, f"indicators.0.{place}") for c, place in code]


def test_a_percentage_is_told_as_the_share_it_means() -> None:
    checked = mapping(indicator(method="top_box", target={"value": 70}))
    (problem,) = check_mapping(checked, PLAN, [instrument()])
    assert "70 percent is 0.7" in problem.message


def test_baseline_and_partial_level_lie_where_the_unit_can_reach() -> None:
    checked = mapping(indicator(target={"value": 4, "partial": 0}, baseline=9))
    assert found(checked) == [
        ("mapping.out-of-range", "indicators.0.target.partial"),
        ("mapping.out-of-range", "indicators.0.baseline"),
    ]


@pytest.mark.parametrize(
    ("direction", "partial", "sound"),
    [
        ("higher", 3, True),
        ("higher", 4, False),
        ("higher", 5, False),
        ("lower", 5, True),
        ("lower", 3, False),
    ],
)
def test_the_partial_level_lies_on_the_way_to_the_target(
    direction: str, partial: float, sound: bool
) -> None:
    target = {"value": 4, "partial": partial}
    checked = mapping(indicator(direction=direction, target=target))
    assert found(checked) == ([] if sound else [("mapping.partial", "indicators.0.target.partial")])


def test_a_baseline_that_is_the_target_leaves_no_way_to_go() -> None:
    checked = mapping(indicator(target={"value": 4}, baseline=4))
    assert found(checked) == [("mapping.baseline", "indicators.0.baseline")]


def test_an_unknown_element_is_named_with_the_nearest() -> None:
    checked = mapping(indicator(), indicator(key="other", element="A.11"))
    (problem,) = check_mapping(checked, PLAN, [instrument()])
    assert (problem.code, problem.where) == ("mapping.unknown-element", "indicators.1.element")
    assert "Did you mean `A.1`" in problem.message


def test_an_indicators_key_stands_for_one_indicator() -> None:
    assert found(mapping(indicator(), indicator())) == [
        ("mapping.duplicate-key", "indicators.1.key")
    ]


def test_a_mapping_belongs_to_its_plan() -> None:
    assert found(mapping(plan="lake")) == [("mapping.plan", "plan")]


@pytest.mark.parametrize(
    ("weights", "where"),
    [
        ({"A.3": 1}, "weights.A.3"),
        ({"A.1": 0, "A.2": 0}, "weights.A.1"),
        ({"A": 0, "B": 0}, "weights.A"),
    ],
)
def test_weights_that_cannot_be_are_named(weights: dict[str, float], where: str) -> None:
    ((_code, place),) = found(mapping(weights=weights))
    assert place == where


def test_one_weight_of_zero_among_others_can_be() -> None:
    assert found(mapping(weights={"A.1": 0})) == []


def test_an_element_whose_indicators_weigh_nothing_is_named() -> None:
    assert found(mapping(indicator(weight=0))) == [("mapping.zero-weights", "indicators.0.weight")]


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (
            [{"element": "A.2", "reason": "x"}, {"element": "A.2", "reason": "y"}],
            ("mapping.duplicate-key", "not_measured.1"),
        ),
        (
            [{"element": "A.9", "reason": "x"}, {"element": "A.2", "reason": "y"}],
            ("mapping.unknown-element", "not_measured.0.element"),
        ),
        (
            [{"level": "goals", "reason": "x"}, {"element": "A.2", "reason": "y"}],
            ("mapping.level", "not_measured.0.level"),
        ),
        (
            [{"element": "A.1", "reason": "x"}, {"element": "A.2", "reason": "y"}],
            ("mapping.measured-and-not", "not_measured.0"),
        ),
        ([{"level": "outcome", "reason": "x"}], ("mapping.measured-and-not", "not_measured.0")),
    ],
)
def test_what_is_not_measured_is_there_once_and_not_measured(
    entries: list[Document], expected: tuple[str, str]
) -> None:
    entries = [*entries, {"element": "B", "reason": "z"}]
    assert found(mapping(not_measured=entries)) == [expected]


class TestCoverage:
    def test_an_element_that_nobody_spoke_of_is_a_warning(self) -> None:
        checked = mapping(not_measured=[{"element": "B", "reason": "x"}])
        (problem,) = check_mapping(checked, PLAN, [instrument()])
        assert (problem.code, problem.severity) == ("mapping.uncovered", "warning")
        assert "A.2" in problem.message
        assert "Bright places" in problem.message

    @pytest.mark.parametrize(
        "entry", [{"element": "A", "reason": "x"}, {"level": "goal", "reason": "x"}]
    )
    def test_what_stands_above_speaks_for_what_is_below(self, entry: Document) -> None:
        checked = mapping(not_measured=[entry])
        assert "A.2" not in {e.code for e in uncovered(checked, PLAN)}

    def test_only_leaves_need_to_be_covered(self) -> None:
        empty = Mapping(plan="river")
        assert [e.code for e in uncovered(empty, PLAN)] == ["A.1", "A.2", "B"]

    def test_a_plan_that_goes_in_circles_does_not_hang(self) -> None:
        circle = Plan.model_validate(
            {
                "key": "o",
                "title": "O",
                "elements": [
                    {"code": "A", "level": "goal", "text": "a", "parent": "B"},
                    {"code": "B", "level": "goal", "text": "b", "parent": "A"},
                    {"code": "C", "level": "goal", "text": "c", "parent": "B"},
                ],
            }
        )
        assert [e.code for e in uncovered(Mapping(plan="o"), circle)] == ["C"]


def test_gaps_between_scales_of_different_length_are_named() -> None:
    scales = [
        {"key": "importance", "label": "Importance", "scale": "agree"},
        {"key": "performance", "label": "Performance", "scale": "nine"},
    ]
    other = instrument(
        [{"key": "worth", "kind": "rating", "text": "Hours", "scales": scales}],
        group_item=None,
        scales=[AGREE, NINE],
    )
    checked = mapping(indicator(method="performance_gap", evidence=[items("worth")]))
    assert [p.code for p in check_mapping(checked, PLAN, [other])] == ["mapping.mixed-scales"]


def test_a_mapping_of_thousands_is_checked_in_seconds() -> None:
    many = [
        indicator(
            key=f"i{n}",
            element=f"X{n}",
            evidence=[items(f"unknown{n}"), items("quiet")],
        )
        for n in range(2_000)
    ]
    plan = Plan.model_validate(
        {
            "key": "river",
            "title": "Plan",
            "elements": [{"code": f"E{n}", "level": "goal", "text": "T"} for n in range(3_000)],
        }
    )
    started = time.perf_counter()
    problems = check_mapping(mapping(*many, not_measured=[]), plan, [instrument()])
    assert time.perf_counter() - started < 20
    assert len(problems) == 2_000 + 2_000 + 3_000
