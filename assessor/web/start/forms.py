"""The form of the first run."""

from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import DataRequired, EqualTo, Length, ValidationError

from assessor.web.passwords import password_problems
from assessor.web.signing_in import is_setup_code


class FirstRunForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """The library, its first administrator, and the proof of having started the site."""

    code = StringField(
        "Setup code",
        description="The command that started the site printed it.",
        validators=[DataRequired("Enter the setup code that the command printed.")],
    )
    library = StringField(
        "Name of the library",
        description="As patrons know it. It stands at the top of every page.",
        validators=[
            DataRequired("Enter the library’s name."),
            Length(max=300, message="Enter a name of at most 300 characters."),
        ],
    )
    key = StringField(
        "Short name",
        description="Small letters and digits, such as riverbend. Files and addresses carry it.",
        validators=[DataRequired("Enter a short name, such as riverbend.")],
    )
    name = StringField(
        "Your name",
        validators=[Length(max=200, message="Enter a name of at most 200 characters.")],
    )
    email = EmailField(
        "Your e-mail address",
        description="You sign in with it.",
        validators=[DataRequired("Enter your e-mail address.")],
    )
    password = PasswordField(
        "Password",
        description="12 characters or more. A few words that do not belong together do well.",
        validators=[DataRequired("Choose a password.")],
    )
    again = PasswordField(
        "The same password again",
        validators=[EqualTo("password", "The two passwords differ. Enter the same twice.")],
    )

    def validate_code(self, field: StringField) -> None:
        if not is_setup_code(field.data or ""):
            raise ValidationError(
                "This is not the setup code. Copy it from where the site was started."
            )

    def validate_password(self, field: PasswordField) -> None:
        for problem in password_problems(field.data or "", email=self.email.data or ""):
            raise ValidationError(problem.message)
