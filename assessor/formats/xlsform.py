"""XLSForm, the spreadsheet that ODK, KoboToolbox and many others read, in and out."""

from assessor.formats.xlsform_import import read_xlsform
from assessor.formats.xlsform_writing import write_xlsform

__all__ = ["read_xlsform", "write_xlsform"]
