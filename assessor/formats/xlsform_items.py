"""A question of an XLSForm becomes an item: one function a reading of `xlsform_types.py`."""

from collections.abc import Callable

from assessor.formats.xlsform_context import Context, Fields, ListOfChoices
from assessor.formats.xlsform_logic import joined
from assessor.formats.xlsform_parameters import parameters
from assessor.formats.xlsform_tree import NO, YES, Node

LONGEST_SHORT = 1000
LONGEST_LONG = 20_000
Reading = Callable[[Context, Node, Fields], Fields]


def common(context: Context, node: Node, conditions: tuple[str, ...]) -> Fields:
    """What every item has. `conditions` are those of the groups around it."""
    key, row, logic = context.logic.key(node), node.row, context.logic
    fields: Fields = {"key": key}
    rich = bool(node.read.question and node.read.question.reading == "note")
    text = context.words(node, "label", f"{key}.text", rich=rich)
    hints = [
        context.words(node, column, f"{key}.hint", 1000) for column in ("hint", "guidance_hint")
    ]
    hint = "\n\n".join(one for one in hints if one)
    if not text and hint:
        text, hint = hint, ""
        context.translate(row.texts.get("hint", {}), f"{key}.text", 2000)
        for said in context.translations.values():
            said.pop(f"{key}.hint", None)
    fields["text"] = text or node.name
    fields["hint"] = hint[:1000]
    if row.texts.get("guidance_hint") and row.texts.get("hint"):
        context.change(node, "guidance_hint", "The guidance stands below the hint, always shown.")
    own = logic.truth(row.get("relevant"), node, "relevance")
    fields["relevant"] = joined(*conditions, own)
    required = row.get("required").strip()
    if required in YES:
        fields["required"] = True
    elif required and required not in NO:
        fields["required_when"] = logic.truth(required, node, "required")
    constraint = row.get("constraint")
    if constraint:
        fields["constraint"] = logic.take(constraint, node, "constraint", itself=True)
        if fields["constraint"]:
            fields["constraint_message"] = context.words(
                node, "constraint_message", f"{key}.constraint_message", 1000
            )
    if row.has("required_message"):
        message = "The words for an answer that is missing are Assessor's own."
        texts = row.texts["required_message"]
        context.lose(node, "required_message", message, context.form.languages.text(texts))
    _report_rest(context, node)
    return fields


_REST = {
    "default": "Nothing is answered before a person answers; the default is left out.",
    "save_to": "There are no entities; answers are kept with the response alone.",
    "trigger": "Values are worked out whenever answers change, not when one does.",
    "media::image": "The picture is left out. Describe what it shows, if the question needs it.",
    "media::big-image": "The picture is left out.",
    "media::audio": "The recording is left out. Write what it says.",
    "media::video": "The video is left out. Link to it in a text block.",
    "control::autoplay": "Nothing plays here.",
    "query": "The query is left out.",
}
_SILENT = frozenset(["type", "name", "relevant", "required", "constraint", "appearance",
                     "parameters", "repeat_count", "choice_filter", "calculation", "read_only",
                     "disabled", "rows", "list_name", "list name"])  # fmt: skip


def _report_rest(context: Context, node: Node) -> None:
    if context.own:
        return
    row = node.row
    reading = node.read.question.reading if node.read.question else ""
    for column in (*row.cells, *row.media):
        value = row.get(column) or context.form.languages.text(row.texts.get(column, {}))
        if column == "default" and reading in {"hidden", "calculate"}:
            continue
        if column in _REST:
            context.lose(node, column.split("::")[-1], _REST[column], value)
        elif column.startswith(("bind::", "control::", "instance::")):
            context.lose(node, column, "This attribute means nothing here.", value)
    if (
        row.get("read_only")
        and row.get("read_only") not in NO
        and reading not in {"note", "hidden"}
        and not row.get("calculation")
    ):
        context.lose(node, "read_only", "It can be answered here.", row.get("read_only"))


_KNOWN_APPEARANCES = frozenset(
    "minimal autocomplete autocomplete_chars likert multiline field-list table-list label "
    "list-nolabel list w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 search".split()
)


def report_appearance(context: Context, node: Node) -> None:
    """Says which looks are not kept."""
    odd = [one for one in node.appearance if one not in _KNOWN_APPEARANCES]
    if odd:
        message = "It looks as all items of its kind do; this appearance is left out."
        context.lose(node, "appearance", message, node.row.get("appearance"))


