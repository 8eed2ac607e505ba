"""The form of one item: made from its model's fields, read back as the changes it means."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wtforms import (
    BooleanField,
    Field,
    Form,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from assessor.domain.editing import acts
from assessor.domain.editing.catalogue import WORDED, is_locked, locked_rows
from assessor.domain.instrument import Instrument, ItemBase
from assessor.domain.problems import Problem
from assessor.domain.readings import all_options
from assessor.web.instruments.designer import logic_form, part_forms
from assessor.web.instruments.designer.fields import (
    CHOICES,
    GROUPS,
    TYPES,
    FieldWords,
    Group,
    names_of,
    words_of,
)
from assessor.web.instruments.designer.logic_form import LogicForm
from assessor.web.instruments.designer.part_forms import PartForm, item_kind
from assessor.web.messages import as_said, gettext

Typed = Mapping[str, str]
Control = Field | LogicForm | PartForm


@dataclass
class ItemForm:
    """The controls of an item in their groups; `fixed` are the fields that the catalogue words."""

    item: ItemBase
    controls: dict[str, Control]
    fixed: dict[str, str]
    problems: list[Problem] = field(default_factory=list)

    @property
    def groups(self) -> list[tuple[str, list[tuple[str, FieldWords]]]]:
        """What stands on the form, group by group: names and words of fields."""
        found: dict[Group, list[tuple[str, FieldWords]]] = {group: [] for group in GROUPS}
        kind = item_kind(self.item)
        for name in names_of(kind, tuple(type(self.item).model_fields)):
            words = words_of(kind, name)
            if name in self.controls or self.fixed.get(name):
                found[words.group].append((name, words))
        return [(GROUPS[group], names) for group, names in found.items() if names]


def shown(item: ItemBase, instrument: Instrument) -> ItemForm:
    """The form of an item as it stands."""
    return _made(item, instrument, None)


def typed(item: ItemBase, instrument: Instrument, data: Any) -> ItemForm:
    """The form as it was sent; Any: werkzeug's MultiDict, which WTForms reads."""
    return _made(item, instrument, data)


def _made(item: ItemBase, instrument: Instrument, data: Any) -> ItemForm:
    kind = item_kind(item)
    fixed = _fixed(item, instrument)
    names = [n for n in names_of(kind, tuple(type(item).model_fields)) if n not in fixed]
    plain = {n: words_of(kind, n) for n in names}
    fields = {n: _field(n, words, item, instrument) for n, words in plain.items()}
    form_class = type("Fields", (Form,), {n: f for n, f in fields.items() if f is not None})
    form = form_class(data, data={n: _as_typed(getattr(item, n), w) for n, w in plain.items()})
    controls: dict[str, Control] = {}
    for name, words in plain.items():
        if words.control == "logic":
            expression = getattr(item, name)
            controls[name] = (
                logic_form.typed(logic_form.OF_ITEMS[name], data, instrument)[0]
                if data is not None
                else logic_form.shown(logic_form.OF_ITEMS[name], expression, instrument)
            )
        elif part_forms.is_list(kind, name):
            controls[name] = (
                part_forms.typed(item, name, data)
                if data is not None
                else part_forms.shown(item, name)
            )
        elif fields[name] is not None:
            controls[name] = form[name]
    return ItemForm(item, controls, fixed)


def _fixed(item: ItemBase, instrument: Instrument) -> dict[str, str]:
    """Fields that cannot be changed as long as the catalogue words them, as they read."""
    names = WORDED if is_locked(item) else frozenset()
    if locked_rows(item):
        names = names | {"scale", "scales", "na"}
    found = {}
    for name in names & set(type(item).model_fields):
        value = getattr(item, name)
        said = _as_read(name, value, instrument)
        found[name] = said
    return found


def _as_read(name: str, value: Any, instrument: Instrument) -> str:
    if name == "options":
        return " · ".join(f"{option.label} ({option.code})" for option in value)
    if name == "scales":
        return " · ".join(f"{use.label}: {use.scale}" for use in value)
    if name == "scale":
        scale = instrument.scale(value or "")
        return " · ".join(scale.label(v) for v in scale.values) if scale else str(value or "")
    if isinstance(value, bool):
        return gettext("yes") if value else ""
    return "" if value is None else str(value)


