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

TEXT = validators.Length(max=5000, message="Keep the text under 5,000 characters.")
NEEDS_TEXT = validators.DataRequired("Enter the text.")
LEVEL = (
    validators.DataRequired("Enter a level, such as “goal”."),
    validators.Length(max=60, message="Keep the level under 60 characters."),
)


class SourceForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A plan document as a file, or its text pasted."""

    document = FileField(
        "The plan document",
        description="PDF, Word (.docx), web page (.html), Markdown or plain text, up to 20 MB.",
        render_kw={"accept": ".pdf,.docx,.html,.htm,.md,.markdown,.txt"},
    )
    pasted = TextAreaField(
        "Or paste the text",
        description="Each goal, outcome or action on a line of its own, as it stands in the plan.",
    )


class ChangeForm(FlaskForm):  # type: ignore[misc]
    """Text, level and code of one element; the level of all in the same doubt, where wanted."""

    text = TextAreaField("Text", [NEEDS_TEXT, TEXT])
    level = StringField("Level", LEVEL, description="The plan’s own word, in the singular.")
    alike = BooleanField("Give this level to all elements in the same doubt")
    code = StringField(
        "Code",
        [
            validators.DataRequired("Enter a code, such as 2.3."),
            validators.Length(max=40, message="Keep the code under 40 characters."),
        ],
        description="Short and without spaces. What is measured is tied to it.",
    )


class MoveForm(FlaskForm):  # type: ignore[misc]
    """Another place in the plan, as the last below some element."""

    parent = SelectField("Move below", validate_choice=True)

    def offer(self, codes: Iterable[tuple[str, str]]) -> "MoveForm":
        self.parent.choices = [
            SelectChoice("", "The plan itself (top level)"),
            *(SelectChoice(code, label) for code, label in codes),
        ]
        return self


class SplitForm(FlaskForm):  # type: ignore[misc]
    """The text with an empty line where it shall be cut."""

    text = TextAreaField(
        "Leave an empty line where the element ends and the next begins",
        [NEEDS_TEXT, TEXT],
        description="Only the empty line counts here; change words in the form above.",
    )


class DropForm(FlaskForm):  # type: ignore[misc]
    """What becomes of the elements below one that is dropped."""

    children = RadioField(
        "What lies below it",
        choices=[
            SelectChoice("move_up", "moves up one level"),
            SelectChoice("drop", "is dropped with it"),
        ],
        default="move_up",
    )


class AddForm(FlaskForm):  # type: ignore[misc]
    """A new element beside one that is there."""

    where = RadioField("Where", default="after")
    level = StringField("Level", LEVEL)
    text = TextAreaField("Text", [NEEDS_TEXT, TEXT])

    def beside(self, code: str) -> "AddForm":
        self.where.choices = [
            SelectChoice("after", f"After {code}, on its level"),
            SelectChoice("below", f"Below {code}, as its first part"),
        ]
        return self


class TakeForm(AddForm):
    """An element made of lines that were left out."""

    first = IntegerField("From line", [validators.InputRequired("Enter the first line’s number.")])
    last = IntegerField("To line", [validators.InputRequired("Enter the last line’s number.")])

    def beside(self, code: str) -> "TakeForm":
        super().beside(code)
        if not code:
            self.where.choices = [SelectChoice("after", "First in the plan, at the top level")]
        return self

    def within(self, lines: int) -> None:
        """Take only numbers of lines that the document has."""
        message = f"The document has the lines 1 to {lines}."
        for one in (self.first, self.last):
            one.validators = [*one.validators, validators.NumberRange(1, lines, message)]


class TitleForm(FlaskForm):  # type: ignore[misc]
    """What the plan is called and the years it covers."""

    title = StringField(
        "Title of the plan",
        [
            validators.DataRequired("Enter the title of the plan."),
            validators.Length(max=300, message="Keep the title under 300 characters."),
        ],
    )
    first = IntegerField("First year", [validators.Optional()])
    last = IntegerField("Last year", [validators.Optional()])
