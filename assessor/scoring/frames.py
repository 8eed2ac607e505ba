"""Answers as scoring takes them: a wide frame, one row a response, one column an item.

The cells are the stored answers of `domain.answers`: a number or a code, codes of a multiple choice
joined by ";", None for skipped, "NA" for not applicable. A column that is absent was not asked.
Two columns are no items: `group` and `weight`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from assessor.domain.fingerprint import fingerprint_of_bytes
from assessor.domain.instrument import NOT_APPLICABLE, Instrument
from assessor.domain.kinds import Answer, columns
from assessor.scoring.chance import unasked_marks

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

GROUP = "group"
WEIGHT = "weight"
NO_GROUP = ""
"""The group of responses that name none. It counts in suppression like any other."""

NOT_ASKED_CELL = "\x01"
"""Marks one response that was not asked what others were; no stored answer can hold it. (NumPy
drops a NUL at the end of a text, so it could not be that.)"""
NOT_SAMPLED_CELL = "\x02"
"""Marks one response that a sampling did not ask, by chance and for no other reason."""


@dataclass(frozen=True, eq=False)
class WaveAnswers:
    """What one wave brought in to one version, with what is known about it.

    `instrument` is the version that was answered. A wave that went on to the next version comes in
    parts, one a version, which share the same `fielding`; empty: a whole wave by itself.
    `audience` holds the known sizes of its groups, by the group's code. Days are ISO texts, empty
    where unknown.
    """

    instrument: Instrument
    frame: pd.DataFrame
    version: int | None = None
    wave: str = ""
    opens: str | date = ""
    closes: str | date = ""
    invited: int | None = None
    audience: Mapping[str, int] = field(default_factory=dict)
    fielding: str = ""


def whole_waves(waves: Sequence[WaveAnswers]) -> list[list[int]]:
    """The places of the parts of each wave, in the order in which the waves first come."""
    found: dict[object, list[int]] = {}
    for place, wave in enumerate(waves):
        whole = (wave.instrument.key, wave.fielding) if wave.fielding else place
        found.setdefault(whole, []).append(place)
    return list(found.values())


def frame_from_answers(
    instrument: Instrument,
    rows: Sequence[Mapping[str, Answer]],
    groups: Sequence[str | None] | None = None,
    weights: Sequence[float] | None = None,
) -> pd.DataFrame:
    """A wide frame of checked answers, one row a response, in the order given.

    `rows` hold stored answers by column name. A column no row has is left out: it was not asked,
    unless chance could have left it out.
    Where `groups` names none for a response, its answer to the instrument's group item does.
    `weights` are used as given. Raises ValueError where the lengths differ.
    """
    for name, given in ((GROUP, groups), (WEIGHT, weights)):
        if given is not None and len(given) != len(rows):
            raise ValueError(f"{len(rows)} rows, but {len(given)} values of {name}")
    asked = set().union(*rows) if rows else set()
    unasked = unasked_marks(instrument, rows, NOT_ASKED_CELL, NOT_SAMPLED_CELL)
    cells: dict[str, pd.Series] = {
        column.name: pd.Series(
            [
                _cell(row[column.name]) if column.name in row else unasked(number, column)
                for number, row in enumerate(rows)
            ],
            dtype=object,
        )
        for column in columns(instrument)
        if column.name in asked or column.asked_share < 1.0
    }
    named = groups if groups is not None else [None] * len(rows)
    own = [_own_group(instrument, row) for row in rows]
    cells[GROUP] = pd.Series(
        [name or other for name, other in zip(named, own, strict=True)], dtype=object
    )
    if weights is not None:
        cells[WEIGHT] = pd.Series(weights, dtype="float64")
    return pd.DataFrame(cells)


def _cell(answer: Answer) -> int | float | str | None:
    return ";".join(answer) if isinstance(answer, list) else answer


def _own_group(instrument: Instrument, row: Mapping[str, Answer]) -> str | None:
    answer = row.get(instrument.group_item) if instrument.group_item else None
    return answer if isinstance(answer, str) and answer != NOT_APPLICABLE else None


def answer_text(answer: object) -> str:
    """One text for one answer: 4, 4.0 and "4" are the same answer."""
    if isinstance(answer, str):
        return answer
    number = float(answer)  # type: ignore[arg-type]  # numbers of any library come in here
    return str(int(number)) if number.is_integer() else repr(number)


def coded(cells: npt.NDArray[np.object_]) -> tuple[IntArray, tuple[str, ...]]:
    """The distinct answers as texts in sorted order, and the place of each cell among them.

    None and NaN have the place −1.
    """
    places, found = pd.factorize(cells, use_na_sentinel=True)
    texts = [answer_text(answer) for answer in found]
    distinct = sorted(set(texts))
    order = {text: place for place, text in enumerate(distinct)}
    lookup = np.array([*(order[text] for text in texts), -1], dtype=np.int64)
    return lookup[places], tuple(distinct)


def answers_fingerprint(frame: pd.DataFrame) -> str:
    """The SHA-256 of the answers, whatever the order of rows and columns."""
    names = sorted(str(name) for name in frame.columns)
    texts: list[list[str]] = []
    for name in names:
        places, distinct = coded(frame[name].to_numpy(dtype=object))
        lookup = ["", *(f"={text}" for text in distinct)]
        texts.append([lookup[place + 1] for place in places.tolist()])
    # Separators that no stored answer can hold, so that no two frames have one text.
    rows = sorted("\x1f".join(row) for row in zip(*texts, strict=True))
    return fingerprint_of_bytes("\x1e".join(["\x1f".join(names), *rows]).encode())
