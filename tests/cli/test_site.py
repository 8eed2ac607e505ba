"""The site's commands: each does its work or says what is wrong and what to do."""

import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assessor.cli.main import main
from assessor.paths import surveys_folder
from assessor.store.migrating import downgrade
from tests.cli.sites import database_of

PASSWORD = "seven calm otters"


def assessor(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(main, arguments, env=environment)


def said(result: Result, code: int = 0) -> str:
    assert result.exit_code == code, result.output + str(result.exception or "")
    return result.output


@pytest.fixture
def migrated(own_instance_folder: Path) -> Path:
    said(assessor("site", "migrate"))
    return own_instance_folder


@pytest.fixture
def set_up(migrated: Path) -> Path:
    said(administrator("ada@example.org", "--library", "Town Library", "--key", "town"))
    return migrated


def administrator(email: str, *more: str) -> Result:
    return assessor(
        "site", "create-administrator", "--email", email, *more, ASSESSOR_NEW_PASSWORD=PASSWORD
    )


def test_migrate_makes_the_database_and_then_finds_nothing_to_do(own_instance_folder: Path) -> None:
    assert "Ran migration 0001" in said(assessor("site", "migrate"))
    assert (own_instance_folder / "assessor.sqlite3").is_file()
    assert "up to date" in said(assessor("site", "migrate"))


def test_models_and_migrations_agree() -> None:
    assert "agree" in said(assessor("site", "check-migrations"))


def test_what_differs_between_models_and_migrations_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("assessor.cli.site.model_differences", lambda: ("add_column x",))
    output = said(assessor("site", "check-migrations"), 1)
    assert "add_column x" in output
    assert "Write a migration" in output


def test_the_first_administrator_comes_with_the_library(set_up: Path) -> None:
    with sqlite3.connect(set_up / "assessor.sqlite3") as rows:
        assert rows.execute("SELECT key, name FROM library").fetchall() == [
            ("town", "Town Library")
        ]
        assert rows.execute("SELECT email FROM account").fetchall() == [("ada@example.org",)]
        (password,) = rows.execute("SELECT password FROM account").fetchone()
    assert password.startswith("$argon2")


def test_a_second_administrator_joins_the_only_library(set_up: Path) -> None:
    said(administrator("bo@example.org"))
    assert "already" in said(administrator("bo@example.org"), 1)


def test_a_further_library_comes_with_an_administrator_of_its_own(set_up: Path) -> None:
    said(administrator("cy@example.org", "--library", "Other Library", "--key", "other"))
    assert "--key which library" in said(administrator("di@example.org"), 1)
    said(administrator("di@example.org", "--key", "other"))
    output = said(administrator("di@example.org", "--library", "Third", "--key", "third"), 1)
    assert "already" in output
    with sqlite3.connect(set_up / "assessor.sqlite3") as rows:
        keys = rows.execute("SELECT key FROM library ORDER BY id").fetchall()
    assert keys == [("town",), ("other",)]


def test_a_weak_password_makes_no_account(migrated: Path) -> None:
    result = assessor(
        "site", "create-administrator", "--email", "a@example.org", "--library", "L", "--key", "l",
        ASSESSOR_NEW_PASSWORD="password1234",
    )  # fmt: skip
    assert "too easy to guess" in said(result, 1)
    with sqlite3.connect(migrated / "assessor.sqlite3") as rows:
        assert rows.execute("SELECT count(*) FROM library").fetchone() == (0,)


def test_a_reset_link_is_printed_for_an_account_that_is_there(set_up: Path) -> None:
    link = said(assessor("site", "reset-password", "Ada@Example.org")).strip()
    assert link.startswith("http://127.0.0.1:8000/forgotten-password/")
    assert "Check its spelling" in said(assessor("site", "reset-password", "eve@example.org"), 1)


def test_settings_are_listed_and_secrets_are_not() -> None:
    secret = "postgresql://assessor:hunter2@host/name"
    output = said(assessor("site", "settings", ASSESSOR_DATABASE_URL=secret))
    assert "hunter2" not in output
    assert re.search(r"ASSESSOR_DATABASE_URL\s+set, hidden", output)
    assert re.search(r"ASSESSOR_MAIL_PORT\s+not set: 25", output)


def test_a_wrong_setting_is_named_with_what_it_must_be() -> None:
    assert "must be a whole number" in said(assessor("site", "migrate", ASSESSOR_MAIL_PORT="x"), 1)


def test_a_library_goes_in_and_comes_out_the_same(set_up: Path, tmp_path: Path) -> None:
    surveys = surveys_folder() / "riverbend"
    output = said(assessor("site", "load", str(surveys)))
    assert "Instrument patrons, version 1" in output
    said(assessor("site", "export", str(tmp_path / "out")))
    said(assessor("site", "load", str(tmp_path / "out")))
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"plan.yaml", "mapping.yaml", "patrons.yaml", "staff.yaml"}
    assert "version 1" in said(assessor("site", "load", str(tmp_path / "out")))
    assert "would be written over" in said(assessor("site", "export", str(tmp_path / "out")), 1)


