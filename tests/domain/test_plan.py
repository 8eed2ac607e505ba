"""A plan is a tree: every code once, every parent there, no circles."""

import pytest

from assessor.domain.plan import Plan, check_plan


def plan(*elements: tuple[str, str | None]) -> Plan:
    return Plan.model_validate(
        {
            "key": "river",
            "title": "Plan",
            "elements": [
                {"code": code, "level": "goal", "text": f"Text of {code}", "parent": parent}
                for code, parent in elements
            ],
        }
    )


TREE = plan(("A", None), ("A.1", "A"), ("B", None), ("A.2", "A"), ("A.1.1", "A.1"))


def test_a_tree_has_no_problem() -> None:
    assert check_plan(TREE) == ()


def test_children_stand_in_the_plans_order() -> None:
    assert [e.code for e in TREE.children(None)] == ["A", "B"]
    assert [e.code for e in TREE.children("A")] == ["A.1", "A.2"]


def test_leaves_are_what_has_nothing_below() -> None:
    assert [e.code for e in TREE.leaves()] == ["B", "A.2", "A.1.1"]


def test_walking_names_parents_before_their_children() -> None:
    assert [(depth, e.code) for depth, e in TREE.walk()] == [
        (0, "A"),
        (1, "A.1"),
        (2, "A.1.1"),
        (1, "A.2"),
        (0, "B"),
    ]


def test_an_element_is_found_by_its_code() -> None:
    found = TREE.element("A.2")
    assert found is not None
    assert found.parent == "A"
    assert TREE.element("C") is None


@pytest.mark.parametrize(
    ("unsound", "expected"),
    [
        (plan(), [("plan.empty", "river")]),
        (plan(("A", None), ("A", None)), [("plan.duplicate-code", "A")]),
        (plan(("A", "Z")), [("plan.unknown-parent", "A")]),
        (plan(("A", "A")), [("plan.circle", "A")]),
        (plan(("A", "B"), ("B", "A")), [("plan.circle", "A"), ("plan.circle", "B")]),
    ],
)
def test_what_is_no_tree_is_named(unsound: Plan, expected: list[tuple[str, str]]) -> None:
    assert [(p.code, p.where) for p in check_plan(unsound)] == expected


def test_an_element_below_a_circle_is_not_blamed_for_it() -> None:
    problems = check_plan(plan(("A", "B"), ("B", "A"), ("C", "B")))
    assert {p.where for p in problems} == {"A", "B"}
