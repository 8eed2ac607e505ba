"""What `assessor check` looks at: which files a path stands for, and how each is to be read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assessor.domain.checks.folder import MAPPING_FILE, PLAN_FILE
from assessor.domain.problems import Problem
from assessor.formats.catalogue_file import (
    ITEMS,
    SCALES,
    read_catalogue_items,
    read_catalogue_scales,
    scales_beside,
)
from assessor.formats.document_file import FileReading, in_order
from assessor.formats.folder import is_yaml, read_folder
from assessor.formats.instrument_file import read_instrument
from assessor.formats.mapping_file import read_mapping
from assessor.formats.plan_file import read_plan
from assessor.formats.yaml_text import LARGEST_FILE, read_yaml

ReadAny = Callable[[bytes, str], FileReading[Any]]  # Any: one table for all models


@dataclass(frozen=True)
class CheckedPath:
    """The files that were looked at and what was found, named as paths from where one stands."""

    files: tuple[str, ...]
    problems: tuple[Problem, ...]


def check_path(path: Path) -> CheckedPath:
    """Everything wrong with a file, a library's folder, the catalogue, or a folder of folders."""
    if not path.exists():
        message = "There is no such file or folder. Check the path."
        return CheckedPath((), (_problem("check.missing", message, path),))
    if path.is_dir():
        return _check_folder(path)
    if (path.parent / PLAN_FILE).is_file() and is_yaml(path.name):
        # Its neighbours are needed to check what it says of them, and are not what was asked about.
        whole = _check_library(path.parent)
        return CheckedPath((str(path),), tuple(p for p in whole.problems if p.file == str(path)))
    return _check_file(path)


def _check_folder(path: Path) -> CheckedPath:
    yaml = sorted(p for p in path.iterdir() if is_yaml(p.name) and p.is_file())
    if any(p.name in {PLAN_FILE, MAPPING_FILE} for p in yaml):
        return _check_library(path)
    if yaml and all(p.name in {SCALES, ITEMS} for p in yaml):
        return _together(_check_file(file) for file in yaml)
    below = sorted(
        p for p in path.iterdir() if p.is_dir() and any(is_yaml(f.name) for f in p.iterdir())
    )
    if below and not yaml:
        return _together(_check_folder(folder) for folder in below)
    message = (
        f"This folder has no {PLAN_FILE}, so it is no library's folder. Choose a folder with "
        f"{PLAN_FILE} and {MAPPING_FILE}, or name single files."
    )
    return CheckedPath((), (_problem("folder.no-plan", message, path),))


def _together(checked: Iterable[CheckedPath]) -> CheckedPath:
    every = list(checked)
    return CheckedPath(
        tuple(file for one in every for file in one.files),
        in_order(problem for one in every for problem in one.problems),
    )


def _check_library(path: Path) -> CheckedPath:
    files = tuple(str(p) for p in sorted(path.iterdir()) if is_yaml(p.name) and p.is_file())
    found = read_folder(path).problems
    return CheckedPath(
        files,
        tuple(
            p.model_copy(update={"file": str(path / p.file) if p.file else str(path)})
            for p in found
        ),
    )


def _check_file(path: Path) -> CheckedPath:
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        message = f"The file cannot be read ({error.strerror}). Check its permissions."
        return CheckedPath((str(path),), (_problem("check.unreadable", message, path),))
    if not is_yaml(path.name):
        message = "Only YAML files are checked. Name a file that ends in .yaml, or a folder."
        return CheckedPath((str(path),), (_problem("check.not-yaml", message, path),))
    reading = _reader_for(path, data)(data, str(path))
    return CheckedPath((str(path),), reading.problems)


def _reader_for(path: Path, data: bytes) -> ReadAny:
    """By the file's name; for any other name by what it holds, an instrument if nothing tells."""
    scales = scales_beside(path.parent)

    def items(content: bytes, name: str) -> FileReading[Any]:
        return read_catalogue_items(content, name, _catalogue_of(path) or scales)

    def instrument(content: bytes, name: str) -> FileReading[Any]:
        return read_instrument(content, name, scales)

    by_name: dict[str, ReadAny] = {
        PLAN_FILE: read_plan,
        MAPPING_FILE: read_mapping,
        SCALES: read_catalogue_scales,
        ITEMS: items,
    }
    if path.name in by_name:
        return by_name[path.name]
    document = read_yaml(data, path.name).value
    keys = set(document.content) if document else set()
    if "elements" in keys:
        return read_plan
    if keys & {"indicators", "not_measured"}:
        return read_mapping
    if "pages" not in keys and "scales" in keys:
        return read_catalogue_scales
    if "pages" not in keys and "items" in keys:
        return items
    return instrument


def _catalogue_of(path: Path) -> Any:
    """The scales beside a catalogue's items."""
    scales = path.parent / SCALES
    return read_catalogue_scales(scales.read_bytes(), SCALES).partial if scales.is_file() else None


def _problem(code: str, message: str, path: Path) -> Problem:
    return Problem(code=code, where="", message=message, file=str(path))
