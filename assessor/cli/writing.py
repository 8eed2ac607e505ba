"""Files are written whole or not at all: a reader never meets half of one."""

import os
import tempfile
from pathlib import Path

from assessor.domain.problems import Problem


def write_all(files: dict[Path, bytes]) -> Problem | None:
    """Write several files, all of them or none. The reason where that was impossible."""
    before: dict[Path, bytes | None] = {}
    for path, data in files.items():
        try:
            was = path.read_bytes() if path.is_file() else None
        except OSError as error:
            _put_back(before)
            return _unwritable(path, error)
        problem = write_whole(path, data)
        if problem is not None:
            _put_back(before)
            return problem
        before[path] = was
    return None


def _put_back(before: dict[Path, bytes | None]) -> None:
    for path, data in before.items():
        if data is None:
            path.unlink(missing_ok=True)
        else:
            write_whole(path, data)


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
        return _unwritable(path, error)
    return None


def _unwritable(path: Path, error: OSError) -> Problem:
    message = (
        f"The file cannot be written there ({error.strerror}). Choose another place, or make "
        "its folder first."
    )
    return Problem(code="file.unwritable", where="", message=message, file=str(path))


def _umask() -> int:
    # The only way to ask for it is to set it.
    mask = os.umask(0)
    os.umask(mask)
    return mask
