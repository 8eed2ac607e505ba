"""Forms of accounts and of the library they belong to."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, EmailField, RadioField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from assessor.actions.libraries import LOGO_BYTES
from assessor.web.accounts.pictures import picture_type
from assessor.web.theme import check_accent

ROLE_CHOICES = (
    ("administrator", "Administrator"),
    ("librarian", "Librarian"),
    ("leadership", "Leadership"),
    ("staff", "Staff"),
)
ROLE_HINTS = {
    "administrator": "Everything, accounts and the library’s look too.",
    "librarian": "Plans, mappings, instruments, waves and scorecards.",
    "leadership": "Reads plans and scorecards.",
    "staff": "Answers surveys for staff.",
}

_NAME = Length(max=200, message="Enter a name of at most 200 characters.")


class InviteForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """Somebody new."""

    email = EmailField(
        "E-mail address", validators=[DataRequired("Enter the person’s e-mail address.")]
    )
    name = StringField("Name", validators=[_NAME])
    roles = RadioField(
        "What may this person do?",
        choices=ROLE_CHOICES,
        default="librarian",
        validators=[DataRequired("Choose what this person may do.")],
    )


class AccountForm(FlaskForm):  # type: ignore[misc]
    """Somebody who is there."""

    name = StringField("Name", validators=[_NAME])
    roles = RadioField(
        "What may this person do?",
        choices=ROLE_CHOICES,
        validators=[DataRequired("Choose what this person may do.")],
    )


class YouForm(FlaskForm):  # type: ignore[misc]
    """One's own name."""

    name = StringField("Name", description="As colleagues see it.", validators=[_NAME])


class LibraryForm(FlaskForm):  # type: ignore[misc]
    """How the library shows itself."""

    name = StringField(
        "Name",
        description="At the top of every page and every survey.",
        validators=[
            DataRequired("Enter the library’s name."),
            Length(max=300, message="Enter a name of at most 300 characters."),
        ],
    )
    accent = StringField(
        "Colour",
        description="For links and buttons, as # and six digits. Empty for Assessor’s own.",
    )
    logo = FileField(
        "Logo",
        description=f"PNG, JPEG or WebP, up to {LOGO_BYTES // 1000} kB. It is shown 32 pixels "
        "high, beside the name.",
        render_kw={"accept": "image/png,image/jpeg,image/webp"},
    )
    remove_logo = BooleanField("Remove the logo there is")

    def validate_accent(self, field: StringField) -> None:
        if (field.data or "").strip():
            for problem in check_accent(field.data or "").errors:
                raise ValidationError(problem.message)

    def validate_logo(self, field: FileField) -> None:
        content = self.logo_content()
        if content and picture_type(content) is None:
            raise ValidationError(
                "This is no PNG, JPEG or WebP picture, whatever its name says. Save the logo as "
                "PNG and choose that file."
            )

    def logo_content(self) -> bytes:
        """The uploaded file, one byte more than may be at most; empty where there is none."""
        if not self.logo.data:
            return b""
        self.logo.data.stream.seek(0)
        return bytes(self.logo.data.stream.read(LOGO_BYTES + 1))