def _field(name: str, words: FieldWords, item: ItemBase, instrument: Instrument) -> Any:
    """The WTForms field of a plain control; None for the others."""
    hint = words.hint
    match words.control:
        case "line" | "whole" | "decimal" | "value":
            mode = {"whole": "numeric", "decimal": "decimal"}.get(words.control)
            return StringField(words.label, description=hint, render_kw={"inputmode": mode})
        case "text" | "words":
            return TextAreaField(words.label, description=hint)
        case "box":
            return BooleanField(words.label, description=hint)
        case "choice":
            return _select(words, CHOICES[name])
        case "scale":
            named = [("", gettext("none"))] if getattr(item, "scales", ()) else []
            scales = [(s.key, s.name or s.key) for s in instrument.scales]
            return _select(words, [*named, *scales])
        case "types":
            return _boxes(words, TYPES)
        case "codes":
            return _boxes(words, [(o.code, o.label) for o in all_options(item)])
        case _:
            return None


def _select(words: FieldWords, choices: Any) -> Any:
    offered = [SelectChoice(value, label) for value, label in choices]
    return SelectField(words.label, choices=offered, validate_choice=False, description=words.hint)


def _boxes(words: FieldWords, choices: Any) -> Any:
    offered = [SelectChoice(value, label) for value, label in choices]
    return SelectMultipleField(
        words.label, choices=offered, validate_choice=False, description=words.hint
    )


def _as_typed(value: Any, words: FieldWords) -> Any:
    if isinstance(value, tuple):
        texts = [one for one in value if isinstance(one, str)]
        return "\n".join(texts) if words.control == "words" else texts
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else value


@dataclass(frozen=True)
class ItemChanges:
    """What a form means: names to change first, then the fields that differ from the item's."""

    renames: list[acts.Act]
    changes: dict[str, Any]
    problems: list[Problem]

    def acts(self, key: str) -> list[acts.Act]:
        own: list[acts.Act] = []
        if self.changes:
            own.append(acts.ChangeItem(item=key, changes=self.changes))
        return [*self.renames, *own]


def changes_of(form: ItemForm, instrument: Instrument, data: Any) -> ItemChanges:
    """The fields that the form gives other content than the item has; nothing else is touched."""
    item, kind = form.item, item_kind(form.item)
    found = ItemChanges([], {}, [])
    for name, control in form.controls.items():
        words = words_of(kind, name)
        if isinstance(control, LogicForm):
            value: Any = logic_form.typed(logic_form.OF_ITEMS[name], data, instrument)[1]
        elif isinstance(control, PartForm):
            meant = part_forms.meant(control, item, instrument)
            found.renames.extend(meant.renames)
            found.problems.extend(meant.problems)
            if meant.entries != [_dumped(part) for part in getattr(item, name)]:
                found.changes[name] = meant.entries
            continue
        else:
            value = _value(control, words, item, name)
        if value != _comparable(getattr(item, name)):
            found.changes[name] = value
    _one_way_to_name_scales(found.changes, item)
    return found


def _dumped(part: Any) -> dict[str, Any]:
    return {name: value for name, value in part.model_dump().items() if value is not None}


def _comparable(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _value(control: Field, words: FieldWords, item: ItemBase, name: str) -> Any:
    data = control.data
    if words.control in {"codes", "types"}:
        return list(data or ())
    if words.control == "words":
        return [line.strip() for line in (data or "").splitlines() if line.strip()]
    if words.control == "box":
        return bool(data)
    text = (data or "").replace("\r\n", "\n").strip()
    if words.control in {"whole", "decimal"}:
        if not text:
            return None if getattr(item, name) is None or _is_optional(item, name) else ""
        return _number(text)
    if not text and _is_optional(item, name):
        return None
    return text


def _number(text: str) -> float | int | str:
    """The number, where it is one; the text goes on to the model, which says what is wanted."""
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return text
    return int(number) if number.is_integer() else number


def _is_optional(item: ItemBase, name: str) -> bool:
    return type(item).model_fields[name].default is None


def _one_way_to_name_scales(changes: dict[str, Any], item: ItemBase) -> None:
    """A rated item has one scale or several uses: choosing the one lets go of the other."""
    if changes.get("scales"):
        changes["scale"] = None
    elif changes.get("scale"):
        changes["scales"] = ()
    elif changes.get("scales") == [] and not changes.get("scale", getattr(item, "scale", None)):
        # The last use was removed: its scale stays, so that the item can still be answered.
        uses = getattr(item, "scales", ())
        changes["scale"] = uses[0].scale if uses else None


def show_problems(form: ItemForm, problems: list[Problem]) -> None:
    """Put each problem beside the field it is about; the others stay with the form."""
    for problem in problems:
        name, _, rest = problem.where.partition(".")
        control = form.controls.get(name)
        if isinstance(control, PartForm):
            control.errors.setdefault(rest, as_said(problem.message))
        elif isinstance(control, LogicForm):
            control.errors.append(as_said(problem.message))
        elif control is not None:
            control.errors = [*control.errors, as_said(problem.message)]
        form.problems.append(problem)
