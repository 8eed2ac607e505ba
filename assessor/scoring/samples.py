"""All responses to one instrument as scoring reads them: coded columns, weights, groups.

Several waves of one instrument are pooled, and so are the versions of one wave, every response
counting alike. A column whose scale another version changed is not pooled: in that part it counts
as not asked.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from assessor.domain.evidence_columns import asked_in, ends_of
from assessor.domain.instrument import NOT_APPLICABLE, Column, Instrument
from assessor.domain.kinds import columns, columns_of
from assessor.domain.readings import all_options
from assessor.domain.scorecard import MissingKind
from assessor.scoring.frames import (
    GROUP,
    NO_GROUP,
    NOT_ASKED_CELL,
    NOT_SAMPLED_CELL,
    WEIGHT,
    FloatArray,
    IntArray,
    WaveAnswers,
    answer_text,
    coded,
    whole_waves,
)
from assessor.scoring.suppression import withheld_groups

ANSWERED, SKIPPED, NOT_APPLICABLE_PLACE, NOT_ASKED, NOT_SAMPLED = 0, -1, -2, -3, -4
MISSING: Mapping[int, MissingKind] = {
    SKIPPED: "skipped",
    NOT_APPLICABLE_PLACE: "not_applicable",
    NOT_ASKED: "not_asked",
    NOT_SAMPLED: "not_sampled",
}


WITH_ENDS = frozenset({"ranking", "constant_sum", "semantic_differential", "slider"})
"""Kinds without a named scale whose answers mean something only between their own ends."""

_MARKS = {
    NOT_APPLICABLE: NOT_APPLICABLE_PLACE,
    NOT_ASKED_CELL: NOT_ASKED,
    NOT_SAMPLED_CELL: NOT_SAMPLED,
}


@dataclass(frozen=True, eq=False)
class CodedColumn:
    """One column's answers: the place of each response's answer among `distinct`.

    Places under 0 are the kinds of missing answers.
    """

    distinct: tuple[str, ...]
    places: IntArray

    @property
    def missing(self) -> IntArray:
        """ANSWERED or the kind of missing answer, one a response."""
        return np.minimum(self.places, ANSWERED)

    def counts(self) -> dict[str, int]:
        answered = self.places[self.places >= 0]
        found = np.bincount(answered, minlength=len(self.distinct))
        return dict(zip(self.distinct, found.tolist(), strict=True))

    def missing_counts(self) -> dict[MissingKind, int]:
        return missing_counts(self.missing)


def missing_counts(missing: IntArray) -> dict[MissingKind, int]:
    """How often which kind of missing answer occurs; kinds that do not occur are left out."""
    found = {name: int(np.count_nonzero(missing == place)) for place, name in MISSING.items()}
    return {name: number for name, number in sorted(found.items()) if number}


@dataclass(frozen=True, eq=False)
class Sample:
    """The pooled responses to one instrument.

    `instrument` is the version of the last wave given. `columns` are its own, and those that only
    older versions asked; `asked_by` has for each the newest version that asks it. `groups` are
    places among `group_codes`; `withheld` are the groups that no score may show. `weights` is None
    where none were given.
    `shares`: for each column that a sampling spreads, the share of people who are asked it, one a
    response, since versions may spread it differently.
    """

    instrument: Instrument
    size: int
    weights: FloatArray | None
    groups: IntArray
    group_codes: tuple[str, ...]
    withheld: frozenset[str]
    columns: Mapping[str, Column]
    asked_by: Mapping[str, WaveAnswers]
    shares: Mapping[str, FloatArray]
    _cells: Mapping[str, npt.NDArray[np.object_]]
    _coded: dict[str, CodedColumn] = field(default_factory=dict)

    def group_sizes(self) -> dict[str, int]:
        """Responses by group."""
        return self.sizes_within(np.ones(self.size, dtype=np.bool_))

    def sizes_within(self, chosen: npt.NDArray[np.bool_]) -> dict[str, int]:
        """How many of the chosen responses each group has."""
        found = np.bincount(self.groups[chosen], minlength=len(self.group_codes))
        return dict(zip(self.group_codes, found.tolist(), strict=True))

    def of_owner(self, owner: str) -> tuple[Column, ...]:
        """The columns of an item or row."""
        return tuple(c for c in self.columns.values() if c.owner == owner)

    def instrument_of(self, column: Column) -> Instrument:
        """The newest version that asks the column."""
        return self.asked_by[column.name].instrument

    def column(self, owner: str, use: str) -> Column | None:
        """The column of one of an item's scales."""
        return next((c for c in self.of_owner(owner) if c.use == use), None)

    def asked_share(self, name: str) -> float:
        """The share of the people who answered here that a sampling let be asked the column."""
        shares = self.shares.get(name)
        return 1.0 if shares is None or not len(shares) else float(np.mean(shares))

    def answers(self, name: str) -> CodedColumn:
        """A column's answers, coded once."""
        if name not in self._coded:
            self._coded[name] = self._code(name)
        return self._coded[name]

    def _code(self, name: str) -> CodedColumn:
        if name not in self._cells:
            return CodedColumn((), np.full(self.size, NOT_ASKED, dtype=np.int64))
        places, distinct = coded(self._cells[name])
        # The marks for missing answers leave the list of answers; the rest closes up.
        kept = [text for text in distinct if text not in _MARKS]
        order = {text: place for place, text in enumerate(kept)} | _MARKS
        lookup = np.array([*(order[text] for text in distinct), SKIPPED], dtype=np.int64)
        return CodedColumn(tuple(kept), lookup[places])


