"""A form becomes an instrument, with everything that could not be kept as it was in the report."""

import re

from pydantic import ValidationError

from assessor.domain.checks.instrument import check_instrument
from assessor.domain.instrument import Instrument
from assessor.domain.problems import Problem
from assessor.formats.foreign import Imported, Keys, Losses, LossReport
from assessor.formats.foreign_repair import repaired
from assessor.formats.xlsform_columns import ALIASES, TEXTS
from assessor.formats.xlsform_context import Context, Fields, lists_of
from assessor.formats.xlsform_fates import check_cycles, decide
from assessor.formats.xlsform_logic import Logic
from assessor.formats.xlsform_own import KIND, instrument_more, with_more
from assessor.formats.xlsform_pages import Pages
from assessor.formats.xlsform_reading import read_form
from assessor.formats.xlsform_rules import check_form
from assessor.formats.xlsform_tree import Form
from assessor.formats.xlsform_workbook import OWN_SHEET, SHEETS, Workbook, read_workbook

FORMAT = "xlsform"
MOST_PROBLEMS = 200


def read_xlsform(data: bytes, name: str) -> Imported:
    """The instrument in an XLSForm of any file type, with what was lost on the way.

    `name`: the file's, which the problems carry. What pyxform refuses has problems and no
    instrument; all of them at once, each with its row.
    """
    checked = read_workbook(data, name)
    if checked.value is None:
        return Imported(None, LossReport(source=name, format=FORMAT), checked.problems)
    return read_book(checked.value, name)[0]


def read_book(book: Workbook, name: str) -> tuple[Imported, Context | None]:
    """The same, for a workbook that is read; with what was found out about it."""
    empty = LossReport(source=name, format=FORMAT)
    form = read_form(book, name)
    if form.survey.rows or not form.problems:
        check_form(form, book)
        check_cycles(form)
    if form.problems:
        return Imported(None, empty, tuple(form.problems[:MOST_PROBLEMS])), None
    context = _context(form)
    decide(context)
    _report_form(context, book)
    pages = Pages(context)
    made = pages.read(form.roots)
    _report_unused(context)
    content = _content(context, name, pages.introduction)
    content.update(pages=made, scales=[scale.model_dump() for scale in context.scales.values()])
    content["translations"] = context.translations
    context.content = content
    if not made:
        message = "Nothing in the form can be asked here. Add a question to the survey sheet."
        form.problem("nothing-to-ask", message, 1)
        report = LossReport(source=name, format=FORMAT, losses=tuple(context.losses.lines))
        return Imported(None, report, tuple(form.problems)), context
    if context.own:
        content = with_more(content, instrument_more(book))
    return _imported(context, content, name), context


def _imported(context: Context, content: Fields, name: str) -> Imported:
    """The checked instrument with its report, or why there is none."""
    try:
        instrument = Instrument.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        message = (
            f"The form makes no instrument: {first['msg']} ({place}). Mend that and try again."
        )
        context.form.problem("invalid", message, 1)
        report = LossReport(source=name, format=FORMAT, losses=tuple(context.losses.lines))
        return Imported(None, report, tuple(context.form.problems))
    problems = tuple(p for p in check_instrument(instrument) if p.severity == "error")
    if problems or not context.own:
        instrument, problems = repaired(instrument, context.losses)
    report = LossReport(
        source=name,
        format=FORMAT,
        losses=tuple(context.losses.lines),
        counts=_counts(context, instrument),
    )
    if problems:
        found = tuple(_in_the_file(context.form, problem) for problem in problems)
        return Imported(None, report, found)
    return Imported(instrument, report)


def _in_the_file(form: Form, problem: Problem) -> Problem:
    return problem.model_copy(update={"file": form.file, "code": f"xlsform.{problem.code}"})


def _context(form: Form) -> Context:
    losses = Losses()
    own = form.survey.has(KIND)
    logic = Logic(form, losses, own)
    context = Context(form, losses, logic, own, lists=lists_of(form, own))
    filtered = " ".join(node.row.get("choice_filter") for node in form.nodes())
    keys = Keys(taken={"code", "name", "label"})
    columns = [c for c, _l in form.choice_table.columns.values()]
    columns += [c for rows in form.external.values() for row in rows for c in row.row.cells]
    for column in dict.fromkeys(columns):
        if column in TEXTS or column in {"list name", "name", "sms_option"}:
            continue
        named = re.search(rf"(?<![\w.-]){re.escape(column)}(?![\w.-])", filtered)
        if own or named:
            context.attributes[column] = column if own else keys.key(column, "attribute")
    return context


