"""The one place where estimates are made: value, standard error, interval.

Every survey method comes down to a weighted mean of one value a respondent, so one formula serves
all. An estimate keeps each respondent's influence on it. Adding influences respondent by respondent
is what gives a composite of several indicators the right error: the same people answered them, and
their covariance is in the sum.

Sums are exact (`math.fsum`), so the order of the responses cannot change a digit.

Sources: Taylor linearisation with replacement, Särndal, Swensson and Wretman (1992) §5.5; Kish
(1965) for the effective sample size; Wilson (1927) for shares; Satterthwaite (1946) for the degrees
of freedom of a sum of independent parts.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
from scipy import special

from assessor.scoring.frames import BoolArray, FloatArray


@dataclass(frozen=True, eq=False)
class Influence:
    """What each respondent of a sample adds to the error of an estimate; 0 for who is not in it.

    The variance is the sum of the squares: the factor n / (n − 1) is in `values` already.
    """

    values: FloatArray
    answered: BoolArray

    @property
    def variance(self) -> float:
        return _sum(self.values * self.values)

    @property
    def degrees_of_freedom(self) -> int:
        return int(np.count_nonzero(self.answered)) - 1


@dataclass(frozen=True, eq=False)
class Estimate:
    """`n` respondents; error and interval are None where one respondent allows none.

    `n_effective` is the size of a simple sample that would know as much. `samples` has the
    influences by sample; samples are independent of one another.
    """

    value: float
    n: int
    n_effective: float
    standard_error: float | None = None
    degrees_of_freedom: float | None = None
    low: float | None = None
    high: float | None = None
    samples: Mapping[str, Influence] = field(default_factory=dict)


def estimate_mean(
    values: FloatArray, weights: FloatArray | None = None, level: float = 0.95, sample: str = ""
) -> Estimate | None:
    """The weighted mean of `values` with a t interval of n − 1 degrees of freedom.

    `values`: one a respondent, NaN where there is none. `weights`: used as given, only their
    proportions matter. Standard error: √(n/(n−1) · Σ (w·(y − mean)/Σw)²), without weights the
    usual s/√n. None where nobody has a value.
    """
    answered = ~np.isnan(values)
    y = values[answered]
    n = len(y)
    if n == 0:
        return None
    w = np.ones(n) if weights is None else weights[answered]
    total = float(n) if weights is None else _sum(w)
    mean = (_sum(y) if weights is None else _sum(w * y)) / total
    n_effective = float(n) if weights is None else total * total / _sum(w * w)
    if n == 1:
        # One respondent says nothing about how far others would differ.
        return Estimate(mean, 1, n_effective, samples={sample: Influence(values * 0.0, answered)})
    spread = np.zeros(len(values))
    spread[answered] = w * (y - mean) / total * math.sqrt(n / (n - 1))
    influence = Influence(spread, answered)
    return _with_t_interval(mean, n, n_effective, {sample: influence}, level)


def estimate_share(
    values: FloatArray,
    weights: FloatArray | None = None,
    level: float = 0.95,
    sample: str = "",
    items: int = 1,
) -> Estimate | None:
    """The weighted share with a Wilson interval on the effective sample size.

    `values`: 0 or 1 a respondent, or over several `items` the share of the items that the
    respondent answered; NaN where there is none. The effective size is Kish's. Several items tell
    more than one: it then grows by p·(1 − p) over the respondents' variance, at most `items` times.
    """
    mean = estimate_mean(values, weights, level, sample)
    if mean is None:
        return None
    n_effective = mean.n_effective
    if items > 1:
        n_effective *= _gain_of_several_items(values, weights, mean.value, items)
    low, high = wilson(mean.value, n_effective, level)
    return replace(mean, n_effective=n_effective, low=low, high=high)


def wilson(share: float, n: float, level: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval of a share among `n` (which need not be whole)."""
    z = float(special.ndtri((1 + level) / 2))
    middle = share + z * z / (2 * n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    below = 1 + z * z / n
    low = 0.0 if share <= 0 else max(0.0, (middle - half) / below)
    high = 1.0 if share >= 1 else min(1.0, (middle + half) / below)
    return low, high


def combine(parts: Sequence[tuple[float, Estimate]], level: float = 0.95) -> Estimate:
    """Σ cₖ·estimateₖ with a t interval.

    Estimates of one sample share its respondents: their influences are added person by person,
    which brings in every covariance. Samples are independent: their variances add, with
    Satterthwaite's degrees of freedom.
    """
    value = math.fsum(share * part.value for share, part in parts)
    samples: dict[str, Influence] = {}
    for share, part in parts:
        for name, influence in part.samples.items():
            known = samples.get(name)
            values = share * influence.values
            samples[name] = (
                Influence(values, influence.answered)
                if known is None
                else Influence(known.values + values, known.answered | influence.answered)
            )
    n = sum(influence.degrees_of_freedom + 1 for influence in samples.values())
    n_effective = 1 / math.fsum(share * share / part.n_effective for share, part in parts)
    if any(part.standard_error is None for _, part in parts):
        return Estimate(value, n, n_effective, samples=samples)
    return _with_t_interval(value, n, n_effective, samples, level)


def combine_shares(parts: Sequence[tuple[float, Estimate]], level: float = 0.95) -> Estimate:
    """`combine` for shares of independent samples: Wilson's interval on the size they add up to."""
    combined = combine(parts, level)
    low, high = wilson(combined.value, combined.n_effective, level)
    return replace(combined, low=low, high=high)


def rescaled(estimate: Estimate, factor: float, shift: float) -> Estimate:
    """The estimate of `factor`·y + `shift`; a negative factor swaps the ends of the interval."""
    ends = sorted(factor * end + shift for end in (estimate.low, estimate.high) if end is not None)
    error = estimate.standard_error
    return replace(
        estimate,
        value=factor * estimate.value + shift,
        standard_error=None if error is None else abs(factor) * error,
        low=ends[0] if len(ends) == 2 else None,
        high=ends[1] if len(ends) == 2 else None,
        samples={
            name: Influence(factor * influence.values, influence.answered)
            for name, influence in estimate.samples.items()
        },
    )


def _with_t_interval(
    value: float, n: int, n_effective: float, samples: Mapping[str, Influence], level: float
) -> Estimate:
    variances = [(i.variance, float(max(i.degrees_of_freedom, 1))) for i in samples.values()]
    variance = math.fsum(v for v, _ in variances)
    if len(variances) == 1 or variance == 0:
        freedom = math.fsum(df for _, df in variances)
    else:
        freedom = variance**2 / math.fsum(v * v / df for v, df in variances)
    error = math.sqrt(variance)
    margin = _t_quantile((1 + level) / 2, freedom) * error
    return Estimate(
        value=value,
        n=n,
        n_effective=n_effective,
        standard_error=error,
        degrees_of_freedom=freedom,
        low=value - margin,
        high=value + margin,
        samples=samples,
    )


def _gain_of_several_items(
    values: FloatArray, weights: FloatArray | None, share: float, items: int
) -> float:
    answered = ~np.isnan(values)
    apart = (values[answered] - share) ** 2
    if weights is None:
        variance = _sum(apart) / len(apart)
    else:
        variance = _sum(weights[answered] * apart) / _sum(weights[answered])
    most = share * (1 - share)
    return min(float(items), max(1.0, most / variance)) if variance > 0 and most > 0 else 1.0


@lru_cache(maxsize=4096)
def _t_quantile(probability: float, freedom: float) -> float:
    return float(special.stdtrit(freedom, probability))


def _sum(values: FloatArray) -> float:
    return math.fsum(values.tolist())
