"""A first guess at a map: by names, by the questions' words, by the labels of values.

Nobody should match two hundred columns by hand, and nobody should trust a guess: a person sees and
corrects it, and what is not alike enough is left open.
"""

import difflib
import re
from collections.abc import Mapping, Sequence

from assessor.domain.instrument import Column, Instrument, Item, Option
from assessor.domain.kinds import columns, na_label
from assessor.domain.readings import all_options
from assessor.formats.foreign_scales import is_not_applicable
from assessor.formats.responses.column_map import ColumnMap, ColumnUse

ALIKE = 0.8
MOST_COMPARED = 400

_DAYS = (
    "date",
    "day",
    "recordeddate",
    "enddate",
    "startdate",
    "submitdate",
    "datestamp",
    "timestamp",
)
_WEIGHTS = ("weight", "weights", "wt", "wgt", "surveyweight", "finalweight")
_GROUPS = ("group", "usergroup", "audience", "patrongroup")
_TICKED = ("1", "y", "yes", "true", "x", "checked", "selected", "quoted")
_MISSING = ("-99", "-98", "-97", "-999", "999", "NULL", "#NULL!", "n.a.", ".")


def suggest_map(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    instrument: Instrument,
    *,
    labels: Mapping[str, str] | None = None,
    values: Mapping[str, Mapping[str, str]] | None = None,
    missing: Mapping[str, Sequence[str]] | None = None,
) -> ColumnMap:
    """The likeliest map. `rows` is a sample; `labels`, `values`, `missing` as in ForeignTable."""
    said = labels or {}
    wanted = columns(instrument)
    found: dict[str, tuple[Column, str | None]] = {}
    taken: set[tuple[str, str | None]] = set()
    for header in headers:
        match = _by_name(header, wanted, instrument)
        if match and (match[0].name, match[1]) not in taken:
            found[header] = match
            taken.add((match[0].name, match[1]))
    used = {name for name, _choice in taken}
    open_headers = [header for header in headers if header not in found][:MOST_COMPARED]
    open_columns = [column for column in wanted if column.name not in used][:MOST_COMPARED]
    found |= _by_words(open_headers, open_columns, said, instrument)
    samples = {h: _distinct(rows, i) for i, h in enumerate(headers)}
    uses = tuple(
        _use(
            h,
            *found[h],
            instrument,
            samples[h],
            (values or {}).get(h, {}),
            (missing or {}).get(h, ()),
        )
        for h in headers
        if h in found
    )
    rest = [header for header in headers if header not in found]
    return ColumnMap(
        instrument=instrument.key,
        columns=uses,
        group=_named(rest, _GROUPS) or _group_source(uses, instrument),
        day=_named(rest, _DAYS),
        weight=_named(rest, _WEIGHTS),
    )


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", text.lower())


def _named(headers: Sequence[str], names: Sequence[str]) -> str | None:
    by_name = {_plain(header): header for header in reversed(headers)}
    return next((by_name[name] for name in names if name in by_name), None)


def _group_source(uses: Sequence[ColumnUse], instrument: Instrument) -> str | None:
    """The column that answers the item of groups, where the file has no other."""
    return next((use.source for use in uses if use.column == instrument.group_item), None)


def _by_name(
    header: str, wanted: Sequence[Column], instrument: Instrument
) -> tuple[Column, str | None] | None:
    """The column of the same name, in any case and with any marks; or one choice of several."""
    exact = next((column for column in wanted if column.name == header), None)
    if exact:
        return exact, None
    plain = _plain(header)
    alike = next((column for column in wanted if plain and _plain(column.name) == plain), None)
    if alike:
        return alike, None
    for column in wanted:
        if column.kind not in {"multiple_choice", "choice_matrix"} or column.use:
            continue
        if plain.startswith(_plain(column.name)):
            item = instrument.item(column.item_key)
            for option in all_options(item) if item else ():
                if plain == _plain(f"{column.name}_{option.code}"):
                    return column, option.code
    return None


