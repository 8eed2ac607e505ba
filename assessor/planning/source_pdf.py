"""PDF → lines with page, left edge and size of type."""

import ctypes
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from assessor.planning.source import SourceLine, whole_letters

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
    bullet: bool = False


@dataclass(frozen=True)
class _Dot:
    """A small shape drawn on the page, in points: left, right and the height of its middle."""

    left: float
    right: float
    middle: float


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
    dots = _dots(page)
    try:
        count = textpage.count_chars()
        start = 0
        characters: list[str] = []
        for position in range(count):
            character = chr(pdfium_c.FPDFText_GetUnicode(textpage, position))
            if character in "\r\n":
                if characters:
                    yield _bulleted(_line(textpage, index, start, characters), dots)
                characters = []
                continue
            if not characters:
                start = position
            characters.append("-" if character in "\x02\ufffe\u00ad" else character)
        if characters:
            yield _bulleted(_line(textpage, index, start, characters), dots)
    finally:
        textpage.close()
        page.close()


# A page that draws more shapes than this is a map or a picture, and no list.
MAX_SHAPES = 4000
DOT_SIZE = 7.0


def _dots(page: pdfium.PdfPage) -> list[_Dot]:
    """Small shapes of a page: many programs draw the bullets of a list instead of writing them."""
    dots: list[_Dot] = []
    shapes = page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_PATH,), max_depth=3)
    for shape in islice(shapes, MAX_SHAPES):
        left, bottom, right, top = shape.get_bounds()
        width, height = right - left, top - bottom
        if 1.0 <= width <= DOT_SIZE and 0.6 * width <= height <= 1.7 * width:
            dots.append(_Dot(left, right, (bottom + top) / 2))
    return dots


def _bulleted(line: _Drawn, dots: list[_Dot]) -> _Drawn:
    """The line with its bullet, where one is drawn close to the left of it."""
    near = any(
        line.bottom <= dot.middle <= line.top and 0 <= line.left - dot.right <= 2.2 * line.size
        for dot in dots
    )
    return replace(line, bullet=True) if near else line


def _left_margins(drawn: list[_Drawn]) -> list[float]:
    """For every line the left edge of the column it stands in.

    A new column begins where the text goes back up the page and to the right; columns that begin
    at about the same place on the page share an edge.
    """
    runs: list[list[int]] = []
    for position, line in enumerate(drawn):
        before = drawn[position - 1] if position else None
        climbs = before is not None and line.page == before.page and line.bottom > before.top
        aside = before is not None and abs(line.left - before.left) > 8 * line.size
        if before is None or before.page != line.page or (climbs and aside):
            runs.append([])
        runs[-1].append(position)
    edges = [min(drawn[i].left for i in run) for run in runs]
    margins = [0.0] * len(drawn)
    for run, edge in zip(runs, edges, strict=True):
        reach = 4 * drawn[run[0]].size
        shared = min(other for other in edges if abs(other - edge) <= reach)
        for position in run:
            margins[position] = shared
    return margins


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
    margins = _left_margins(drawn)
    lines: list[SourceLine] = []
    block = 0
    previous: _Drawn | None = None
    for number, (line, margin) in enumerate(zip(drawn, margins, strict=True), start=1):
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
                whole_letters(" ".join(line.text.split())),
                indent=max(0, round((line.left - margin) / max(4.0, body * 0.5))),
                heading=heading,
                marker="•" if line.bullet else None,
                page=line.page,
                gap=apart,
            )
        )
        previous = line
    return lines
