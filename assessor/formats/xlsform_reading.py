"""A workbook becomes a form: its settings, lists of choices and tree, with what is wrong in them.

What pyxform, the reference converter, refuses is refused here too, with all mistakes at once.
"""

from assessor.domain.checks.finding import nearest
from assessor.formats.xlsform_columns import Row, languages, table
from assessor.formats.xlsform_tree import NO, XML_NAME, YES, Choice, Form, Node
from assessor.formats.xlsform_types import BY_NAME, SELECTS, SETTINGS_TYPES, Read, read_type
from assessor.formats.xlsform_workbook import SHEETS, Sheet, Workbook

FORM_NAME = "data"
"""What a form is called inside where its settings give it no other name."""


def read_form(book: Workbook, file: str) -> Form:
    """The form in a workbook. Its `problems` are complete but for those of `xlsform_rules`."""
    form = Form(file)
    if "survey" not in book.sheets or not (
        book.sheets["survey"].header or book.sheets["survey"].rows
    ):
        _no_survey(book, form)
        return form
    _read_settings(book, form)
    _read_choices(book, form)
    _read_external(book, form)
    collapse = form.setting("clean_text_values") not in NO
    form.survey = table(book.sheets["survey"], file, collapse)
    form.problems.extend(form.survey.problems)
    if not form.survey.has("type"):
        message = (
            "The survey sheet has no column “type”. Its first row should name the columns: type, "
            "name, label and so on."
        )
        form.problem("no-type-column", message, 1)
        return form
    _read_survey(form)
    form.languages = languages([form.survey, form.choice_table], form.setting("default_language"))
    return form


def _no_survey(book: Workbook, form: Form) -> None:
    guess = nearest("survey", [name.lower() for name in book.names])
    hint = f" Rename “{guess}”, if that is it." if guess and guess != "survey" else ""
    form.problem(
        "no-survey",
        "The file has no sheet “survey”, or nothing stands in it. A form's questions stand "
        f"there.{hint}",
        1,
    )


def _read_settings(book: Workbook, form: Form) -> None:
    sheet = book.sheets.get("settings")
    if sheet is None or not sheet.rows:
        return
    header = sheet.header
    if {"form_id", "id_string"} <= set(header):
        header = tuple(name for name in header if name != "id_string")
        rows = tuple(
            (line, {k: v for k, v in r.items() if k != "id_string"}) for line, r in sheet.rows
        )
        sheet = Sheet(sheet.name, header, rows)
    found = table(sheet, form.file)
    form.problems.extend(found.problems)
    if not found.rows:
        return
    row = found.rows[0]
    form.settings.update(row.cells)
    for name, texts in row.texts.items():
        form.settings.setdefault(name, next(iter(texts.values())))
    name = form.setting("name")
    if name and not XML_NAME.fullmatch(name):
        _bad_name(form, name, row.line, "settings")
    if form.setting("omit_instanceID") in YES and form.setting("public_key"):
        message = (
            "A form that is encrypted (`public_key`) needs its ids: remove `omit_instanceID` or "
            "`public_key`."
        )
        form.problem("settings", message, row.line, "omit_instanceID", "settings")


def _bad_name(form: Form, name: str, line: int, sheet: str = "survey") -> None:
    message = (
        f"“{name[:60]}” cannot be a name. Begin with a letter or `_`, and go on with letters, "
        "digits, `_`, `-` or `.`, without spaces."
    )
    form.problem("bad-name", message, line, "name", sheet)


def _read_choices(book: Workbook, form: Form) -> None:
    sheet = book.sheets.get("choices")
    if sheet is None or not sheet.rows:
        return
    found = table(sheet, form.file)
    form.choice_table = found
    form.problems.extend(found.problems)
    if not found.has("name"):
        message = "The choices sheet has no column “name”. It needs list_name, name and label."
        form.problem("no-name-column", message, 1, sheet="choices")
        return
    twice = form.setting("allow_choice_duplicates") in YES
    for row in found.rows:
        list_name, name = row.get("list name"), row.get("name")
        if not list_name:
            continue
        known = form.choices.setdefault(list_name, [])
        if not name:
            message = f"A choice of the list “{list_name}” has no name. Give it one, such as `yes`."
            form.problem("choice-without-name", message, row.line, "name", "choices")
        elif not twice and any(choice.name == name for choice in known):
            message = (
                f"The list “{list_name}” has two choices called “{name}”. Give one another name, "
                "or set `allow_choice_duplicates` to yes."
            )
            form.problem("duplicate-choice", message, row.line, "name", "choices")
        else:
            known.append(Choice(row, name))


def _read_external(book: Workbook, form: Form) -> None:
    sheet = book.sheets.get("external_choices")
    for row in table(sheet, form.file).rows if sheet else ():
        if row.get("list name") and row.get("name"):
            form.external.setdefault(row.get("list name"), []).append(Choice(row, row.get("name")))


