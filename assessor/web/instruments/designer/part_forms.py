"""The lists within an item on its form: answers, rows, columns, scales.

Each entry has fields named `options-0-label`; `options-0-was` is the code that it had. New ones
come from a field that takes one a line, so that a list can be pasted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assessor.domain.editing import acts
from assessor.domain.editing.apply import read_act
from assessor.domain.editing.places import free_key, item_keys, key_from
from assessor.domain.instrument import Instrument, ItemBase
from assessor.domain.kinds import KINDS
from assessor.domain.problems import Checked, Problem
from assessor.web.messages import lazy_gettext

Typed = Mapping[str, str]
MOST_AS_FIELDS = 60
"""More entries than this are a text with one a line: nobody moves through that many fields."""


@dataclass(frozen=True)
class PartField:
    name: str
    label: str
    size: str = "wide"
    kind: str = "line"


@dataclass(frozen=True)
class PartShape:
    """`name_field` holds the code or key, `first` the words that new ones are made of.

    `one` is what a key without words is made of; `more` asks for new ones, `gone` and `moved` tell
    what became of one.
    """

    fields: tuple[PartField, ...]
    name_field: str
    first: str
    one: str
    more: str
    gone: str
    moved: str


CODE = PartField("code", lazy_gettext("Code"), "short")
KEY = PartField("key", lazy_gettext("Key"), "short")
RELEVANT = PartField("relevant", lazy_gettext("Shown if (expression)"), kind="rest")
SHAPES: dict[str, PartShape] = {
    "options": PartShape(
        (
            PartField("label", lazy_gettext("The answer")),
            CODE,
            RELEVANT,
            PartField(
                "attributes", lazy_gettext("Marks for a filter, such as country=fr"), kind="marks"
            ),
        ),
        "code",
        "label",
        "answer",
        lazy_gettext("Add answers, one a line"),
        lazy_gettext("The answer is gone."),
        lazy_gettext("The answer moved."),
    ),
    "columns": PartShape(
        (PartField("label", lazy_gettext("Column")), CODE),
        "code",
        "label",
        "column",
        lazy_gettext("Add columns, one a line"),
        lazy_gettext("The column is gone."),
        lazy_gettext("The column moved."),
    ),
    "rows": PartShape(
        (
            PartField("text", lazy_gettext("Row")),
            KEY,
            PartField("reversed", lazy_gettext("Worded the other way round"), kind="box"),
            PartField("base", lazy_gettext("Who is asked, in words"), kind="rest"),
            RELEVANT,
        ),
        "key",
        "text",
        "row",
        lazy_gettext("Add rows, one a line"),
        lazy_gettext("The row is gone."),
        lazy_gettext("The row moved."),
    ),
    "pairs": PartShape(
        (
            PartField("left", lazy_gettext("Left word"), "half"),
            PartField("right", lazy_gettext("Right word"), "half"),
            KEY,
            PartField("reversed", lazy_gettext("The left word is the better"), kind="box"),
            RELEVANT,
        ),
        "key",
        "left",
        "pair",
        lazy_gettext("Add pairs, one a line, as “cold – warm”"),
        lazy_gettext("The pair is gone."),
        lazy_gettext("The pair moved."),
    ),
    "scales": PartShape(
        (
            PartField("label", lazy_gettext("Words above it"), "half"),
            PartField("scale", lazy_gettext("Scale"), "half", kind="scale"),
            PartField("key", lazy_gettext("Name"), "short"),
        ),
        "key",
        "label",
        "scale",
        lazy_gettext("Add uses of scales, one a line, such as “Minimum”"),
        lazy_gettext("The scale is gone."),
        lazy_gettext("The scale moved."),
    ),
}


@dataclass(frozen=True)
class PartForm:
    """A list to fill in. `entries`: the values of each entry's fields, with `was` and `locked`."""

    name: str
    shape: PartShape
    entries: list[dict[str, str]]
    more: str = ""
    as_lines: str | None = None
    errors: dict[str, str] = field(default_factory=dict)


def shape_of(item: ItemBase, name: str) -> PartShape:
    is_pairs = name == "rows" and item_kind(item) == "semantic_differential"
    return SHAPES["pairs" if is_pairs else name]


def item_kind(item: ItemBase) -> str:
    return str(getattr(item, "kind"))  # noqa: B009  every kind declares it


def shown(item: ItemBase, name: str) -> PartForm:
    """The list as it stands."""
    shape = shape_of(item, name)
    parts = getattr(item, name)
    if len(parts) > MOST_AS_FIELDS and name in {"options", "columns"}:
        return PartForm(name, shape, [], as_lines="\n".join(f"{p.code} | {p.label}" for p in parts))
    return PartForm(name, shape, [_entry(part, shape) for part in parts])


def _entry(part: Any, shape: PartShape) -> dict[str, str]:
    values = {one.name: _as_typed(getattr(part, one.name, "")) for one in shape.fields}
    locked = "yes" if getattr(part, "catalogue", "") else ""
    return values | {"was": getattr(part, shape.name_field), "locked": locked}


def _as_typed(value: object) -> str:
    if isinstance(value, bool):
        return "y" if value else ""
    if isinstance(value, dict):
        return ", ".join(f"{name}={said}" for name, said in value.items())
    return str(value)


