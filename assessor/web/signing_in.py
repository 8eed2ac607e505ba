"""Signing in is Flask-Security's: this states how the site uses it, and nothing more."""

import base64
import hashlib
import hmac
from datetime import timedelta
from typing import Any

from flask import Flask, current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from sqlalchemy import select

from assessor.settings import Settings
from assessor.store.accounts import Account
from assessor.store.database import db
from assessor.web import signing_in_forms
from assessor.web.languages import CATALOGUES
from assessor.web.mail import SiteMail
from assessor.web.messages import lazy_gettext, to_translate
from assessor.web.passkeys import SitePasskeys
from assessor.web.passwords import SitePasswords

FORMS: dict[str, Any] = {
    "mail_util_cls": SiteMail,
    "password_util_cls": SitePasswords,
    "webauthn_util_cls": SitePasskeys,
    **signing_in_forms.FORMS,
}
"""What the site puts in the place of Flask-Security's own; Any, as it wants any class."""


def configuration(settings: Settings) -> dict[str, Any]:
    """Flask-Security's settings: argon2, reset by mail, second factor and passkeys by choice."""
    return {
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SALT": settings.password_salt,
        "SECURITY_PASSWORD_LENGTH_MIN": 12,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_RECOVERABLE": True,
        "SECURITY_CHANGEABLE": True,
        "SECURITY_RESET_PASSWORD_WITHIN": timedelta(days=2),
        "SECURITY_SEND_PASSWORD_RESET_NOTICE_EMAIL": bool(settings.mail_server),
        "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": bool(settings.mail_server),
        "SECURITY_EMAIL_SENDER": settings.mail_sender,
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
        "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "/accounts/you",
        "SECURITY_TOTP_SECRETS": {"1": settings.totp_secret},
        "SECURITY_TOTP_ISSUER": "Assessor",
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
        "SECURITY_WEBAUTHN": True,
        "SECURITY_WAN_ALLOW_USER_HINTS": False,
        "SECURITY_WAN_RP_NAME": "Assessor",
        "SECURITY_WAN_POST_REGISTER_VIEW": "/accounts/you",
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_CSRF_IGNORE_UNAUTH_ENDPOINTS": False,
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_LOGIN_URL": "/sign-in",
        "SECURITY_LOGOUT_URL": "/sign-out",
        "SECURITY_RESET_URL": "/forgotten-password",
        "SECURITY_CHANGE_URL": "/change-password",
        "SECURITY_VERIFY_URL": "/sign-in/again",
        "SECURITY_TWO_FACTOR_SETUP_URL": "/second-factor",
        "SECURITY_TWO_FACTOR_TOKEN_VALIDATION_URL": "/sign-in/code",
        "SECURITY_TWO_FACTOR_SELECT_URL": "/sign-in/second-factor",
        "SECURITY_MULTI_FACTOR_RECOVERY_URL": "/sign-in/recovery-code",
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_URL": "/recovery-codes",
        "SECURITY_WAN_REGISTER_URL": "/passkeys",
        "SECURITY_WAN_DELETE_URL": "/passkeys/delete",
        "SECURITY_WAN_SIGNIN_URL": "/sign-in/passkey",
        "SECURITY_WAN_VERIFY_URL": "/sign-in/again/passkey",
        "SECURITY_POST_LOGIN_VIEW": "/",
        "SECURITY_POST_LOGOUT_VIEW": "/",
        "SECURITY_POST_CHANGE_VIEW": "/accounts/you",
        # Flask-Security's own translations, and ours for what it says in our words.
        "SECURITY_I18N_DIRNAME": ["builtin", str(CATALOGUES)],
        "SECURITY_I18N_DOMAIN": "flask_security;messages",
        "SECURITY_JOIN_USER_ROLES": True,
        # Its own header says “no-store=True”, which no browser knows; headers.py says it right.
        "SECURITY_CACHE_CONTROL": None,
        "SECURITY_EMAIL_SUBJECT_PASSWORD_RESET": lazy_gettext("Set your password"),
        "SECURITY_EMAIL_SUBJECT_PASSWORD_NOTICE": lazy_gettext("Your password was set"),
        "SECURITY_EMAIL_SUBJECT_PASSWORD_CHANGE_NOTICE": lazy_gettext("Your password was changed"),
        **{f"SECURITY_MSG_{code}": said for code, said in SENTENCES.items()},
    }


