"""Forms of accounts and of the library they belong to."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, EmailField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, Length, ValidationError

from assessor.actions.libraries import LOGO_BYTES
from assessor.web.accounts.pictures import picture_type
from assessor.web.languages import NAMES
from assessor.web.messages import gettext, lazy_gettext
from assessor.web.theme import check_accent

ROLE_CHOICES = (
    ("administrator", lazy_gettext("Administrator")),
    ("librarian", lazy_gettext("Librarian")),
    ("leadership", lazy_gettext("Leadership")),
    ("staff", lazy_gettext("Staff")),
)
ROLE_HINTS = {
    "administrator": lazy_gettext("Everything, accounts and the library’s look too."),
    "librarian": lazy_gettext("Plans, mappings, instruments, waves and scorecards."),
    "leadership": lazy_gettext("Reads plans and scorecards."),
    "staff": lazy_gettext("Answers surveys for staff."),
}

LANGUAGES = [SelectChoice(language, name) for language, name in NAMES.items()]

_NAME = Length(max=200, message=lazy_gettext("Enter a name of at most 200 characters."))


class InviteForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """Somebody new."""

    email = EmailField(
        lazy_gettext("E-mail address"),
        validators=[DataRequired(lazy_gettext("Enter the person’s e-mail address."))],
    )
    name = StringField(lazy_gettext("Name"), validators=[_NAME])
    roles = RadioField(
        lazy_gettext("What may this person do?"),
        choices=ROLE_CHOICES,
        default="librarian",
        validators=[DataRequired(lazy_gettext("Choose what this person may do."))],
    )


class AccountForm(FlaskForm):  # type: ignore[misc]
    """Somebody who is there."""

    name = StringField(lazy_gettext("Name"), validators=[_NAME])
    roles = RadioField(
        lazy_gettext("What may this person do?"),
        choices=ROLE_CHOICES,
        validators=[DataRequired(lazy_gettext("Choose what this person may do."))],
    )


class YouForm(FlaskForm):  # type: ignore[misc]
    """One's own name, and the language of one's pages."""

    name = StringField(
        lazy_gettext("Name"), description=lazy_gettext("As colleagues see it."), validators=[_NAME]
    )
    language = SelectField(
        lazy_gettext("Language"),
        choices=[SelectChoice("", lazy_gettext("As the browser asks")), *LANGUAGES],
    )


class LibraryForm(FlaskForm):  # type: ignore[misc]
    """How the library shows itself."""

    name = StringField(
        lazy_gettext("Name"),
        description=lazy_gettext("At the top of every page and every survey."),
        validators=[
            DataRequired(lazy_gettext("Enter the library’s name.")),
            Length(max=300, message=lazy_gettext("Enter a name of at most 300 characters.")),
        ],
    )
    accent = StringField(
        lazy_gettext("Colour"),
        description=lazy_gettext(
            "For links and buttons, as # and six digits. Empty for Assessor’s own."
        ),
    )
    logo = FileField(
        lazy_gettext("Logo"),
        description=lazy_gettext(
            "PNG, JPEG or WebP, up to %(logo_bytes)s kB. It is shown 32 pixels high, "
            "beside the name.",
            logo_bytes=LOGO_BYTES // 1000,
        ),
        render_kw={"accept": "image/png,image/jpeg,image/webp"},
    )
    remove_logo = BooleanField(lazy_gettext("Remove the logo there is"))

    def validate_accent(self, field: StringField) -> None:
        if (field.data or "").strip():
            for problem in check_accent(field.data or "").errors:
                raise ValidationError(problem.message)

    def validate_logo(self, field: FileField) -> None:
        content = self.logo_content()
        if content and picture_type(content) is None:
            raise ValidationError(
                gettext(
                    "This is no PNG, JPEG or WebP picture, whatever its name says. Save the logo "
                    "as PNG and choose that file."
                )
            )

    def logo_content(self) -> bytes:
        """The uploaded file, one byte more than may be at most; empty where there is none."""
        if not self.logo.data:
            return b""
        self.logo.data.stream.seek(0)
        return bytes(self.logo.data.stream.read(LOGO_BYTES + 1))