def _content(context: Context, name: str, introduction: str) -> Fields:
    form = context.form
    stem = re.sub(r"\.[^.]*$", "", re.split(r"[\\/]", name)[-1]) or "form"
    title = form.setting("title") or form.setting("id_string") or stem
    key = Keys(taken={"plan", "mapping"}).fresh(form.setting("id_string") or stem, "form")
    return {
        "key": key,
        "title": context.clean(title, 2000) or "Form",
        "language": form.languages.codes.get(form.languages.base, "en"),
        "introduction": introduction,
    }


_SETTINGS_LOST = {
    "public_key": "Answers are not encrypted with a key of the form; the site keeps them safe.",
    "submission_url": "Answers go to this site.",
    "instance_name": "A response has no name, since that could tell whose it is.",
    "version": "Versions are counted here when an instrument is published.",
}
_SETTINGS_KEPT = frozenset(
    "title id_string default_language style name allow_choice_duplicates clean_text_values".split()
)


def _report_form(context: Context, book: Workbook) -> None:
    """What is about the form as a whole: settings, sheets, languages, rows left out."""
    form, losses = context.form, context.losses
    if context.own:
        return
    for name, value in form.settings.items():
        if name not in _SETTINGS_KEPT:
            message = _SETTINGS_LOST.get(name, "This setting means nothing here.")
            losses.add("lost", "settings", name, message, original=value)
    for sheet in book.names:
        if sheet.lower() not in {*SHEETS, OWN_SHEET} and len(book.names) > 1:
            losses.add("lost", sheet, "sheet", "The sheet is not part of a form and was not read.")
    for sheet in ("osm", "entities"):
        if book.rows(sheet):
            message = "Assessor keeps answers with their response alone; the sheet is left out."
            losses.add("lost", sheet, "sheet", message)
    for name in form.languages.guessed:
        message = f"This language is not known; its code here is `{form.languages.codes[name]}`."
        losses.add("changed", name, "language", message)
    for row in form.disabled:
        what = row.get("name") or f"row {row.line}"
        losses.add("lost", what, "disabled", "The row is disabled and was left out.")
    for row in form.comments:
        text = " ".join(row.raw.values())
        losses.add("lost", f"row {row.line}", "comment", "A row without type, name and label is a "
                   "remark, and was left out.", original=text)  # fmt: skip
    _report_columns(context)


_USED = TEXTS | frozenset(
    "type name relevant required constraint calculation read_only save_to appearance repeat_count "
    "rows default choice_filter parameters trigger disabled query list_name".split()
)


def _report_columns(context: Context) -> None:
    """Columns that no form has, each once: remarks of whoever wrote it."""
    losses, tables = context.losses, (context.form.survey, context.form.choice_table)
    for table in tables:
        for header, (column, _language) in table.columns.items():
            known = column in _USED or column.startswith(("bind::", "control::", "instance::"))
            if table.name == "choices":
                known = column in TEXTS | {"list name", "name"} or column in context.attributes
            if not known and column not in ALIASES["survey"]:
                filled = sum(1 for row in table.rows if row.raw.get(header))
                if filled:
                    message = f"The column is not used here; {filled} of its cells are filled."
                    losses.add("lost", f"{table.name}: {header}", "column", message)


def _report_unused(context: Context) -> None:
    """Choices that no question came to offer, and what they showed beside words."""
    for name, found in context.lists.items():
        list_name = name.removeprefix("external ")
        used = [choice for choice in found.choices if id(choice) in context.used_choices]
        if not used and not context.own:
            message = "No question that is kept uses this list, so it is left out."
            context.losses.add("lost", list_name, "list of choices", message)
        for choice in used:
            for column in choice.row.media:
                value = next(iter(choice.row.texts[column].values()))
                context.losses.add("lost", f"{list_name}: {choice.name}", column,
                                   "Options show words alone; the file is left out.",
                                   original=value)  # fmt: skip


def _counts(context: Context, instrument: Instrument) -> dict[str, tuple[int, int]]:
    """Questions, options and languages: (in the file, in the instrument)."""
    form = context.form
    questions = [node for node in form.nodes() if not node.is_group]
    kept = sum(1 for node in questions if id(node) in context.kept_questions)
    choices = sum(len(found.choices) for found in context.lists.values())
    languages = len(form.languages.codes)
    return {
        "questions": (len(questions), kept),
        "options": (choices, len(context.used_choices)),
        "languages": (languages, len(instrument.languages)),
    }
