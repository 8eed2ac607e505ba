"""Forms of the mapping: the card of an indicator, its evidence, and what is not measured."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    FloatField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    validators,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from assessor.web.messages import gettext, lazy_gettext

LONG = validators.Length(max=2000, message=lazy_gettext("Keep this under 2,000 characters."))
OPTIONAL = validators.Optional()
WEIGHT_RULES = (
    validators.InputRequired(lazy_gettext("Enter a weight; 1 is usual.")),
    validators.NumberRange(0, 1_000_000, lazy_gettext("A weight is 0 or more.")),
)


class NumberField(FloatField):
    """A number with a point or a comma, or a percentage; "70 %" is 0.7. Nothing infinite."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        if not valuelist or not str(valuelist[0]).strip():
            self.data = None
            return
        typed = str(valuelist[0]).strip().replace(",", ".").replace("−", "-")
        try:
            number = float(typed.removesuffix("%"))
        except ValueError:
            number = math.nan
        if typed.endswith("%"):
            # In decimals: 7 % is 0.07 and not 0.07000000000000001.
            number = round(number / 100, 12)
        if not math.isfinite(number):
            self.data = None
            raise ValueError(gettext("Enter a number, such as 4.2 or 70 %."))
        self.data = number

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data:g}"


class CardForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """An indicator's card. `expected` is the edition of the mapping that the person saw."""

    expected = HiddenField(default="0")
    name = StringField(
        lazy_gettext("Name"),
        [
            validators.DataRequired(
                lazy_gettext("Give the indicator a name, such as “Sense of belonging”.")
            ),
            validators.Length(max=200, message=lazy_gettext("Keep the name under 200 characters.")),
        ],
    )
    objective = TextAreaField(
        lazy_gettext("Objective"),
        [LONG],
        description=lazy_gettext("What the figure shows, and for whom it matters."),
    )
    scope = TextAreaField(
        lazy_gettext("Scope"),
        [LONG],
        description=lazy_gettext("Who or what it covers, and what it leaves out."),
    )
    definition = TextAreaField(
        lazy_gettext("Definition"),
        [LONG],
        description=lazy_gettext("Exactly what is counted, so that next year's is the same."),
    )
    method = SelectField(lazy_gettext("Method"))
    interpretation = TextAreaField(
        lazy_gettext("Interpretation"),
        [LONG],
        description=lazy_gettext("What a high, a low or a changed figure means."),
    )
    sources = TextAreaField(
        lazy_gettext("Sources"),
        [LONG],
        description=lazy_gettext("Standards, studies or documents."),
    )
    direction = RadioField(
        lazy_gettext("Which way is better?"),
        choices=[
            SelectChoice("higher", lazy_gettext("Higher")),
            SelectChoice("lower", lazy_gettext("Lower")),
        ],
        default="higher",
    )
    baseline = NumberField(
        lazy_gettext("Baseline"),
        [OPTIONAL],
        description=lazy_gettext("Where it stood at the start."),
    )
    target = NumberField(lazy_gettext("Target"), [OPTIONAL])
    partial = NumberField(lazy_gettext("Partly met from"), [OPTIONAL])
    each_group = BooleanField(
        lazy_gettext("Every group has to reach the target"),
        description=lazy_gettext(
            "The group that is worst off decides, so that nobody hides behind an average."
        ),
    )
    evidence_kind = RadioField(
        lazy_gettext("What kind of evidence is it?"),
        choices=[
            SelectChoice("solicited", lazy_gettext("Solicited: people were asked")),
            SelectChoice("observed", lazy_gettext("Observed: somebody watched or counted")),
            SelectChoice("inferred", lazy_gettext("Inferred: from records of use")),
        ],
        default="solicited",
    )
    weight = NumberField(
        lazy_gettext("Weight"),
        WEIGHT_RULES,
        default=1.0,
        description=lazy_gettext("Against the other indicators of the element."),
    )
    minimum_n = IntegerField(
        lazy_gettext("Fewest answers"),
        [
            validators.InputRequired(lazy_gettext("Enter a whole number, such as 10.")),
            validators.NumberRange(1, 1_000_000, lazy_gettext("Enter 1 or more.")),
        ],
        default=10,
        description=lazy_gettext("With fewer, the status is “not enough evidence”."),
    )
    maximum_margin = NumberField(
        lazy_gettext("Widest margin"),
        [
            OPTIONAL,
            validators.NumberRange(min=1e-9, message=lazy_gettext("Enter a number above 0.")),
        ],
        description=lazy_gettext(
            "Half of the interval, in the target's unit. With a wider one, the same."
        ),
    )
    meaning = RadioField(
        lazy_gettext("Does the figure mean the same as before?"),
        [OPTIONAL],
        choices=[
            SelectChoice(
                "same", lazy_gettext("Yes: figures of other years can be compared with it")
            ),
            SelectChoice(
                "new", lazy_gettext("No: this is a new definition, and the trend begins anew")
            ),
        ],
        description=lazy_gettext("Its method, definition, direction or evidence was changed."),
    )

    def offer(self, methods: Iterable[tuple[str, str]]) -> "CardForm":
        self.method.choices = [SelectChoice(key, label) for key, label in methods]
        return self


