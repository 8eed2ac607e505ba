"""Responses that were gathered elsewhere: a plain table, mapped to an instrument's columns."""

from assessor.formats.responses.applying import MappedResponses, apply_map
from assessor.formats.responses.column_map import ColumnMap, ColumnUse
from assessor.formats.responses.exports import read_table
from assessor.formats.responses.layouts import KnownLayout, known_layout
from assessor.formats.responses.suggesting import suggest_map
from assessor.formats.responses.table import ForeignTable

__all__ = [
    "ColumnMap",
    "ColumnUse",
    "ForeignTable",
    "KnownLayout",
    "MappedResponses",
    "apply_map",
    "known_layout",
    "read_table",
    "suggest_map",
]
