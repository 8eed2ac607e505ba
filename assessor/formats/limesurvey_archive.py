"""What a LimeSurvey file is made of: one XML document, or a zip with several, as plain tables.

Nothing of a file is believed. Documents with a DTD are refused, so that no entity is ever
expanded and nothing is fetched; a zip's sizes are limits while reading, not what it says of itself.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element, ParseError  # only names; parsing is defusedxml's

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from assessor.domain.problems import Problem
from assessor.formats.foreign import LARGEST_IMPORT

MOST_ENTRIES = 200
DEEPEST = 40

Line = dict[str, str]
"""One row of a table: column → text. Columns without a text are left out."""

_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True)
class Document:
    """One XML document. `kind` is what it says it is: Survey, Group, Question, Responses …"""

    kind: str
    version: int
    languages: tuple[str, ...]
    tables: dict[str, list[Line]]
    columns: dict[str, tuple[str, ...]]

    def table(self, *names: str) -> list[Line]:
        """The rows of the first of these tables that the document has."""
        return next((self.tables[name] for name in names if name in self.tables), [])


@dataclass
class Opened:
    """The questionnaire of a file with what came beside it; no questionnaire where it failed."""

    structure: Document | None = None
    beside: list[Document] = field(default_factory=list)
    other_files: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class UnreadableError(ValueError):
    """A file that cannot be read: a problem code and a sentence that says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


STRUCTURES = {"survey", "group", "question"}
BESIDE = {"responses", "tokens", "timings"}


def open_limesurvey(data: bytes, name: str) -> Opened:
    """The documents of a .lss, .lsg, .lsq or .lsa file."""
    opened = Opened()
    try:
        if len(data) > LARGEST_IMPORT:
            raise UnreadableError("too-large", _too_large(len(data)))
        if not data.strip():
            raise UnreadableError("empty-file", "The file is empty. Export the survey again.")
        if data[:4] in {b"PK\x03\x04", b"PK\x05\x06"}:
            _open_archive(data, opened)
        else:
            opened.structure = _structure(read_document(data))
    except UnreadableError as error:
        opened.problems.append(problem(error.code, error.message, name))
    return opened


def problem(code: str, message: str, name: str, where: str = "") -> Problem:
    return Problem(code=f"limesurvey.{code}", where=where, message=message, file=name)


def _too_large(size: int) -> str:
    return (
        f"The file has {size / 1e6:,.0f} MB; at most {LARGEST_IMPORT / 1e6:.0f} MB can be read. "
        "Export the survey's structure (.lss) without its responses."
    )


def _structure(document: Document) -> Document:
    if document.kind.lower() in STRUCTURES:
        return document
    if document.kind.lower() in BESIDE:
        message = (
            f"This file holds {document.kind.lower()} only. Export the survey structure (.lss) or "
            "the survey archive (.lsa), which holds both."
        )
        raise UnreadableError("no-structure", message)
    message = (
        f"This file says that it is a “{document.kind[:60] or 'document without a name'}”, which "
        "holds no questionnaire. Export a survey (.lss or .lsa), a group (.lsg) or a question "
        "(.lsq) from LimeSurvey."
    )
    raise UnreadableError("wrong-kind", message)


def read_document(data: bytes) -> Document:
    """The tables of one XML document. Raises UnreadableError."""
    root = _parsed(data)
    if root.tag != "document":
        message = (
            f"The file begins with <{str(root.tag)[:60]}>, where LimeSurvey writes <document>. "
            "Export the survey from LimeSurvey as a structure file (.lss)."
        )
        raise UnreadableError("wrong-root", message)
    tables: dict[str, list[Line]] = {}
    columns: dict[str, tuple[str, ...]] = {}
    for section in root:
        rows = section.find("rows")
        if rows is None:
            continue
        tables.setdefault(str(section.tag), []).extend(_line(row) for row in rows.iter("row"))
        columns[str(section.tag)] = tuple(
            (one.text or "").strip() for one in section.findall("fields/fieldname")
        )
    version = re.match(r"\s*(\d{1,6})", root.findtext("DBVersion") or "")
    return Document(
        kind=(root.findtext("LimeSurveyDocType") or "").strip(),
        version=int(version[1]) if version else 0,
        languages=tuple(
            text for one in root.findall("languages/language") if (text := (one.text or "").strip())
        ),
        tables=tables,
        columns=columns,
    )


