"""Every format an instrument can be imported from, one row each, and how a file is told by it.

Adding a format is a module with a reader, a row here, and its tests. A reader is imported when a
file is read with it and not before.
"""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import PurePosixPath

from assessor.domain.problems import Problem, Several, say
from assessor.formats.foreign import LARGEST_IMPORT, Imported, LossReport
from assessor.formats.instrument_file import read_instrument_file

BEGINNING = 20_000
"""Bytes at a file's beginning that are looked at to tell its format."""

Reader = Callable[[bytes, str], Imported]


@dataclass(frozen=True)
class ImportFormat:
    """`looks_like` tells by a file's content; `suffixes` are asked where no content is told by."""

    name: str
    label: str
    suffixes: tuple[str, ...]
    looks_like: Callable[[bytes], bool]
    module: str
    function: str

    @property
    def is_there(self) -> bool:
        return find_spec(self.module) is not None

    def read(self, data: bytes, name: str) -> Imported:
        reader: Reader = getattr(import_module(self.module), self.function)
        return reader(data, name)


def _is_limesurvey(data: bytes) -> bool:
    if b"<LimeSurveyDocType" in data[:BEGINNING]:
        return True
    return any(name.lower().endswith(".lss") for name in _names(data))


def _is_xlsform(data: bytes) -> bool:
    start = data[:BEGINNING].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"|", b"\xd0\xcf\x11\xe0")):
        return True
    first = start.split(b"\n", 1)[0].strip(b' "\r,;').lower()
    return first in {b"survey", b"settings", b"choices"} or "xl/workbook.xml" in _names(data)


def _is_qualtrics(data: bytes) -> bool:
    start = data[:BEGINNING].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"{") and b'"SurveyEntry"' in data


def _is_redcap(data: bytes) -> bool:
    start = data[:BEGINNING].lower()
    return b"variable / field name" in start or (b"field_name" in start and b"form_name" in start)


def _names(data: bytes) -> list[str]:
    """The names of the parts of a zipped file; none where it is no such file."""
    if not data.startswith(b"PK"):
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()[:5000]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return []


def _is_own(data: bytes) -> bool:
    start = b"\n" + data[:BEGINNING].lstrip(b"\xef\xbb\xbf")
    return b"\nkey:" in start and (b"\npages:" in data or b"\ntitle:" in start)


FORMATS: dict[str, ImportFormat] = {
    row.name: row
    for row in (
        ImportFormat(
            "xlsform",
            "XLSForm (ODK, KoboToolbox, SurveyCTO)",
            (".xlsx", ".xlsm", ".xls", ".md", ".csv"),
            _is_xlsform,
            "assessor.formats.xlsform",
            "read_xlsform",
        ),
        ImportFormat(
            "limesurvey",
            "LimeSurvey",
            (".lss", ".lsg", ".lsq", ".lsa"),
            _is_limesurvey,
            "assessor.formats.limesurvey",
            "read_limesurvey",
        ),
        ImportFormat(
            "qualtrics",
            "Qualtrics",
            (".qsf",),
            _is_qualtrics,
            "assessor.formats.qualtrics",
            "read_qualtrics",
        ),
        ImportFormat(
            "redcap",
            say("REDCap data dictionary"),
            (".csv", ".zip"),
            _is_redcap,
            "assessor.formats.redcap",
            "read_redcap",
        ),
        ImportFormat(
            "yaml",
            say("Assessor's own file"),
            (".yaml", ".yml"),
            _is_own,
            "assessor.formats.importing",
            "read_own",
        ),
    )
}

_BY_CONTENT = ("limesurvey", "redcap", "qualtrics", "yaml", "xlsform")
"""The order in which contents are told apart: the surest signs first."""


def formats_there() -> tuple[ImportFormat, ...]:
    """The formats whose reader is installed."""
    return tuple(row for row in FORMATS.values() if row.is_there)


def suffixes() -> tuple[str, ...]:
    """Every ending that a file to import may have."""
    return tuple(dict.fromkeys(one for row in formats_there() for one in row.suffixes))


def format_of(data: bytes, name: str) -> ImportFormat | None:
    """The format of a file by its content, else by its name; None where neither tells."""
    known = {row.name: row for row in formats_there()}
    for one in _BY_CONTENT:
        if one in known and known[one].looks_like(data):
            return known[one]
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    return next((row for row in known.values() if suffix in row.suffixes), None)


def import_instrument(data: bytes, name: str, wanted: str | None = None) -> Imported:
    """The instrument in a file of any format. `wanted`: the name of its format, if it is known.

    Anything that is wrong with the file is a problem, and then there is no instrument.
    """
    empty = LossReport(source=name, format=wanted or "")
    if len(data) > LARGEST_IMPORT:
        megabytes = LARGEST_IMPORT // (1024 * 1024)
        message = say(
            "The file is larger than {size} MB. Export the questionnaire alone.", size=megabytes
        )
        return Imported(None, empty, (_problem("import.too-large", message, name),))
    chosen = FORMATS.get(wanted) if wanted else format_of(data, name)
    if chosen is None or not chosen.is_there:
        message = say(
            "It cannot be told what this file is. What can be imported: {labels}.",
            labels=Several(row.label for row in formats_there()),
        )
        return Imported(None, empty, (_problem("import.unknown-format", message, name),))
    return chosen.read(data, name)


def read_own(data: bytes, name: str) -> Imported:
    """An instrument in Assessor's own format, of which nothing is lost."""
    checked = read_instrument_file(data, name)
    report = LossReport(source=name, format="yaml")
    if checked.value is None or checked.errors:
        return Imported(None, report, checked.errors)
    instrument = checked.value
    questions = sum(1 for _item in instrument.items())
    options = sum(len(getattr(item, "options", ())) for item in instrument.items())
    languages = len(instrument.languages)
    counts = {
        name: (number, number)
        for name, number in (
            ("questions", questions), ("options", options), ("languages", languages)
        )
    }  # fmt: skip
    return Imported(instrument, report.model_copy(update={"counts": counts}))


def _problem(code: str, message: str, name: str) -> Problem:
    return Problem(code=code, where="", message=message, file=name)
