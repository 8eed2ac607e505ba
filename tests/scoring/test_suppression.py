"""No reader can tell what one of few people answered, also not by subtraction."""

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.domain.kinds import Answer
from assessor.domain.scorecard import IndicatorScore
from assessor.scoring import score
from assessor.scoring.suppression import withheld_groups
from tests.scoring.sample_library import (
    GROUPS,
    by_group,
    column,
    folder,
    indicator,
    items,
    patrons,
    scored,
    staff,
    total,
)


def test_a_small_group_takes_the_next_smallest_with_it() -> None:
    assert withheld_groups({"a": 3, "b": 40, "c": 9}, 5) == {"a", "c"}


def test_two_small_groups_that_hide_each_other_take_nobody_with_them() -> None:
    assert withheld_groups({"a": 3, "b": 4, "c": 9}, 5) == {"a", "b"}


def test_two_very_small_groups_take_a_third_with_them() -> None:
    assert withheld_groups({"a": 1, "b": 2, "c": 9, "d": 20}, 5) == {"a", "b", "c"}


def test_one_group_with_answers_does_not_hide_behind_one_without() -> None:
    assert withheld_groups({"a": 0, "b": 8, "c": 20}, 5, already={"a", "b"}) == {"a", "b", "c"}


def test_who_joins_a_small_group_is_chosen_by_the_sizes_in_the_wave() -> None:
    """All indicators then choose alike, and no two of them can be played against each other."""
    rows = column("ease", [4] * 4 + [None] * 6 + [4] * 11 + [None] + [4] * 10 + [None] * 30)
    groups = ["alumni"] * 10 + ["visitors"] * 12 + ["students"] * 40
    found = by_group(scored(indicator(), patrons(rows, groups)))
    assert {g for g, s in found.items() if s.score.suppressed} == {"alumni", "visitors"}


def test_a_group_of_two_instruments_is_withheld_where_either_has_to() -> None:
    card = indicator("one", "mean", items("ease"), items("heard", instrument="staff"))
    groups = ["staff"] * 4 + ["alumni"] * 8 + ["students"] * 20
    first = patrons(column("ease", [4] * 32), groups)
    second = staff(column("heard", [4] * 30), ["staff"] * 15 + ["students"] * 15)
    found = by_group(scored(card, first, second))
    assert {g for g, s in found.items() if s.score.suppressed} == {"staff", "alumni"}
    assert found["students"].score.n == 35


def test_large_groups_are_all_shown_and_an_empty_one_hides_nobody() -> None:
    assert withheld_groups({"a": 5, "b": 40}, 5) == frozenset()
    assert withheld_groups({"a": 0, "b": 40}, 5) == frozenset()
    assert withheld_groups({"a": 0, "b": 4, "c": 40}, 5) == {"b", "c"}


def test_a_withheld_group_shows_nothing_at_all() -> None:
    rows = column("ease", [5] * 4 + [3] * 8 + [4] * 20)
    groups = ["staff"] * 4 + ["alumni"] * 8 + ["students"] * 20
    hidden = by_group(scored(indicator(target=3), patrons(rows, groups)))["staff"].score
    assert hidden.suppressed
    assert (hidden.value, hidden.low, hidden.high, hidden.n, hidden.unit_value) == (None,) * 5
    assert (hidden.standard_error, hidden.degrees_of_freedom, hidden.excluded) == (None, None, {})
    assert "8" not in hidden.reason


def test_too_few_answers_in_all_are_withheld_in_all() -> None:
    score = total(indicator(target=3), patrons(column("ease", [5] * 4 + [None] * 20)))
    assert score.suppressed
    assert (score.value, score.n, score.excluded) == (None, None, {})


