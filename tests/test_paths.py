"""The shipped folders and the site's data are found wherever Assessor runs from."""

from pathlib import Path

import pytest

from assessor import paths


def test_a_checkout_finds_its_own_folders(project_root: Path) -> None:
    assert not paths.is_installed()
    assert paths.surveys_folder() == project_root / "surveys"
    assert paths.migrations_folder() == project_root / "migrations"


def test_the_one_setting_decides_where_the_site_keeps_its_data(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ASSESSOR_INSTANCE", str(tmp_path / "a" / ".." / "site"))
    assert paths.instance_folder() == tmp_path / "site"


def test_a_home_folder_may_be_written_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSESSOR_INSTANCE", "~/assessor")
    assert paths.instance_folder() == Path.home().resolve() / "assessor"


@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_without_the_setting_a_checkout_keeps_them_in_its_instance_folder(
    monkeypatch: pytest.MonkeyPatch, project_root: Path, nothing: str | None
) -> None:
    if nothing is None:
        monkeypatch.delenv("ASSESSOR_INSTANCE")
    else:
        monkeypatch.setenv("ASSESSOR_INSTANCE", nothing)
    assert paths.instance_folder() == project_root / "instance"
