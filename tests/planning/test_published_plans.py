"""The five published plans beside the repository come out as a careful reader finds them."""

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from assessor.domain.plan import Element
from assessor.planning.read import ReadPlan, read_plan
from tests.planning.invariants import assert_sound

PLANS = ("mit", "caltech", "core", "ala", "imperial")


@cache
def read(path: Path) -> ReadPlan:
    return read_plan(path.read_bytes(), path.name).unwrap()


@pytest.fixture
def truth(shared_folder: Path) -> dict[str, Any]:
    """The counts; the quirks beside them are prose and not always YAML."""
    text = (shared_folder / "plans" / "truth.yaml").read_text("utf-8")
    counts = re.sub(r"(?m)^  quirks:\n(?:    .*\n?)+", "", text)
    return dict(YAML(typ="safe").load(counts))


def plan(shared_folder: Path, name: str) -> ReadPlan:
    return read(shared_folder / "plans" / f"{name}.txt")


def of_level(read: ReadPlan, level: str, parent: str | None = "*") -> list[Element]:
    return [
        e
        for e in read.reading.elements
        if e.level == level and (parent == "*" or e.parent == parent)
    ]


@pytest.mark.parametrize("name", PLANS)
def test_nothing_vanishes_and_nothing_is_in_doubt(shared_folder: Path, name: str) -> None:
    found = plan(shared_folder, name)
    assert_sound(found)
    assert [e for e in found.reading.elements if e.doubt] == []


@pytest.mark.parametrize("name", PLANS)
def test_statements_are_those_of_the_truth(
    shared_folder: Path, truth: dict[str, Any], name: str
) -> None:
    kinds = Counter(s.kind for s in plan(shared_folder, name).reading.statements)
    assert kinds == truth[f"{name}.txt"]["statements"]


def test_caltech_has_outcomes_below_goals_below_priorities(
    shared_folder: Path, truth: dict[str, Any]
) -> None:
    found, expected = plan(shared_folder, "caltech"), truth["caltech.txt"]
    priorities = of_level(found, "priority")
    assert [p.code for p in priorities] == ["DEI", "CP", "PD", "AP"]
    goals = [of_level(found, "goal", p.code) for p in priorities]
    assert [len(g) for g in goals] == expected["goals"]
    assert [[len(of_level(found, "outcome", g.code)) for g in row] for row in goals] == expected[
        "outcomes"
    ]
    assert len(found.reading.elements) == 4 + 8 + 24
    assert found.reading.period == tuple(expected["period"])
    by_code = {e.code: e for e in found.reading.elements}
    assert by_code["DEI.2.3"].text == (
        "We have identified potential pathways for growth for all staff positions."
    )
    assert by_code["AP.2.1"].text.startswith("The Library migrates vulnerable")
    assert by_code["DEI.2.4"].text.endswith("training and development opportunities.")


def test_imperial_has_deliverables_and_context_below_six_priorities(
    shared_folder: Path, truth: dict[str, Any]
) -> None:
    found, expected = plan(shared_folder, "imperial"), truth["imperial.txt"]
    priorities = of_level(found, "priority")
    assert [p.code for p in priorities] == [str(n) for n in range(1, 7)]
    assert [len(of_level(found, "deliverable", p.code)) for p in priorities] == expected[
        "deliverables"
    ]
    assert [len(of_level(found, "context point", p.code)) for p in priorities] == (
        expected["context_points"]
    )
    assert len(of_level(found, "value", None)) == expected["values"]
    assert len(found.reading.elements) == 6 + 33 + 34 + 7
    by_code = {e.code: e for e in found.reading.elements}
    assert by_code["4.4"].text == (
        "We will continue to support the College’s development of blended learning, online-only "
        "programmes and Massive Open Online Courses (MOOCs)"
    )
    assert by_code["1.C3"].text == (
        "The publication and implementation of the College Learning and Teaching Strategy"
    )
    assert by_code["6.3"].text.endswith("new partnership opportunities, where appropriate")
    assert by_code["V2"].text == (
        "We will: listen to our users and endeavour to understand their requirements, putting our "
        "diverse College communities at the centre of our services"
    )


def test_ala_has_goals_and_strategies_side_by_side_in_three_directions(
    shared_folder: Path, truth: dict[str, Any]
) -> None:
    found, expected = plan(shared_folder, "ala"), truth["ala.txt"]
    directions = of_level(found, "direction")
    assert [d.code for d in directions] == ["ADV", "IP", "PLD"]
    for level in ("goal", "strategy", "commitment"):
        plural = {"goal": "goals", "strategy": "strategies", "commitment": "commitments"}[level]
        assert [len(of_level(found, level, d.code)) for d in directions] == expected[plural]
    assert len(of_level(found, "value", None)) == expected["values"]
    assert len(of_level(found, "action area", None)) == expected["action_areas"]
    assert len(found.reading.elements) == 9 + 8 + 3 + 8 + 26 + 21
    by_code = {e.code: e for e in found.reading.elements}
    assert "peer-to-peer, member-to-member learning" in by_code["PLD.S5"].text
    assert by_code["PLD.G5"].text.endswith("formal and informal, managerial and non-managerial.")
    assert by_code["IP.S4"].text.endswith("towards the attainment of ALA information policy goals.")
    assert by_code["PLD.C8"].text.startswith("Recognizing that the professional")
    assert by_code["PLD.C8"].text.endswith("ALA’s Center for the Future of Libraries.")
    assert by_code["AA2"].text.startswith("Diversity: Diversity is a fundamental value")


def test_core_has_values_and_commitments_and_keeps_a_repeated_paragraph_once(
    shared_folder: Path, truth: dict[str, Any]
) -> None:
    found, expected = plan(shared_folder, "core"), truth["core.txt"]
    assert len(of_level(found, "value", None)) == expected["values"]
    commitments = of_level(found, "commitment", None)
    assert len(commitments) == expected["commitments"]
    assert len(found.reading.elements) == 13
    assert commitments[1].text.count("Core will focus on work") == 1
    assert any(p.lines == (29, 29) and "twice" in p.reason for p in found.reading.left_out)


def test_mit_has_values_in_groups_priorities_and_commitments_and_no_memberships(
    shared_folder: Path, truth: dict[str, Any]
) -> None:
    found, expected = plan(shared_folder, "mit"), truth["mit.txt"]
    groups = of_level(found, "value group", None)
    assert len(groups) == expected["values"]["groups"]
    assert [len(of_level(found, "value", g.code)) for g in groups] == expected["values"][
        "statements"
    ]
    assert len(of_level(found, "priority", None)) == expected["priorities"]
    assert len(of_level(found, "commitment", None)) == expected["commitments"]
    assert len(found.reading.elements) == 3 + 14 + 7 + 5
    first = of_level(found, "priority")[0].text
    assert first.startswith("To advance scholarship, research, and knowledge creation")
    assert "we will: Reorient our service portfolio towards" in first
    assert groups[0].text == (
        "The MIT Libraries contribute to a better world … With Openness and Transparency"
    )
