"""PDF → lines with page, left edge and size of type."""

import ctypes
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from assessor.planning.source import SourceLine

MAX_PAGES = 600


class PdfError(Exception):
    """A PDF that cannot be read, with the problem's code and its message to the person."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class _Drawn:
    text: str
    page: int
    left: float
    top: float
    bottom: float
    size: float
    weight: int


def pdf_lines(data: bytes) -> list[SourceLine]:
    """The lines of a PDF in the order of its content, with headings told by size of type.

    Raises PdfError for a password, damage, too many pages, and pages that are pictures only.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise PdfError(
                "password",
                "The PDF is protected by a password. Save a copy without it, or paste the text of the plan.",  # noqa: E501
            ) from error
        raise PdfError(
            "damaged", "The PDF is damaged and cannot be opened. Save or print it anew as a PDF."
        ) from error
    try:
        if len(document) > MAX_PAGES:
            raise PdfError(
                "too-large", f"The PDF has {len(document)} pages. Give the pages of the plan alone."
            )
        drawn = [line for index in range(len(document)) for line in _page(document, index)]
    finally:
        document.close()
    if sum(len(line.text.strip()) for line in drawn) < 20:
        raise PdfError(
            "scanned",
            "The PDF holds pictures of pages and no text. Run text recognition (OCR) on it, or paste the text.",  # noqa: E501
        )
    return _numbered(drawn)


def _page(document: pdfium.PdfDocument, index: int) -> Iterator[_Drawn]:
    page = document[index]
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        start = 0
        characters: list[str] = []
        for position in range(count):
            character = chr(pdfium_c.FPDFText_GetUnicode(textpage, position))
            if character in "\r\n":
                if characters:
                    yield _line(textpage, index, start, characters)
                characters = []
                continue
            if not characters:
                start = position
            characters.append("-" if character in "\x02\ufffe\u00ad" else character)
        if characters:
            yield _line(textpage, index, start, characters)
    finally:
        textpage.close()
        page.close()


def _line(textpage: pdfium.PdfTextPage, page: int, start: int, characters: list[str]) -> _Drawn:
    text = "".join(characters)
    first = next((i for i, c in enumerate(characters) if not c.isspace()), 0)
    # The letters after a bullet tell the type; the bullet often comes from another face.
    probe = next((i for i, c in enumerate(characters) if c.isalpha()), first)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium_c.FPDFText_GetCharBox(textpage, start + first, left, right, bottom, top)
    size = pdfium_c.FPDFText_GetFontSize(textpage, start + probe)
    box = pdfium_c.FS_RECTF()
    if pdfium_c.FPDFText_GetLooseCharBox(textpage, start + probe, box):
        # Some producers set size 1 and scale the text; the box tells the size one sees.
        size = abs(box.top - box.bottom) or size
        return _Drawn(
            text, page + 1, left.value, box.top, box.bottom, size, _weight(textpage, start + probe)
        )
    return _Drawn(
        text, page + 1, left.value, top.value, bottom.value, size, _weight(textpage, start + probe)
    )


def _weight(textpage: pdfium.PdfTextPage, position: int) -> int:
    return int(pdfium_c.FPDFText_GetFontWeight(textpage, position))


def _numbered(drawn: list[_Drawn]) -> list[SourceLine]:
    sizes: Counter[float] = Counter()
    for line in drawn:
        sizes[round(line.size * 2) / 2] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    bold_share = sum(len(x.text) for x in drawn if x.weight >= 600) / max(
        1, sum(len(x.text) for x in drawn)
    )
    larger = sorted({round(x.size * 2) / 2 for x in drawn if x.size > body * 1.12}, reverse=True)[
        :5
    ]
    left_edges = [line.left for line in drawn if line.text.strip()]
    margin = min(left_edges) if left_edges else 0.0
    lines: list[SourceLine] = []
    block = 0
    previous: _Drawn | None = None
    for number, line in enumerate(drawn, start=1):
        size = round(line.size * 2) / 2
        heading: int | None = None
        if size in larger:
            heading = larger.index(size) + 1
        elif line.weight >= 600 and bold_share < 0.4 and size >= body * 0.9:
            heading = 6
        apart = previous is not None and (
            previous.page != line.page
            or previous.bottom - line.top > 0.45 * max(1.0, line.size)
            or line.bottom > previous.top
        )
        if previous is None or apart or abs(previous.size - line.size) > 0.6:
            block += 1
        lines.append(
            SourceLine(
                number,
                " ".join(line.text.split()),
                indent=max(0, round((line.left - margin) / max(4.0, body * 0.5))),
                heading=heading,
                page=line.page,
                gap=apart,
            )
        )
        previous = line
    return lines