def typed(item: ItemBase, name: str, data: Typed) -> PartForm:
    """The list as it was sent."""
    shape = shape_of(item, name)
    if f"{name}-lines" in data:
        return PartForm(name, shape, [], as_lines=data[f"{name}-lines"].replace("\r\n", "\n"))
    entries: list[dict[str, str]] = []
    locked = {e["was"] for e in shown(item, name).entries if e["locked"]}
    number = 0
    while f"{name}-{number}-was" in data:
        own = {f.name: data.get(f"{name}-{number}-{f.name}", "") for f in shape.fields}
        was = data[f"{name}-{number}-was"]
        entries.append({**own, "was": was, "locked": "yes" if was in locked else ""})
        number += 1
    return PartForm(name, shape, entries, more=data.get(f"{name}-more", ""))


def rearranged(form: PartForm, at: int, how: str) -> PartForm:
    """The list after one of its buttons: `up`, `down`, `remove`, or the place to put it."""
    entries = list(form.entries)
    if not 0 <= at < len(entries):
        return form
    entry = entries.pop(at)
    to = {"up": at - 1, "down": at + 1}.get(how, int(how) if how.isdecimal() else at)
    if how != "remove":
        entries.insert(max(0, min(to, len(entries))), entry)
    return PartForm(form.name, form.shape, entries, form.more, form.as_lines)


@dataclass(frozen=True)
class Meant:
    """What a list says: names that changed, as acts, and all entries as the model takes them."""

    renames: list[acts.Act]
    entries: list[dict[str, Any]]
    problems: list[Problem]


def meant(form: PartForm, item: ItemBase, instrument: Instrument) -> Meant:
    old = {getattr(part, form.shape.name_field): part for part in getattr(item, form.name)}
    if form.as_lines is not None:
        lines = [line for line in form.as_lines.split("\n") if line.strip()]
        return Meant([], [_of_line(line, old) for line in lines], [])
    found = Meant([], [], [])
    for entry in form.entries:
        content = _content(entry, form.shape, old.get(entry["was"]))
        name = content[form.shape.name_field]
        if entry["was"] in old and name != entry["was"]:
            renamed = _rename(item, form, entry["was"], name)
            found.problems.extend(
                one.model_copy(update={"where": form.name}) for one in renamed.problems
            )
            if renamed.value is not None:
                found.renames.append(renamed.value)
        found.entries.append(content)
    taken = {entry[form.shape.name_field] for entry in found.entries}
    for line in form.more.replace("\r\n", "\n").split("\n"):
        if line.strip():
            found.entries.append(_new(line.strip(), form, item, instrument, taken))
    return found


def _rename(item: ItemBase, form: PartForm, old: str, new: str) -> Checked[acts.Act]:
    renamed: Checked[Any]
    if form.shape.name_field == "code":
        renamed = read_act(acts.RenameOption, item=item.key, code=old, new=new)
    elif form.name == "rows":
        renamed = read_act(acts.RenameKey, key=old, new=new)
    else:
        # What a use of a scale is called is named by nothing but its own columns.
        return Checked(None)
    return renamed


def _content(entry: dict[str, str], shape: PartShape, old: Any) -> dict[str, Any]:
    """One entry's fields; what its form does not show stays as it was."""
    kept = old.model_dump() if old is not None else {}
    for one in shape.fields:
        value: Any = entry.get(one.name, "").strip()
        if entry["locked"] and one.name in {"text", "reversed"}:
            continue
        if one.kind == "box":
            value = bool(value)
        if one.kind == "marks":
            pairs = (pair.partition("=") for pair in value.split(",") if "=" in pair)
            value = {name.strip(): said.strip() for name, _, said in pairs}
        kept[one.name] = value
    return {name: value for name, value in kept.items() if value is not None}


def _of_line(line: str, old: Mapping[str, Any]) -> dict[str, Any]:
    code, _, label = line.partition("|")
    code, label = code.strip(), label.strip()
    if not label:
        code, label = key_from(code, "answer"), code
    kept = old[code].model_dump() if code in old else {}
    return {**kept, "code": code, "label": label}


def _new(
    line: str, form: PartForm, item: ItemBase, instrument: Instrument, taken: set[str]
) -> dict[str, Any]:
    """A new entry from a line of words, with a name that is free."""
    if form.shape is SHAPES["pairs"]:
        left, _, right = line.replace("–", "-").partition("-")
        content: dict[str, Any] = {"left": left.strip(), "right": right.strip()}
    else:
        content = {form.shape.first: line}
    if form.name == "scales":
        content["scale"] = next(
            (use.scale for use in getattr(item, "scales", ())), getattr(item, "scale", None)
        ) or (instrument.scales[0].key if instrument.scales else "")
    used = set(taken)
    if form.name == "rows":
        used |= item_keys(instrument)
    fallback = f"{item.key[:40]}_{len(taken) + 1}" if form.name == "rows" else form.shape.one
    name = free_key(key_from(line, fallback), used)
    taken.add(name)
    return {**content, form.shape.name_field: name}


def is_list(kind: str, name: str) -> bool:
    """Whether a field of the kind is edited here; a group's items have forms of their own."""
    return (
        name in {"options", "rows", "columns", "scales"} and name in KINDS[kind].model.model_fields
    )
