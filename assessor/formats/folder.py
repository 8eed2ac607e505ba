"""A library's folder: `plan.yaml`, `mapping.yaml`, and every other YAML file an instrument.

Whatever else lies there (the plan's document, notes) is left alone. Files are checked one by one
and then against one another, as far as each could be read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from assessor.domain.catalogue import CatalogueScales
from assessor.domain.checks.folder import (
    MAPPING_FILE,
    PLAN_FILE,
    check_instruments_together,
    instrument_file,
)
from assessor.domain.checks.mapping import check_mapping
from assessor.domain.folder import LibraryFolder
from assessor.domain.instrument import Instrument
from assessor.domain.mapping import Mapping as PlanMapping
from assessor.domain.plan import Plan
from assessor.domain.problems import Checked, Problem, failed
from assessor.formats.catalogue_file import scales_beside
from assessor.formats.document_file import FileReading, in_order
from assessor.formats.instrument_file import read_instrument, write_instrument_file
from assessor.formats.mapping_file import read_mapping, write_mapping_file
from assessor.formats.plan_file import read_plan, write_plan_file
from assessor.formats.yaml_text import LARGEST_FILE

YAML_ENDINGS = (".yaml", ".yml")
MOST_FILES = 200

# What may only seem to be missing where another file could not be read in full.
_NEEDS_PLAN = frozenset(
    {"mapping.plan", "mapping.unknown-element", "mapping.uncovered", "mapping.level"}
)
_NEEDS_INSTRUMENTS = frozenset({"mapping.unknown-instrument", "mapping.unknown-item"})
_NEEDS_MAPPING = frozenset({"mapping.plan", "mapping.uncovered", "mapping.no-evidence"})


@dataclass(frozen=True)
class _Readings:
    plan: FileReading[Plan] | None
    mapping: FileReading[PlanMapping] | None
    instruments: tuple[FileReading[Instrument], ...]

    def problems(self) -> tuple[Problem, ...]:
        one_by_one = [
            *(self.plan.problems if self.plan else ()),
            *(self.mapping.problems if self.mapping else ()),
            *(problem for reading in self.instruments for problem in reading.problems),
        ]
        return in_order((*one_by_one, *self._across()))

    def _across(self) -> Iterable[Problem]:
        readable = [r.partial for r in self.instruments if r.partial is not None]
        by_key = {r.partial.key: r for r in self.instruments if r.partial is not None}
        for key, problem in check_instruments_together(readable):
            yield from by_key[key].place([problem])
        if self.plan is None or self.mapping is None:
            return
        if self.plan.partial is None or self.mapping.partial is None:
            return
        ignored: frozenset[str] = frozenset()
        if self.plan.pruned:
            ignored |= _NEEDS_PLAN
        if self.mapping.pruned:
            ignored |= _NEEDS_MAPPING
        if any(reading.pruned for reading in self.instruments):
            ignored |= _NEEDS_INSTRUMENTS
        found = check_mapping(self.mapping.partial, self.plan.partial, readable)
        yield from self.mapping.place(p for p in found if p.code not in ignored)

    def folder(self) -> LibraryFolder | None:
        plan = self.plan.checked().value if self.plan else None
        mapping = self.mapping.checked().value if self.mapping else None
        instruments = [reading.checked().value for reading in self.instruments]
        if plan is None or mapping is None or any(i is None for i in instruments):
            return None
        read = tuple(i for i in instruments if i is not None)
        return LibraryFolder(plan=plan, mapping=mapping, instruments=read)


def read_folder(path: Path) -> Checked[LibraryFolder]:
    """The library in a folder on disk, with all problems of all its files.

    Files are named in problems without the folder. Catalogue scales are looked up in
    `../catalogue/scales.yaml`, or else among those that Assessor ships.
    """
    if not path.is_dir():
        return failed(
            Problem(
                code="folder.missing",
                where="",
                message="There is no such folder. Check the path.",
                file=str(path),
            )
        )
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    names = sorted(p for p in path.iterdir() if is_yaml(p.name) and p.is_file())
    if len(names) > MOST_FILES:
        message = f"The folder has {len(names)} YAML files; at most {MOST_FILES} can be read."
        return failed(Problem(code="folder.too-many-files", where="", message=message))
    for file in names:
        try:
            with file.open("rb") as stream:
                files[file.name] = stream.read(LARGEST_FILE + 1)
        except OSError as error:
            message = f"The file cannot be read ({error.strerror}). Check its permissions."
            problems.append(
                Problem(code="folder.unreadable", where="", message=message, file=file.name)
            )
    checked = read_files(files, scales_beside(path))
    return Checked(None if problems else checked.value, in_order((*problems, *checked.problems)))


def read_files(
    files: Mapping[str, bytes], catalogue: CatalogueScales | None = None
) -> Checked[LibraryFolder]:
    """The library in files by name; names that are no YAML are left alone."""
    missing: list[Problem] = []
    if PLAN_FILE not in files:
        message = (
            f"There is no {PLAN_FILE}. Write one with `assessor plan read DOCUMENT --format yaml`, "
            "or choose the library's folder."
        )
        missing.append(Problem(code="folder.no-plan", where="", message=message, file=PLAN_FILE))
    if MAPPING_FILE not in files:
        message = f"There is no {MAPPING_FILE}. Add one; the shortest is the line `plan: KEY`."
        missing.append(
            Problem(code="folder.no-mapping", where="", message=message, file=MAPPING_FILE)
        )
    readings = _Readings(
        plan=read_plan(files[PLAN_FILE], PLAN_FILE) if PLAN_FILE in files else None,
        mapping=read_mapping(files[MAPPING_FILE], MAPPING_FILE) if MAPPING_FILE in files else None,
        instruments=tuple(
            read_instrument(data, name, catalogue)
            for name, data in sorted(files.items())
            if is_yaml(name) and name not in {PLAN_FILE, MAPPING_FILE}
        ),
    )
    return Checked(readings.folder(), in_order((*missing, *readings.problems())))


def write_folder(folder: LibraryFolder) -> dict[str, bytes]:
    """File name → content; reading it back gives an equal folder."""
    files = {
        PLAN_FILE: write_plan_file(folder.plan),
        MAPPING_FILE: write_mapping_file(folder.mapping),
    }
    for instrument in folder.instruments:
        files[instrument_file(instrument.key)] = write_instrument_file(instrument)
    return files


def is_yaml(name: str) -> bool:
    return name.lower().endswith(YAML_ENDINGS) and not name.startswith(".")