def samples_of(waves: Sequence[WaveAnswers], minimum_group: int) -> dict[str, Sample]:
    """One sample an instrument, by its key. Responses of weight 0 are left out altogether.

    Raises ValueError for weights that are negative, missing or infinite: whoever reads the
    answers checks them.
    """
    by_instrument: dict[str, list[WaveAnswers]] = {}
    for wave in waves:
        by_instrument.setdefault(wave.instrument.key, []).append(wave)
    return {key: _pooled(of_one, minimum_group) for key, of_one in by_instrument.items()}


def group_column(frame: pd.DataFrame) -> list[str]:
    """Each response's group as text; NO_GROUP where it names none."""
    if GROUP not in frame:
        return [NO_GROUP] * len(frame)
    places, found = pd.factorize(frame[GROUP].to_numpy(dtype=object), use_na_sentinel=True)
    texts = [*(answer_text(group) for group in found), NO_GROUP]
    return [texts[place] for place in places.tolist()]


def _pooled(waves: Sequence[WaveAnswers], minimum_group: int) -> Sample:
    instrument = waves[-1].instrument
    known: dict[str, Column] = {}
    asked_by: dict[str, WaveAnswers] = {}
    for wave in reversed(waves):
        for column in columns(wave.instrument):
            if column.name not in known:
                known[column.name], asked_by[column.name] = column, wave
    kept = [counting(wave.frame) for wave in waves]
    cells: dict[str, npt.NDArray[np.object_]] = {}
    for name in known:
        parts = [
            frame[name].to_numpy(dtype=object)
            if _asks_alike(wave, asked_by[name].instrument, known[name], frame)
            else np.full(len(frame), NOT_ASKED_CELL, dtype=object)
            for wave, frame in zip(waves, kept, strict=True)
        ]  # fmt: skip
        if any(name in frame for frame in kept):
            cells[name] = np.concatenate(parts)
    named = [group_column(frame) for frame in kept]
    pooled = [group for groups in named for group in groups]
    codes = tuple(sorted(set(pooled)))
    place = {code: number for number, code in enumerate(codes)}
    # What one wave withholds, all of them together must withhold too: else it is a difference.
    wholes = whole_waves(waves)
    alone = [
        withheld_groups(Counter(group for part in parts for group in named[part]), minimum_group)
        for parts in wholes
    ]
    return Sample(
        instrument=instrument,
        size=len(pooled),
        weights=_pooled_weights(kept, wholes),
        groups=np.array([place[group] for group in pooled], dtype=np.int64),
        group_codes=codes,
        withheld=withheld_groups(Counter(pooled), minimum_group, already=frozenset().union(*alone)),
        columns=known,
        asked_by=asked_by,
        shares=_shares(waves, known, kept),
        _cells=cells,
    )


def _shares(
    waves: Sequence[WaveAnswers], known: Mapping[str, Column], frames: Sequence[pd.DataFrame]
) -> dict[str, FloatArray]:
    """The share of people asked, one a response, of every column that some version spreads."""
    of_wave = [{c.name: c.asked_share for c in columns(wave.instrument)} for wave in waves]
    sampled = {name for shares in of_wave for name in known if shares.get(name, 1.0) < 1.0}
    return {
        name: np.concatenate(
            [
                np.full(len(frame), shares.get(name, 1.0))
                for shares, frame in zip(of_wave, frames, strict=True)
            ]
        )
        for name in known
        if name in sampled
    }


def counting(frame: pd.DataFrame) -> pd.DataFrame:
    """The responses that count: those whose weight is not 0."""
    if WEIGHT not in frame:
        return frame
    weights = frame[WEIGHT].to_numpy(dtype=np.float64)
    if not np.all(np.isfinite(weights)) or np.any(weights < 0):
        raise ValueError("weights must be numbers from 0 up, and every response needs one")
    return frame[weights > 0]


def _asks_alike(
    wave: WaveAnswers, instrument: Instrument, column: Column, frame: pd.DataFrame
) -> bool:
    if column.name not in frame:
        return False
    if wave.instrument is instrument:
        return True
    item = wave.instrument.item(column.item_key)
    of_item = columns_of(wave.instrument, item) if item else ()
    theirs = next((c for c in of_item if c.name == column.name), None)
    if theirs is None or (theirs.kind, theirs.reversed) != (column.kind, column.reversed):
        return False
    if column.kind in WITH_ENDS:
        return _ends(instrument, column) == _ends(wave.instrument, theirs)
    if column.scale is None or theirs.scale is None:
        return column.scale == theirs.scale
    ours, other = instrument.scale(column.scale), wave.instrument.scale(theirs.scale)
    assert ours is not None
    assert other is not None
    return (ours.values, ours.worst, ours.best) == (other.values, other.worst, other.best)


def _ends(instrument: Instrument, column: Column) -> tuple[object, ...]:
    """What an answer in the column is out of: its ends, and what else it was weighed against."""
    codes = {option.code for option in all_options(asked_in(instrument, column))}
    return ends_of(instrument, column), codes


def _pooled_weights(
    frames: Sequence[pd.DataFrame], wholes: Sequence[Sequence[int]]
) -> FloatArray | None:
    """None where no wave has weights. Else each wave's weights have the mean 1, so that waves
    weigh by their responses however their weights were scaled."""
    if not any(WEIGHT in frame for frame in frames):
        return None
    parts: list[FloatArray] = [np.ones(len(frame)) for frame in frames]
    for whole in wholes:
        weighted = [place for place in whole if WEIGHT in frames[place] and len(frames[place])]
        for place in weighted:
            parts[place] = frames[place][WEIGHT].to_numpy(dtype=np.float64)
        if weighted and len(wholes) > 1:
            # The sorted sum: the order of the rows must not reach the last digit.
            together = np.sort(np.concatenate([parts[place] for place in weighted]))
            mean = float(together.sum()) / len(together)
            for place in weighted:
                parts[place] = parts[place] / mean
    return np.concatenate(parts)
