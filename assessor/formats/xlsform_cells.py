"""Rows of texts become the bytes of a workbook: always text, never a formula, always the same."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell

FORMULA = ("=", "+", "-", "@", "\t", "\r")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
LONGEST_CELL = 32_000

Rows = Sequence[Mapping[str, str]]


def workbook_bytes(sheets: Mapping[str, tuple[Sequence[str], Rows]]) -> bytes:
    """An .xlsx file. `sheets`: name → its columns, and its rows by column; all cells are texts."""
    book = Workbook(write_only=True)
    for name, (columns, rows) in sheets.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        sheet.append([_cell(sheet, column) for column in columns])
        for row in rows:
            sheet.append([_cell(sheet, row.get(column, "")) for column in columns])
    made = io.BytesIO()
    book.save(made)
    return _without_times(made.getvalue())


def written(text: str) -> str:
    """The text as a cell holds it: without what XML cannot say, and no longer than a cell."""
    return _UNWRITABLE.sub("", text)[:LONGEST_CELL]


# The sheet's class is openpyxl's own for writing only, which its types do not name.
def _cell(sheet: object, text: str) -> Cell | None:
    clean = written(text)
    if not clean:
        return None
    cell: Cell = WriteOnlyCell(sheet, value=clean)  # type: ignore[arg-type]
    # A text that begins like a formula stays a text, also after somebody edits the cell.
    cell.data_type = "s"
    if clean.startswith(FORMULA):
        cell.quotePrefix = True
    return cell


def _without_times(data: bytes) -> bytes:
    """The same archive without the moment it was made: the same content has the same bytes."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _STAMP.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            new.writestr(part, content)
    return made.getvalue()


def in_pieces(text: str, longest: int = LONGEST_CELL - 1000) -> list[str]:
    """A long text for several cells, none with a space at an end, which reading would take away."""
    pieces = []
    while len(text) > longest:
        end = longest
        while end > 1 and (text[end - 1].isspace() or text[end].isspace()):
            end -= 1
        pieces.append(text[:end])
        text = text[end:]
    return [*pieces, text]
