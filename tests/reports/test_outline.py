"""Which elements become headings, rows and counted outcomes."""

from assessor.reports.outline import find, judged, outline, row_depth, rows, same_level, scored_rows
from tests.reports import building, samples


def codes_of_rows(name: str) -> list[str]:
    nodes = outline(samples.SAMPLES[name]())
    return [node.element.code for node in rows(nodes, row_depth(nodes))]


def test_goals_are_the_rows_where_the_plan_speaks_of_goals() -> None:
    assert codes_of_rows("normal") == ["P1.1", "P1.2", "P2.1", "P2.2", "P3.1", "P3.2"]


def test_a_flat_plan_is_a_page_of_its_commitments() -> None:
    assert codes_of_rows("every_unit") == [f"C{number}" for number in range(1, 11)]


def test_many_outcomes_do_not_become_a_page_of_rows() -> None:
    assert len(codes_of_rows("two_hundred_outcomes")) == 10


def test_a_deep_plan_has_few_headings_above_its_rows() -> None:
    assert codes_of_rows("deep") == ["1.1.1"]


def test_a_goal_without_children_is_a_row_beside_deeper_ones() -> None:
    card = building.scorecard(
        (
            building.element("A", "theme", "With goals", building.score()),
            building.element("A.1", "goal", "A goal", building.score(), parent="A"),
            building.element("B", "theme", "Without", building.score()),
        )
    )
    nodes = outline(card)
    assert [n.element.code for n in rows(nodes, row_depth(nodes))] == ["A.1", "B"]


def test_an_element_whose_parent_is_missing_is_shown_all_the_same() -> None:
    lost = building.element("X", "goal", "Lost", building.score(), parent="nowhere")
    assert [n.element.code for n in outline(building.scorecard((lost,)))] == ["X"]


def test_below_a_row_without_a_score_the_nearest_scored_elements_are_compared() -> None:
    found = scored_rows(outline(samples.values_only()))
    assert [node.element.code for node in found] == ["V1.1", "V2"]
    assert same_level(found) == ""


def test_the_way_down_to_an_element_is_found() -> None:
    nodes = outline(samples.normal())
    assert [n.element.code for n in find(nodes, "P2.1.3")] == ["P2", "P2.1", "P2.1.3"]
    assert find(nodes, "P9") == ()


def test_every_outcome_is_judged_once() -> None:
    found = [node.element.code for node in judged(outline(samples.normal()))]
    assert len(found) == len(set(found)) == 18
