"""Bytes of a plan document → numbered lines, or the reason why not."""

import io
import zipfile

from charset_normalizer import from_bytes

from assessor.domain.problems import Checked, Problem, failed
from assessor.planning.source import Source, SourceLine, whole_letters
from assessor.planning.source_docx import docx_lines
from assessor.planning.source_html import html_lines
from assessor.planning.source_markdown import markdown_lines
from assessor.planning.source_pdf import PdfError, pdf_lines

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_LINES = 60_000
SUFFIXES = {
    "txt": "text", "text": "text", "md": "markdown", "markdown": "markdown", "html": "html",
    "htm": "html", "xhtml": "html", "docx": "docx", "pdf": "pdf",
}  # fmt: skip


def load_source(data: bytes, name: str) -> Checked[Source]:
    """The lines of a document, whatever its kind.

    The content decides the kind where it has a signature (PDF, DOCX, HTML); the name decides
    between text and Markdown. Problems: `plan.empty-file`, `plan.too-large`, `plan.binary`,
    `plan.damaged`, `plan.password`, `plan.scanned`, `plan.encoding`.
    """
    if len(data) > MAX_BYTES:
        size = len(data) / 1024 / 1024
        return failed(
            _problem(
                "too-large",
                name,
                f"The file has {size:.0f} MB; a plan may have {MAX_BYTES // 1024 // 1024} MB. Save it without "  # noqa: E501
                "pictures, or paste the text of the plan.",
            )
        )
    if not data.strip():
        return failed(
            _problem("empty-file", name, "The file is empty. Choose the file that holds the plan.")
        )
    kind = _kind(data, name)
    if kind == "pdf":
        try:
            return _with_words(Source(name, "pdf", tuple(pdf_lines(data)), paged=True))
        except PdfError as trouble:
            return failed(_problem(trouble.code, name, trouble.message))
    if kind == "docx":
        return _docx(data, name)
    if kind == "binary":
        return failed(
            _problem(
                "binary",
                name,
                "The file is not a document that can be read as text. Give the plan as PDF, DOCX, HTML, "  # noqa: E501
                "Markdown or plain text; an older Word file can be saved as DOCX.",
            )
        )
    text = _decode(data)
    if text is None:
        return failed(
            _problem(
                "encoding",
                name,
                "The letters of the file cannot be told for certain. Save it as UTF-8 and try again.",  # noqa: E501
            )
        )
    if kind == "html":
        lines, title = html_lines(text)
        return _with_words(Source(name, "html", tuple(lines), title))
    return _with_words(text_source(text, name, markdown=kind == "markdown"))


def text_source(text: str, name: str, *, markdown: bool = False) -> Source:
    """The physical lines of a text, counted from 1."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if markdown:
        return Source(name, "markdown", tuple(markdown_lines(text)), shown=tuple(text.split("\n")))
    lines: list[SourceLine] = []
    page, paged = 1, "\f" in text
    for number, raw in enumerate(text.split("\n"), start=1):
        page += raw.count("\f")
        clean = (
            raw.replace("\f", "").replace("\u00ad", "").replace("\u200b", "").replace("\ufeff", "")
        )
        expanded = clean.expandtabs(4).rstrip()
        indent = len(expanded) - len(expanded.lstrip())
        lines.append(
            SourceLine(
                number,
                whole_letters(expanded.strip()),
                indent=indent,
                page=page if paged else None,
            )
        )
    return Source(name, "text", tuple(lines), paged=paged)


def _problem(code: str, name: str, message: str) -> Problem:
    return Problem(code=f"plan.{code}", where="", message=message, file=name)


def _kind(data: bytes, name: str) -> str:
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:4] == b"PK\x03\x04":
        return "docx"
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return "binary"
    suffix = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if suffix in {"pdf", "docx"}:
        return "binary"
    if data[:2] not in {b"\xff\xfe", b"\xfe\xff"} and _looks_binary(data):
        return "binary"
    if SUFFIXES.get(suffix) in {"markdown", "html"}:
        return SUFFIXES[suffix]
    start = data[:2048].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return "html"
    return "text"


def _looks_binary(data: bytes) -> bool:
    sample = data[:65536]
    if b"\x00" in sample:
        return True
    controls = sum(sample.count(bytes([c])) for c in range(32) if c not in (9, 10, 11, 12, 13, 27))
    return controls > len(sample) * 0.005


def _decode(data: bytes) -> str | None:
    for encoding, mark in (("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff"), ("utf-8-sig", b"")):
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    sample = data[:200_000]
    best = from_bytes(
        sample, cp_isolation=["cp1252", "cp1250", "mac_roman", "latin_1", "cp1251"]
    ).best()
    if best is None or best.chaos > 0.3:
        return None
    # Old Windows text is by far the commonest among what is not UTF-8.
    encoding = "cp1252" if best.encoding in {"latin_1", "cp1250"} else best.encoding
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode(best.encoding, errors="replace")


def _docx(data: bytes, name: str) -> Checked[Source]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(item.file_size for item in archive.infolist()) > MAX_UNPACKED:
                return failed(
                    _problem(
                        "too-large",
                        name,
                        "The document unpacks to far more than a plan holds. Save it without pictures.",  # noqa: E501
                    )
                )
            if "word/document.xml" not in archive.namelist():
                return failed(
                    _problem(
                        "binary",
                        name,
                        "The file is an archive and not a Word document. Give the plan itself as PDF, DOCX, "  # noqa: E501
                        "HTML, Markdown or plain text.",
                    )
                )
        lines, title = docx_lines(data)
    except Exception:
        # python-docx raises many kinds of error on a damaged package; all mean the same here.
        return failed(
            _problem(
                "damaged", name, "The Word document is damaged. Open it in Word and save it anew."
            )
        )
    return _with_words(Source(name, "docx", tuple(lines), title))


def _with_words(source: Source) -> Checked[Source]:
    if len(source.lines) > MAX_LINES:
        return failed(
            _problem(
                "too-large",
                source.name,
                f"The document has more than {MAX_LINES} lines. Give the plan alone.",
            )
        )
    if not any(line.text for line in source.lines):
        return failed(
            _problem(
                "empty-file",
                source.name,
                "The document holds no text. Choose the file that holds the plan.",
            )
        )
    return Checked(source)
