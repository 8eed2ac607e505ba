"""The whole chain on one page: a library's definitions and its answers in, a scorecard out.

    waves of answers
      → one sample an instrument: coded columns, weights, groups          samples.py
      → one value a respondent, by the indicator's method                 methods.py
      → estimates: value, standard error, interval, influences            estimates.py
      → scores of indicators, small groups withheld                       indicators.py
      → held against targets: a status                                    judging.py, status.py
      → up the plan by declared weights, with coverage                    rollup.py
      → the scorecard, with fingerprints of all that went in              here

Nothing here reads a clock, a setting or a database, changes its input, or rounds. The same input
gives the same scorecard to the byte, whatever the order of the responses.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import assessor
from assessor.domain.fingerprint import fingerprint
from assessor.domain.folder import LibraryFolder
from assessor.domain.scorecard import Inputs, Scorecard, WaveSource
from assessor.scoring.frames import NO_GROUP, WaveAnswers, answers_fingerprint, whole_waves
from assessor.scoring.indicators import group_labels, score_indicator
from assessor.scoring.rollup import score_elements
from assessor.scoring.samples import Sample, counting, group_column, samples_of
from assessor.scoring.suppression import withheld_groups


def score(folder: LibraryFolder, waves: Sequence[WaveAnswers], *, period: str = "") -> Scorecard:
    """Every score of a plan for a period.

    `folder`: a checked plan, mapping and instruments. `waves`: what was answered, in any order of
    responses; several waves of one instrument, and several versions of one wave, are pooled. An
    instrument without a wave, or with an empty one, leaves its indicators "not measured". `period`
    is a label. Raises ValueError for weights that are no weights.
    """
    plan, mapping = folder.plan, folder.mapping
    samples = samples_of(waves, mapping.minimum_group)
    measured = [score_indicator(card, folder, samples) for card in mapping.indicators]
    plan_score, elements = score_elements(plan, mapping, measured)
    inputs = _inputs(folder, waves)
    return Scorecard(
        plan=plan.key,
        title=plan.title,
        library=plan.library,
        period=period,
        statements=plan.statements,
        minimum_group=mapping.minimum_group,
        waves=tuple(
            _source([waves[place] for place in parts], samples, mapping.minimum_group)
            for parts in whole_waves(waves)
        ),
        plan_score=plan_score,
        elements=elements,
        indicators=tuple(one.result for one in measured),
        inputs=inputs,
        fingerprint=fingerprint(inputs),
    )


def scorecard_bytes(scorecard: Scorecard) -> bytes:
    """The file `scorecard.json`: one text for one scorecard, with numbers in full."""
    return (scorecard.model_dump_json(indent=2) + "\n").encode()


def _source(
    parts: Sequence[WaveAnswers], samples: Mapping[str, Sample], minimum_group: int
) -> WaveSource:
    """One wave; its versions together, since it is a wave whose groups are withheld."""
    newest = parts[-1]
    sample = samples[newest.instrument.key]
    sizes = Counter(code for part in parts for code in group_column(counting(part.frame)))
    named = [code for code in group_labels(sample) if code in sizes]
    if named == [NO_GROUP]:
        named = []
    return WaveSource(
        instrument=newest.instrument.key,
        title=newest.instrument.title,
        version=newest.version,
        versions=_versions(parts, minimum_group),
        wave=newest.wave,
        opens=_day(newest.opens),
        closes=_day(newest.closes),
        responses=sum(len(part.frame) for part in parts),
        invited=newest.invited,
        groups={code: None if code in sample.withheld else sizes[code] for code in named},
        audience=dict(sorted(newest.audience.items())),
    )


def _versions(parts: Sequence[WaveAnswers], minimum_group: int) -> dict[int, int | None]:
    """How many answered which version; nothing where all answered the same."""
    numbers = {part.version: len(part.frame) for part in parts if part.version is not None}
    if len(numbers) < 2:
        return {}
    withheld = withheld_groups({str(n): size for n, size in numbers.items()}, minimum_group)
    return {n: None if str(n) in withheld else numbers[n] for n in sorted(numbers)}


def _day(day: str | date) -> str:
    return day if isinstance(day, str) else day.isoformat()


def _inputs(folder: LibraryFolder, waves: Sequence[WaveAnswers]) -> Inputs:
    instruments = {one.key: one for one in folder.instruments}
    # The version that was fielded decides the scores, not the draft that lies in the folder.
    instruments |= {wave.instrument.key: wave.instrument for wave in waves}
    instruments |= {
        f"{wave.instrument.key}.{wave.version}": wave.instrument
        for wave in waves
        if wave.version is not None and wave.instrument != instruments[wave.instrument.key]
    }
    return Inputs(
        plan=fingerprint(folder.plan),
        mapping=fingerprint(folder.mapping),
        instruments={key: fingerprint(instruments[key]) for key in sorted(instruments)},
        answers=_answers(waves),
        program=assessor.__version__,
    )


def _answers(waves: Sequence[WaveAnswers]) -> Mapping[str, str]:
    """By instrument; where it has several waves, by instrument and the wave's place among them."""
    times = Counter(wave.instrument.key for wave in waves)
    seen: Counter[str] = Counter()
    found: dict[str, str] = {}
    for wave in waves:
        key = wave.instrument.key
        seen[key] += 1
        name = key if times[key] == 1 else f"{key}.{seen[key]}"
        found[name] = answers_fingerprint(wave.frame)
    return dict(sorted(found.items()))
