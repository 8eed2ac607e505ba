"""LimeSurvey's older logic: a table of conditions, one comparison a row.

Conditions of one scenario hold together, scenarios are alternatives. Within a scenario several
values asked of the same answer are alternatives too, as LimeSurvey itself turns them into
expressions.
"""

import re
from collections.abc import Iterable

from assessor.formats.limesurvey_archive import Line
from assessor.formats.limesurvey_places import Places
from assessor.formats.limesurvey_script import NotTranslatableError, Script

_METHODS = {
    "": "=",
    " ": "=",
    "==": "=",
    "=": "=",
    "!=": "!=",
    "<": "<",
    "<=": "<=",
    ">": ">",
    ">=": ">=",
    "RX": "RX",
}
_FIELD = re.compile(r"\+?\d+X\d+X\d+\S*")


def conditions_script(rows: Iterable[Line], places: Places) -> Script:
    """The conditions of one question or group as one tree. Raises NotTranslatableError."""
    scenarios: dict[str, dict[tuple[str, bool], list[Script]]] = {}
    for row in rows:
        field = row.get("cfieldname", "").strip()
        method = row.get("method", "").strip() or "=="
        scenario = scenarios.setdefault(row.get("scenario", "1").strip(), {})
        # Two values that an answer must not have are both excluded, not either.
        scenario.setdefault((field.lstrip("+"), method == "!="), []).append(_one(row, places))
    together = [
        _joined(
            "and",
            [_joined("and" if never else "or", tests) for (_field, never), tests in fields.items()],
        )
        for fields in scenarios.values()
    ]
    return _joined("or", together)


def _joined(word: str, parts: list[Script]) -> Script:
    found = parts[0]
    for part in parts[1:]:
        found = Script(word, parts=(found, part))
    return found


def _one(row: Line, places: Places) -> Script:
    field = row.get("cfieldname", "").strip()
    method = _METHODS.get(row.get("method", "").strip())
    if method is None:
        raise NotTranslatableError(f"The comparison “{row.get('method', '')}” has no counterpart.")
    if not _FIELD.fullmatch(field):
        raise NotTranslatableError(f"It asks about “{field}”, which is no answer of this survey.")
    name = Script("name", field.lstrip("+"))
    value = row.get("value", "")
    if method == "RX":
        return Script("call", "regexMatch", (Script("text", value), name))
    other = re.fullmatch(r"@(\S+)@", value.strip())
    if other:
        return Script(method, parts=(name, Script("name", other[1])))
    if re.match(r"\{?TOKEN:", value.strip()):
        raise NotTranslatableError("It asks about the person's entry in the list of invitations.")
    if places.find(name.value) is None and value.strip():
        # A multiple choice is named as a whole, and the value is one of its boxes.
        box = Script("name", f"{name.value}{value.strip()}")
        if places.find(box.value) is not None and method in {"=", "!="}:
            return Script(method, parts=(box, Script("text", "Y")))
    if not value.strip():
        empty = Script("call", "is_empty", (name,))
        return empty if method == "=" else Script("not", parts=(empty,))
    is_number = re.fullmatch(r"-?\d+(\.\d+)?", value.strip()) is not None
    kind = "number" if is_number and method not in {"=", "!="} else "text"
    return Script(method, parts=(name, Script(kind, value.strip())))
