"""A library's folder as one zip file, to download and to load back.

Nothing is unpacked to disk, and nothing of a zip is believed before it was counted: sizes are
limits while reading, not what the archive says of itself.
"""

import zipfile
from io import BytesIO
from pathlib import PurePosixPath

from assessor.domain.catalogue import CatalogueScales
from assessor.domain.folder import LibraryFolder
from assessor.domain.problems import Checked, Problem, failed
from assessor.formats.folder import MOST_FILES, is_yaml, read_files, write_folder
from assessor.formats.yaml_text import LARGEST_FILE

LARGEST_ZIP = 50_000_000
MOST_ENTRIES = 1_000
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)


def zip_folder(folder: LibraryFolder) -> bytes:
    """The folder's files in a zip below a folder named after the plan.

    The same folder gives the same bytes everywhere: fixed times, fixed order, and stored rather
    than compressed, since compressors differ from machine to machine.
    """
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, data in write_folder(folder).items():
            entry = zipfile.ZipInfo(f"{folder.plan.key}/{name}", _FIXED_TIME)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return stream.getvalue()


def read_zip(
    data: bytes, name: str = "folder.zip", catalogue: CatalogueScales | None = None
) -> Checked[LibraryFolder]:
    """The library in a zip file: its YAML files at the top, or all below one folder."""
    if len(data) > LARGEST_ZIP:
        return failed(
            _problem(
                "zip.too-large",
                f"The file has {len(data) / 1e6:,.0f} MB; at most {LARGEST_ZIP / 1e6:.0f} MB can "
                "be loaded. Leave the plan's documents out of it.",
                name,
            )
        )
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            files, problems = _read_entries(archive, name)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError):
        return failed(
            _problem(
                "zip.broken",
                "This is no zip file, or it is damaged. Zip the folder again and load that.",
                name,
            )
        )
    except Exception as error:
        # Damaged streams surface as the decompressor's own error, which has no common base class.
        if type(error).__module__ not in {"zlib", "lzma", "_lzma"}:
            raise
        return failed(
            _problem("zip.broken", "The zip file is damaged. Zip the folder again.", name)
        )
    if problems:
        return failed(*problems)
    return read_files(files, catalogue)


def _read_entries(archive: zipfile.ZipFile, name: str) -> tuple[dict[str, bytes], list[Problem]]:
    entries = [e for e in archive.infolist() if not e.is_dir() and not _is_litter(e.filename)]
    if len(entries) > MOST_ENTRIES:
        message = (
            f"The zip holds {len(entries):,} files; at most {MOST_ENTRIES:,} can be loaded. Zip "
            "one library's folder only."
        )
        return {}, [_problem("zip.too-many-files", message, name)]
    unsafe = [e.filename for e in entries if _is_unsafe(e.filename)]
    if unsafe:
        message = f"The name “{unsafe[0][:80]}” leads out of the folder. Zip the folder again."
        return {}, [_problem("zip.unsafe-name", message, name)]
    yaml = [e for e in entries if is_yaml(PurePosixPath(e.filename).name)]
    return _read_yaml(archive, yaml, _top([e.filename for e in yaml]), name)


def _read_yaml(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], top: str, name: str
) -> tuple[dict[str, bytes], list[Problem]]:
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    if len(entries) > MOST_FILES:
        message = f"The zip holds {len(entries)} YAML files; at most {MOST_FILES} can be read."
        return {}, [_problem("zip.too-many-files", message, name)]
    for entry in entries:
        short = entry.filename.removeprefix(top)
        if "/" in short:
            message = (
                f"“{entry.filename[:80]}” lies in a folder below the library's. Zip one library's "
                "folder, with its files right in it."
            )
            problems.append(_problem("zip.nested", message, name))
        elif short in files:
            message = f"The zip holds “{short[:80]}” twice. Zip the folder again."
            problems.append(_problem("zip.duplicate", message, name))
        elif entry.flag_bits & 1:
            message = f"“{short[:80]}” needs a password. Zip the folder without one."
            problems.append(_problem("zip.encrypted", message, name))
        else:
            with archive.open(entry) as stream:
                # One byte more than allowed, so that a file that unpacks without end is noticed.
                files[short] = stream.read(LARGEST_FILE + 1)
            if len(files[short]) > LARGEST_FILE:
                message = (
                    f"“{short[:80]}” unpacks to more than {LARGEST_FILE / 1e6:.0f} MB. Remove it, "
                    "or check that it is the right file."
                )
                problems.append(_problem("zip.too-large", message, name))
                break
    return files, problems


def _top(names: list[str]) -> str:
    """The one folder that holds everything, with its slash; empty where there is none."""
    tops = {name.partition("/")[0] for name in names if "/" in name}
    if len(tops) == 1 and all("/" in name for name in names):
        return tops.pop() + "/"
    return ""


def _is_litter(name: str) -> bool:
    """What systems add to zip files on their own."""
    return name.startswith("__MACOSX/") or PurePosixPath(name).name in {".DS_Store", "Thumbs.db"}


def _is_unsafe(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name


def _problem(code: str, message: str, name: str) -> Problem:
    return Problem(code=code, where="", message=message, file=name)