def _parsed(data: bytes) -> Element:
    clean = data.strip()
    try:
        try:
            root = fromstring(clean, forbid_dtd=True)
        except ParseError:
            # Some versions write control characters as they were typed, which XML does not allow.
            root = fromstring(_CONTROL.sub(b"", clean), forbid_dtd=True)
    except DefusedXmlException as error:
        message = (
            "The file has a document type or entities of its own, which LimeSurvey never writes "
            "and which could reach other files. Export the survey again."
        )
        raise UnreadableError("unsafe-xml", message) from error
    except ParseError as error:
        line, column = error.position
        message = (
            f"This is no well-formed XML: reading stopped in line {line} at character {column}. "
            "Export the survey again; the file may have been cut off or edited."
        )
        raise UnreadableError("malformed", message) from error
    except (ValueError, LookupError, RecursionError) as error:
        message = "The file's letters cannot be read. Export the survey again, in UTF-8."
        raise UnreadableError("malformed", message) from error
    assert isinstance(root, Element)
    if _is_deep(root):
        raise UnreadableError("malformed", "The file is nested too deeply. Export it again.")
    return root


def _is_deep(root: Element) -> bool:
    level: list[Element] = [root]
    for _ in range(DEEPEST):
        level = [child for one in level for child in one]
        if not level:
            return False
    return True


def _line(row: Element) -> Line:
    found: Line = {}
    for cell in row:
        text = "".join(cell.itertext())
        if text:
            # A column that begins with a figure gets an underscore, since no XML name may.
            found[re.sub(r"^_(?=\d)", "", str(cell.tag))] = text
    return found


def _open_archive(data: bytes, opened: Opened) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            files = list(_unpacked(archive))
    except UnreadableError:
        raise
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError) as error:
        raise UnreadableError("broken-zip", _BROKEN) from error
    except Exception as error:
        # Damaged streams surface as the decompressor's own error, which has no common base class.
        if type(error).__module__ not in {"zlib", "lzma", "_lzma"}:
            raise
        raise UnreadableError("broken-zip", _BROKEN) from error
    _sort_documents(files, opened)


_BROKEN = "The archive is damaged. Export the survey archive (.lsa) again."


def _unpacked(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MOST_ENTRIES:
        message = f"The archive holds more than {MOST_ENTRIES} files. Export the survey alone."
        raise UnreadableError("too-many-files", message)
    left = LARGEST_IMPORT
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in entry.filename:
            message = (
                f"The name “{entry.filename[:80]}” leads out of the archive, which LimeSurvey "
                "never writes. Export the survey archive again."
            )
            raise UnreadableError("unsafe-name", message)
        if entry.flag_bits & 1:
            message = "The archive needs a password. Export the survey archive without one."
            raise UnreadableError("encrypted", message)
        with archive.open(entry) as stream:
            # One byte more than allowed, so that a file that unpacks without end is noticed.
            content = stream.read(left + 1)
        left -= len(content)
        if left < 0:
            message = (
                f"The archive unpacks to more than {LARGEST_IMPORT / 1e6:.0f} MB. Export the "
                "survey's structure (.lss) instead."
            )
            raise UnreadableError("too-large", message)
        yield entry.filename, content


def _sort_documents(files: list[tuple[str, bytes]], opened: Opened) -> None:
    failed: list[UnreadableError] = []
    for name, content in files:
        is_structure = PurePosixPath(name).suffix.lower() == ".lss"
        try:
            document = read_document(content)
        except UnreadableError as error:
            if is_structure:
                raise
            failed.append(error)
            opened.other_files.append(name)
            continue
        if document.kind.lower() in STRUCTURES:
            opened.structure = opened.structure or document
        elif document.kind.lower() in BESIDE:
            opened.beside.append(document)
        else:
            opened.other_files.append(name)
    if opened.structure is None:
        if failed and len(files) == 1:
            raise failed[0]
        message = "The archive holds no survey structure (.lss). Export the survey archive again."
        raise UnreadableError("no-structure", message)
