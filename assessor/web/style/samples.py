"""What the living page shows: a made-up form, filled and with mistakes, and made-up ratings."""

from datetime import date
from pathlib import Path
from typing import Any

import segno
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    Form,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    validators,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from assessor.domain.answers import check_answers
from assessor.domain.instrument import Instrument
from assessor.domain.route import Person, follow
from assessor.formats.instrument_file import read_instrument_file
from assessor.web.item_views import mistakes, sheet_of, views
from assessor.web.items import Filled, add_problems, raw_of

AGREEMENT = [
    {"value": 1, "label": "Strongly disagree"},
    {"value": 2, "label": "Disagree"},
    {"value": 3, "label": "Neither"},
    {"value": 4, "label": "Agree"},
    {"value": 5, "label": "Strongly agree"},
]
LEVELS = [{"value": value, "label": ""} for value in range(1, 10)]
SATISFACTION = [{"value": value, "label": ""} for value in range(1, 8)]


class SampleForm(Form):
    """One field of every kind a page may hold."""

    name = StringField(
        "Name of the wave",
        [validators.InputRequired("Give the wave a name, such as “Spring 2026”.")],
        description="People see it at the top of every page.",
    )
    size = IntegerField(
        "How many people are in the audience?",
        [validators.InputRequired("Enter a whole number, such as 1200.")],
    )
    opens = DateField("Opens on", [validators.InputRequired("Choose the day the wave opens.")])
    access = RadioField(
        "How do people come in?",
        [validators.InputRequired("Choose one way in.")],
        choices=[
            SelectChoice("open", "Anybody with the link"),
            SelectChoice("personal", "A personal invitation"),
            SelectChoice("staff", "Staff who are signed in"),
        ],
    )
    groups = SelectMultipleField(
        "Which groups do you belong to?",
        [validators.InputRequired("Choose at least one.")],
        choices=[
            SelectChoice("student", "Student"),
            SelectChoice("faculty", "Faculty or researcher"),
            SelectChoice("community", "Community member"),
        ],
        description="Choose all that apply.",
    )
    instrument = SelectField(
        "Instrument",
        choices=[
            SelectChoice("patrons", "How the library works for you"),
            SelectChoice("staff", "Working here"),
        ],
    )
    words = TextAreaField(
        "What should we do differently?",
        [validators.Length(max=20, message="Keep it under 20 characters here.")],
        description="Please leave out names and anything that could point to you.",
    )
    password = PasswordField("Password")
    document = FileField("Plan document", description="PDF, Word, HTML, Markdown or text.")
    kept = BooleanField("Keep this wave in the yearly comparison")


def filled() -> SampleForm:
    """The form as somebody is filling it in."""
    return SampleForm(
        MultiDict(
            [
                ("name", "Spring 2026"),
                ("size", "1200"),
                ("opens", "2026-03-02"),
                ("access", "open"),
                ("groups", "student"),
                ("groups", "community"),
                ("instrument", "patrons"),
                ("words", "Longer hours."),
                ("kept", "y"),
            ]
        )
    )


def other() -> SampleForm:
    """A second form on the page: its fields need names of their own."""
    return SampleForm(prefix="o-")


def wrong() -> SampleForm:
    """The form sent empty, with its mistakes."""
    form = SampleForm(
        MultiDict([("w-words", "This is a good deal longer than it may be.")]), prefix="w-"
    )
    form.validate()
    return form


def ratings(*, wrong: bool) -> dict[str, Any]:
    """Ratings of every shape, some answered; with `wrong`, what a missing answer looks like."""
    statements = [
        ("quiet", "I can find a quiet place when I need one", 4),
        ("seat", "There is a free seat when I come", "NA"),
        ("welcome", "I feel welcome here, whoever I am and whatever I came for", None),
    ]
    return {
        "agreement": AGREEMENT,
        "satisfaction": SATISFACTION,
        "matrix_scales": [{"label": "Agreement", "points": AGREEMENT}],
        "matrix_rows": [
            {
                "id": f"space_{key}",
                "text": text,
                "error": "Choose an answer, or “Does not apply”." if wrong and not value else None,
                "cells": [{"id": f"space_{key}", "name": f"space_{key}", "value": value}],
            }
            for key, text, value in statements
        ],
        "service_scales": [
            {"label": label, "points": LEVELS, "low": "Low", "high": "High"}
            for label in ("The least I would accept", "What I would wish for", "What I find")
        ],
        "service_rows": [
            {
                "id": f"service_{key}",
                "text": text,
                "cells": [
                    {"id": f"service_{key}_{use}", "name": f"service_{key}.{use}", "value": value}
                    for use, value in (("minimum", 5), ("desired", 8), ("perceived", None))
                ],
                "na": {"name": f"service_{key}.na", "label": "Does not apply", "checked": gone},
            }
            for key, text, gone in (
                ("hours", "Hours that fit my week", False),
                ("staff", "Staff who know where to look", True),
            )
        ],
    }


def page_address(number: int) -> str:
    """Where a page of a long list would be."""
    return f"?page={number}"


def qr_code() -> Markup:
    """A code as the waves' pages show it."""
    code = segno.make("http://127.0.0.1:8000/answer/spring", error="m")
    return Markup(code.svg_inline(scale=4, border=0, omitsize=True))  # noqa: S704  our own drawing


def every_kind_instrument() -> Instrument:
    """An instrument of one page with one item of every kind."""
    data = (Path(__file__).parent / "every_kind.yaml").read_bytes()
    return read_instrument_file(data, "every_kind.yaml").unwrap()


# Any: what a template context holds.
def every_kind(*, wrong: bool) -> dict[str, Any]:
    """The page of an instrument that has every kind; with answers that cannot be where `wrong`."""
    instrument = every_kind_instrument()
    page, person = instrument.pages[0], Person(on=date(2026, 1, 1))
    filled = Filled()
    if wrong:
        filled = Filled({name: [value] for name, value in WRONG_ANSWERS.items()})
        add_problems(filled, check_answers(instrument, raw_of(filled), person=person).problems)
    sheet = sheet_of(instrument, follow(instrument, {}, person), person, filled)
    shown = views(sheet, page.items)
    found, _left = mistakes(shown, filled)
    return {
        "title_of_page": instrument.title,
        "views": shown,
        "problems": [{"text": one.text, "href": one.href} for one in found],
    }


WRONG_ANSWERS = {
    "budget.print": "90",
    "budget.online": "90",
    "wishes.hours": "1",
    "wishes.quiet": "1",
    "full": "140",
    "visits": "many",
    "last": "2026-02-31",
    "clock": "25:00",
    "address": "nobody",
    "rooms_hours.week": "30",
    "trip_day.1": "soon",
}
