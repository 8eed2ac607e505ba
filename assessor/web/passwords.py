"""Passwords and the links that set them: Flask-Security's rules, asked for in one place."""

from flask import current_app, url_for
from flask_security import Security
from flask_security.recoverable import generate_reset_password_token

from assessor.domain.problems import Problem
from assessor.store.accounts import Account

SHORTEST, LONGEST = 12, 128


def password_problems(password: str, *, email: str = "") -> tuple[Problem, ...]:
    """Why a new password cannot be taken; empty where it can. Needs a request's context."""
    if len(password) > LONGEST:
        return (_weak(f"A password has at most {LONGEST} characters. Choose a shorter one."),)
    if password.strip() and email and email.strip().lower() in password.lower():
        return (_weak("The password holds the e-mail address. Choose another."),)
    security: Security = current_app.extensions["security"]
    # The rules of every form that sets a password: length, and how far it is from well-known ones.
    found, _ = security._password_util.validate(password, is_register=True)
    return tuple(_weak(str(message)) for message in found or ())


def reset_link(account: Account) -> str:
    """A whole address, good once and for two days, where this account sets its password."""
    token = generate_reset_password_token(account)
    return url_for("security.reset_password", token=token, _external=True)


def _weak(message: str) -> Problem:
    return Problem(code="account.password", where="password", message=message)