def _by_words(
    headers: Sequence[str],
    wanted: Sequence[Column],
    labels: Mapping[str, str],
    instrument: Instrument,
) -> dict[str, tuple[Column, str | None]]:
    """By how alike the words are, the most alike first, each column once."""
    ranked: list[tuple[float, int, int, str | None]] = []
    targets = [(n, column, None, column.text) for n, column in enumerate(wanted)]
    more = [
        (n, column, option.code, f"{column.text} - {option.label}")
        for n, column in enumerate(wanted)
        if column.kind == "multiple_choice" and not column.use
        for option in _options(instrument, column)
    ]
    for h, header in enumerate(headers):
        words = _words(labels.get(header, header))
        if len(words) < 4:
            continue
        for n, _column, choice, text in [*targets, *more]:
            matcher = difflib.SequenceMatcher(None, words, _words(text), autojunk=False)
            if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE:
                ranked.append((matcher.ratio(), -h, -n, choice))
    found: dict[str, tuple[Column, str | None]] = {}
    taken: set[tuple[int, str | None]] = set()
    for ratio, h, n, choice in sorted(ranked, key=lambda one: one[:3], reverse=True):
        header = headers[-h]
        if ratio >= ALIKE and header not in found and (n, choice) not in taken:
            found[header] = (wanted[-n], choice)
            taken.add((n, choice))
    return found


def _options(instrument: Instrument, column: Column) -> Sequence[Option]:
    item = instrument.item(column.item_key)
    return all_options(item) if item else ()


def _words(text: str) -> str:
    clean = re.sub(r"\s*-\s*Selected Choice\s*-?\s*", " - ", text)
    return " ".join(re.sub(r"[^\w\s]", " ", clean.lower()).split())[:400]


def _distinct(rows: Sequence[Sequence[str]], place: int, most: int = 100) -> list[str]:
    found: dict[str, None] = {}
    for row in rows:
        if place < len(row) and row[place].strip():
            found.setdefault(row[place].strip())
            if len(found) >= most:
                break
    return list(found)


def _use(
    header: str,
    column: Column,
    choice: str | None,
    instrument: Instrument,
    sample: Sequence[str],
    labels: Mapping[str, str],
    missing: Sequence[str],
) -> ColumnUse:
    """What the values of a column mean, as far as it can be told."""
    if choice is not None:
        own = {option.label.casefold() for option in _options(instrument, column)}
        ticked = tuple(
            value
            for value in sample
            if value.casefold() in _TICKED or value == choice or value.casefold() in own
        )
        return ColumnUse(
            source=header,
            column=column.name,
            choice=choice,
            ticked=ticked or ("1",),
            missing=tuple(missing),
        )
    item = instrument.item(column.item_key)
    known = _meanings(instrument, item, column)
    if not known:
        return ColumnUse(source=header, column=column.name, missing=tuple(missing))
    if column.kind in {"multiple_choice", "choice_matrix"}:
        sample = [part for value in sample for part in _made(value, known)]
    values: dict[str, str] = {}
    absent: list[str] = list(missing)
    not_applicable: list[str] = []
    for value in dict.fromkeys([*sample, *labels]):
        words = labels.get(value, value).strip()
        by_label = known.get(words.casefold())
        if value in absent:
            continue
        if (
            by_label is not None
            and by_label != value
            and (value in labels or value not in known.values())
        ):
            values[value] = by_label
        elif value in known.values():
            continue
        elif item is not None and _is_na(item, words):
            not_applicable.append(value)
        elif value in _MISSING:
            absent.append(value)
    return ColumnUse(
        source=header,
        column=column.name,
        values=values,
        missing=tuple(absent),
        not_applicable=tuple(not_applicable),
    )


def _is_na(item: Item, words: str) -> bool:
    label = na_label(item)
    return bool(label) and (words.casefold() == label.casefold() or is_not_applicable(words))


def _made(value: str, known: Mapping[str, str]) -> list[str]:
    """The choices in one cell, which some tools write with commas between them."""
    if value.casefold() in known or value in known.values():
        return [value]
    return [part.strip() for part in re.split(r"[,;]", value)]


def _meanings(instrument: Instrument, item: Item | None, column: Column) -> dict[str, str]:
    """The words of each answer (folded) → its code or number; empty where anything may stand."""
    scale = instrument.scale(column.scale or "")
    if scale is not None:
        return {
            (point.label or str(point.value)).casefold(): str(point.value) for point in scale.points
        }
    if item is None or column.use:
        return {}
    if item.kind == "yes_no":
        return {
            item.yes_label.casefold(): "yes",
            item.no_label.casefold(): "no",
            "1": "yes",
            "0": "no",
        }
    return {option.label.casefold(): option.code for option in all_options(item)}
