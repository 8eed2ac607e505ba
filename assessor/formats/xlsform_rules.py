"""What a form may not say: the rules by which pyxform refuses one, each with what to do instead."""

import re
from collections import Counter

from assessor.domain.checks.finding import nearest
from assessor.formats.xlsform_entities import check_entities
from assessor.formats.xlsform_parameters import check_parameters
from assessor.formats.xlsform_reading import no_list
from assessor.formats.xlsform_tree import (
    ANY_REFERENCE,
    ONLY_REFERENCE,
    STRICT_REFERENCE,
    Form,
    Node,
)
from assessor.formats.xlsform_types import FROM_FILE
from assessor.formats.xlsform_workbook import Workbook

_FILES = (".xml", ".csv", ".geojson")


def check_form(form: Form, book: Workbook) -> None:
    """Adds every broken rule to the form's problems."""
    for node in form.nodes():
        check_parameters(form, node)
        if node.read.what == "select":
            _check_select(form, node, book)
        _check_words(form, node)
        _check_trigger(form, node)
        _check_calculate(form, node)
    _check_table_lists(form)
    _check_generated_names(form)
    _check_files(form)
    _check_searches(form)
    check_entities(form, book)
    _check_references(form, book)


def _check_select(form: Form, node: Node, book: Workbook) -> None:
    read, line = node.read, node.row.line
    ending = re.search(r"\.[^.]+$", read.list_name)
    from_file = bool(ending) and ending is not None and ending[0] in _FILES
    referred = bool(ANY_REFERENCE.search(read.list_name))
    if read.command in FROM_FILE and (not from_file or read.list_name.count(".") != 1):
        message = f"`{read.command}` reads a file: name one that ends in .csv, .xml or .geojson."
        form.problem("file-name", message, line, "type")
        return
    if read.select == "external":
        lists = {cells.get(h, "") for _l, cells in book.rows("external_choices") for h in cells
                 if h.lower().replace("_", " ") == "list name"}  # fmt: skip
        if read.list_name not in lists:
            message = f"The sheet external_choices has no list “{read.list_name}”. Add it there."
            form.problem("no-list", message, line, "type")
        return
    if not from_file and not referred:
        if read.list_name not in form.choices:
            no_list(form, read.list_name, line)
            return
        for choice in form.choices[read.list_name] if read.select == "multiple" else []:
            if " " in choice.name:
                message = (
                    f"The list “{read.list_name}” has a choice “{choice.name}”. Where several may "
                    "be chosen, names cannot hold spaces: write `_` instead."
                )
                form.problem("choice-with-space", message, choice.row.line, "name", "choices")
                break
    if read.select == "multiple" and referred and not from_file:
        no_list(form, read.list_name, line)
    if read.other and node.row.get("choice_filter"):
        message = "`or_other` cannot stand with a choice filter. Remove one of them."
        form.problem("other-with-filter", message, line, "choice_filter")
    elif read.other and read.list_name not in form.choices:
        message = "`or_other` needs a list of choices. Name one of the sheet “choices”."
        form.problem("no-list", message, line, "type")
    if re.search(r"\bsearch\(", node.row.get("appearance")) and from_file:
        message = "`search()` cannot stand with a choice from a file. Remove one of them."
        form.problem("search", message, line, "appearance")


def _check_words(form: Form, node: Node) -> None:
    """A question that people see has a label, a hint or a picture."""
    row = node.row
    visible = node.read.what == "select" or bool(node.read.question and node.read.question.visible)
    calculated = row.has("calculation") or row.has("trigger")
    words = row.has("label") or row.has("hint") or bool(row.media)
    if node.is_group:
        if row.has("guidance_hint") and not words:
            pass
        return
    if visible and not words and not (calculated and not row.has("guidance_hint")):
        hinted = node.read.question and node.read.question.reading in {"phone", "days"}
        if hinted or row.get("appearance") == "label":
            return
        message = f"“{node.name}” has no label. Write what it asks."
        form.problem("no-label", message, row.line, "label")
    if "media::big-image" in row.media and "media::image" not in row.media:
        message = "`big-image` goes with a smaller picture. Add a column `image` for that."
        form.problem("media", message, row.line, "big-image")


def _check_trigger(form: Form, node: Node) -> None:
    text = node.row.get("trigger")
    if not text:
        if node.read.question and node.read.question.name == "background-geopoint":
            message = "`background-geopoint` needs a trigger: name a question, such as `${visits}`."
            form.problem("trigger", message, node.row.line, "trigger")
        return
    questions = {one.name for one in form.nodes() if not one.is_group}
    for part in text.split(","):
        found = ANY_REFERENCE.findall(part)
        name = STRICT_REFERENCE.fullmatch(found[0]) if len(found) == 1 else None
        if name is None:
            message = "A trigger names questions, with commas between: `${visits}, ${group}`."
            form.problem("trigger", message, node.row.line, "trigger")
        elif name["name"] not in questions:
            _unknown_name(form, name["name"], questions, node.row.line, "trigger", "survey")


