"""Files are written whole or not at all: a reader never meets half of one."""

import os
import tempfile
from pathlib import Path

from assessor.domain.problems import Problem


def write_whole(path: Path, data: bytes) -> Problem | None:
    """Write beside the target, then take its place. The reason where that was impossible."""
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp lets nobody else read; a result is for whoever may read its folder.
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        message = (
            f"The file cannot be written there ({error.strerror}). Choose another place, or make "
            "its folder first."
        )
        return Problem(code="file.unwritable", where="", message=message, file=str(path))
    return None


def _umask() -> int:
    # The only way to ask for it is to set it.
    mask = os.umask(0)
    os.umask(mask)
    return mask
