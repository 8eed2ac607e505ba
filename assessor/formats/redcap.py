"""Data dictionaries of REDCap, both ways. Written and read again, an instrument is the same."""

from assessor.formats.redcap_reading import read_redcap
from assessor.formats.redcap_writing import write_redcap

__all__ = ["read_redcap", "write_redcap"]