def _text(context: Context, node: Node, fields: Fields) -> Fields:
    given = parameters(node.row.get("parameters")) or {}
    if "multiline" in node.appearance or given.get("rows") or node.row.get("rows"):
        return {**fields, "kind": "long_text", "max_length": LONGEST_LONG}
    if {"email", "e-mail"} & set(node.appearance):
        return {**fields, "kind": "email"}
    return {**fields, "kind": "short_text", "max_length": LONGEST_SHORT}


def _integer(context: Context, node: Node, fields: Fields) -> Fields:
    return {**fields, "kind": "number", "whole": True}


def _decimal(context: Context, node: Node, fields: Fields) -> Fields:
    return {**fields, "kind": "number", "whole": False}


def _percentage(context: Context, node: Node, fields: Fields) -> Fields:
    return {**fields, "kind": "number", "whole": True, "minimum": 0, "maximum": 100, "unit": "%"}


def _days(context: Context, node: Node, fields: Fields) -> Fields:
    longest = {"month": 31, "months": 183, "year": 365}[node.row.get("type").split()[-1]]
    return {**fields, "kind": "number", "whole": True, "minimum": 0, "maximum": longest}


def _phone(context: Context, node: Node, fields: Fields) -> Fields:
    context.change(node, "question type", "It is a text of digits here.", node.row.get("type"))
    return {**fields, "kind": "short_text", "max_length": 60, "pattern": r"[0-9]*"}


def _slider(context: Context, node: Node, fields: Fields) -> Fields:
    given = {"start": "1", "end": "10", "step": "1"}
    given.update(parameters(node.row.get("parameters")) or {})
    start, end, step = (float(given[name]) for name in ("start", "end", "step"))
    if start > end:
        message = "It runs from the lower end to the higher here."
        context.change(node, "parameters", message, node.row.get("parameters"))
    rest = sorted(set(given) - {"start", "end", "step"})
    if rest:
        message = f"Ticks and their labels are left out ({', '.join(rest)})."
        context.lose(node, "parameters", message, node.row.get("parameters"))
    return {
        **fields,
        "kind": "slider",
        "minimum": min(start, end),
        "maximum": max(start, end),
        "step": abs(step),
    }


def _note(context: Context, node: Node, fields: Fields) -> Fields:
    kept = {name: fields[name] for name in ("key", "text", "hint", "relevant")}
    return {**kept, "kind": "text_block"}


def _date(context: Context, node: Node, fields: Fields) -> Fields:
    if {"month-year", "year"} & set(node.appearance):
        context.change(node, "appearance", "A whole day is asked for.", node.row.get("appearance"))
    return {**fields, "kind": "date"}


def _time(context: Context, node: Node, fields: Fields) -> Fields:
    return {**fields, "kind": "time"}


def _datetime(context: Context, node: Node, fields: Fields) -> Fields:
    message = "It asks for the day alone. Ask for the time in an item of its own, if it matters."
    context.change(node, "question type", message, node.row.get("type"))
    return {**fields, "kind": "date"}


_FILES = {
    "image": ("image",),
    "audio": ("audio",),
    "video": ("video",),
    "file": ("image", "pdf", "document", "spreadsheet", "text", "audio", "video"),
}


def _file(context: Context, node: Node, fields: Fields) -> Fields:
    question = node.read.question
    assert question is not None
    given = node.row.get("parameters")
    if given:
        context.lose(node, "parameters", "Files are taken as they are sent.", given)
    return {**fields, "kind": "file", "types": _FILES[question.name]}


def _consent(context: Context, node: Node, fields: Fields) -> Fields:
    return {**fields, "kind": "consent"}


def _hidden(context: Context, node: Node, fields: Fields) -> Fields:
    default = node.row.get("default")
    kept = {name: fields[name] for name in ("key", "text", "relevant")}
    if not context.own:
        message = "Only values that are listed come in with a link. List them, or remove the item."
        context.change(node, "question type", message, default)
    return {**kept, "kind": "hidden", "default": default[:200]}


