"""What a form may not say: the rules by which pyxform refuses one, each with what to do instead."""

import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from assessor.domain.checks.finding import nearest
from assessor.formats.xlsform_reading import no_list
from assessor.formats.xlsform_tree import (
    ANY_REFERENCE,
    ONLY_REFERENCE,
    STRICT_REFERENCE,
    XML_NAME,
    Form,
    Node,
)
from assessor.formats.xlsform_types import FROM_FILE
from assessor.formats.xlsform_workbook import Workbook

_FILES = (".xml", ".csv", ".geojson")


def check_form(form: Form, book: Workbook) -> None:
    """Adds every broken rule to the form's problems."""
    for node in form.nodes():
        parameters = _parameters(form, node)
        if node.read.what == "select":
            _check_select(form, node, parameters, book)
        _check_words(form, node)
        _check_trigger(form, node)
        name = node.read.question.name if node.read.question else node.read.what
        if name in _CHECKS:
            _CHECKS[name](form, node, parameters)
        accepted = _ACCEPTED.get(_parameter_group(node))
        if accepted is not None:
            _check_accepted(form, node, parameters, accepted)
    _check_table_lists(form)
    _check_generated_names(form)
    _check_references(form, book)


def parameters(text: str) -> dict[str, str] | None:
    """`start=0 end=10` as names and values in lower case; None where it is written otherwise."""
    found: dict[str, str] = {}
    rest = re.sub(r"\s*=\s*", "=", text).strip(" ,;\t\n")
    for part in re.split(r"[\s,;]+", rest) if rest else []:
        pair = re.fullmatch(r"([^\s=,;]+)=([^\s=,;]+)", part)
        if pair is None:
            return None
        key = pair[1].lower()
        found[key] = pair[2] if key in {"label", "value"} else pair[2].lower()
    return found


def _parameters(form: Form, node: Node) -> dict[str, str]:
    found = parameters(node.row.get("parameters"))
    if found is None:
        message = "Write parameters as `name=value`, with spaces between several."
        form.problem("parameters", message, node.row.line, "parameters")
        return {}
    return found


_GEO = {"allow-mock-accuracy", "incremental", "reference-geometry"}
_ACCEPTED: dict[str, set[str]] = {
    "select": {"randomize", "seed"},
    "from file": {"randomize", "seed", "label", "value"},
    "range": {"start", "end", "step", "placeholder", "tick_interval", "tick_labelset"},
    "text": {"rows"},
    "image": {"app", "max-pixels"},
    "audio": {"quality"},
    "background-audio": {"quality"},
    "geopoint": {
        "allow-mock-accuracy", "capture-accuracy", "reference-geometry", "warning-accuracy",
    },
    "geoshape": _GEO,
    "geotrace": _GEO,
    "audit": {
        "identify-user", "location-max-age", "location-min-interval", "location-priority",
        "track-changes", "track-changes-reasons",
    },
}  # fmt: skip


def _parameter_group(node: Node) -> str:
    if node.read.what == "select":
        plain = {"select_one_from_file", "select_multiple_from_file"}
        return "from file" if node.read.command in plain else "select"
    name = node.read.question.name if node.read.question else ""
    # Old names of a type are read by other rules, which ask for no parameters.
    return name if node.row.get("type") in {name, "photo"} else ""


def _check_accepted(
    form: Form, node: Node, given: dict[str, str], accepted: set[str]
) -> None:
    extra = sorted(set(given) - accepted)
    if extra:
        known = ", ".join(sorted(accepted))
        message = f"This type has no parameter `{extra[0]}`. It has {known}."
        form.problem("parameters", message, node.row.line, "parameters")


def _check_select(form: Form, node: Node, given: dict[str, str], book: Workbook) -> None:
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
    _check_random(form, node, given)
    if re.search(r"\bsearch\(", node.row.get("appearance")) and from_file:
        message = "`search()` cannot stand with a choice from a file. Remove one of them."
        form.problem("search", message, line, "appearance")


def _check_random(form: Form, node: Node, given: dict[str, str]) -> None:
    line = node.row.line
    if "randomize" not in given:
        if "seed" in given:
            message = "`seed` is for choices in random order. Add `randomize=true`."
            form.problem("parameters", message, line, "parameters")
        return
    if given["randomize"] not in {"true", "false"}:
        message = "`randomize` is `true` or `false`."
        form.problem("parameters", message, line, "parameters")
    seed = given.get("seed", "0")
    if not ONLY_REFERENCE.fullmatch(seed) and _number(seed) is None:
        message = "`seed` is a number or names a question, such as `${visits}`."
        form.problem("parameters", message, line, "parameters")


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
        if row.get("appearance") == "label":
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


def _check_calculate(form: Form, node: Node, given: dict[str, str]) -> None:
    # A default that is worked out counts as a calculation.
    if node.row.get("type") != "calculate":
        return
    default = node.row.get("default")
    if not node.row.get("calculation") and not re.search(r"[-+*|(]|\$\{| div | mod ", default):
        message = f"“{node.name}” calculates nothing. Fill in its calculation."
        form.problem("no-calculation", message, node.row.line, "calculation")


