"""Progress tells how many answered, and never how many of a small group."""

from hypothesis import given
from hypothesis import strategies as st

from assessor.store.fielding import Group, Progress
from assessor.web.waves.counts import Counts, shown_counts

FEW = "fewer than 5"


def shown(
    counts: dict[str, int], *, nobody: int = 0, sizes: dict[str, int] | None = None
) -> Counts:
    groups = tuple(Group(code, code.title(), (sizes or {}).get(code)) for code in counts)
    by_group: dict[str | None, int] = {code: n for code, n in counts.items() if n}
    if nobody:
        by_group[None] = nobody
    return shown_counts(Progress(sum(by_group.values()), 0, by_group, groups))


def words(counts: Counts) -> list[str]:
    return [group.words for group in counts.groups]


def test_large_groups_are_counted() -> None:
    found = shown({"a": 12, "b": 30}, sizes={"a": 24, "b": 300})
    assert (found.words, words(found)) == ("42", ["12", "30"])
    assert [group.share for group in found.groups] == [0.5, 0.1]
    assert found.share == 42 / 324


def test_a_small_group_is_fewer_than_5_and_has_no_share() -> None:
    found = shown({"a": 4, "b": 1, "c": 30, "d": 2}, sizes={"a": 8, "b": 8, "c": 60, "d": 8})
    assert words(found) == [FEW, FEW, "30", FEW]
    assert [group.share for group in found.groups] == [None, None, 0.5, None]


def test_a_group_that_nobody_is_from_is_small_too() -> None:
    """Or the page would say on which day the only librarian of a branch has answered."""
    assert FEW in words(shown({"a": 0, "b": 30, "c": 40}))


def test_one_small_group_takes_a_larger_one_along() -> None:
    found = shown({"a": 4, "b": 9, "c": 40})
    assert words(found) == [FEW, "not shown", "40"]
    assert found.is_withheld


def test_the_whole_answer_to_several_small_groups_is_not_left_over() -> None:
    """4 + 4 = 8 could be nothing else, were the third group shown."""
    assert "40" not in words(shown({"a": 4, "b": 4, "c": 40}))


def test_a_handful_in_all_is_fewer_than_5_itself() -> None:
    found = shown({"a": 3, "b": 0})
    assert (found.total, found.words, found.share) == (None, FEW, None)
    assert words(found) == [FEW, FEW]


def test_before_the_first_answer_there_is_nothing_to_hide() -> None:
    found = shown({"a": 0, "b": 0})
    assert (found.words, words(found)) == ("none", ["0", "0"])


def test_where_a_size_is_unknown_there_is_no_share_of_all() -> None:
    assert shown({"a": 12, "b": 30}, sizes={"a": 24}).share is None


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 14), min_size=1),
    st.integers(0, 6),
)
def test_subtraction_tells_nothing_of_a_small_group(counts: dict[str, int], nobody: int) -> None:
    found = shown(counts, nobody=nobody)
    if found.total is None or found.total == 0:
        return
    hidden = {
        group.label.lower(): group.words for group in found.groups if not group.words.isdigit()
    }
    rest = found.total - sum(n for code, n in counts.items() if code not in hidden)
    any_few = FEW in hidden.values()
    # What the words alone say of each group, and that nobody need have left the group out.
    least = {code: 5 if any_few and said != FEW else 0 for code, said in hidden.items()}
    most = {code: 4 if said == FEW else rest for code, said in hidden.items()}
    for code in (code for code, said in hidden.items() if said == FEW):
        others = [other for other in hidden if other != code]
        for guess in range(5):
            possible = sum(least[one] for one in others), sum(most[one] for one in others)
            assert possible[0] <= rest - guess <= possible[1], f"{code} cannot be {guess}"


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40), min_size=1))
def test_no_number_under_5_is_ever_shown(counts: dict[str, int]) -> None:
    found = shown(counts)
    if found.total != 0:
        assert all(int(said) >= 5 for said in words(found) if said.isdigit())
    assert found.total is None or found.total == 0 or found.total >= 5
