"""The responses of a LimeSurvey archive under our column names.

Nothing that could say who somebody is comes along: tokens, addresses, exact times and the order of
saving stay in the archive.
"""

import re
from collections.abc import Iterable

from assessor.domain.instrument import (
    Calculated,
    DateItem,
    EntryGrid,
    FileItem,
    Instrument,
    Item,
    Number,
    TimeItem,
)
from assessor.domain.kinds import columns as columns_of
from assessor.formats.limesurvey_archive import Document
from assessor.formats.limesurvey_parts import OTHER_CODE
from assessor.formats.limesurvey_places import Place
from assessor.formats.limesurvey_reading import Reading
from assessor.formats.limesurvey_settings import SURVEY

Row = dict[str, object]

_PLAIN = re.compile(r"\d+X\d+X\d+.*")
_BY_ID = re.compile(r"Q(\d+)(?:_(.*))?")
_ABOUT_PEOPLE = ("token", "ipaddr", "refurl", "startdate", "datestamp", "submitdate", "seed", "id")


def read_responses(
    r: Reading, documents: Iterable[Document], instrument: Instrument
) -> tuple[Row, ...]:
    """One row a response: column name → raw value, for the usual check of answers."""
    items = {column.name: instrument.item(column.item_key) for column in columns_of(instrument)}
    found: list[Row] = []
    for document in documents:
        if document.kind.lower() != "responses":
            continue
        lines = document.table("responses", "survey_responses")
        columns = {name: _place(r, name) for line in lines for name in line}
        unfinished = sum("submitdate" not in line for line in lines)
        for line in lines:
            found.append(_row(items, line, columns))
        _report(r, columns, len(lines), unfinished, instrument)
    return tuple(found)


def _place(r: Reading, name: str) -> Place | None:
    if _PLAIN.fullmatch(name):
        return r.places.find(name)
    short = _BY_ID.fullmatch(name)
    return r.places.of_number(short[1], short[2] or "") if short else None


def _row(
    items: dict[str, Item | None], line: dict[str, str], columns: dict[str, Place | None]
) -> Row:
    row: Row = {}
    for name, raw in line.items():
        place = columns[name]
        text = raw.strip()
        if place is None or not text:
            continue
        if place.kind == "chosen":
            if text in {"Y", "1"}:
                chosen = row.setdefault(place.key, [])
                assert isinstance(chosen, list)
                chosen.append(place.code)
        elif place.kind == "rank":
            row[f"{place.key}.{dict(place.codes).get(text, text)}"] = int(place.code)
        else:
            value = _value(items.get(place.key), place, text)
            if value is not None:
                _keep(row, place, value)
    return row


def _keep(row: Row, place: Place, value: object) -> None:
    row[place.key] = value
    owner, _dot, use = place.key.partition(".")
    # The words of "other" say that it was chosen; LimeSurvey keeps no box for it.
    if use == "other" and place.sub == "other":
        chosen = row.setdefault(owner, [])
        if isinstance(chosen, list):
            chosen.append("other")


def _value(item: Item | None, place: Place, text: str) -> object | None:
    if isinstance(item, Calculated | FileItem):
        return None
    if isinstance(item, DateItem):
        return text[:10]
    if isinstance(item, TimeItem):
        return text[11:16] if len(text) > 10 else text[:5]
    is_number = isinstance(item, Number) or (isinstance(item, EntryGrid) and item.entry == "number")
    if is_number or not place.labelled:
        decimal = re.fullmatch(r"(-?\d+)\.0+|(-?\d+\.\d*?[1-9])0+", text)
        if decimal and is_number:
            text = decimal[1] or decimal[2]
    return "other" if text == OTHER_CODE else dict(place.codes).get(text, text)


def _report(
    r: Reading,
    columns: dict[str, Place | None],
    responses: int,
    unfinished: int,
    instrument: Instrument,
) -> None:
    unknown = [name for name, place in columns.items() if place is None]
    people = [name for name in unknown if name in _ABOUT_PEOPLE]
    if people:
        message = (
            "What could say who answered, and when, is not imported: " + ", ".join(people) + "."
        )
        r.tell("lost", SURVEY, "responses", message)
    others = [name for name in unknown if _PLAIN.fullmatch(name) or _BY_ID.fullmatch(name)]
    if others:
        message = "Columns of questions that the survey does not have are not imported."
        r.tell("lost", SURVEY, "responses", message, original=", ".join(others))
    if any(isinstance(item, FileItem) for item in instrument.items()):
        r.tell("lost", SURVEY, "responses", "Files that people sent are not imported.")
    if unfinished:
        message = f"{unfinished} of {responses} responses were begun and not sent; they are kept."
        r.tell("changed", SURVEY, "responses", message)
