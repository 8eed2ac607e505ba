"""Forms of what is no item: a page, the instrument itself, scales, endings, quotas, samplings."""

from collections.abc import Callable
from typing import Any

from wtforms import Form, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from assessor.domain.editing import acts
from assessor.domain.editing.apply import read_act
from assessor.domain.instrument import Instrument, Page, Scale, SingleChoice
from assessor.domain.kinds import columns
from assessor.domain.problems import Checked, Problem, failed
from assessor.reports.words import shortened
from assessor.web.instruments.designer.fields import ORDERS
from assessor.web.instruments.designer.logic_form import SHOWN_IF, LogicWords
from assessor.web.messages import gettext, lazy_gettext, to_translate


class PageForm(Form):
    """What stands round the items of a page, and the order of what is on it."""

    title = StringField(
        lazy_gettext("Title of the page"),
        description=lazy_gettext("Empty: the page is only numbered."),
    )
    introduction = TextAreaField(
        lazy_gettext("Introduction"), description=lazy_gettext("Light Markdown, above the items.")
    )
    order = SelectField(
        lazy_gettext("Order of the items"),
        choices=[SelectChoice(*one) for one in ORDERS],
        validate_choice=False,
    )
    shuffle = StringField(
        lazy_gettext("Changes places with"),
        description=lazy_gettext(
            "Pages with the same word here change places at random. Empty: it stays."
        ),
    )
    key = StringField(
        lazy_gettext("Key of the page"),
        description=lazy_gettext("Short; files and translations name it."),
    )


class SettingsForm(Form):
    """What the instrument says of itself."""

    title = StringField(lazy_gettext("Title"))
    audience = StringField(
        lazy_gettext("Audience"), description=lazy_gettext("Whom it asks, in words.")
    )
    introduction = TextAreaField(
        lazy_gettext("Introduction"),
        description=lazy_gettext("Light Markdown, before the first page."),
    )
    thanks = TextAreaField(lazy_gettext("Thanks"), description=lazy_gettext("After the last page."))
    minutes = StringField(
        lazy_gettext("Minutes it takes"),
        description=lazy_gettext("Empty: Assessor estimates it."),
        render_kw={"inputmode": "decimal"},
    )
    group_item = SelectField(
        lazy_gettext("Item that gives the audience’s groups"), validate_choice=False
    )
    language = StringField(
        lazy_gettext("Language it is written in"),
        description=lazy_gettext("A code, such as en or pt-BR."),
    )


class ScaleForm(Form):
    """A row of points from a worst to a best."""

    name = StringField(
        lazy_gettext("Name of the scale"),
        description=lazy_gettext("For librarians; nobody who answers sees it."),
    )
    points = TextAreaField(
        lazy_gettext("Points"),
        description=lazy_gettext("One a line: its number, a bar, its words. “5 | Strongly agree”"),
    )
    worst = StringField(
        lazy_gettext("Number of the worst point"), render_kw={"inputmode": "numeric"}
    )
    best = StringField(lazy_gettext("Number of the best point"), render_kw={"inputmode": "numeric"})
    key = StringField(lazy_gettext("Key of the scale"))
    source = StringField(lazy_gettext("Source"))
    licence = StringField(lazy_gettext("Licence"))


class EndingForm(Form):
    """Words of its own for who does not go on to the last page."""

    title = StringField(lazy_gettext("Title"))
    text = TextAreaField(lazy_gettext("Text"), description=lazy_gettext("Light Markdown."))
    key = StringField(lazy_gettext("Key of the ending"))


class QuotaForm(Form):
    """How many of some people are wanted, and where the others are led."""

    limit = StringField(
        lazy_gettext("At most so many responses"), render_kw={"inputmode": "numeric"}
    )
    ending = SelectField(lazy_gettext("Ending for who comes later"), validate_choice=False)
    key = StringField(lazy_gettext("Key of the quota"))


class SamplingForm(Form):
    """Items of which each person is asked only some."""

    items = SelectMultipleField(
        lazy_gettext("Items and rows that are spread"), validate_choice=False
    )
    way = RadioField(
        lazy_gettext("How they are spread"),
        choices=[
            SelectChoice("ask", lazy_gettext("Everybody is asked the same number of them")),
            SelectChoice("share", lazy_gettext("Each is asked of a share of people")),
        ],
        validate_choice=False,
    )
    number = StringField(
        lazy_gettext("How many, or which share"),
        description=lazy_gettext("A number such as 3, or a share such as 0.25."),
        render_kw={"inputmode": "decimal"},
    )
    key = StringField(lazy_gettext("Key of the sampling"))


FORMS: dict[acts.Listed, type[Form]] = {
    "scales": ScaleForm,
    "endings": EndingForm,
    "quotas": QuotaForm,
    "samplings": SamplingForm,
}

LOGIC: dict[str, LogicWords] = {
    "page": SHOWN_IF,
    "endings": LogicWords(
        "when",
        lazy_gettext("People are led here if"),
        to_translate("People are led here if %(clause)s."),
    ),
    "quotas": LogicWords(
        "when",
        lazy_gettext("It counts people if"),
        to_translate("It counts people if %(clause)s."),
    ),
}
"""The expression that a form has beside its fields."""


# Any: the values of a form's fields, whatever they are.
def page_values(page: Page) -> dict[str, Any]:
    return {**page.model_dump(exclude={"items", "relevant"}), "shuffle": page.shuffle or ""}


