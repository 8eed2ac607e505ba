"""The forms of waves. What may be entered is decided by `actions.waves`; here it is only read."""

import re
from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, Field, IntegerField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import Optional

from assessor.actions.waves import RETENTION_MONTHS
from assessor.domain.instrument import Option
from assessor.domain.problems import Problem
from assessor.web.messages import gettext, lazy_gettext

SIZE = "size-"


class DayField(DateField):
    """A day; what cannot be read as one is said in plain words."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(gettext("Enter a day, such as 2026-03-31.")) from error


class CountField(IntegerField):
    """A whole number; what stands between thousands is read over."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        plain = [_BETWEEN_THOUSANDS.sub("", str(value)) for value in valuelist]
        try:
            super().process_formdata(plain)
        except ValueError as error:
            raise ValueError(gettext("Enter a whole number, such as 1200.")) from error


# Only before three digits: "1.5" is a mistake to be told, and not fifteen.
_BETWEEN_THOUSANDS = re.compile(r"(?<=\d)[\s,.'’](?=\d{3}(?!\d))")

ACCESS = [
    SelectChoice("open_link", lazy_gettext("Anybody who has the link")),
    SelectChoice("signed_in", lazy_gettext("Staff who sign in, each once")),
]
ACCESS_HINTS = {
    "open_link": lazy_gettext("For patrons: on a poster, in a mail, on the web site."),
    "signed_in": lazy_gettext(
        "For people with an account here. That somebody took part is noted; what they "
        "answered is not tied to them."
    ),
}


class ReopenForm(FlaskForm):  # type: ignore[misc]  # the package has no types
    """Until when a closed wave takes answers again."""

    closes_on = DayField(
        lazy_gettext("Last day"),
        [Optional()],
        description=lazy_gettext("Leave empty to close it yourself."),
    )


class WaveForm(FlaskForm):  # type: ignore[misc]  # the package has no types
    """What may change at any time."""

    title = StringField(
        lazy_gettext("Title"),
        description=lazy_gettext("What the wave is called, such as “Patrons 2026”."),
    )
    period = StringField(
        lazy_gettext("Period"),
        description=lazy_gettext(
            "Waves of one period are scored together, such as 2026 or 2025/26."
        ),
    )
    opens_on = DayField(
        lazy_gettext("First day"),
        [Optional()],
        description=lazy_gettext("Leave empty: from the moment you open it."),
    )
    closes_on = DayField(
        lazy_gettext("Last day"),
        [Optional()],
        description=lazy_gettext("Leave empty: until you close it."),
    )


class NewWaveForm(WaveForm):
    """What is decided once, and cannot be changed when answers have come in."""

    access = RadioField(
        lazy_gettext("Who can answer?"), choices=ACCESS, default="open_link", validate_choice=True
    )
    retention_months = CountField(
        lazy_gettext("How long are the answers kept?"), [Optional()], default=RETENTION_MONTHS
    )


def with_sizes(form: type[WaveForm], groups: Iterable[Option]) -> type[WaveForm]:
    """The form with a field for the size of each group."""
    fields = {
        SIZE + group.code: CountField(group.label, [Optional()], id=f"size--{group.code}")
        for group in groups
    }
    return type(form.__name__, (form,), fields)


def size_fields(form: WaveForm) -> list[Field]:
    """The fields of the groups, in the instrument's order."""
    return [field for field in form if field.name.startswith(SIZE)]


def sizes(form: WaveForm) -> dict[str, int | None]:
    """Group code → size, None where nothing was entered."""
    return {field.name.removeprefix(SIZE): field.data for field in size_fields(form)}


def add_problems(form: FlaskForm, problems: Iterable[Problem]) -> list[Problem]:
    """Lay what an action refused on the fields; returns what belongs to none of them."""
    left = []
    for problem in problems:
        name = problem.where.replace("sizes.", SIZE, 1)
        if name in form:
            form[name].errors = [*form[name].errors, problem.message]
        else:
            left.append(problem)
    return left