def test_a_folder_with_mistakes_changes_nothing(set_up: Path, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("key: [", encoding="utf-8")
    assert "plan.yaml" in said(assessor("site", "load", str(tmp_path)), 1)
    with sqlite3.connect(set_up / "assessor.sqlite3") as rows:
        assert rows.execute("SELECT count(*) FROM plan_edition").fetchone() == (0,)


def test_a_taken_port_is_said_before_anything_starts(migrated: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        output = said(assessor("site", "serve", "--port", port), 1)
        assert "already in use" in output
        assert "--port 8001" in output
        assert port in said(assessor("site", "demo", "--port", port), 1)


def test_a_database_that_is_behind_is_refused_with_what_to_run(migrated: Path) -> None:
    with database_of(migrated):
        downgrade("base")
    with sqlite3.connect(migrated / "assessor.sqlite3") as rows:
        rows.execute("CREATE TABLE somebody_s_own (id INTEGER)")
    for command in (["serve"], ["demo", "--no-serve"], ["reset-password", "a@example.org"]):
        assert "assessor site migrate" in said(assessor("site", *command), 1)


def test_a_database_that_cannot_be_reached_is_said_in_plain_words() -> None:
    address = "postgresql://nobody@127.0.0.1:1/none"
    assert "cannot be reached" in said(assessor("site", "serve", ASSESSOR_DATABASE_URL=address), 1)


def test_a_file_that_is_no_database_is_left_alone(own_instance_folder: Path) -> None:
    own_instance_folder.mkdir()
    file = own_instance_folder / "assessor.sqlite3"
    file.write_text("a shopping list, much longer than a header of a database is " * 9)
    before = file.read_text()
    assert "no database" in said(assessor("site", "migrate"), 1)
    assert file.read_text() == before


def test_an_instance_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("not a folder")
    output = said(assessor("site", "migrate", ASSESSOR_INSTANCE=str(tmp_path / "site")), 1)
    assert "ASSESSOR_INSTANCE" in output
    assert "nothing can be written" in output


@contextmanager
def served(*arguments: str) -> Iterator[tuple[str, str]]:
    """A site that runs as its users run it: what it said first, and its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "assessor", "site", "serve", "--port", str(port), *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        lines = [process.stdout.readline()]
        address = f"http://127.0.0.1:{port}"
        for _ in range(150):
            try:
                urllib.request.urlopen(f"{address}/health", timeout=5).close()
                break
            except OSError:
                time.sleep(0.2)
        else:
            pytest.fail("the site never answered")
        process.send_signal(signal.SIGTERM)
        yield "".join(lines) + process.stdout.read(), address
    finally:
        process.terminate()
        assert process.wait(timeout=30) == 0


@pytest.mark.slow
def test_a_new_site_is_served_at_once_and_says_where_to_begin(own_instance_folder: Path) -> None:
    with served("--workers", "1", "--threads", "2") as (output, address):
        assert f"{address}/start?code=" in output
    assert (own_instance_folder / "assessor.sqlite3").is_file()
