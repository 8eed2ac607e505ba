"""What can be set, what is refused, and the page that lists it."""

import stat
from pathlib import Path

import pytest

from assessor.cli.settings_reference import settings_page
from assessor.settings import SETTINGS, Settings, read_settings


def settings_of(tmp_path: Path, **given: str) -> Settings:
    return read_settings({"ASSESSOR_INSTANCE": str(tmp_path), **given}).unwrap()


def test_the_page_of_settings_is_the_table_of_today(project_root: Path) -> None:
    assert (project_root / "docs" / "settings.md").read_text() == settings_page(), "Run `make docs`"


def test_every_setting_is_on_the_page_with_what_it_does() -> None:
    rows = settings_page().count("\n| `ASSESSOR_")
    assert rows == len(SETTINGS) == len({setting.name for setting in SETTINGS})


def test_a_site_needs_no_setting_but_a_place(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path}/assessor.sqlite3"
    assert (settings.base_url, settings.https) == ("http://127.0.0.1:8000", False)


def test_the_secret_key_is_made_once_and_kept_for_its_owner_alone(tmp_path: Path) -> None:
    first, second = settings_of(tmp_path), settings_of(tmp_path)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 48
    kept = tmp_path / "secret-key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_postgresql_address_is_taken_as_hosts_write_it(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, ASSESSOR_DATABASE_URL="postgres://u:p@db/assessor")
    assert settings.database_url == "postgresql+psycopg://u:p@db/assessor"


def test_all_wrong_settings_are_named_at_once(tmp_path: Path) -> None:
    read = read_settings(
        {
            "ASSESSOR_INSTANCE": str(tmp_path),
            "ASSESSOR_DATABASE_URL": "mysql://db",
            "ASSESSOR_BASE_URL": "assess.example.org",
            "ASSESSOR_SECRET_KEY": "short",
            "ASSESSOR_TRUSTED_PROXIES": "one",
            "ASSESSOR_MAIL_PORT": "70000",
            "ASSESSOR_MAIL_TLS": "maybe",
        }
    )
    assert read.value is None
    assert {problem.where for problem in read.errors} == {
        "ASSESSOR_DATABASE_URL",
        "ASSESSOR_BASE_URL",
        "ASSESSOR_SECRET_KEY",
        "ASSESSOR_TRUSTED_PROXIES",
        "ASSESSOR_MAIL_PORT",
        "ASSESSOR_MAIL_TLS",
    }


def test_a_misspelt_setting_is_a_warning(tmp_path: Path) -> None:
    read = read_settings({"ASSESSOR_INSTANCE": str(tmp_path), "ASSESSOR_DATABASE": "x"})
    assert read.ok
    assert [problem.where for problem in read.problems] == ["ASSESSOR_DATABASE"]


def test_an_instance_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("no folder")
    read = read_settings({"ASSESSOR_INSTANCE": str(file / "below")})
    assert [problem.where for problem in read.errors] == ["ASSESSOR_INSTANCE"]


@pytest.mark.parametrize("written", ["yes", "True", "1", "on"])
def test_yes_is_said_in_several_ways(tmp_path: Path, written: str) -> None:
    assert settings_of(tmp_path, ASSESSOR_MAIL_TLS=written).mail_tls