SENTENCES: dict[str, tuple[str, str]] = {
    "GENERIC_AUTHN_FAILED": (
        to_translate("The address or the password is not right. Check both and try again."),
        "error",
    ),
    "GENERIC_RECOVERY": (
        to_translate(
            "If there is an account for this address, a mail with a link is on its way to it."
        ),
        "success",
    ),
    "PASSWORD_RESET_REQUEST": (
        to_translate(
            "If there is an account for this address, a mail with a link is on its way to it."
        ),
        "success",
    ),
    "INVALID_RESET_PASSWORD_TOKEN": (
        to_translate(
            "This link was used already, or not all of it was copied. Ask for a new one here."
        ),
        "error",
    ),
    "PASSWORD_RESET_EXPIRED": (
        to_translate("This link is too old. Ask for a new one here."),
        "error",
    ),
    "PASSWORD_RESET_NO_LOGIN": (to_translate("Your password is set. Sign in with it."), "success"),
    "PASSWORD_CHANGE": (to_translate("Your password was changed."), "success"),
    "PASSWORD_NOT_PROVIDED": (to_translate("Enter the password."), "error"),
    "PASSWORD_INVALID_LENGTH": (
        to_translate("A password needs %(length)s characters or more."),
        "error",
    ),
    "PASSWORD_IS_THE_SAME": (
        to_translate("This is the password you have. Choose another."),
        "error",
    ),
    "INVALID_PASSWORD": (to_translate("This is not your password. Enter it again."), "error"),
    "RETYPE_PASSWORD_MISMATCH": (
        to_translate("The two passwords differ. Enter the same twice."),
        "error",
    ),
    "EMAIL_NOT_PROVIDED": (to_translate("Enter your e-mail address."), "error"),
    "INVALID_EMAIL_ADDRESS": (
        to_translate("Enter an e-mail address, such as name@example.org."),
        "error",
    ),
    "REAUTHENTICATION_REQUIRED": (to_translate("Enter your password once more to go on."), "info"),
    "REAUTHENTICATION_SUCCESSFUL": (to_translate("Thank you. Go on where you were."), "success"),
    "TWO_FACTOR_INVALID_TOKEN": (
        to_translate("This code is not right or no longer good. Enter the one your app shows now."),
        "error",
    ),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": (to_translate("You are signed in."), "success"),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (
        to_translate(
            "Your second factor is set up. Make recovery codes now, in case the device is lost."
        ),
        "success",
    ),
    "TWO_FACTOR_DISABLED": (to_translate("You sign in with your password alone now."), "success"),
    "TWO_FACTOR_PERMISSION_DENIED": (to_translate("Sign in first."), "error"),
    "TWO_FACTOR_SETUP_EXPIRED": (to_translate("That took too long. Begin again."), "error"),
    "INVALID_RECOVERY_CODE": (
        to_translate("There is no such recovery code, or it was used."),
        "error",
    ),
    "NO_RECOVERY_CODES_SETUP": (
        to_translate("There are no recovery codes yet. Make some below."),
        "info",
    ),
    "WEBAUTHN_NAME_REQUIRED": (to_translate("Give the passkey a name."), "error"),
    "WEBAUTHN_NAME_INUSE": (
        to_translate("You have a passkey named %(name)s. Choose another name."),
        "error",
    ),
    "WEBAUTHN_NAME_NOT_FOUND": (to_translate("You have no passkey named %(name)s."), "error"),
    "WEBAUTHN_CREDENTIAL_DELETED": (to_translate("The passkey %(name)s was removed."), "success"),
    "WEBAUTHN_REGISTER_SUCCESSFUL": (to_translate("The passkey %(name)s was added."), "success"),
    "WEBAUTHN_EXPIRED": (to_translate("That took too long. Begin again."), "error"),
    "INVALID_CODE": (to_translate("This code is not right. Enter it again."), "error"),
}
"""What Flask-Security says, in this site's words; it translates them itself, as it says them."""


def limit(app: Flask, limiter: Limiter) -> None:
    """Slow down guessing: few tries for one account, more for one address shared by a campus."""
    for endpoint in ("login", "forgot_password", "two_factor_token_validation", "mf_recovery"):
        name = f"security.{endpoint}"
        # Any: a view as Flask knows it, sync or not; the limiter's own type is narrower.
        view: Any = app.view_functions[name]
        by_account = limiter.limit("10/minute;60/hour", key_func=_who, methods=["POST"])
        by_address = limiter.limit("120/minute", key_func=get_remote_address, methods=["POST"])
        limited: Any = by_account(by_address(view))
        app.view_functions[name] = limited


def setup_code(settings: Settings) -> str:
    """What the first run asks for, so that no passer-by can claim a new site.

    Made of the site's secret, so that every process and machine of it knows the same; it is worth
    nothing once there is an account.
    """
    digest = hmac.new(settings.secret_key.encode(), b"first run", hashlib.sha256).digest()
    letters = base64.b32encode(digest).decode().lower()
    return "-".join(letters[start : start + 4] for start in (0, 4, 8))


def is_setup_code(typed: str) -> bool:
    """Whether this is the code of the first run, however it was spaced."""
    settings: Settings = current_app.extensions["assessor_settings"]
    wanted, given = (
        "".join(c for c in code.lower() if c.isalnum()) for code in (setup_code(settings), typed)
    )
    return hmac.compare_digest(wanted.encode(), given.encode())


def no_account_yet() -> bool:
    """Whether the site is new: then the first page makes its administrator."""
    return db.session.scalar(select(Account.id).limit(1)) is None


def _who() -> str:
    identity = request.form.get("email", "").strip().lower()[:255]
    return f"{get_remote_address()}|{identity}"
