"""What a file is, by its content: what its sender calls it is never believed, and not kept.

A table of the beginnings of the kinds that an item may ask for. Everything else is refused, so it
need not be long; a library that knows a thousand kinds would only let more in.
"""

import io
import zipfile
from dataclasses import dataclass

from assessor.domain.items import FileType
from assessor.domain.problems import Said, say


@dataclass(frozen=True)
class Found:
    """What a file is: the type an item asks for, its media type, and the ending it is given."""

    type: FileType
    media_type: str
    extension: str


_BEGINNINGS: tuple[tuple[bytes, Found], ...] = (
    (b"\x89PNG\r\n\x1a\n", Found("image", "image/png", "png")),
    (b"\xff\xd8\xff", Found("image", "image/jpeg", "jpg")),
    (b"GIF87a", Found("image", "image/gif", "gif")),
    (b"GIF89a", Found("image", "image/gif", "gif")),
    (b"%PDF-", Found("pdf", "application/pdf", "pdf")),
    (b"{\\rtf", Found("document", "application/rtf", "rtf")),
    (b"fLaC", Found("audio", "audio/flac", "flac")),
    (b"ID3", Found("audio", "audio/mpeg", "mp3")),
    (b"\xff\xfb", Found("audio", "audio/mpeg", "mp3")),
    (b"\xff\xf3", Found("audio", "audio/mpeg", "mp3")),
    (b"OggS", Found("audio", "audio/ogg", "ogg")),
    (b"\x1a\x45\xdf\xa3", Found("video", "video/webm", "webm")),
)
_RIFF = {
    b"WEBP": Found("image", "image/webp", "webp"),
    b"WAVE": Found("audio", "audio/wav", "wav"),
}
_BRANDS: dict[bytes, Found | None] = {
    b"heic": None,
    b"heix": None,
    b"mif1": None,
    b"avif": None,
    b"M4A ": Found("audio", "audio/mp4", "m4a"),
    b"qt  ": Found("video", "video/quicktime", "mov"),
}
"""The kinds of the container that phones write; any other brand is a film.

Pictures in it cannot be parted from what a camera wrote into them, and are refused.
"""
_FILM = Found("video", "video/mp4", "mp4")
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_OFFICE = {
    "word/": Found("document", f"{_OPEN_XML}wordprocessingml.document", "docx"),
    "xl/": Found("spreadsheet", f"{_OPEN_XML}spreadsheetml.sheet", "xlsx"),
}
_OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text": Found(
        "document", "application/vnd.oasis.opendocument.text", "odt"
    ),
    "application/vnd.oasis.opendocument.spreadsheet": Found(
        "spreadsheet", "application/vnd.oasis.opendocument.spreadsheet", "ods"
    ),
}
_TEXT = Found("text", "text/plain", "txt")

ACCEPTED: dict[FileType, str] = {
    "image": "image/jpeg,image/png,image/gif,image/webp",
    "pdf": ".pdf",
    "document": ".docx,.odt,.rtf",
    "spreadsheet": ".xlsx,.ods",
    "text": ".txt,.csv,.md",
    "audio": "audio/*",
    "video": "video/*",
}
"""What a browser's own choice of files offers, by type."""
WORDS: dict[FileType, Said] = {
    "image": say("pictures (JPEG, PNG, GIF, WebP)"),
    "pdf": say("PDF"),
    "document": say("documents (DOCX, ODT, RTF)"),
    "spreadsheet": say("spreadsheets (XLSX, ODS)"),
    "text": say("plain texts"),
    "audio": say("recordings"),
    "video": say("films"),
}


def file_type(content: bytes) -> Found | None:
    """What the content is; None where it is nothing that an item can ask for."""
    for beginning, found in _BEGINNINGS:
        if content.startswith(beginning):
            return found
    if content[:4] == b"RIFF":
        return _RIFF.get(content[8:12])
    if content[4:8] == b"ftyp":
        return _BRANDS.get(content[8:12], _FILM)
    if content[:4] == b"PK\x03\x04":
        return _in_zip(content)
    return _TEXT if _is_text(content) else None


def _in_zip(content: bytes) -> Found | None:
    """Office documents are packed folders; a packed folder of anything else is refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()
            if "mimetype" in names:
                if packed.getinfo("mimetype").file_size > 200:
                    return None
                said = packed.read("mimetype").decode("ascii", "replace").strip()
                return _OPEN_DOCUMENT.get(said)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return None
    return next((f for s, f in _OFFICE.items() if any(n.startswith(s) for n in names)), None)


def _is_text(content: bytes) -> bool:
    """UTF-8 without control characters, and no page of the web that could run something."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    if any(ord(letter) < 32 and letter not in "\t\n\r\f" for letter in text):
        return False
    return not text.lstrip().startswith("<")
