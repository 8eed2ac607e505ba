"""An instrument becomes an XLSForm that other tools can use and that Assessor reads back whole.

The rows are written twice: once to see what XLSForm's own columns say of the instrument, and then
with the rest beside it, in columns and a sheet of Assessor's own.
"""

import re

from assessor.domain.instrument import Instrument, Item, Page, RepeatingGroup
from assessor.formats.foreign import Losses, LossReport
from assessor.formats.xlsform_cells import in_pieces, workbook_bytes
from assessor.formats.xlsform_import import read_book
from assessor.formats.xlsform_more import instrument_differences, item_more, page_more
from assessor.formats.xlsform_own import KIND, MORE, as_json
from assessor.formats.xlsform_rows import names_of, write_item
from assessor.formats.xlsform_sheets import Cells, Sheets, language_name
from assessor.formats.xlsform_unseen import report_unseen
from assessor.formats.xlsform_workbook import OWN_SHEET, read_workbook

NAME = "xlsform.xlsx"
_COLUMNS = (
    "type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message",
    "calculation", "choice_filter", "default", "appearance", "parameters", KIND, MORE,
)  # fmt: skip


def write_xlsform(instrument: Instrument) -> tuple[bytes, LossReport]:
    """The instrument as .xlsx, with what other tools will not see of it.

    Reading the bytes gives an equal instrument, and the same instrument gives the same bytes.
    """
    losses = Losses()
    sheets, heads = _sheets(instrument, losses)
    own = _add_more(instrument, sheets, heads)
    data = _bytes(instrument, sheets, own)
    report_unseen(instrument, losses)
    questions = sum(1 for item in instrument.items() for _name in names_of(item))
    counts = {
        "questions": (questions, sum("end " not in row["type"] for row in sheets.survey)),
        "languages": (len(instrument.languages), len(instrument.languages)),
    }
    report = LossReport(
        source=instrument.key, format="xlsform", losses=tuple(losses.lines), counts=counts
    )
    return data, report


def _sheets(instrument: Instrument, losses: Losses) -> tuple[Sheets, dict[str, Cells]]:
    """The rows of the form, and the first row of each page and item by its name."""
    sheets = Sheets(instrument, losses)
    for item in instrument.items():
        for name in names_of(item):
            sheets.names[name] = "meta_item" if name == "meta" else name
    heads: dict[str, Cells] = {}
    if instrument.introduction.strip():
        row = sheets.row("note", _free(sheets, "introduction"), "introduction")
        sheets.say(row, "label", "introduction", instrument.introduction)
    for page in instrument.pages:
        _write_page(sheets, page, heads)
    return sheets, heads


def _free(sheets: Sheets, name: str) -> str:
    """A name for a group or note that nothing else has."""
    taken = {*sheets.names.values(), *(row.get("name", "") for row in sheets.survey), "meta"}
    start, number = name, 1
    while name in taken:
        number += 1
        name = f"{start}_{number}"
    return name


def _write_page(sheets: Sheets, page: Page, heads: dict[str, Cells]) -> None:
    name = _free(sheets, page.key)
    row = sheets.row("begin group", name, "page", appearance="field-list")
    heads[name] = row
    if page.title.strip():
        sheets.say(row, "label", f"page.{page.key}.title", page.title)
    row["relevant"] = sheets.logic(page.relevant, page.key, "page relevance")
    if page.introduction.strip():
        note = sheets.row("note", _free(sheets, f"{name}_introduction"), "introduction")
        sheets.say(note, "label", f"page.{page.key}.introduction", page.introduction)
    for item in page.items:
        heads[sheets.names[item.key]] = write_item(sheets, item)
    sheets.survey.append({"type": "end group"})


def _add_more(instrument: Instrument, sheets: Sheets, heads: dict[str, Cells]) -> dict[str, object]:
    """Writes what the rows do not say beside them; what is about the whole is given back."""
    checked = read_workbook(_bytes(instrument, sheets, {}), NAME)
    assert checked.value is not None, "what was just written can be read"
    imported, context = read_book(checked.value, NAME)
    assert context is not None, f"a written form is a form: {imported.problems[:3]}"
    by_name = {row["name"]: row for row in sheets.survey if "name" in row}
    own: dict[str, object] = {}
    pages = [row["name"] for row in sheets.survey if row.get(KIND) == "page"]
    for name, page in zip(pages, instrument.pages, strict=True):
        _put(by_name[name], page_more(page, context.native.get(name, {})))
        for item in _with_repeated(page):
            native = context.native.get(sheets.names[item.key], {})
            more, rows = item_more(item, native)
            _put(by_name[sheets.names[item.key]], more)
            for key, fields in rows.items():
                _put(_first_row(sheets, key), fields)
    own.update(instrument_differences(instrument, context))
    return own


def _with_repeated(page: Page) -> list[Item]:
    found: list[Item] = []
    for item in page.items:
        found.append(item)
        if isinstance(item, RepeatingGroup):
            found.extend(item.items)
    return found


def _first_row(sheets: Sheets, key: str) -> Cells:
    return next(
        row for row in sheets.survey if row.get("name", "").partition(".")[0] == key
        and not row["type"].startswith("begin")
    )  # fmt: skip


def _put(row: Cells, more: dict[str, object]) -> None:
    if more:
        row[MORE] = as_json(more)


def _bytes(instrument: Instrument, sheets: Sheets, own: dict[str, object]) -> bytes:
    settings = {
        "form_title": sheets.safe(instrument.title),
        "form_id": instrument.key,
        "default_language": language_name(instrument.language),
        "style": "pages",
    }
    if any(row["type"] == "begin repeat" and row["name"] == "data" for row in sheets.survey):
        settings["name"] = "form"
    whole: dict[str, tuple[list[str], list[Cells]]] = {
        "survey": (_columns(sheets.survey, _COLUMNS), sheets.survey),
        "choices": (_columns(sheets.choices, ("list_name", "name", "label")), sheets.choices),
        "settings": (list(settings), [settings]),
    }
    rows = [
        {"field": name, "value": piece}
        for name, value in sorted(own.items())
        for piece in in_pieces(as_json(value))
    ]
    if rows:
        whole[OWN_SHEET] = (["field", "value"], rows)
    return workbook_bytes({name: sheet for name, sheet in whole.items() if sheet[1]})


def _columns(rows: list[Cells], order: tuple[str, ...]) -> list[str]:
    """The columns that hold something, languages beside one another, attributes at the end."""
    used = list(dict.fromkeys(column for row in rows for column, text in row.items() if text))
    place = {name: i for i, name in enumerate(order)}

    def rank(column: str) -> int:
        return place.get(column, place.get(re.split("::", column)[0], len(order)))

    return sorted(used, key=rank)
