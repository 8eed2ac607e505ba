"""The whole chain: what goes in is named, and the same input gives the same bytes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.domain.fingerprint import fingerprint
from assessor.domain.kinds import Answer
from assessor.domain.scorecard import Scorecard
from assessor.scoring import score, scorecard_bytes
from tests.scoring.sample_library import (
    CARDS,
    GROUPS,
    PATRONS,
    SAMPLE,
    column,
    folder,
    indicator,
    items,
    patrons,
    staff,
    total,
)

point = st.sampled_from([1, 2, 3, 4, 5, None, "NA"])
response = st.fixed_dictionaries(
    {
        "role": st.sampled_from([*GROUPS, None]),
        "ease": point,
        "calm": st.sampled_from([1, 2, 3, 4, 5, None]),
        "lost": st.sampled_from([1, 2, 3, 4, 5, None]),
        "quiet.minimum": st.sampled_from([1, 5, 9, None]),
        "quiet.perceived": st.sampled_from([2, 5, 8, "NA"]),
        "recommend": st.integers(0, 10),
        "used": st.sampled_from([["help"], ["loans", "help"], ["rooms"], None]),
    }
)
responses = st.lists(response, min_size=6, max_size=40)
weights = st.floats(0.1, 9)


@given(st.lists(st.tuples(response, weights), min_size=6, max_size=40), st.randoms())
@settings(deadline=None, max_examples=40)
def test_the_order_of_responses_changes_no_byte(
    given_responses: list[tuple[dict[str, Answer], float]], random: object
) -> None:
    mixed = list(given_responses)
    random.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    first, second = (
        scorecard_bytes(
            score(folder(*CARDS), [patrons([r for r, _ in rows], None, [w for _, w in rows])])
        )
        for rows in (given_responses, mixed)
    )
    assert first == second


@given(responses)
@settings(deadline=None, max_examples=40)
def test_a_response_twice_says_what_a_weight_of_two_says(rows: list[dict[str, Answer]]) -> None:
    twice = score(folder(*CARDS), [patrons([*rows, rows[0]])])
    double = score(folder(*CARDS), [patrons(rows, None, [2.0, *[1.0] * (len(rows) - 1)])])
    for one, other in zip(twice.indicators, double.indicators, strict=True):
        if not (one.score.suppressed or other.score.suppressed):
            assert one.score.value == pytest.approx(other.score.value, abs=1e-12)


@given(responses)
@settings(deadline=None, max_examples=40)
def test_responses_that_skip_everything_change_only_who_is_left_out(
    rows: list[dict[str, Answer]],
) -> None:
    nothing: dict[str, Answer] = dict.fromkeys(rows[0])
    before = score(folder(*CARDS), [patrons(rows, ["students"] * len(rows))])
    after = score(folder(*CARDS), [patrons([*rows, nothing], ["students"] * (len(rows) + 1))])
    for one, other in zip(before.indicators, after.indicators, strict=True):
        same = {"excluded": {}, "reason": ""}
        assert one.score.model_copy(update=same) == other.score.model_copy(update=same)
    assert before.plan_score == after.plan_score


@given(st.lists(st.sampled_from([1, 2, 3, 4, 5]), min_size=5, max_size=30))
@settings(deadline=None, max_examples=40)
def test_turning_an_item_twice_is_leaving_it(answers: list[Answer]) -> None:
    plain = total(indicator("a", "mean", items("calm")), patrons(column("calm", answers)))
    turned = [6 - answer for answer in answers]  # type: ignore[operator]
    twice = total(indicator("a", "mean", items("lost")), patrons(column("lost", turned)))
    assert plain == twice


def test_the_same_input_gives_the_same_bytes_in_another_process(project_root: Path) -> None:
    script = (
        "import sys; from tests.scoring.sample_library import CARDS, SAMPLE, folder, patrons; "
        "from assessor.scoring import score, scorecard_bytes; "
        "sys.stdout.buffer.write(scorecard_bytes(score(folder(*CARDS), [patrons(SAMPLE)])))"
    )
    found = [
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=project_root,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert found[0] == found[1] == scorecard_bytes(score(folder(*CARDS), [patrons(SAMPLE)]))


def test_a_scorecard_file_is_read_back_as_it_was() -> None:
    result = score(folder(*CARDS), [patrons(SAMPLE)], period="2025")
    data = scorecard_bytes(result)
    assert Scorecard.model_validate_json(data) == result
    assert data.endswith(b"}\n")
    assert json.loads(data)["period"] == "2025"


def test_a_scorecard_names_everything_it_was_computed_from() -> None:
    library = folder(*CARDS)
    result = score(library, [patrons(SAMPLE), staff([])])
    assert result.inputs.plan == fingerprint(library.plan)
    assert result.inputs.mapping == fingerprint(library.mapping)
    assert result.inputs.instruments["patrons"] == fingerprint(PATRONS)
    assert set(result.inputs.answers) == {"patrons", "staff"}
    assert result.fingerprint == fingerprint(result.inputs)
    other = score(library, [patrons(SAMPLE[1:]), staff([])])
    assert other.inputs.answers["patrons"] != result.inputs.answers["patrons"]
    assert other.fingerprint != result.fingerprint


def test_a_changed_group_or_weight_changes_the_fingerprint() -> None:
    def answers_of(**fields: object) -> str:
        wave = patrons(SAMPLE, **fields)  # type: ignore[arg-type]  # one of two lists
        return score(folder(), [wave]).inputs.answers["patrons"]

    plain = answers_of()
    assert answers_of(groups=["staff"] * 60) != plain
    assert answers_of(weights=[1.0] * 60) != plain
    assert answers_of(weights=[2.0] * 60) != answers_of(weights=[1.0] * 60)


def test_no_answers_at_all_give_a_scorecard_that_says_so() -> None:
    for waves in ([], [patrons([]), staff([])]):
        result = score(folder(*CARDS), waves)
        assert {element.score.status for element in result.elements} == {"not_measured"}
        assert all(element.not_measured_reason for element in result.elements)
        assert result.plan_score is not None
        assert result.plan_score.coverage == 0


def test_two_waves_of_one_instrument_are_pooled_and_both_are_named() -> None:
    first, second = patrons(column("ease", [5] * 10)), patrons(column("ease", [4] * 30))
    result = score(folder(indicator()), [first, second])
    assert result.indicators[0].score.value == 4.25
    assert [wave.responses for wave in result.waves] == [10, 30]
    assert set(result.inputs.answers) == {"patrons.1", "patrons.2"}


def test_an_answer_scale_that_another_version_changed_is_not_pooled() -> None:
    agree = PATRONS.scales[0]
    longer = agree.model_copy(update={"points": agree.points[:4], "best": 4})
    older = PATRONS.model_copy(update={"scales": (longer, *PATRONS.scales[1:])})
    first = patrons(column("ease", [4] * 10))
    earlier = type(first)(older, first.frame, version=1)
    found = score(folder(indicator()), [earlier, patrons(column("ease", [5] * 30))])
    assert found.indicators[0].score.value == 5
    assert found.indicators[0].score.excluded == {"not_asked": 10}