def calculated(context: Context, node: Node, fields: Fields) -> Fields:
    """A calculation; one that cannot be worked out here keeps its place, and stays empty."""
    text = node.row.get("calculation") or node.row.get("default")
    kept = {name: fields[name] for name in ("key", "text", "relevant")}
    if node.row.get("calculation") and node.read.question and node.read.question.visible:
        message = "It is worked out and not shown, and nobody can change it."
        context.change(node, "calculation", message, text)
    found, why = context.logic.tried(text, node)
    if found:
        return {**kept, "kind": "calculated", "calculation": found}
    message = f"The calculation is left out. {why} The item stays empty unless a link fills it."
    context.lose(node, "calculation", message, text)
    return {**kept, "kind": "hidden"}


_OR_OTHER = ") or name = 'other'"


def read_options(context: Context, node: Node, fields: Fields, found: ListOfChoices) -> Fields:
    """The options with filter, order and `other`."""
    key = fields["key"]
    has_other = any(choice.name == "other" for choice in found.choices)
    filtered = node.row.get("choice_filter")
    takes_other = node.read.other or (context.own and filtered.endswith(_OR_OTHER))
    made = context.options(node, key, found, frozenset(["other"]) if takes_other else frozenset())
    more: Fields = {"options": made}
    if takes_other and made:
        choice = next((one for one in found.choices if one.name == "other"), None)
        texts = choice.row.texts.get("label", {}) if choice else {}
        more["other"] = context.said(texts, node, "other", f"{key}.other", 200) or "Other"
        if choice:
            context.used_choices.add(id(choice))
        if node.read.other:
            context.losses.add("translated", node.name, "or_other",
                               "The option “other” has a line for own words.", key=key)  # fmt: skip
    elif takes_other:
        more["options"] = context.options(node, key, found)
    if "other" not in found.codes and has_other and not takes_other:
        message = "The choice `other` has the code `other_option`, also in all logic."
        context.change(node, "option", message)
    if filtered:
        bare = {**context.attributes, "name": "code", "label": "label"}
        filtered = filtered[1:].removesuffix(_OR_OTHER) if takes_other else filtered
        more["option_filter"] = context.logic.take(filtered, node, "option filter", bare=bare)
    given = parameters(node.row.get("parameters")) or {}
    if given.get("randomize") == "true":
        more["order"] = "random"
        if given.get("seed"):
            context.lose(node, "parameters", "The seed is left out.", node.row.get("parameters"))
    return {**fields, **more}


def _select(context: Context, node: Node, fields: Fields) -> Fields:
    found = context.list_of(node)
    assert found is not None, "a question whose list is not there is given up before"
    if node.read.select == "rank":
        ranked = read_options(context, node, fields, found)
        return {**{k: v for k, v in ranked.items() if k != "other"}, "kind": "ranking"}
    if node.read.select == "multiple":
        return {**read_options(context, node, fields, found), "kind": "multiple_choice"}
    if "likert" in node.appearance and found.is_numbers and not node.row.get("choice_filter"):
        scale = context.scale(node, found)
        if scale:
            return {**fields, "kind": "rating", "scale": scale}
    dropdown = {"minimal", "autocomplete", "autocomplete_chars", "search"} & set(node.appearance)
    kind = "dropdown" if dropdown or node.read.select == "external" else "single_choice"
    return {**read_options(context, node, fields, found), "kind": kind}


READINGS: dict[str, Reading] = {
    "text": _text,
    "integer": _integer,
    "decimal": _decimal,
    "percentage": _percentage,
    "days": _days,
    "phone": _phone,
    "slider": _slider,
    "note": _note,
    "date": _date,
    "time": _time,
    "datetime": _datetime,
    "file": _file,
    "consent": _consent,
    "hidden": _hidden,
    "calculate": calculated,
    "select": _select,
}


def is_calculated(node: Node) -> bool:
    """Whether a value is worked out where another form would show it to the person."""
    question = node.read.question
    if question is None or question.reading in {"note", "lost"}:
        return False
    return question.reading == "calculate" or bool(node.row.get("calculation"))


def read_question(context: Context, node: Node, conditions: tuple[str, ...]) -> Fields:
    """The fields of the item that a question becomes."""
    fields = common(context, node, conditions)
    report_appearance(context, node)
    if is_calculated(node):
        return calculated(context, node, fields)
    reading = node.read.question.reading if node.read.question else "select"
    return READINGS[reading](context, node, fields)
