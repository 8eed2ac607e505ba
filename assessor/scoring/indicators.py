"""One indicator: from its evidence to a score, the same by group, and what goes up the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assessor.domain.folder import LibraryFolder
from assessor.domain.instrument import Column
from assessor.domain.kinds import columns
from assessor.domain.mapping import (
    Indicator,
    ItemEvidence,
    MilestoneEvidence,
    SeriesEvidence,
)
from assessor.domain.scorecard import (
    GroupScore,
    IndicatorScore,
    ItemCounts,
    MissingKind,
    Score,
)
from assessor.scoring.counts import item_counts
from assessor.scoring.estimates import (
    Estimate,
    combine,
    combine_shares,
    estimate_mean,
    estimate_share,
)
from assessor.scoring.frames import NO_GROUP, BoolArray, FloatArray
from assessor.scoring.judging import (
    WITHHELD,
    Rules,
    judged,
    judged_with_groups,
    score_of,
    withheld_score,
)
from assessor.scoring.methods import METHODS, MethodRule, columns_read
from assessor.scoring.over_items import CannotReadError, Range, Values, over_items
from assessor.scoring.samples import Sample, missing_counts
from assessor.scoring.suppression import withheld_groups

NO_GROUP_LABEL = "No group given"


@dataclass(frozen=True, eq=False)
class Measured:
    """An indicator's score and its estimate, which composites need; None where it cannot count."""

    result: IndicatorScore
    estimate: Estimate | None
    range: Range | None
    lower_is_better: bool


@dataclass(frozen=True, eq=False)
class _Reading:
    """What one sample says of an indicator: a value a respondent."""

    sample: Sample
    values: Values
    items: int


def score_indicator(
    card: Indicator,
    folder: LibraryFolder,
    samples: Mapping[str, Sample],
) -> Measured:
    """The score of one indicator over `samples` (by instrument key), never showing few people.

    Several instruments count equally, whatever their numbers of responses. Without answers the
    score says in words why there is none.
    """
    mapping = folder.mapping
    method = METHODS[card.method]
    readings, reasons = _read_all(card, method, samples)
    ranges = [reading.values.range for reading in readings]
    found = ranges[0] if ranges else None
    if any(other != found for other in ranges):
        readings, found = [], None
        reasons = ["Its instruments ask on different scales, which cannot be averaged."]
    lower = card.direction == "lower" or (
        method.unit == "points" and found is not None and found.best_is_low
    )
    rules = Rules(card, method, mapping.minimum_group, mapping.confidence, found, lower)
    score, estimate, groups = _score_readings(rules, readings, reasons)
    items = _items(card, folder, samples)
    result = IndicatorScore(
        indicator=card,
        score=score,
        asked_share=min((item.asked_share for item in items), default=1.0),
        groups=groups,
        items=items,
    )
    return Measured(result, estimate, found, lower)


def _read_all(
    card: Indicator, method: MethodRule, samples: Mapping[str, Sample]
) -> tuple[list[_Reading], list[str]]:
    """What each instrument's sample says, and in words what is missing."""
    readings: list[_Reading] = []
    reasons: list[str] = [] if card.evidence else ["No evidence is tied to this indicator."]
    by_instrument: dict[str, list[ItemEvidence]] = {}
    for evidence in card.evidence:
        match evidence:
            case ItemEvidence():
                by_instrument.setdefault(evidence.instrument, []).append(evidence)
            case SeriesEvidence():
                reasons.append(f"No figures have been entered for “{evidence.series}”.")
            case MilestoneEvidence():
                reasons.append(f"Nothing has been entered for “{evidence.milestone}”.")
    for key, entries in by_instrument.items():
        sample = samples.get(key)
        if method.read is None:
            reasons.append(f"The method {card.method} does not read answers of a questionnaire.")
        elif sample is None or sample.size == 0:
            reasons.append(f"There are no answers to “{key}”.")
        else:
            try:
                items = [method.read(sample, e, owner) for e in entries for owner in e.items]
                shares = [_share(card, sample, e, owner) for e in entries for owner in e.items]
                values = over_items(items, method.least_answered, shares)
            except CannotReadError as reason:
                reasons.append(str(reason))
            else:
                readings.append(_Reading(sample, values, len(items)))
    return readings, reasons


def _share(
    card: Indicator, sample: Sample, evidence: ItemEvidence, owner: str
) -> FloatArray | None:
    """The share of people like each respondent who are asked an item; None where all are."""
    read = _read(card, sample, evidence, owner)
    return next((sample.shares[c.name] for c in read if c.name in sample.shares), None)


def _read(
    card: Indicator, sample: Sample, evidence: ItemEvidence, owner: str
) -> tuple[Column, ...]:
    of_owner = sample.of_owner(owner)
    if not of_owner:
        return ()
    return columns_read(card.method, evidence, sample.instrument_of(of_owner[0]), of_owner)


