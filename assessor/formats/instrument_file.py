"""Instruments as files: `patrons.yaml`, `staff.yaml`, `members.yaml` …

A file may name catalogue scales under `use_scales` instead of writing them out. They are resolved
while reading, so that an instrument always holds every scale it uses; a written file holds them in
full.
"""

from collections.abc import Iterable

from assessor.domain.catalogue import CatalogueScales
from assessor.domain.checks.finding import nearest
from assessor.domain.checks.instrument import check_instrument
from assessor.domain.instrument import Instrument
from assessor.domain.problems import Checked, Problem
from assessor.formats.catalogue_file import shipped_scales
from assessor.formats.document_file import (
    SCHEMAS,
    FileReading,
    in_order,
    read_document,
    written,
)
from assessor.formats.yaml_text import Path, YamlDocument, read_yaml

SCHEMA = SCHEMAS + "instrument.schema.json"
USE_SCALES = "use_scales"


def read_instrument(
    data: bytes, name: str, catalogue: CatalogueScales | None = None
) -> FileReading[Instrument]:
    """Everything that can be said of an instrument file, its partial content too.

    `catalogue`: the scales that `use_scales` may name; those that Assessor ships where None.
    """
    document = read_yaml(data, name)
    if document.value is None:
        return FileReading(name, None, document.problems)
    scales = catalogue if catalogue is not None else shipped_scales()
    whole, problems = _with_named_scales(document.value, scales, name)

    def check(instrument: Instrument) -> Iterable[Problem]:
        return check_instrument(instrument, scales.scales)

    reading = read_document(Instrument, whole, name, check)
    if not problems:
        return reading
    unresolved = {"instrument.unknown-scale"}
    kept = [p for p in reading.problems if p.code not in unresolved]
    return FileReading(name, reading.model, in_order((*problems, *kept)))


def read_instrument_file(
    data: bytes, name: str = "instrument.yaml", catalogue: CatalogueScales | None = None
) -> Checked[Instrument]:
    """The instrument in a YAML file of at most 5 MB; no value where its shape is wrong.

    Its meaning is checked too: keys used twice, unknown scales, scales used backwards.
    """
    return read_instrument(data, name, catalogue).checked()


def write_instrument_file(instrument: Instrument) -> bytes:
    """The instrument as block YAML in UTF-8, with all its scales written out."""
    return written(instrument, SCHEMA)


def _with_named_scales(
    document: YamlDocument, catalogue: CatalogueScales, name: str
) -> tuple[YamlDocument, list[Problem]]:
    """The document with the named catalogue scales after its own, and what could not be found."""
    if USE_SCALES not in document.content:
        return document, []
    content = {k: v for k, v in document.content.items() if k != USE_SCALES}
    named = document.content[USE_SCALES]
    own = content.get("scales", [])
    if not isinstance(named, list) or not all(isinstance(key, str) for key in named):
        message = "`use_scales` should be a list of catalogue scales, such as `[agreement5]`."
        return (
            YamlDocument(content, document.lines, document.texts),
            [_problem("file.value", message, (USE_SCALES,), document, name)],
        )
    if not isinstance(own, list):
        return YamlDocument(content, document.lines, document.texts), []
    problems: list[Problem] = []
    lines = dict(document.lines)
    scales = list(own)
    known = [scale.key for scale in catalogue.scales]
    for i, key in enumerate(named):
        scale = catalogue.scale(key)
        if scale is None:
            guess = nearest(key, known)
            hint = f"Did you mean `{guess}`?" if guess else f"It has {', '.join(known) or 'none'}."
            message = f"The catalogue has no scale `{key}`. {hint}"
            problems.append(
                _problem("instrument.catalogue-scale", message, (USE_SCALES, i), document, name)
            )
            continue
        lines[("scales", len(scales))] = lines[(USE_SCALES, i)]
        scales.append(scale.model_dump(mode="json", exclude_defaults=True))
    lines.setdefault(("scales",), lines[(USE_SCALES,)])
    content["scales"] = scales
    return YamlDocument(content, lines, document.texts), problems


def _problem(code: str, message: str, path: Path, document: YamlDocument, name: str) -> Problem:
    return Problem(
        code=code,
        where=".".join(str(part) for part in path),
        message=message,
        line=document.line_at(path),
        file=name,
    )
