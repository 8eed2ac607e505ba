"""Signing in is Flask-Security's: this states how the site uses it, and nothing more."""

import base64
import hashlib
import hmac
from datetime import timedelta
from typing import Any

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from sqlalchemy import select

from assessor.settings import Settings
from assessor.store.accounts import Account
from assessor.store.database import db

FORMS: dict[str, Any] = {}
"""Forms of Flask-Security that the site replaces; Any, as it wants classes or functions."""


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
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
        "SECURITY_TOTP_SECRETS": {"1": settings.totp_secret},
        "SECURITY_TOTP_ISSUER": "Assessor",
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
        "SECURITY_WEBAUTHN": True,
        "SECURITY_WAN_RP_NAME": "Assessor",
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_CSRF_IGNORE_UNAUTH_ENDPOINTS": False,
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_LOGIN_URL": "/sign-in",
        "SECURITY_LOGOUT_URL": "/sign-out",
        "SECURITY_RESET_URL": "/forgotten-password",
        "SECURITY_CHANGE_URL": "/change-password",
        "SECURITY_POST_LOGIN_VIEW": "/",
        "SECURITY_POST_LOGOUT_VIEW": "/",
        "SECURITY_JOIN_USER_ROLES": True,
    }


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


def no_account_yet() -> bool:
    """Whether the site is new: then the first page makes its administrator."""
    return db.session.scalar(select(Account.id).limit(1)) is None


def _who() -> str:
    identity = request.form.get("email", "").strip().lower()[:255]
    return f"{get_remote_address()}|{identity}"
