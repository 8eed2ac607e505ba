"""Where Assessor's own folders lie, from a checkout and from an installed wheel alike.

`migrations/` and `surveys/` stand at the top of the repository, where people look for them. A
wheel has no top, so the build copies both into the package, below `_data`. The instance folder
holds a running site's data and must never lie inside an installed package.
"""

import os
from pathlib import Path

import platformdirs

INSTANCE_SETTING = "ASSESSOR_INSTANCE"
"""The one setting that says where a site keeps its data; everything else has its place below."""

_PACKAGE = Path(__file__).resolve().parent
_DATA_OF_WHEEL = _PACKAGE / "_data"


def is_installed() -> bool:
    """Whether the package was installed from a wheel, and not run from a checkout."""
    return _DATA_OF_WHEEL.is_dir()


def surveys_folder() -> Path:
    """The folder with one folder a library, and the catalogue."""
    return _shipped("surveys")


def migrations_folder() -> Path:
    """The folder with Alembic's environment and versions."""
    return _shipped("migrations")


def instance_folder() -> Path:
    """Where the site keeps its database, its secrets and its uploads; it need not exist yet.

    `ASSESSOR_INSTANCE` where it is set. Otherwise `instance/` of the checkout, or for an installed
    wheel the folder this platform gives to a user's data.
    """
    wanted = os.environ.get(INSTANCE_SETTING, "").strip()
    if wanted:
        return Path(wanted).expanduser().resolve()
    if is_installed():
        return platformdirs.user_data_path("assessor", appauthor=False)
    return _PACKAGE.parent / "instance"


def _shipped(name: str) -> Path:
    top = _DATA_OF_WHEEL if is_installed() else _PACKAGE.parent
    return top / name
