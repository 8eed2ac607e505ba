"""The form of the first run."""

from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import DataRequired, EqualTo, Length, ValidationError

from assessor.web.messages import gettext, lazy_gettext
from assessor.web.passwords import password_problems
from assessor.web.signing_in import is_setup_code


class FirstRunForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """The library, its first administrator, and the proof of having started the site."""

    code = StringField(
        lazy_gettext("Setup code"),
        description=lazy_gettext("The command that started the site printed it."),
        validators=[DataRequired(lazy_gettext("Enter the setup code that the command printed."))],
    )
    library = StringField(
        lazy_gettext("Name of the library"),
        description=lazy_gettext("As patrons know it. It stands at the top of every page."),
        validators=[
            DataRequired(lazy_gettext("Enter the library’s name.")),
            Length(max=300, message=lazy_gettext("Enter a name of at most 300 characters.")),
        ],
    )
    key = StringField(
        lazy_gettext("Short name"),
        description=lazy_gettext(
            "Small letters and digits, such as riverbend. Files and addresses carry it."
        ),
        validators=[DataRequired(lazy_gettext("Enter a short name, such as riverbend."))],
    )
    name = StringField(
        lazy_gettext("Your name"),
        validators=[
            Length(max=200, message=lazy_gettext("Enter a name of at most 200 characters."))
        ],
    )
    email = EmailField(
        lazy_gettext("Your e-mail address"),
        description=lazy_gettext("You sign in with it."),
        validators=[DataRequired(lazy_gettext("Enter your e-mail address."))],
    )
    password = PasswordField(
        lazy_gettext("Password"),
        description=lazy_gettext(
            "12 characters or more. A few words that do not belong together do well."
        ),
        validators=[DataRequired(lazy_gettext("Choose a password."))],
    )
    again = PasswordField(
        lazy_gettext("The same password again"),
        validators=[
            EqualTo("password", lazy_gettext("The two passwords differ. Enter the same twice."))
        ],
    )

    def validate_code(self, field: StringField) -> None:
        if not is_setup_code(field.data or ""):
            raise ValidationError(
                gettext("This is not the setup code. Copy it from where the site was started.")
            )

    def validate_password(self, field: PasswordField) -> None:
        for problem in password_problems(field.data or "", email=self.email.data or ""):
            raise ValidationError(problem.message)
