"""Raw exports of Project Outcome and LibQUAL+: their columns are known, so nothing need be matched.

Neither file holds the questions in words that may be reused. The instrument that is suggested says
in our own words what each column asks; whoever imports puts their own wording in its place.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assessor.domain.instrument import (
    Instrument,
    LongTextItem,
    Page,
    RatingMatrix,
    Row,
    Scale,
    ScalePoint,
    ScaleUse,
)
from assessor.formats.responses.column_map import ColumnMap, ColumnUse
from assessor.formats.responses.table import ForeignTable


@dataclass(frozen=True)
class KnownLayout:
    """A layout that was recognised: an instrument to start from, and the map to it."""

    name: str
    instrument: Instrument
    column_map: ColumnMap


def known_layout(table: ForeignTable) -> KnownLayout | None:
    """The layout of a table, by its headers; None where it is neither."""
    return libqual(table) or project_outcome(table)


_FIVE = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree")
_SAID = {
    "strongly disagree": "1",
    "disagree": "2",
    "neither agree nor disagree": "3",
    "neutral": "3",
    "agree": "4",
    "strongly agree": "5",
}
_NOT_APPLICABLE = ("N/A", "NA", "Not applicable", "Not Applicable", "n/a")

_OUTCOMES = (
    ("knowledge", r"learn(ed|t)? something|knowledge", "I came to know something that helps me"),
    ("confidence", r"confiden", "I trust myself more with what this was about"),
    ("application", r"\bappl(y|ied|ication)\b|intend to|put .* to use", "I mean to use it"),
    ("awareness", r"\baware", "I know better what the library offers"),
)
_COMMENTS = (
    ("liked_most", r"lik(e|ed) (the )?(most|best)|most about", "What was best about it?"),
    (
        "could_do",
        r"(what (could|can)|how (could|can)|anything) .*(library|we)\b|could .*improve|suggest",
        "What should the library do next?",
    ),
)


def project_outcome(table: ForeignTable) -> KnownLayout | None:
    """Four statements to agree with, and two comments; at least three statements must be there."""
    words = {header: table.labels.get(header, header) for header in table.headers}
    found: dict[str, str] = {}
    for key, pattern, _text in (*_COMMENTS, *_OUTCOMES):
        for header, said in words.items():
            if header not in found.values() and re.search(pattern, said, re.IGNORECASE):
                found[key] = header
                break
    asked = [row for row in _OUTCOMES if row[0] in found]
    if len(asked) < 3:
        return None
    scale = Scale(
        key="agreement",
        name="Agreement",
        points=tuple(ScalePoint(value=n, label=label) for n, label in enumerate(_FIVE, 1)),
        worst=1,
        best=5,
    )
    rows = tuple(Row(key=key, text=text) for key, _pattern, text in asked)
    matrix = RatingMatrix(
        kind="rating_matrix",
        key="outcomes",
        text="How far do you agree?",
        scale="agreement",
        rows=rows,
        na="Not applicable",
    )
    comments = [
        LongTextItem(kind="long_text", key=key, text=text)
        for key, _pattern, text in _COMMENTS
        if key in found
    ]
    instrument = Instrument(
        key="project_outcome",
        title="After a programme or service",
        scales=(scale,),
        pages=(Page(key="outcomes_page", items=(matrix, *comments)),),
    )
    uses = [
        ColumnUse(
            source=found[key],
            column=key,
            values=_as_written(table, found[key], _SAID),
            not_applicable=_NOT_APPLICABLE,
        )
        for key, _pattern, _text in asked
    ]
    uses += [ColumnUse(source=found[one.key], column=one.key) for one in comments]
    column_map = ColumnMap(
        instrument=instrument.key,
        columns=tuple(uses),
        group=_first(table.headers, r"(survey|programme?|service) ?(type|topic|area|name)|^branch"),
        day=_first(table.headers, r"^(response |program(me)? |end |start )?date|^submitted"),
    )
    return KnownLayout("Project Outcome", instrument, column_map)


def _as_written(table: ForeignTable, header: str, meanings: dict[str, str]) -> dict[str, str]:
    """The values of a column as they are spelt there → what they mean."""
    place = table.headers.index(header)
    there = {row[place].strip() for row in table.rows[:10_000]}
    there |= set(table.values.get(header, {}))
    labels = table.values.get(header, {})
    found = {}
    for value in sorted(there):
        meaning = meanings.get(labels.get(value, value).strip().casefold())
        if meaning is not None and meaning != value:
            found[value] = meaning
    return found


_SCORE = re.compile(
    r"^\W*(?:(?P<before>min\w*|des\w*|per\w*|act\w*)[\W_]+)?"
    r"(?P<dimension>as|ic|lp|pd|ln|local|q|item)[\W_]*(?P<number>\d{1,2})"
    r"(?:[\W_]*(?P<after>min\w*|des\w*|per\w*|act\w*))?(?:[\W_]*(?:mean|score|rating))?\W*$",
    re.IGNORECASE,
)
_LEVELS = {"min": "minimum", "des": "desired", "per": "perceived", "act": "perceived"}
_DIMENSIONS = {"as": "Service", "ic": "Information", "lp": "Place"}
_USES = (
    ("minimum", "The least I would put up with"),
    ("desired", "What I would wish for"),
    ("perceived", "What I find here"),
)


def libqual(table: ForeignTable) -> KnownLayout | None:
    """Three scores for each statement, from 1 to 9; at least two whole statements must be there."""
    found: dict[str, dict[str, str]] = {}
    for header in table.headers:
        match = _SCORE.match(header.strip())
        level = (
            _LEVELS.get(((match["before"] or match["after"] or "")[:3]).lower()) if match else None
        )
        if match is None or level is None:
            continue
        key = f"{match['dimension'].lower()}_{int(match['number'])}"
        found.setdefault(key, {}).setdefault(level, header)
    whole = {key: one for key, one in found.items() if len(one) == len(_USES)}
    if len(whole) < 2:
        return None
    scale = Scale(
        key="one_to_nine",
        name="1 to 9",
        points=tuple(ScalePoint(value=n) for n in range(1, 10)),
        worst=1,
        best=9,
    )
    rows = tuple(Row(key=key, text=_statement(key)) for key in whole)
    matrix = RatingMatrix(
        kind="rating_matrix",
        key="service_quality",
        text="For each statement: the least, the wished for, and what you find",
        scales=tuple(ScaleUse(key=key, label=label, scale="one_to_nine") for key, label in _USES),
        rows=rows,
        na="Does not apply",
    )
    instrument = Instrument(
        key="service_quality_survey",
        title="Quality of service: minimum, desired, perceived",
        scales=(scale,),
        pages=(Page(key="statements", items=(matrix,)),),
    )
    uses = tuple(
        ColumnUse(source=header, column=f"{key}.{level}", not_applicable=_NOT_APPLICABLE)
        for key, levels in whole.items()
        for level, header in levels.items()
    )
    column_map = ColumnMap(
        instrument=instrument.key,
        columns=uses,
        missing=("-1", "0", ".", "99", "-99"),
        group=_first(table.headers, r"^user[\W_]?(group|type|status)|^position|^role"),
        day=_first(table.headers, r"date|completed|submitted"),
        weight=_first(table.headers, r"^weight"),
    )
    return KnownLayout("LibQUAL+", instrument, column_map)


def _statement(key: str) -> str:
    dimension, _, number = key.partition("_")
    return f"{_DIMENSIONS.get(dimension, dimension.upper())}, statement {number}"


def _first(headers: Sequence[str], pattern: str) -> str | None:
    return next(
        (header for header in headers if re.search(pattern, header.strip(), re.IGNORECASE)), None
    )
