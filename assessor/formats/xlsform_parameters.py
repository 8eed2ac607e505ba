"""What may stand in the column “parameters” of each question type."""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from assessor.formats.xlsform_reading import no_list
from assessor.formats.xlsform_tree import ONLY_REFERENCE, Form, Node


def check_parameters(form: Form, node: Node) -> None:
    """Adds a problem for every parameter that its type does not have, or not with that value."""
    given = _parameters(form, node)
    if node.read.what == "select":
        _check_random(form, node, given)
    name = node.read.question.name if node.read.question else node.read.what
    if name in _CHECKS:
        _CHECKS[name](form, node, given)
    accepted = _ACCEPTED.get(_parameter_group(node))
    if accepted is not None:
        _check_accepted(form, node, given, accepted)


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


def _check_accepted(form: Form, node: Node, given: dict[str, str], accepted: set[str]) -> None:
    extra = sorted(set(given) - accepted)
    if extra:
        known = ", ".join(sorted(accepted))
        message = f"This type has no parameter `{extra[0]}`. It has {known}."
        form.problem("parameters", message, node.row.line, "parameters")


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
        v is None or not min(start, end) <= v <= max(start, end) or (v - start) % step
        for v in values
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
