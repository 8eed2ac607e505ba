"""What a form says of entities, which Assessor has not: only the mistakes that pyxform refuses."""

from assessor.formats.xlsform_columns import Row, table
from assessor.formats.xlsform_tree import XML_NAME, Form
from assessor.formats.xlsform_workbook import Workbook

_COLUMNS = frozenset("dataset entity_id create_if update_if repeat label".split())


def check_entities(form: Form, book: Workbook) -> None:
    """Adds a problem for every broken rule of the entities sheet and the column `save_to`."""
    sheet = book.sheets.get("entities")
    found = table(sheet, form.file) if sheet and sheet.rows else None
    names: set[str] = set()
    if found is not None:
        unknown = [column for column, _l in found.columns.values() if column not in _COLUMNS]
        if unknown:
            message = f"The entities sheet has no column “{unknown[0][:60]}”. Remove it."
            form.problem("entities", message, 1, unknown[0], "entities")
        for row in found.rows:
            _check_entity(form, row, names)
        places = 1 + sum(node.is_group for node in form.nodes())
        for row in found.rows[places:]:
            message = "There is no group left that this entity could be made from. Remove it."
            form.problem("entities", message, row.line, "list_name", "entities")
    for node in form.nodes():
        text = node.row.get("save_to")
        if not text:
            continue
        line = node.row.line
        list_name, _mark, _property = text.rpartition("#")
        if node.is_group:
            form.problem("entities", "A group cannot be saved to an entity.", line, "save_to")
        elif not names:
            message = "`save_to` needs a sheet “entities” that says to what. Add it."
            form.problem("entities", message, line, "save_to")
        elif text.count("#") > 1 or (list_name and list_name not in names):
            message = "`save_to` names no list of the entities sheet. Write `list#property`."
            form.problem("entities", message, line, "save_to")
        elif len(names) > 1 and not list_name:
            message = "There are several entities: say which one, as in `list#property`."
            form.problem("entities", message, line, "save_to")


def _check_entity(form: Form, row: Row, names: set[str]) -> None:
    name = row.get("dataset")
    if not name:
        form.problem("entities", "This entity has no list name.", row.line, "list_name", "entities")
        return
    if name in names:
        message = f"Two entities are called “{name}”. Rename one of them."
        form.problem("entities", message, row.line, "list_name", "entities")
    if not XML_NAME.fullmatch(name) or "." in name or name.startswith("__"):
        message = "The list name of an entity begins with a letter, and holds no full stop."
        form.problem("entities", message, row.line, "list_name", "entities")
    names.add(name)
    creates = bool(row.get("create_if")) or not row.get("entity_id")
    if row.get("update_if") and not row.get("entity_id"):
        message = "An entity is updated by its id. Fill in `entity_id`."
        form.problem("entities", message, row.line, "entity_id", "entities")
    elif row.get("create_if") and row.get("entity_id") and not row.get("update_if"):
        message = "Where an entity may be created or updated, say when it is: `update_if`."
        form.problem("entities", message, row.line, "update_if", "entities")
    elif creates and not row.has("label"):
        message = "An entity that is created needs a label."
        form.problem("entities", message, row.line, "label", "entities")