def _read_survey(form: Form) -> None:
    """Builds the tree; a stack of open groups tells where the next row stands."""
    open_groups: list[Node] = []
    seen: dict[int, set[str]] = {}
    repeats: set[str] = set()
    for row in form.survey.rows:
        if row.get("disabled") in YES:
            form.disabled.append(row)
            continue
        text = row.get("type")
        if not text:
            _row_without_type(form, row)
            continue
        if text in SETTINGS_TYPES:
            form.settings["id_string" if text.endswith("id") else "title"] = row.get("name")
            continue
        read = read_type(text)
        if read is None:
            _unknown_type(form, row, text)
            continue
        if read.what == "end":
            _close(form, row, read, open_groups)
            continue
        node = _node(form, row, read, open_groups[-1] if open_groups else None)
        _check_name(form, node, seen, repeats)
        (open_groups[-1].children if open_groups else form.roots).append(node)
        if read.what == "begin":
            _check_loop(form, node)
            open_groups.append(node)
    for node in open_groups:
        message = (
            f"`begin {node.read.control}` opens “{node.name}”, and nothing closes it. Add a row "
            f"`end {node.read.control}` after its last question."
        )
        form.problem("unmatched-begin", message, node.row.line, "type")


def _row_without_type(form: Form, row: Row) -> None:
    if row.has("name") or row.has("label"):
        message = "This row has no type. Give it one, such as `text`, or empty it."
        form.problem("no-type", message, row.line, "type")
    else:
        form.comments.append(row)


def _unknown_type(form: Form, row: Row, text: str) -> None:
    if text == "include":
        message = (
            "`include` takes in another file, which did not come with this one. Copy its rows here."
        )
        form.problem("include", message, row.line, "type")
        return
    known = [*BY_NAME, *(f"{name} list" for name in SELECTS), "begin group", "begin repeat"]
    guess = nearest(text.lower(), known)
    hint = f" Did you mean `{guess}`?" if guess else ""
    if text in SELECTS:
        hint = f" Name the list of choices behind it, as in `{text} fruits`."
    elif re_begins_select(text):
        hint = (
            " The list is named in one word, followed by nothing but `or_other`: "
            "`select_one fruits or_other`."
        )
    message = f"There is no question type `{text[:60]}`.{hint}"
    form.problem("unknown-type", message, row.line, "type")


def re_begins_select(text: str) -> bool:
    return any(text.startswith(f"{name} ") for name in SELECTS)


def _close(form: Form, row: Row, read: Read, open_groups: list[Node]) -> None:
    if open_groups and open_groups[-1].read.control == read.control:
        open_groups.pop()
        return
    message = f"`end {read.control}` closes nothing."
    if open_groups:
        last = open_groups[-1]
        message += (
            f" The last thing opened is the {last.read.control} “{last.name}” in row "
            f"{last.row.line}; close that first."
        )
    else:
        message += f" Remove the row, or add `begin {read.control}` before its first question."
    form.problem("unmatched-end", message, row.line, "type")


def _node(form: Form, row: Row, read: Read, parent: Node | None) -> Node:
    name = row.get("name")
    question = read.question.name if read.question else ""
    if not name and row.get("type") == "note":
        name = f"generated_note_name_{row.line}"
    elif question == "audit":
        if name not in {"", "audit"}:
            message = "An audit is always called `audit`. Leave its name empty."
            form.problem("audit-name", message, row.line, "name")
        name = "audit"
    return Node(row, read, name, parent)


def _check_name(form: Form, node: Node, seen: dict[int, set[str]], repeats: set[str]) -> None:
    line, name = node.row.line, node.name
    if not name:
        message = "This question or group has no name. Give it one, such as `visits`."
        form.problem("no-name", message, line, "name")
        return
    if not XML_NAME.fullmatch(name):
        _bad_name(form, name, line)
        return
    if node.read.question and node.read.question.name == "audit":
        return
    siblings = seen.setdefault(id(node.parent), {"meta"})
    if name in siblings:
        message = f"“{name}” is the name of two things in the same group. Give one another name."
        if name == "meta":
            message = "“meta” is reserved for what a form keeps about itself. Take another name."
        form.problem("duplicate-name", message, line, "name")
    siblings.add(name)
    if node.read.control == "repeat":
        if name == (form.setting("name") or FORM_NAME):
            message = f"A repeat cannot be called “{name}”, as the form itself is. Rename it."
            form.problem("duplicate-name", message, line, "name")
        elif name in repeats:
            message = f"Two repeats are called “{name}”. Give one of them another name."
            form.problem("duplicate-name", message, line, "name")
        repeats.add(name)


def _check_loop(form: Form, node: Node) -> None:
    if node.read.control != "loop":
        return
    if not node.read.list_name:
        message = "A loop goes over a list. Name it: `begin loop over fruits`."
        form.problem("loop-without-list", message, node.row.line, "type")
    elif node.read.list_name not in form.choices:
        no_list(form, node.read.list_name, node.row.line)
    else:
        # What is asked in a loop is named by the choices it goes over.
        for choice in form.choices[node.read.list_name]:
            if not XML_NAME.fullmatch(choice.name):
                _bad_name(form, choice.name, choice.row.line, "choices")


def no_list(form: Form, list_name: str, line: int) -> None:
    """Reports that the choices sheet does not have this list."""
    if not form.choices:
        message = (
            f"The list “{list_name}” stands nowhere, since there is no sheet “choices” with "
            "list_name, name and label. Add it."
        )
        form.problem("no-choices", message, line, "type")
        return
    guess = nearest(list_name, list(form.choices))
    hint = f"Did you mean “{guess}”?" if guess else "Add it, or name one that is there."
    message = f"The choices sheet has no list “{list_name}”. {hint}"
    form.problem("no-list", message, line, "type")


__all__ = ["SHEETS", "read_form"]