def _score_readings(
    rules: Rules, readings: Sequence[_Reading], reasons: Sequence[str]
) -> tuple[Score, Estimate | None, tuple[GroupScore, ...]]:
    answered = [r for r in readings if _answered(r) > 0]
    shown = [r for r in answered if min(_answered(r), r.sample.size) >= rules.minimum_group]
    everybody = [np.ones(r.sample.size, dtype=np.bool_) for r in shown]
    estimate = _estimate(rules, shown, everybody)
    if estimate is None:
        if answered:
            return withheld_score(rules, WITHHELD), None, ()
        excluded = _excluded([r for r in readings if r.sample.size >= rules.minimum_group])
        why = " ".join([*reasons, *(["Nobody gave an answer to it."] if readings else [])])
        return score_of(rules, None, excluded, "not_measured", why), None, ()
    groups = _group_scores(rules, shown)
    status, reason = judged_with_groups(rules, estimate, groups)
    notes = list(reasons)
    if len(shown) < len(answered):
        notes.append("An instrument with too few answers is left out.")
    if rules.range is None:
        notes.append("Its numbers have no stated ends, so it does not go up the plan.")
    score = score_of(rules, estimate, _excluded(shown), status, " ".join([reason, *notes]).strip())
    counts = status not in ("not_enough_evidence", "not_measured")
    return score, estimate if counts else None, groups


def _answered(reading: _Reading) -> int:
    return int(np.count_nonzero(~np.isnan(reading.values.values)))


def _estimate(
    rules: Rules, readings: Sequence[_Reading], chosen: Sequence[BoolArray]
) -> Estimate | None:
    """The estimate over the chosen respondents; instruments count equally."""
    found: list[Estimate] = []
    for reading, mask in zip(readings, chosen, strict=True):
        values = np.where(mask, reading.values.values, np.nan)
        weights, key = _weights(reading), reading.sample.instrument.key
        if rules.method.interval == "wilson":
            one = estimate_share(values, weights, rules.level, key, reading.items)
        else:
            one = estimate_mean(values, weights, rules.level, key)
        if one is not None:
            found.append(one)
    if len(found) <= 1:
        return found[0] if found else None
    parts = [(1 / len(found), one) for one in found]
    join = combine_shares if rules.method.interval == "wilson" else combine
    return join(parts, rules.level)


def _weights(reading: _Reading) -> FloatArray | None:
    """The respondents' own weights times what they weigh for the items they were asked."""
    own, of_items = reading.sample.weights, reading.values.weights
    if own is None or of_items is None:
        return of_items if own is None else own
    return own * of_items


def _group_scores(rules: Rules, readings: Sequence[_Reading]) -> tuple[GroupScore, ...]:
    """Every group of the samples read, in the order of the instruments' own lists.

    A code of two instruments is one group, withheld where either has to withhold it.
    """
    codes: dict[str, str] = {}
    withheld: set[str] = set()
    for reading in readings:
        codes |= group_labels(reading.sample)
        sizes = reading.sample.sizes_within(~np.isnan(reading.values.values))
        withheld |= withheld_groups(
            sizes,
            rules.minimum_group,
            already=reading.sample.withheld,
            order=reading.sample.group_sizes(),
        )
    if set(codes) <= {NO_GROUP}:
        return ()
    return tuple(
        GroupScore(group=code, label=label, score=_group_score(rules, readings, code, withheld))
        for code, label in codes.items()
    )


def group_labels(sample: Sample) -> dict[str, str]:
    """Code and label of the groups that have responses: the instrument's order, then by code."""
    labels = {option.code: option.label for option in sample.instrument.groups()}
    present = set(sample.group_codes)
    ordered = [code for code in labels if code in present]
    ordered += sorted(present - set(labels) - {NO_GROUP})
    found = {code: labels.get(code, code) for code in ordered}
    return found | ({NO_GROUP: NO_GROUP_LABEL} if NO_GROUP in present else {})


def _group_score(
    rules: Rules, readings: Sequence[_Reading], code: str, withheld: set[str]
) -> Score:
    if code in withheld:
        return withheld_score(rules, WITHHELD)
    masks = [
        np.array([group == code for group in r.sample.group_codes])[r.sample.groups]
        for r in readings
    ]
    estimate = _estimate(rules, readings, masks)
    if estimate is None:
        return score_of(rules, None, {}, "not_measured", "Nobody in this group gave an answer.")
    excluded = _excluded(readings, masks)
    status, reason = judged(rules, estimate, rules.card.target)
    return score_of(rules, estimate, excluded, status, reason)


def _excluded(
    readings: Sequence[_Reading], masks: Sequence[BoolArray] | None = None
) -> dict[MissingKind, int]:
    total: dict[MissingKind, int] = {}
    for place, reading in enumerate(readings):
        missing = reading.values.missing
        for kind, number in missing_counts(
            missing if masks is None else missing[masks[place]]
        ).items():
            total[kind] = total.get(kind, 0) + number
    return dict(sorted(total.items()))


def _items(
    card: Indicator,
    folder: LibraryFolder,
    samples: Mapping[str, Sample],
) -> tuple[ItemCounts, ...]:
    found: dict[tuple[str, str], ItemCounts] = {}
    for evidence in card.evidence:
        if not isinstance(evidence, ItemEvidence):
            continue
        sample = samples.get(evidence.instrument)
        instrument = folder.instrument(evidence.instrument)
        minimum = folder.mapping.minimum_group
        if sample is not None:
            for owner in evidence.items:
                for column in _read(card, sample, evidence, owner):
                    wave = sample.asked_by[column.name]
                    found[evidence.instrument, column.name] = item_counts(
                        wave.instrument, column, sample, wave.version, minimum
                    )
        elif instrument is not None:
            for owner in evidence.items:
                of_owner = [c for c in columns(instrument) if c.owner == owner]
                for column in columns_read(card.method, evidence, instrument, of_owner):
                    counts = item_counts(instrument, column, None, None, minimum)
                    found[instrument.key, column.name] = counts
    return tuple(found.values())
