"""Passwords and the links that set them: the rules of every form and command, in one place."""

import re
from typing import Any

from flask import current_app, url_for
from flask_security import PasswordUtil, Security
from flask_security.recoverable import generate_reset_password_token

from assessor.domain.problems import Problem
from assessor.store.accounts import Account
from assessor.web.mail import site_address
from assessor.web.messages import gettext

LONGEST = 128
ENOUGH = 8
"""How many characters must be left once what everybody guesses first is taken away."""

_GUESSED_FIRST = re.compile(
    r"password|passwort|qwertyuiop|qwerty|asdfgh|letmein|welcome|admin(istrator)?|library|assessor"
    r"|0?123456789?0?|(.)\2+"
)


class SitePasswords(PasswordUtil):
    """Flask-Security's rule of length, and nothing that is guessed first."""

    # Any: Flask-Security gives the account or the form's fields.
    def validate(
        self, password: str, is_register: bool, **kwargs: Any
    ) -> tuple[list[str] | None, str]:
        found, normal = super().validate(password, is_register, **kwargs)
        if found:
            return found, normal
        if len(normal) > LONGEST:
            return [
                gettext(
                    "A password has %(longest)s characters at most. Choose a shorter one.",
                    longest=LONGEST,
                )
            ], normal
        account = kwargs.get("user")
        email = str(getattr(account, "email", "") or kwargs.get("email", ""))
        left = normal.lower()
        for part in (email.lower(), email.lower().partition("@")[0]):
            left = left.replace(part, "") if len(part) > 2 else left
        if len(_GUESSED_FIRST.sub("", left)) < ENOUGH:
            text = gettext(
                "This password is too easy to guess. A few words that do not belong together are "
                "better."
            )
            return [text], normal
        return None, normal


def password_problems(password: str, *, email: str = "") -> tuple[Problem, ...]:
    """Why a new password cannot be taken; empty where it can. Needs a request's context."""
    security: Security = current_app.extensions["security"]
    found, _ = security._password_util.validate(password, is_register=True, email=email)
    return tuple(
        Problem(code="account.password", where="password", message=str(message))
        for message in found or ()
    )


def reset_link(account: Account) -> str:
    """A whole address, good once and for two days, where this account sets its password."""
    token = generate_reset_password_token(account)  # type: ignore[no-untyped-call]
    return site_address(url_for("security.reset_password", token=token))