def settings_form(instrument: Instrument, data: Any = None) -> SettingsForm:
    values = {
        "title": instrument.title,
        "audience": instrument.audience,
        "introduction": instrument.introduction,
        "thanks": instrument.thanks,
        "minutes": f"{instrument.minutes:g}" if instrument.minutes else "",
        "group_item": instrument.group_item or "",
        "language": instrument.language,
    }
    form = SettingsForm(data, data=values)
    groups = [
        SelectChoice(item.key, f"{shortened(item.text, 60)} ({item.key})")
        for item in instrument.items()
        if isinstance(item, SingleChoice)
    ]
    form.group_item.choices = [SelectChoice("", gettext("none")), *groups]
    return form


def settings_act(form: SettingsForm, instrument: Instrument) -> Checked[acts.ChangeInstrument]:
    """The fields that the form gives other content."""
    changes: dict[str, Any] = {}
    for name, field in form._fields.items():
        value: Any = _clean(field.data)
        if name == "minutes":
            value = value.replace(",", ".") or None
        if name == "group_item":
            value = value or None
        old = getattr(instrument, name)
        if str(value or "") != (f"{old:g}" if isinstance(old, float) else str(old or "")):
            changes[name] = value
    return read_act(acts.ChangeInstrument, changes=changes)


def listed_form(of: acts.Listed, instrument: Instrument, key: str, data: Any = None) -> Form:
    """The form of one of the entries, or of a new one where `key` is empty."""
    entry = next((one for one in getattr(instrument, of) if one.key == key), None)
    form = FORMS[of](data, data=_VALUES[of](entry) if entry is not None else _NEW[of]())
    if isinstance(form, QuotaForm):
        form.ending.choices = [SelectChoice(e.key, e.title) for e in instrument.endings]
    if isinstance(form, SamplingForm):
        texts = {c.owner: c.text for c in columns(instrument)}
        form.items.choices = [
            SelectChoice(owner, f"{shortened(text, 60)} ({owner})")
            for owner, text in list(texts.items())[:500]
        ]
    return form


def _new_scale() -> dict[str, Any]:
    points = f"1 | {gettext('Worst')}\n2 | \n3 | \n4 | \n5 | {gettext('Best')}"
    return {"points": points, "worst": "1", "best": "5"}


_NEW: dict[acts.Listed, Callable[[], dict[str, Any]]] = {
    "scales": _new_scale,
    "endings": dict,
    "quotas": dict,
    "samplings": lambda: {"way": "ask", "number": "1"},
}


def _scale_values(scale: Scale) -> dict[str, Any]:
    lines = "\n".join(f"{point.value} | {point.label}" for point in scale.points)
    return {**scale.model_dump(exclude={"points"}), "points": lines}


def _sampling_values(sampling: Any) -> dict[str, Any]:
    way = "ask" if sampling.ask is not None else "share"
    number = sampling.ask if sampling.ask is not None else sampling.share
    return {
        "items": list(sampling.items),
        "way": way,
        "number": f"{number:g}",
        "key": sampling.key,
    }


_VALUES: dict[acts.Listed, Callable[[Any], dict[str, Any]]] = {
    "scales": _scale_values,
    "endings": lambda ending: ending.model_dump(),
    "quotas": lambda quota: quota.model_dump(),
    "samplings": _sampling_values,
}


def listed_act(
    of: acts.Listed, form: Form, old: str, expression: str, instrument: Instrument
) -> Checked[Any]:
    """The act that puts the entry as the form says; problems name the form's fields."""
    values = {name: _clean(field.data) for name, field in form._fields.items()}
    kept = next((one for one in getattr(instrument, of) if one.key == old), None)
    content = _CONTENT[of](values, expression)
    if content is None:
        message = gettext("Write each point on a line of its own: “5 | Strongly agree”.")
        return failed(Problem(code="edit.invalid", where="points", message=message))
    if kept is not None and of == "samplings":
        content = {**kept.model_dump(exclude={"ask", "share"}), **content}
    checked: Checked[Any] = read_act(_ACT[of], **{_ACT_FIELD[of]: content}, old=old or None)
    if checked.value is not None:
        return checked
    prefix = f"{_ACT_FIELD[of]}."
    return failed(
        *(
            problem.model_copy(
                update={
                    "where": _FIELD.get(_own(problem.where, prefix), _own(problem.where, prefix))
                }
            )
            for problem in checked.problems
        )
    )


def _own(where: str, prefix: str) -> str:
    return where.removeprefix(prefix).partition(".")[0]


_FIELD = {"ask": "number", "share": "number", "sampling": "number"}
_ACT: dict[acts.Listed, type[Any]] = {
    "scales": acts.PutScale,
    "endings": acts.PutEnding,
    "quotas": acts.PutQuota,
    "samplings": acts.PutSampling,
}
_ACT_FIELD: dict[acts.Listed, str] = {
    "scales": "scale",
    "endings": "ending",
    "quotas": "quota",
    "samplings": "sampling",
}


def _scale_content(values: dict[str, Any], _expression: str) -> dict[str, Any] | None:
    points = []
    for line in values["points"].split("\n"):
        number, _, label = line.partition("|")
        if not line.strip():
            continue
        if not number.strip().lstrip("-").isdecimal():
            return None
        points.append({"value": int(number), "label": label.strip()})
    return {**values, "points": points}


def _sampling_content(values: dict[str, Any], _expression: str) -> dict[str, Any]:
    number = values["number"].replace(",", ".")
    spread = {"ask": number} if values["way"] == "ask" else {"share": number}
    return {"key": values["key"], "items": values["items"], **spread}


_CONTENT: dict[acts.Listed, Callable[[dict[str, Any], str], dict[str, Any] | None]] = {
    "scales": _scale_content,
    "endings": lambda values, when: {**values, "when": when},
    "quotas": lambda values, when: {**values, "when": when},
    "samplings": _sampling_content,
}


def _clean(data: Any) -> Any:
    if isinstance(data, str):
        return data.replace("\r\n", "\n").strip()
    return data if data is not None else ""
