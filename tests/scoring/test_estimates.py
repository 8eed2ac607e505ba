"""Estimates against statistics that others computed, and the laws they must keep."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest

from assessor.scoring.estimates import (
    Estimate,
    combine,
    estimate_mean,
    estimate_share,
    rescaled,
    wilson,
)
from assessor.scoring.frames import FloatArray

REFERENCES = Path(__file__).parent.parent / "references"


def table(name: str) -> list[dict[str, str]]:
    with (REFERENCES / name).open(newline="") as file:
        return list(csv.DictReader(file))


def numbers(rows: list[dict[str, str]], column: str) -> FloatArray:
    return np.array([float(r[column]) if r[column] not in ("", "NA") else np.nan for r in rows])


def close(found: float | None, expected: str | float, tolerance: float = 1e-9) -> bool:
    return found is not None and math.isclose(found, float(expected), rel_tol=tolerance)


def test_weighted_means_errors_and_intervals_are_those_of_r_survey() -> None:
    rows = table("schools.csv")
    expected = table("schools_expected.csv")
    assert {row["term"] for row in expected} == {"api00", "lik", "top2", "npsval"}
    for row in expected:
        found = estimate_mean(numbers(rows, row["term"]), numbers(rows, "weight"))
        assert found is not None
        assert close(found.value, row["estimate"])
        assert close(found.standard_error, row["se"])
        assert close(found.low, row["ci_lo"])
        assert close(found.high, row["ci_hi"])
        assert found.degrees_of_freedom == float(row["df"])


def test_every_mean_of_the_two_designs_without_population_is_that_of_r(shared_folder: Path) -> None:
    folder = shared_folder / "oracles" / "r-survey"
    checked = 0
    with (folder / "api_oracle.csv").open(newline="") as file:
        oracle = list(csv.DictReader(file))
    for design, name in (("srs_nofpc", "apisrs.csv"), ("wonly", "apistrat.csv")):
        with (folder / name).open(newline="") as file:
            rows = list(csv.DictReader(file))
        for row in oracle:
            term = row["term"]
            if row["design"] != design or row["stat"] not in (f"mean:{term}", "mean:multi"):
                continue
            found = estimate_mean(numbers(rows, term), numbers(rows, "pw"))
            assert found is not None
            assert close(found.value, row["estimate"]), (design, term)
            assert close(found.standard_error, row["se"]), (design, term)
            assert close(found.low, row["ci_lo"]), (design, term)
            assert close(found.high, row["ci_hi"]), (design, term)
            checked += 1
    assert checked == 16


def test_unweighted_means_and_shares_with_missing_answers_are_those_of_psych() -> None:
    rows = table("conscientious.csv")
    expected = {(r["term"], r["stat"]): r["value"] for r in table("conscientious_expected.csv")}
    for item in ("C1", "C2", "C3"):
        answers = numbers(rows, item)
        mean = estimate_mean(answers)
        top = estimate_share(np.where(np.isnan(answers), np.nan, (answers >= 5).astype(float)))
        assert mean is not None
        assert mean.standard_error is not None
        assert top is not None
        assert mean.n == float(expected[item, "n"])
        assert close(mean.value, expected[item, "mean"])
        assert close(mean.standard_error * math.sqrt(mean.n), expected[item, "sd"])
        assert close(mean.low, expected[item, "mean_t_lo"])
        assert close(mean.high, expected[item, "mean_t_hi"])
        assert close(top.value, expected[item, "top2box"])
        assert close(top.low, expected[item, "top2box_wilson_lo"])
        assert close(top.high, expected[item, "top2box_wilson_hi"])


def test_net_promoter_scores_are_those_of_r_with_and_without_weights() -> None:
    rows = table("promoters.csv")
    expected = {row["stat"]: row["value"] for row in table("promoters_expected.csv")}
    answers = numbers(rows, "score")
    values = np.where(answers >= 9, 100.0, np.where(answers <= 6, -100.0, 0.0))
    plain = estimate_mean(values)
    weighted = estimate_mean(values, numbers(rows, "w"))
    assert plain is not None
    assert weighted is not None
    assert close(plain.value, expected["nps"])
    assert close(plain.standard_error, expected["se_n_minus_1"])
    assert close(plain.low, expected["t_lo"])
    assert close(plain.high, expected["t_hi"])
    assert close(weighted.value, expected["w_nps"])
    assert close(weighted.standard_error, expected["w_se"])
    assert close(weighted.low, expected["w_lo"])
    assert close(weighted.high, expected["w_hi"])


@pytest.mark.parametrize(
    ("yes", "n", "low", "high"), [(195, 201, 0.936, 0.986), (183, 201, 0.863, 0.943)]
)
def test_wilson_intervals_are_those_printed_for_an_outcome_survey(
    yes: int, n: int, low: float, high: float
) -> None:
    found = wilson(yes / n, n)
    assert (round(found[0], 3), round(found[1], 3)) == (low, high)


def test_a_share_of_nobody_or_everybody_keeps_an_interval_and_its_end() -> None:
    none = estimate_share(np.zeros(20))
    everybody = estimate_share(np.ones(20))
    assert none is not None
    assert everybody is not None
    assert none.low == 0
    assert none.high is not None
    assert 0.1 < none.high < 0.2
    assert everybody.high == 1
    assert everybody.low == pytest.approx(1 - none.high)


def test_a_weighted_share_has_wilsons_interval_on_kishs_size() -> None:
    weights = np.array([1.0, 1.0, 1.0, 1.0, 4.0, 4.0])
    found = estimate_share(np.array([1.0, 0, 1, 0, 1, 0]), weights)
    assert found is not None
    kish = 12**2 / (4 + 32)
    assert found.n == 6
    assert found.n_effective == pytest.approx(kish)
    assert (found.low, found.high) == wilson(0.5, kish)


def test_several_items_tell_more_than_one_and_never_more_than_all_of_them() -> None:
    alike = np.array([0.0, 1.0] * 20)
    apart = np.full(40, 0.5)
    assert_size(estimate_share(alike, items=2), 40)
    assert_size(estimate_share(np.array([0.0, 0.5, 0.5, 1.0] * 10), items=2), 80)
    # Everybody said yes to just one of two: no spread at all, yet not beyond doubt.
    assert_size(estimate_share(np.append(apart, [0.0, 1.0]), items=2), 84)


def assert_size(found: Estimate | None, size: float) -> None:
    assert found is not None
    assert found.n_effective == pytest.approx(size)


def test_a_composite_of_two_indicators_is_the_estimate_of_the_persons_own_mean() -> None:
    """With nobody missing, adding influences equals averaging first: that is the covariance."""
    random = np.random.default_rng(7)
    a = random.normal(size=50)
    b = 0.8 * a + random.normal(size=50)
    first, second = estimate_mean(a), estimate_mean(b)
    both = estimate_mean(0.25 * a + 0.75 * b)
    assert first is not None
    assert second is not None
    assert both is not None
    found = combine([(0.25, first), (0.75, second)])
    assert found.value == pytest.approx(both.value)
    assert found.standard_error == pytest.approx(both.standard_error, rel=1e-12)
    assert found.low == pytest.approx(both.low)
    assert found.degrees_of_freedom == 49
    # Had the two been taken as independent, the error would have come out too small.
    assert first.standard_error is not None
    assert second.standard_error is not None
    apart = math.hypot(0.25 * first.standard_error, 0.75 * second.standard_error)
    assert found.standard_error is not None
    assert found.standard_error > 1.1 * apart


def test_independent_samples_add_their_variances_with_satterthwaites_freedom() -> None:
    first = estimate_mean(np.array([1.0, 2, 3, 4, 5]), sample="patrons")
    second = estimate_mean(np.array([2.0, 2, 3, 5, 5, 5, 1]), sample="staff")
    assert first is not None
    assert second is not None
    found = combine([(1.0, first), (-1.0, second)])
    assert first.standard_error is not None
    assert second.standard_error is not None
    assert found.standard_error == pytest.approx(
        math.hypot(first.standard_error, second.standard_error)
    )
    a, b = first.standard_error**2, second.standard_error**2
    assert found.degrees_of_freedom == pytest.approx((a + b) ** 2 / (a**2 / 4 + b**2 / 6))
    assert found.n == 12


def test_weights_matter_only_by_their_proportions() -> None:
    values, weights = np.array([1.0, 4, 5, 2]), np.array([1.0, 2, 3, 0.5])
    first, second = estimate_mean(values, weights), estimate_mean(values, weights * 1000)
    assert first is not None
    assert second is not None
    assert first.value == pytest.approx(second.value, rel=1e-14)
    assert first.standard_error == pytest.approx(second.standard_error, rel=1e-14)


def test_nobody_gives_no_estimate_and_one_person_no_error() -> None:
    assert estimate_mean(np.array([np.nan, np.nan])) is None
    assert estimate_mean(np.array([])) is None
    one = estimate_mean(np.array([3.0, np.nan]))
    assert one is not None
    assert (one.value, one.n, one.standard_error, one.low) == (3.0, 1, None, None)


def test_a_turned_estimate_swaps_its_ends_and_keeps_its_error() -> None:
    found = estimate_mean(np.array([1.0, 2, 4]))
    assert found is not None
    turned = rescaled(found, -2, 10)
    assert turned.value == 10 - 2 * found.value
    assert found.low is not None
    assert found.high is not None
    assert found.standard_error is not None
    assert (turned.low, turned.high) == (10 - 2 * found.high, 10 - 2 * found.low)
    assert turned.standard_error == 2 * found.standard_error
    assert combine([(1.0, turned)]).standard_error == pytest.approx(turned.standard_error)
