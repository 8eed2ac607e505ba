"""Items as fields of a form, by one visible table.

The form reads what was posted and shows it again; whether an answer is one is decided by
`assessor.domain.answers` alone, whose problems are laid on the fields by `add_problems`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask_wtf import FlaskForm
from markupsafe import Markup, escape
from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from assessor.domain.answers import Answers
from assessor.domain.instrument import (
    NOT_APPLICABLE,
    Column,
    Instrument,
    Item,
    ItemBase,
    Likelihood,
    LongTextItem,
    MultipleChoice,
    Number,
    Page,
    Rated,
    Scale,
    ShortText,
    SingleChoice,
    TextBlock,
)
from assessor.domain.kinds import columns_of_item
from assessor.domain.problems import Problem
from assessor.web.languages import own_words
from assessor.web.messages import gettext, told

Fields = dict[str, Field]
Build = Callable[[Any, Instrument], Fields]
"""An item of the kind's own model (hence Any) and its instrument → unbound fields by column."""

NO_ANSWERS = ("csrf_token", "page-turn")
"""What a page posts beside answers. No item can be called so: keys hold no hyphen."""

_ATTRIBUTE = "asked:"
# An item may be called "data" or "errors", which are attributes of every form: fields are kept
# under names that nothing else can have, and posted under the column's own.


def _field(kind: type[Field], name: str, label: str, **options: Any) -> Fields:
    """One unbound field; Any, because every kind of field takes options of its own."""
    return {name: kind(label, name=name, id=field_id(name), **options)}


def _choice(item: SingleChoice, instrument: Instrument) -> Fields:
    options = [SelectChoice(option.code, option.label) for option in item.options]
    label = asked(item, instrument)
    return _field(RadioField, item.key, label, choices=options, validate_choice=False)


def _choices(item: MultipleChoice, instrument: Instrument) -> Fields:
    options = [SelectChoice(option.code, option.label) for option in item.options]
    label = asked(item, instrument)
    return _field(SelectMultipleField, item.key, label, choices=options, validate_choice=False)


def _rated(item: Rated, instrument: Instrument) -> Fields:
    fields: Fields = {}
    for column in columns_of_item(item):
        scale = scale_of(instrument, column)
        points = [SelectChoice(str(p.value), scale.label(p.value)) for p in scale.points]
        if item.na and column.use is None:
            points.append(SelectChoice(NOT_APPLICABLE, item.na))
        fields |= _field(
            RadioField, column.name, column.text, choices=points, validate_choice=False
        )
        if item.na and column.use is not None:
            # One box for the whole row: not applicable overrides whatever else it holds.
            fields |= _field(StringField, column.owner, item.na)
    return fields


def _likelihood(item: Likelihood, instrument: Instrument) -> Fields:
    points = [SelectChoice(str(number)) for number in range(11)]
    if item.na:
        points.append(SelectChoice(NOT_APPLICABLE, item.na))
    return _field(RadioField, item.key, item.text, choices=points, validate_choice=False)


def _line(item: Number | ShortText, instrument: Instrument) -> Fields:
    return _field(StringField, item.key, asked(item, instrument))


def _lines(item: LongTextItem, instrument: Instrument) -> Fields:
    return _field(TextAreaField, item.key, asked(item, instrument))


def _nothing(item: TextBlock, instrument: Instrument) -> Fields:
    return {}


BUILDERS: dict[str, Build] = {
    "single_choice": _choice,
    "multiple_choice": _choices,
    "rating": _rated,
    "rating_matrix": _rated,
    "likelihood": _likelihood,
    "number": _line,
    "short_text": _line,
    "long_text": _lines,
    "text_block": _nothing,
}
"""Every kind of item, and the fields it becomes; a test holds it against the kinds there are."""


def page_form(instrument: Instrument, page: Page) -> type[FlaskForm]:
    """The form class of one page: a field for every column, and one for each row's n/a box."""
    fields: Fields = {}
    for item in page.items:
        fields |= BUILDERS[item.kind](item, instrument)
    named = {_ATTRIBUTE + name: unbound for name, unbound in fields.items()}
    return type("PageForm", (FlaskForm,), named)


def has_field(form: Form, name: str) -> bool:
    """Whether the form has a field for this column, or for this row's n/a box."""
    return _ATTRIBUTE + name in form


def field_of(form: Form, name: str) -> Field:
    """The field of a column, or of a row's n/a box."""
    return form[_ATTRIBUTE + name]


def field_id(name: str) -> str:
    """The id of a field on the page, and of nothing else there."""
    return "q-" + name.replace(".", "--")


def posted(form: Form, data: MultiDict[str, str]) -> dict[str, object]:
    """What was posted by column name, for the one check of answers.

    Names that are no field of this page stay in, so that the check can refuse them.
    """
    raw: dict[str, object] = {}
    for name in data:
        if name in NO_ANSWERS:
            continue
        values = data.getlist(name)
        is_list = has_field(form, name) and isinstance(field_of(form, name), SelectMultipleField)
        raw[name] = values if is_list or len(values) > 1 else values[0]
    return raw


def stored(answers: Answers, page: Page) -> MultiDict[str, str]:
    """A draft's answers as the form takes them in."""
    data: MultiDict[str, str] = MultiDict()
    for item in page.items:
        for column in columns_of_item(item):
            answer = answers.get(column.name)
            if answer is None:
                continue
            if answer == NOT_APPLICABLE and column.use is not None:
                data[column.owner] = NOT_APPLICABLE
                continue
            for value in answer if isinstance(answer, list) else [answer]:
                data.add(column.name, _as_typed(value))
    return data


def _as_typed(value: object) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def add_problems(form: Form, problems: Iterable[Problem]) -> list[Problem]:
    """Lay each problem on the field it belongs to; returns those that belong to none."""
    left: list[Problem] = []
    for problem in problems:
        if has_field(form, problem.where):
            field = field_of(form, problem.where)
            field.errors = [*field.errors, problem.message]
        else:
            left.append(problem)
    return left


@dataclass(frozen=True)
class Mistake:
    """A line of the error summary: what is wrong, and the control it leads to, if any."""

    text: str
    href: str | None


def mistakes(instrument: Instrument, page: Page, form: Form) -> list[Mistake]:
    """What was laid on the fields, in the page's order, each with the question it is about."""
    found: dict[str, Mistake] = {}
    for item in page.items:
        for column in columns_of_item(item):
            # A row of several scales has a box of its own, before its scales.
            for name in (column.owner, column.name):
                errors = field_of(form, name).errors if has_field(form, name) else ()
                if errors and name not in found:
                    anchor = field_id(name) + ("" if name == column.name else "-na")
                    question = _short(_called(item, column) if name == column.name else column.text)
                    found[name] = Mistake(f"{question} – {told(errors[0])}", f"#{anchor}")
    return list(found.values())


def _called(item: Item, column: Column) -> str:
    if column.use is None or not isinstance(item, Rated):
        return column.text
    label = next(use.label for use in item.scales if use.key == column.use)
    return f"{_short(column.text)} {label}"


def _short(text: str, length: int = 90) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def asked(item: ItemBase, instrument: Instrument) -> Markup:
    """The question; whether it needs an answer is said in words."""
    if not item.required:
        return escape(item.text)
    words = Markup(' <span class="required"{}>{}</span>')
    return escape(item.text) + words.format(own_words(instrument), gettext("(needs an answer)"))


def scale_of(instrument: Instrument, column: Column) -> Scale:
    scale = instrument.scale(column.scale or "")
    assert scale is not None, "a published instrument defines the scales it names"
    return scale
