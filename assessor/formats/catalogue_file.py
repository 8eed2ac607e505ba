"""The catalogue's two files: `scales.yaml` and `items.yaml`."""

from functools import lru_cache
from pathlib import Path

from assessor import paths
from assessor.domain.catalogue import CatalogueItems, CatalogueScales
from assessor.domain.checks.catalogue import check_catalogue_items, check_catalogue_scales
from assessor.domain.problems import Checked
from assessor.formats.document_file import SCHEMAS, FileReading, read_file, written

SCALES_SCHEMA = SCHEMAS + "catalogue-scales.schema.json"
ITEMS_SCHEMA = SCHEMAS + "catalogue-items.schema.json"
FOLDER = "catalogue"
SCALES = "scales.yaml"
ITEMS = "items.yaml"


def read_catalogue_scales(data: bytes, name: str = SCALES) -> FileReading[CatalogueScales]:
    return read_file(CatalogueScales, data, name, check_catalogue_scales)


def read_catalogue_items(
    data: bytes, name: str = ITEMS, scales: CatalogueScales | None = None
) -> FileReading[CatalogueItems]:
    """The items; with `scales`, the scales they name must be among them."""
    return read_file(CatalogueItems, data, name, lambda items: check_catalogue_items(items, scales))


def read_catalogue_scales_file(data: bytes, name: str = SCALES) -> Checked[CatalogueScales]:
    """The scales of a catalogue; no value where the file's shape is wrong."""
    return read_catalogue_scales(data, name).checked()


def read_catalogue_items_file(
    data: bytes, name: str = ITEMS, scales: CatalogueScales | None = None
) -> Checked[CatalogueItems]:
    """The items of a catalogue; no value where the file's shape is wrong."""
    return read_catalogue_items(data, name, scales).checked()


def write_catalogue_scales_file(scales: CatalogueScales) -> bytes:
    return written(scales, SCALES_SCHEMA)


def write_catalogue_items_file(items: CatalogueItems) -> bytes:
    return written(items, ITEMS_SCHEMA)


def scales_beside(folder: Path) -> CatalogueScales:
    """The scales a library's folder may name: those of `../catalogue`, or else the shipped ones."""
    beside = folder.resolve().parent / FOLDER / SCALES
    if beside.is_file():
        return read_catalogue_scales(beside.read_bytes(), SCALES).partial or CatalogueScales()
    return shipped_scales()


def shipped_scales() -> CatalogueScales:
    """The scales that travel with Assessor; none where the file is missing."""
    shipped = paths.surveys_folder() / FOLDER / SCALES
    if not shipped.is_file():
        return CatalogueScales()
    return _scales_in(shipped, shipped.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _scales_in(path: Path, _changed: int) -> CatalogueScales:
    # Many instruments are read one after the other, and the catalogue is the same for all.
    return read_catalogue_scales(path.read_bytes(), SCALES).partial or CatalogueScales()


def shipped_items() -> CatalogueItems:
    """The items that travel with Assessor; none where the file is missing."""
    shipped = paths.surveys_folder() / FOLDER / ITEMS
    if not shipped.is_file():
        return CatalogueItems()
    return _items_in(shipped, shipped.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _items_in(path: Path, _changed: int) -> CatalogueItems:
    return read_catalogue_items(path.read_bytes(), ITEMS).partial or CatalogueItems()