def _check_calculate(form: Form, node: Node) -> None:
    # A default that is worked out counts as a calculation.
    if node.row.get("type") != "calculate":
        return
    default = node.row.get("default")
    if not node.row.get("calculation") and not re.search(r"[-+*|(]|\$\{| div | mod ", default):
        message = f"“{node.name}” calculates nothing. Fill in its calculation."
        form.problem("no-calculation", message, node.row.line, "calculation")


def _check_table_lists(form: Form) -> None:
    for group in form.nodes():
        if group.read.control != "group" or "table-list" not in group.appearance:
            continue
        selects = [one for one in group.children if one.read.what == "select"]
        for select in selects:
            if select.read.list_name != selects[0].read.list_name:
                message = (
                    "The questions of a table share one list, and this one has "
                    f"“{select.read.list_name}” instead of “{selects[0].read.list_name}”."
                )
                form.problem("table-list", message, select.row.line, "type")
                break
        if selects and selects[0].row.get("choice_filter"):
            message = "A choice filter cannot stand in a table (`table-list`). Remove one of them."
            form.problem("table-list", message, selects[0].row.line, "choice_filter")


def _check_generated_names(form: Form) -> None:
    """`or_other` and `repeat_count` make questions of their own beside the one they stand at."""
    for node in form.nodes():
        siblings = {one.name for one in (node.parent.children if node.parent else form.roots)}
        made = f"{node.name}_other" if node.read.other else ""
        count = node.row.get("repeat_count")
        if node.read.control == "repeat" and count and not ONLY_REFERENCE.fullmatch(count):
            made = f"{node.name}_count"
        if made and made in siblings:
            message = f"“{made}” is a name the form makes itself here. Give yours another."
            form.problem("duplicate-name", message, node.row.line, "name")


def _check_files(form: Form) -> None:
    """A file is taken in once, under a name of its own."""
    seen: set[str] = set()
    for node in form.nodes():
        if node.read.question and node.read.question.name in {"csv-external", "xml-external"}:
            if node.name in seen:
                message = f"Two files are taken in as “{node.name}”. Give one another name."
                form.problem("duplicate-name", message, node.row.line, "name")
            seen.add(node.name)


def _check_searches(form: Form) -> None:
    """A list whose choices `search()` takes from a file can serve no other question."""
    selects = [node for node in form.nodes() if node.read.what == "select"]
    searched = {n.read.list_name: n for n in selects if "search(" in n.row.get("appearance")}
    for node in selects:
        first = searched.get(node.read.list_name)
        if first is not None and "search(" not in node.row.get("appearance"):
            message = (
                f"“{first.name}” fills the list “{node.read.list_name}” by `search()`, so this "
                "question needs another list."
            )
            form.problem("search", message, node.row.line, "type")


def _unknown_name(
    form: Form, name: str, known: set[str], line: int, column: str, sheet: str
) -> None:
    guess = nearest(name, sorted(known))
    hint = f"Did you mean `${{{guess}}}`?" if guess else "Name one that there is."
    message = f"`${{{name}}}` names no question of the survey sheet. {hint}"
    form.problem("unknown-reference", message, line, column, sheet)


def _check_references(form: Form, book: Workbook) -> None:
    names = Counter(node.name for node in form.nodes() if node.name)
    names["instanceID"] += 1
    choice_texts = {
        header
        for header, (column, _language) in form.choice_table.columns.items()
        if column == "label" or column.startswith("media::")
    }
    skipped = {
        header
        for header, (column, _language) in form.survey.columns.items()
        if column in {"type", "name", "trigger"}
    }
    for line, cells in book.rows("settings"):
        _check_cells(form, cells, names, line, "settings")
    for row in form.survey.rows:
        kept = {h: text for h, text in row.raw.items() if h not in skipped}
        _check_cells(form, kept, names, row.line, "survey")
    for row in form.choice_table.rows:
        kept = {h: text for h, text in row.raw.items() if h in choice_texts}
        _check_cells(form, kept, names, row.line, "choices")


def _check_cells(
    form: Form, cells: dict[str, str], names: Counter[str], line: int, sheet: str
) -> None:
    for header, text in cells.items():
        if "${" not in text or len(text) <= 2:
            continue
        for inner in ANY_REFERENCE.findall(text):
            match = STRICT_REFERENCE.fullmatch(inner)
            if match is None:
                message = (
                    "A name stands between `${` and `}`, without spaces: `${visits}`. Mend it."
                )
                form.problem("bad-reference", message, line, header, sheet)
            elif match["name"] not in names:
                _unknown_name(form, match["name"], set(names), line, header, sheet)
            elif names[match["name"]] > 1:
                message = (
                    f"`${{{match['name']}}}` could be any of {names[match['name']]} questions of "
                    "that name. Give each its own."
                )
                form.problem("ambiguous-reference", message, line, header, sheet)
