"""Forms of plans: bringing a document in, and changing what was proposed."""

from collections.abc import Iterable

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    validators,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from assessor.web.messages import gettext, lazy_gettext

TEXT = validators.Length(max=5000, message=lazy_gettext("Keep the text under 5,000 characters."))
NEEDS_TEXT = validators.DataRequired(lazy_gettext("Enter the text."))
LEVEL = (
    validators.DataRequired(lazy_gettext("Enter a level, such as “goal”.")),
    validators.Length(max=60, message=lazy_gettext("Keep the level under 60 characters.")),
)


class SourceForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A plan document as a file, or its text pasted."""

    document = FileField(
        lazy_gettext("The plan document"),
        description=lazy_gettext(
            "PDF, Word (.docx), web page (.html), Markdown or plain text, up to 20 MB."
        ),
        render_kw={"accept": ".pdf,.docx,.html,.htm,.md,.markdown,.txt"},
    )
    pasted = TextAreaField(
        lazy_gettext("Or paste the text"),
        description=lazy_gettext(
            "Each goal, outcome or action on a line of its own, as it stands in the plan."
        ),
    )


class ChangeForm(FlaskForm):  # type: ignore[misc]
    """Text, level and code of one element; the level of all in the same doubt, where wanted."""

    text = TextAreaField(lazy_gettext("Text"), [NEEDS_TEXT, TEXT])
    level = StringField(
        lazy_gettext("Level"),
        LEVEL,
        description=lazy_gettext("The plan’s own word, in the singular."),
    )
    alike = BooleanField(lazy_gettext("Give this level to all elements in the same doubt"))
    code = StringField(
        lazy_gettext("Code"),
        [
            validators.DataRequired(lazy_gettext("Enter a code, such as 2.3.")),
            validators.Length(max=40, message=lazy_gettext("Keep the code under 40 characters.")),
        ],
        description=lazy_gettext("Short and without spaces. What is measured is tied to it."),
    )


class MoveForm(FlaskForm):  # type: ignore[misc]
    """Another place in the plan, as the last below some element."""

    parent = SelectField(lazy_gettext("Move below"), validate_choice=True)

    def offer(self, codes: Iterable[tuple[str, str]]) -> "MoveForm":
        self.parent.choices = [
            SelectChoice("", gettext("The plan itself (top level)")),
            *(SelectChoice(code, label) for code, label in codes),
        ]
        return self


class SplitForm(FlaskForm):  # type: ignore[misc]
    """The text with an empty line where it shall be cut."""

    text = TextAreaField(
        lazy_gettext("Leave an empty line where the element ends and the next begins"),
        [NEEDS_TEXT, TEXT],
        description=lazy_gettext(
            "Only the empty line counts here; change words in the form above."
        ),
    )


class DropForm(FlaskForm):  # type: ignore[misc]
    """What becomes of the elements below one that is dropped."""

    children = RadioField(
        lazy_gettext("What lies below it"),
        choices=[
            SelectChoice("move_up", lazy_gettext("moves up one level")),
            SelectChoice("drop", lazy_gettext("is dropped with it")),
        ],
        default="move_up",
    )


class AddForm(FlaskForm):  # type: ignore[misc]
    """A new element beside one that is there."""

    where = RadioField(lazy_gettext("Where"), default="after")
    level = StringField(lazy_gettext("Level"), LEVEL)
    text = TextAreaField(lazy_gettext("Text"), [NEEDS_TEXT, TEXT])

    def beside(self, code: str) -> "AddForm":
        self.where.choices = [
            SelectChoice("after", gettext("After %(code)s, on its level", code=code)),
            SelectChoice("below", gettext("Below %(code)s, as its first part", code=code)),
        ]
        return self


class TakeForm(AddForm):
    """An element made of lines that were left out."""

    first = IntegerField(
        lazy_gettext("From line"),
        [validators.InputRequired(lazy_gettext("Enter the first line’s number."))],
    )
    last = IntegerField(
        lazy_gettext("To line"),
        [validators.InputRequired(lazy_gettext("Enter the last line’s number."))],
    )

    def beside(self, code: str) -> "TakeForm":
        super().beside(code)
        if not code:
            self.where.choices = [
                SelectChoice("after", gettext("First in the plan, at the top level"))
            ]
        return self

    def within(self, lines: int) -> None:
        """Take only numbers of lines that the document has."""
        message = gettext("The document has the lines 1 to %(lines)s.", lines=lines)
        for one in (self.first, self.last):
            one.validators = [*one.validators, validators.NumberRange(1, lines, message)]


class TitleForm(FlaskForm):  # type: ignore[misc]
    """What the plan is called and the years it covers."""

    title = StringField(
        lazy_gettext("Title of the plan"),
        [
            validators.DataRequired(lazy_gettext("Enter the title of the plan.")),
            validators.Length(
                max=300, message=lazy_gettext("Keep the title under 300 characters.")
            ),
        ],
    )
    first = IntegerField(lazy_gettext("First year"), [validators.Optional()])
    last = IntegerField(lazy_gettext("Last year"), [validators.Optional()])
