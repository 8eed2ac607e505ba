"""Word documents → one line for each paragraph, with heading styles, list depth and bold lines."""

import io
import re
from collections import defaultdict
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from assessor.planning.source import LineCollector, SourceLine
from assessor.planning.table_rows import add_table

_NUMBER_FORMATS = {"decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman"}
_ROMAN = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split()


def docx_lines(data: bytes) -> tuple[list[SourceLine], str]:
    """The paragraphs and table rows of a Word document in order, and its title property."""
    document = docx.Document(io.BytesIO(data))
    collector = LineCollector()
    numbering = _Numbering(document)
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            _add_table(collector, item, numbering)
        else:
            _add_paragraph(collector, item, numbering)
    return collector.lines, document.core_properties.title or ""


def _add_table(collector: LineCollector, table: Table, numbering: "_Numbering") -> None:
    rows = []
    for row in table.rows:
        cells: list[str] = []
        seen: set[int] = set()
        for cell in row.cells:
            # A merged cell is reported once for each column it spans.
            if id(cell._tc) not in seen:
                seen.add(id(cell._tc))
                cells.append(
                    "\n".join(" ".join(p.text.split()) for p in cell.paragraphs if p.text.strip())
                )
        rows.append(cells)
    if rows and max(len(r) for r in rows) >= 2:
        add_table(collector, rows)
        return
    for row in table.rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                _add_paragraph(collector, paragraph, numbering)


def _add_paragraph(collector: LineCollector, paragraph: Paragraph, numbering: "_Numbering") -> None:
    text = paragraph.text
    if not text.strip():
        return
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    heading: int | None = None
    if match := re.match(r"heading (\d)", style, re.IGNORECASE):
        heading = int(match.group(1))
    elif style.lower() == "title":
        heading = 1
    if re.match(r"toc \d", style, re.IGNORECASE):
        collector.add(text, aside="table of contents")
        return
    depth, marker = numbering.of(paragraph, style)
    if heading is None and marker is None and _is_bold(paragraph):
        heading = 6
    if heading is None and marker is None and (parts := _run_in(paragraph)) is not None:
        collector.add(parts[0], heading=7)
        collector.add(parts[1])
        return
    pieces = text.split("\n")
    collector.add(pieces[0], heading=heading, depth=depth, marker=marker)
    for piece in pieces[1:]:
        collector.add(piece, heading=heading)


def _is_bold(paragraph: Paragraph) -> bool:
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs) and len(paragraph.text) <= 160


def _run_in(paragraph: Paragraph) -> tuple[str, str] | None:
    """A bold beginning that ends like a heading, and the plain text that follows it."""
    runs = [run for run in paragraph.runs if run.text]
    count = 0
    while count < len(runs) and runs[count].bold:
        count += 1
    if not 0 < count < len(runs):
        return None
    bold = "".join(run.text for run in runs[:count]).strip()
    rest = "".join(run.text for run in runs[count:]).strip()
    if len(bold) > 90 or not rest or len(bold.split()) > 12:
        return None
    if bold[-1] in ".:–—-" or rest[0] in ":–—-.":
        return bold.rstrip(".:–—- "), rest.lstrip(".:–—- ")
    return None


class _Numbering:
    """Counts automatic numbers as Word would draw them."""

    def __init__(self, document: Any) -> None:
        # python-docx has no typed face for numbering definitions; the XML is read as it stands.
        self.abstract: dict[str, dict[int, tuple[str, str]]] = {}
        self.instances: dict[str, str] = {}
        self.counts: dict[str, dict[int, int]] = defaultdict(dict)
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        for definition in root.findall(qn("w:abstractNum")):
            levels: dict[int, tuple[str, str]] = {}
            for level in definition.findall(qn("w:lvl")):
                fmt, text = level.find(qn("w:numFmt")), level.find(qn("w:lvlText"))
                levels[int(level.get(qn("w:ilvl"), "0"))] = (
                    fmt.get(qn("w:val"), "bullet") if fmt is not None else "bullet",
                    text.get(qn("w:val"), "") if text is not None else "",
                )
            self.abstract[definition.get(qn("w:abstractNumId"))] = levels
        for number in root.findall(qn("w:num")):
            link = number.find(qn("w:abstractNumId"))
            if link is not None:
                self.instances[number.get(qn("w:numId"))] = link.get(qn("w:val"))

    def of(self, paragraph: Paragraph, style: str) -> tuple[int | None, str | None]:
        number_id, level = self._reference(paragraph)
        if (
            match := re.match(r"list (?:bullet|number|continue) (\d)", style, re.IGNORECASE)
        ) and level == 0:
            # Word's own list styles of depth 2 and 3 are separate lists, each of level 0.
            return int(match.group(1)), "•"
        if number_id is None or number_id == "0":
            if match := re.match(r"list (bullet|number)(?: (\d))?", style, re.IGNORECASE):
                return int(match.group(2) or 1), "•"
            return None, None
        formats = self.abstract.get(self.instances.get(number_id, ""), {})
        fmt, pattern = formats.get(level, ("bullet", ""))
        if fmt not in _NUMBER_FORMATS:
            return level + 1, "•"
        counts = self.counts[number_id]
        counts[level] = counts.get(level, 0) + 1
        for deeper in [k for k in counts if k > level]:
            del counts[deeper]

        def value(match: re.Match[str]) -> str:
            index = int(match.group(1)) - 1
            return _drawn(counts.get(index, 1), formats.get(index, ("decimal", ""))[0])

        return level + 1, re.sub(r"%(\d)", value, pattern) or "•"

    def _reference(self, paragraph: Paragraph) -> tuple[str | None, int]:
        holders: list[Any] = [paragraph._p.pPr]
        style: Any = paragraph.style
        while style is not None and len(holders) < 6:
            holders.append(
                style.element.pPr
                if hasattr(style.element, "pPr")
                else style.element.find(qn("w:pPr"))
            )
            style = style.base_style
        for holder in holders:
            properties = holder.find(qn("w:numPr")) if holder is not None else None
            if properties is not None:
                number, level = properties.find(qn("w:numId")), properties.find(qn("w:ilvl"))
                if number is not None:
                    return number.get(qn("w:val")), int(
                        level.get(qn("w:val"))
                    ) if level is not None else 0
        return None, 0


def _drawn(count: int, fmt: str) -> str:
    if fmt in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if fmt == "upperLetter" else letter
    if fmt in {"lowerRoman", "upperRoman"} and count <= len(_ROMAN):
        return _ROMAN[count - 1].upper() if fmt == "upperRoman" else _ROMAN[count - 1]
    return str(count)