def _number(text: str | None) -> Decimal | None:
    try:
        value = Decimal(text or "")
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _check_range(form: Form, node: Node, given: dict[str, str]) -> None:
    line = node.row.line
    numbers: dict[str, Decimal] = {}
    whole = {"start": "1", "end": "10", "step": "1", **given}
    for name in ("start", "end", "step", "tick_interval", "placeholder"):
        if name not in whole:
            continue
        value = _number(whole[name])
        if value is None:
            form.problem("range", f"`{name}` should be a number.", line, "parameters")
            return
        numbers[name] = value
    start, end, step = numbers["start"], numbers["end"], numbers["step"]
    width = abs(end - start)
    for name in ("step", "tick_interval"):
        if name in numbers and (numbers[name] == 0 or numbers[name] > width):
            message = f"`{name}` should be above 0, and no more than from `start` to `end`."
            form.problem("range", message, line, "parameters")
            return
    for name, value in (
        ("tick_interval", numbers.get("tick_interval")),
        ("placeholder", numbers["placeholder"] - start if "placeholder" in numbers else None),
    ):
        if value is not None and value % step != 0:
            message = f"`{name}` should be one of the steps."
            form.problem("range", message, line, "parameters")
    placed = numbers.get("placeholder")
    if placed is not None and not min(start, end) <= placed <= max(start, end):
        form.problem("range", "`placeholder` should lie in the range.", line, "parameters")
    appearance = node.row.get("appearance")
    plain = "vertical" in appearance or "no-ticks" in appearance or not appearance
    if not plain and {"tick_interval", "placeholder", "tick_labelset"} & set(given):
        message = "This appearance has no ticks. Remove it, or the parameters about ticks."
        form.problem("range", message, line, "appearance")
    if "tick_labelset" in given:
        _check_ticks(form, node, given["tick_labelset"], numbers)


def _check_ticks(form: Form, node: Node, list_name: str, numbers: dict[str, Decimal]) -> None:
    line = node.row.line
    if list_name not in form.choices:
        no_list(form, list_name, line)
        return
    start, end = numbers["start"], numbers["end"]
    step = numbers.get("tick_interval", numbers["step"])
    values = [_number(choice.name) for choice in form.choices[list_name]]
    wrong = any(
        v is None or not min(start, end) <= v <= max(start, end) or (v - start) % step for v in values
    )
    if wrong or ("no-ticks" in node.row.get("appearance") and set(values) != {start, end}):
        message = f"The names in “{list_name}” should be numbers of this range, one a tick."
        form.problem("range", message, line, "parameters")


def _whole_number(name: str) -> Callable[[Form, Node, dict[str, str]], None]:
    def check(form: Form, node: Node, given: dict[str, str]) -> None:
        if name in given and not re.fullmatch(r"[+-]?\d+", given[name]):
            form.problem(
                "parameters", f"`{name}` should be a whole number.", node.row.line, "parameters"
            )

    return check


def _check_audio(form: Form, node: Node, given: dict[str, str]) -> None:
    allowed = {"voice-only", "low", "normal", "external"}
    if node.read.question and node.read.question.name == "background-audio":
        allowed = allowed - {"external"}
    if given.get("quality", "low") not in allowed:
        message = f"`quality` is one of {', '.join(sorted(allowed))}."
        form.problem("parameters", message, node.row.line, "parameters")


def _check_geo(form: Form, node: Node, given: dict[str, str]) -> None:
    for name in ("capture-accuracy", "warning-accuracy"):
        if name in given and _number(given[name]) is None:
            form.problem("parameters", f"`{name}` should be a number.", node.row.line, "parameters")
    if given.get("allow-mock-accuracy", "true") not in {"true", "false"}:
        message = "`allow-mock-accuracy` is `true` or `false`."
        form.problem("parameters", message, node.row.line, "parameters")
    if given.get("incremental", "true") not in {"true", "true()", "yes"}:
        form.problem("parameters", "`incremental` can only be `true`.", node.row.line, "parameters")


def _check_audit(form: Form, node: Node, given: dict[str, str]) -> None:
    line = node.row.line
    for name in ("track-changes", "identify-user"):
        if given.get(name, "true") not in {"true", "false"}:
            form.problem("parameters", f"`{name}` is `true` or `false`.", line, "parameters")
    if given.get("track-changes-reasons", "on-form-edit") != "on-form-edit":
        message = "`track-changes-reasons` can only be `on-form-edit`."
        form.problem("parameters", message, line, "parameters")
    place = ("location-priority", "location-min-interval", "location-max-age")
    if any(name in given for name in place):
        numbers = [_number(given.get(name)) for name in place[1:]]
        low, high = numbers
        levels = {"no-power", "low-power", "balanced", "high-accuracy"}
        if low is None or high is None or not 0 <= low <= high or given.get(place[0]) not in levels:
            message = (
                "Places need all of `location-priority` (no-power, low-power, balanced, "
                "high-accuracy), `location-min-interval` and a `location-max-age` above it."
            )
            form.problem("parameters", message, line, "parameters")


_CHECKS: dict[str, Callable[[Form, Node, dict[str, str]], None]] = {
    "calculate": _check_calculate,
    "range": _check_range,
    "text": _whole_number("rows"),
    "image": _whole_number("max-pixels"),
    "audio": _check_audio,
    "background-audio": _check_audio,
    "geopoint": _check_geo,
    "geoshape": _check_geo,
    "geotrace": _check_geo,
    "audit": _check_audit,
}


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
        if column in {"label"} or column.startswith("media::")
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


__all__ = ["XML_NAME", "check_form", "parameters"]
