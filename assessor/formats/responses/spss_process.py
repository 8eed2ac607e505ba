"""Reads a file of SPSS and prints what is in it as JSON: a process of its own, which may fall.

`python -m assessor.formats.responses.spss_process FILE MOST_COLUMNS MOST_ROWS`
"""

import contextlib
import datetime
import json
import math
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyreadstat

MEMORY = 4 * 1024**3
"""Bytes that a file may take: a damaged one can claim to hold any number of values."""


def told(path: Path, most_columns: int, most_rows: int) -> dict[str, Any]:  # Any: JSON
    """Headers, columns of texts, labels, values with theirs, and which stand for no answer."""
    try:
        _, meta = pyreadstat.read_sav(path, metadataonly=True)
        if len(meta.column_names) > most_columns:
            return {"too_many": "columns"}
        columns, meta = pyreadstat.read_sav(
            path, user_missing=True, row_limit=most_rows + 1, output_format="dict"
        )
    except Exception as error:  # the reader raises many kinds, none of its own alone
        return {"wrong": type(error).__name__}
    texts = [[_text(value) for value in columns[header]] for header in meta.column_names]
    return {
        "too_many": "rows" if texts and len(texts[0]) > most_rows else "",
        "headers": [str(header) for header in meta.column_names],
        "columns": texts,
        "labels": {h: label for h, label in meta.column_names_to_labels.items() if label},
        "values": {
            header: {_text(value): str(label) for value, label in one.items()}
            for header, one in meta.variable_value_labels.items()
        },
        "missing": _missing(meta.missing_ranges, columns),
    }


def _missing(ranges: object, columns: Mapping[str, object]) -> dict[str, list[str]]:
    """The values of each column that its file declares as missing and that occur in it."""
    found: dict[str, list[str]] = {}
    for header, listed in (ranges if isinstance(ranges, dict) else {}).items():
        there = {value for value in _list(columns.get(header)) if not _is_nothing(value)}
        inside = [value for value in there if any(_within(value, one) for one in _list(listed))]
        ends = [one.get("lo") for one in _list(listed) if isinstance(one, dict)]
        found[header] = list(dict.fromkeys(_text(value) for value in [*ends, *inside]))
    return found


def _list(value: object) -> list[object]:
    try:
        return list(value)  # type: ignore[call-overload,no-any-return]
    except TypeError:
        return []


def _within(value: object, limits: object) -> bool:
    if not isinstance(limits, dict):
        return value == limits
    low, high = limits.get("lo"), limits.get("hi")
    if isinstance(value, str) or isinstance(low, str):
        return value == low
    return bool(low <= value <= high)  # type: ignore[operator]


def _is_nothing(value: object) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


def _text(value: object) -> str:
    """A value as it would stand in a CSV file: 3.0 is "3", a moment its day and time."""
    if _is_nothing(value):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()[:10]
    return str(value).strip()


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        # Not on every system, and not on every one that has it is it obeyed.
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    _limit_memory()
    json.dump(told(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])), sys.stdout)
