"""`mapping.yaml`: indicators, evidence and weights as a file."""

from assessor.domain.mapping import Mapping
from assessor.domain.problems import Checked
from assessor.formats.document_file import SCHEMAS, FileReading, read_file, written

SCHEMA = SCHEMAS + "mapping.schema.json"


def read_mapping(data: bytes, name: str = "mapping.yaml") -> FileReading[Mapping]:
    """Everything that can be said of a mapping file by itself, its partial content too."""
    return read_file(Mapping, data, name, lambda _mapping: ())


def read_mapping_file(data: bytes, name: str = "mapping.yaml") -> Checked[Mapping]:
    """The mapping in a YAML file of at most 5 MB; no value where its shape is wrong.

    What it says of a plan and instruments is checked with them, by `read_folder` or
    `assessor.domain.checks.mapping.check_mapping`.
    """
    return read_mapping(data, name).checked()


def write_mapping_file(mapping: Mapping) -> bytes:
    """The mapping as block YAML in UTF-8: the same bytes for the same mapping."""
    return written(mapping, SCHEMA)