class EvidenceForm(FlaskForm):  # type: ignore[misc]
    """What every piece of evidence can do: be taken away again."""

    remove = BooleanField(lazy_gettext("Take this evidence away"))


class ItemsForm(EvidenceForm):
    """Items of one instrument."""

    items = SelectMultipleField(
        lazy_gettext("Items"), [validators.InputRequired(lazy_gettext("Choose at least one item."))]
    )
    use = SelectField(
        lazy_gettext("Scale to read"),
        [OPTIONAL],
        default="",
        description=lazy_gettext("Where an item has several scales, and the method reads one."),
    )
    codes = StringField(
        lazy_gettext("Answers that count"),
        description=lazy_gettext(
            "For the method “Share”: the codes of the answers, with commas between them."
        ),
    )

    def offer(self, items: Sequence[tuple[str, str]], uses: Sequence[str]) -> "ItemsForm":
        self.items.choices = [SelectChoice(key, label) for key, label in items]
        self.use.choices = [
            SelectChoice("", gettext("The item’s only scale")),
            *(SelectChoice(use, use.capitalize()) for use in uses),
        ]
        return self


class SeriesForm(EvidenceForm):
    """An operational statistic."""

    series = StringField(
        lazy_gettext("Short name of the statistic"),
        [
            validators.DataRequired(
                lazy_gettext("Give the statistic a short name, such as gate_count.")
            ),
            validators.Regexp(
                r"^[a-z][a-z0-9_]{0,59}$",
                message=lazy_gettext("Use small letters, digits and _ only, such as gate_count."),
            ),
        ],
        description=lazy_gettext(
            "Small letters, digits and _, such as gate_count. Figures come in under it."
        ),
    )
    unit = StringField(
        lazy_gettext("Unit"),
        [validators.Length(max=60, message=lazy_gettext("Keep it under 60 characters."))],
    )
    source = StringField(
        lazy_gettext("Where it is recorded"),
        [validators.Length(max=500, message=lazy_gettext("Keep it under 500 characters."))],
    )


class MilestoneForm(EvidenceForm):
    """Something that is done or not by a date."""

    milestone = TextAreaField(
        lazy_gettext("What will be done"),
        [
            validators.DataRequired(lazy_gettext("Say what will be done.")),
            validators.Length(max=500, message=lazy_gettext("Keep it under 500 characters.")),
        ],
    )
    due = StringField(
        lazy_gettext("By when"),
        [
            validators.Regexp(
                r"^(\d{4}(-\d{2}(-\d{2})?)?)?$",
                message=lazy_gettext("Write 2027, 2027-06 or 2027-06-30."),
            )
        ],
        description=lazy_gettext("A year, a month or a day: 2027, 2027-06 or 2027-06-30."),
    )


class NotMeasuredForm(FlaskForm):  # type: ignore[misc]
    """An element that is deliberately not measured, and why."""

    expected = HiddenField(default="0")
    reason = TextAreaField(
        lazy_gettext("Why is it not measured?"),
        [
            validators.DataRequired(
                lazy_gettext("Give the reason, so that leadership can judge it.")
            ),
            validators.Length(
                max=1000, message=lazy_gettext("Keep the reason under 1,000 characters.")
            ),
        ],
    )
    whole_level = BooleanField(lazy_gettext("The same holds for every element of its level"))


class WeightsForm(FlaskForm):  # type: ignore[misc]
    """The weights of siblings; their fields are made for each of them."""

    expected = HiddenField(default="0")


class FolderForm(FlaskForm):  # type: ignore[misc]
    """A library's folder as a zip file."""

    folder = FileField(
        lazy_gettext("The folder as a zip file"),
        description=lazy_gettext("plan.yaml, mapping.yaml and a file for each instrument."),
        render_kw={"accept": ".zip,application/zip"},
    )


class LoadForm(FlaskForm):  # type: ignore[misc]
    """The folder that was checked, on its way to being loaded."""

    content = HiddenField()
    seen = HiddenField()
    publish = BooleanField(
        lazy_gettext("Publish the instruments that changed"),
        description=lazy_gettext(
            "Each becomes its next version. Otherwise they are drafts until you publish."
        ),
    )
