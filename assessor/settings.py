"""Everything that can be set, read from the environment once, in one place.

A site needs none of these: without any it keeps a SQLite database, its secrets and its uploads in
the instance folder. `docs/settings.md` is written from this module.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assessor.domain.problems import Checked, Problem
from assessor.paths import INSTANCE_SETTING, instance_folder
from assessor.store.engine import database_url


@dataclass(frozen=True)
class Setting:
    """One variable of the environment: its name, what it does, what holds where it is not set."""

    name: str
    does: str
    default: str
    secret: bool = False


SETTINGS: tuple[Setting, ...] = (
    Setting(
        INSTANCE_SETTING,
        "The folder with the site's data: database, secrets, uploads.",
        "`instance/` of a checkout; the platform's data folder for an installed wheel",
    ),
    Setting(
        "ASSESSOR_DATABASE_URL",
        "The database: `postgresql://user:password@host/name`, or a `sqlite:///` address.",
        "`assessor.sqlite3` in the instance folder",
        secret=True,
    ),
    Setting(
        "ASSESSOR_SECRET_KEY",
        "Signs sessions, forms and reset links. The same on every machine of one site.",
        "made once and kept in the instance folder",
        secret=True,
    ),
    Setting(
        "ASSESSOR_BASE_URL",
        "The address people use, such as `https://assess.example.org`; https makes cookies secure.",
        "`http://127.0.0.1:8000`",
    ),
    Setting(
        "ASSESSOR_TRUSTED_PROXIES",
        "How many proxies stand before the site and may say who is calling.",
        "`0`",
    ),
    Setting("ASSESSOR_MAIL_SERVER", "The relay that takes mail from the site.", "none: no mail"),
    Setting("ASSESSOR_MAIL_PORT", "Its port.", "`25`"),
    Setting("ASSESSOR_MAIL_USERNAME", "The name to sign in there with.", "none"),
    Setting("ASSESSOR_MAIL_PASSWORD", "The password that goes with it.", "none", secret=True),
    Setting("ASSESSOR_MAIL_TLS", "`yes` turns on STARTTLS.", "`no`"),
    Setting("ASSESSOR_MAIL_SENDER", "The address that mail comes from.", "`assessor@localhost`"),
    Setting(
        "ASSESSOR_RATE_LIMIT_STORAGE",
        "Where tries to sign in are counted; name a shared store when several processes serve.",
        "`memory://`",
        secret=True,
    ),
)

_YES = {"yes", "true", "on", "1"}
_NO = {"no", "false", "off", "0", ""}


@dataclass(frozen=True)
class Settings:
    """A site's settings, checked and complete. Keys and salts differ for every use."""

    instance: Path
    database_url: str
    secret_key: str
    base_url: str = "http://127.0.0.1:8000"
    trusted_proxies: int = 0
    mail_server: str = ""
    mail_port: int = 25
    mail_username: str = ""
    mail_password: str = ""
    mail_tls: bool = False
    mail_sender: str = "assessor@localhost"
    rate_limit_storage: str = "memory://"

    @property
    def https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def password_salt(self) -> str:
        return f"password:{self.secret_key}"

    @property
    def totp_secret(self) -> str:
        return f"totp:{self.secret_key}"


def read_settings(environment: Mapping[str, str] | None = None) -> Checked[Settings]:
    """The settings of `environment` (the process's where None), with everything wrong in them.

    Makes the instance folder and the secret key where there is none yet: both are needed before
    anything else can be.
    """
    given = os.environ if environment is None else environment
    problems: list[Problem] = []

    def text(name: str, default: str = "") -> str:
        return given.get(name, "").strip() or default

    def whole(name: str, default: int, highest: int) -> int:
        written = text(name, str(default))
        if written.isascii() and written.isdigit() and int(written) <= highest:
            return int(written)
        problems.append(_wrong(name, f"must be a whole number from 0 to {highest}"))
        return default

    def yes(name: str) -> bool:
        written = text(name).lower()
        if written not in _YES | _NO:
            problems.append(_wrong(name, "must be yes or no"))
        return written in _YES

    known = {setting.name for setting in SETTINGS}
    for name in given:
        if name.startswith("ASSESSOR_") and name not in known | _FOR_TESTS:
            problems.append(
                _wrong(name, "is no setting; check its spelling", severity_is_warning=True)
            )
    instance = _instance(given)
    base_url = text("ASSESSOR_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
    if not base_url.startswith(("http://", "https://")):
        problems.append(_wrong("ASSESSOR_BASE_URL", "must begin with http:// or https://"))
    url = database_url(text("ASSESSOR_DATABASE_URL"), instance)
    if not url.startswith(("sqlite:", "postgresql+psycopg:")):
        problems.append(
            _wrong("ASSESSOR_DATABASE_URL", "must begin with postgresql:// or sqlite:///")
        )
    secret_key = _secret_key(text("ASSESSOR_SECRET_KEY"), instance, problems)
    settings = Settings(
        instance=instance,
        database_url=url,
        secret_key=secret_key,
        base_url=base_url,
        trusted_proxies=whole("ASSESSOR_TRUSTED_PROXIES", 0, 10),
        mail_server=text("ASSESSOR_MAIL_SERVER"),
        mail_port=whole("ASSESSOR_MAIL_PORT", 25, 65535),
        mail_username=text("ASSESSOR_MAIL_USERNAME"),
        mail_password=text("ASSESSOR_MAIL_PASSWORD"),
        mail_tls=yes("ASSESSOR_MAIL_TLS"),
        mail_sender=text("ASSESSOR_MAIL_SENDER", "assessor@localhost"),
        rate_limit_storage=text("ASSESSOR_RATE_LIMIT_STORAGE", "memory://"),
    )
    broken = any(problem.severity == "error" for problem in problems)
    return Checked(None if broken else settings, tuple(problems))


def load_settings() -> Settings:
    """The settings of this process; a ValueError that lists every problem where there is one."""
    return read_settings().unwrap()


_FOR_TESTS = {"ASSESSOR_CHROMIUM"}


def _wrong(name: str, what: str, *, severity_is_warning: bool = False) -> Problem:
    return Problem(
        code="settings.wrong",
        where=name,
        message=f"The setting {name} {what}.",
        severity="warning" if severity_is_warning else "error",
    )


def _instance(given: Mapping[str, str]) -> Path:
    written = given.get(INSTANCE_SETTING, "").strip()
    return Path(written).expanduser().resolve() if written else instance_folder()


def _secret_key(written: str, instance: Path, problems: list[Problem]) -> str:
    """The key that was set, or the one kept in the instance folder."""
    if written:
        if len(written) < 32:
            problems.append(_wrong("ASSESSOR_SECRET_KEY", "must have at least 32 characters"))
        return written
    try:
        return _kept_secret(instance)
    except OSError as error:
        problems.append(
            _wrong(
                INSTANCE_SETTING,
                f"names {instance}, where nothing can be written ({error.strerror}); give the "
                "folder to the user who runs the site, or name another",
            )
        )
        return ""


def _kept_secret(instance: Path) -> str:
    """The secret key in the instance folder, made where there is none; only its owner reads it."""
    instance.mkdir(parents=True, exist_ok=True)
    path = instance / "secret-key"
    if not path.exists():
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            pass  # another process was a moment quicker; its key is the site's
        else:
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
