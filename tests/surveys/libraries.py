"""Every library's folder in `surveys/`, read once a run."""

import functools
from pathlib import Path

from assessor.domain.folder import LibraryFolder
from assessor.domain.instrument import Item
from assessor.formats.folder import read_folder

SURVEYS = Path(__file__).resolve().parents[2] / "surveys"
LIBRARIES = sorted(path.parent.name for path in SURVEYS.glob("*/plan.yaml"))


@functools.cache
def library(name: str) -> LibraryFolder:
    """The folder of this name; a failure with all its problems where it cannot be read."""
    return read_folder(SURVEYS / name).unwrap()


def items_of(folder: LibraryFolder) -> list[Item]:
    return [item for instrument in folder.instruments for item in instrument.items()]
