"""Every format an instrument can be exported to, one row each.

Adding a format is a module with a writer, a row here, and its tests. A PDF is no format of this
table: it is a report, and nothing reads it back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from assessor.domain.instrument import Instrument
from assessor.formats.foreign import LossReport
from assessor.formats.instrument_file import write_instrument_file

Writer = Callable[[Instrument], tuple[bytes, LossReport]]


@dataclass(frozen=True)
class ExportFormat:
    """`media_type` is what a browser is told that the file is."""

    name: str
    label: str
    suffix: str
    media_type: str
    module: str
    function: str

    @property
    def is_there(self) -> bool:
        """Whether there is a writer; a module may read a format that it does not write yet."""
        if find_spec(self.module) is None:
            return False
        return hasattr(import_module(self.module), self.function)

    def write(self, instrument: Instrument) -> tuple[bytes, LossReport]:
        """The file's bytes, the same for the same instrument, and what the format cannot hold."""
        writer: Writer = getattr(import_module(self.module), self.function)
        return writer(instrument)


FORMATS: dict[str, ExportFormat] = {
    row.name: row
    for row in (
        ExportFormat(
            "xlsform",
            "XLSForm",
            ".xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "assessor.formats.xlsform",
            "write_xlsform",
        ),
        ExportFormat(
            "limesurvey",
            "LimeSurvey",
            ".lss",
            "application/xml",
            "assessor.formats.limesurvey",
            "write_limesurvey",
        ),
        ExportFormat(
            "redcap", "REDCap", ".csv", "text/csv", "assessor.formats.redcap", "write_redcap"
        ),
        ExportFormat(
            "yaml",
            "Assessor's own file",
            ".yaml",
            "application/yaml",
            "assessor.formats.exporting",
            "write_own",
        ),
    )
}


def formats_there() -> tuple[ExportFormat, ...]:
    """The formats whose writer is installed."""
    return tuple(row for row in FORMATS.values() if row.is_there)


def write_own(instrument: Instrument) -> tuple[bytes, LossReport]:
    """The instrument in Assessor's own format, which loses nothing."""
    return write_instrument_file(instrument), LossReport(source=instrument.key, format="yaml")
