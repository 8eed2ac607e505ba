"""The site, put together from its features.

One factory for the server, the commands and the tests. Nothing is kept in the process but caches
of what never changes, so that several processes can serve one site.
"""

from datetime import timedelta
from typing import Any

from flask import Blueprint, Flask, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_mail import Mail
from flask_security import Security, SQLAlchemyUserDatastore
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from assessor.settings import Settings, load_settings
from assessor.store.accounts import Account, Role, WebAuthn
from assessor.store.database import db
from assessor.store.engine import init_database
from assessor.web import access, errors, headers, languages, look, mail, navigation, signing_in
from assessor.web.features import features

LARGEST_REQUEST = 25 * 1024 * 1024
"""Room for a 20 MB plan document and its form."""


def create_app(settings: Settings | None = None, **overrides: Any) -> Flask:
    """The site as `settings` say (the environment's where None).

    `overrides` are Flask configuration values, for tests.
    """
    settings = settings or load_settings()
    app = Flask(
        "assessor",
        instance_path=str(settings.instance),
        template_folder="web/templates",
        static_folder=None,
    )
    app.extensions["assessor_settings"] = settings
    app.config.from_mapping(configuration(settings))
    app.config.from_mapping(overrides)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops, x_prefix=hops
        )
    init_database(app, settings.database_url)
    languages.install(app)
    Mail(app)
    mail.install(app)
    headers.install(app)
    look.install(app)
    errors.install(app)
    # Before Flask-Security, whose forms rely on it.
    CSRFProtect(app)
    Security(app, SQLAlchemyUserDatastore(db, Account, Role, WebAuthn), **signing_in.FORMS)
    limiter = Limiter(
        get_remote_address,
        app=app,
        storage_uri=settings.rate_limit_storage,
        headers_enabled=False,
        enabled=app.config.get("RATELIMIT_ENABLED", True),
    )
    # The extension keeps only a weak reference to itself.
    app.extensions["assessor_limiter"] = limiter
    signing_in.limit(app, limiter)
    app.before_request(access.enforce)
    navigation.install(app)
    app.register_blueprint(home)
    for feature in features():
        app.register_blueprint(feature)
    return app


def configuration(settings: Settings) -> dict[str, Any]:
    """Flask's and its extensions' configuration, all of it in one place."""
    return {
        "SECRET_KEY": settings.secret_key,
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
        "MAX_FORM_MEMORY_SIZE": 5 * 1024 * 1024,
        "MAX_FORM_PARTS": 5_000,
        "SESSION_COOKIE_NAME": "place",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.https,
        "PERMANENT_SESSION_LIFETIME": timedelta(days=14),
        "REMEMBER_COOKIE_SECURE": settings.https,
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
        # Some browsers send no Referer; the token and the cookie that stays at home are enough.
        "WTF_CSRF_SSL_STRICT": False,
        "PREFERRED_URL_SCHEME": "https" if settings.https else "http",
        "MAIL_SERVER": settings.mail_server,
        "MAIL_PORT": settings.mail_port,
        "MAIL_USERNAME": settings.mail_username or None,
        "MAIL_PASSWORD": settings.mail_password or None,
        "MAIL_USE_TLS": settings.mail_tls,
        "MAIL_DEFAULT_SENDER": settings.mail_sender,
        **signing_in.configuration(settings),
    }


home = Blueprint("home", __name__)


@home.get("/")
@access.requires("public")
def index() -> ResponseReturnValue:
    """The first thing each kind of person needs."""
    if access.may("leadership"):
        return redirect(url_for("scorecards.index"))
    if access.may("staff"):
        return redirect(url_for("waves.mine"))
    if signing_in.no_account_yet():
        return redirect(url_for("start.first"))
    return redirect(url_for("security.login"))


@home.get("/health")
@access.requires("public")
def health() -> ResponseReturnValue:
    """Whether this process answers; for a supervisor, not for people."""
    return {"status": "ok"}
