"""Flask-Security's forms with this site's words on their fields; what they check is not touched."""

from typing import Any

from flask_security import (
    ChangePasswordForm,
    ForgotPasswordForm,
    LoginForm,
    MfRecoveryForm,
    ResetPasswordForm,
    TwoFactorSelectForm,
    TwoFactorVerifyCodeForm,
    VerifyForm,
    WebAuthnRegisterForm,
    WebAuthnSigninForm,
)
from wtforms import Form, RadioField

from assessor.web.messages import lazy_gettext

LABELS = {
    "email": lazy_gettext("E-mail address"),
    "identity": lazy_gettext("E-mail address"),
    "password": lazy_gettext("Password"),
    "new_password": lazy_gettext("New password"),
    "password_confirm": lazy_gettext("The same password again"),
    "new_password_confirm": lazy_gettext("The same new password again"),
    "remember": lazy_gettext("Keep me signed in on this device"),
    "code": lazy_gettext("Code"),
    "which": lazy_gettext("Second factor"),
    "name": lazy_gettext("Name"),
    "usage": lazy_gettext("When do you want to use it?"),
}
CHOICES = {
    "usage": (
        ("first", lazy_gettext("Instead of my password")),
        ("secondary", lazy_gettext("Together with my password")),
    ),
}


def worded(form: type[Form]) -> type[Form]:
    """The form with our labels."""

    class Worded(form):  # type: ignore[valid-type,misc]  # whichever form is given
        # Any: as every form takes.
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            for field in self:
                if field.short_name in LABELS:
                    field.label.text = LABELS[field.short_name]
                    # A link to the forgotten password stands below the form already.
                    field.description = ""
                if field.short_name in CHOICES and isinstance(field, RadioField):
                    field.choices = list(CHOICES[field.short_name])

    Worded.__name__ = f"Worded{form.__name__}"
    return Worded


FORMS: dict[str, type[Form]] = {
    "login_form": worded(LoginForm),
    "verify_form": worded(VerifyForm),
    "forgot_password_form": worded(ForgotPasswordForm),
    "reset_password_form": worded(ResetPasswordForm),
    "change_password_form": worded(ChangePasswordForm),
    "two_factor_verify_code_form": worded(TwoFactorVerifyCodeForm),
    "two_factor_select_form": worded(TwoFactorSelectForm),
    "mf_recovery_form": worded(MfRecoveryForm),
    "wan_register_form": worded(WebAuthnRegisterForm),
    "wan_signin_form": worded(WebAuthnSigninForm),
}
"""By the name that Flask-Security takes them by."""