def test_a_group_that_is_small_in_the_wave_is_withheld_from_every_indicator() -> None:
    """Else its members would show up in the indicator where another group is smaller still."""
    rows: list[dict[str, Answer]] = [{"ease": 4, "calm": 3}] * 40
    groups = ["students"] * 20 + ["alumni"] * 4 + ["visitors"] * 7 + ["staff"] * 9
    result = score(
        folder(indicator("a"), indicator("b", "mean", items("calm"))), [patrons(rows, groups)]
    )
    for one in result.indicators:
        assert {g for g, s in by_group(one).items() if s.score.suppressed} == {"alumni", "visitors"}
    assert result.waves[0].groups == {
        "students": 20, "staff": 9, "visitors": None, "alumni": None,
    }  # fmt: skip


def test_responses_without_a_group_cannot_be_used_to_subtract() -> None:
    rows = column("ease", [4] * 30)
    groups = [*["students"] * 20, *["alumni"] * 8, *[None] * 2]
    found = by_group(scored(indicator(), patrons(rows, groups)))
    assert found[""].label == "No group given"
    assert {g for g, s in found.items() if s.score.suppressed} == {"", "alumni"}


def test_waves_pooled_and_apart_give_nothing_by_subtraction() -> None:
    first = patrons(column("ease", [4] * 30), ["students"] * 20 + ["alumni"] * 3 + ["staff"] * 7)
    second = patrons(column("ease", [4] * 30), ["students"] * 10 + ["alumni"] * 10 + ["staff"] * 10)
    result = score(folder(indicator()), [first, second])
    assert result.indicators[0].score.n == 60
    assert by_group(result.indicators[0])["alumni"].score.suppressed
    for wave in result.waves:
        assert wave.groups["alumni"] is None


def test_a_handful_of_one_instrument_is_not_shown_by_what_it_adds_to_another() -> None:
    card = indicator("one", "mean", items("ease"), items("heard", instrument="staff"))
    few = staff(column("heard", [1, 1, 1]))
    found = total(card, patrons(column("ease", [4, 5] * 10)), few)
    assert found.value == 4.5
    assert found.n == 20
    assert "too few" in found.reason


answers = st.sampled_from([1, 2, 3, 4, 5, None, "NA"])
responses = st.lists(
    st.tuples(st.sampled_from([*GROUPS, None]), answers, answers), min_size=1, max_size=60
)


@given(responses)
@settings(deadline=None, max_examples=150)
def test_subtracting_what_is_shown_from_the_total_gives_no_small_group(
    given_responses: list[tuple[str | None, Answer, Answer]],
) -> None:
    rows = [{"ease": ease, "calm": calm} for _, ease, calm in given_responses]
    groups = [group for group, _, _ in given_responses]
    cards = (indicator("a"), indicator("b", "scale", items("ease", "calm")))
    result = score(folder(*cards), [patrons(rows, groups)])
    for one in result.indicators:
        attack(one, true_sizes(one.indicator.key, given_responses))
    sizes = {group or "": 0 for group in groups}
    for group in groups:
        sizes[group or ""] += 1
    shown = {g: n for g, n in result.waves[0].groups.items() if n is not None}
    left = {g: n for g, n in sizes.items() if g not in shown}
    if shown:
        safe(left)


def true_sizes(
    key: str, given_responses: list[tuple[str | None, Answer, Answer]]
) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for group, ease, calm in given_responses:
        counts = isinstance(ease, int) or (key == "b" and isinstance(calm, int))
        sizes[group or ""] = sizes.get(group or "", 0) + counts
    return sizes


def attack(one: IndicatorScore, sizes: Mapping[str, int]) -> None:
    n = one.score.n
    if one.score.suppressed or not n:
        assert all(g.score.value is None for g in one.groups)
        return
    assert n >= 5
    shown = {g.group: g.score.n for g in one.groups if not g.score.suppressed}
    for group, size in shown.items():
        assert size == sizes[group]
        assert size == 0 or size >= 5
    left = {group: size for group, size in sizes.items() if group not in shown}
    assert n - sum(size or 0 for size in shown.values()) == sum(left.values())
    if one.groups and any(shown.values()):
        safe(left)


def safe(left: Mapping[str, int]) -> None:
    """What remains after subtraction is nobody, or several groups of enough people together."""
    if left:
        assert sum(left.values()) >= 5
        assert sum(size > 0 for size in left.values()) >= 2
