"""The wheel works where nothing of the checkout is: an empty environment, another folder."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.ground import lacking

# One group, so that one worker builds and installs for all of them.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]

NO_NETWORK = ("dns error", "Failed to fetch", "error sending request", "Connection refused")

# Written to be run by the installed package, away from the checkout.
LIST_WHAT_TRAVELLED = """
from assessor.paths import instance_folder, is_installed, migrations_folder, surveys_folder
assert is_installed()
for folder in (migrations_folder(), surveys_folder()):
    print(folder.name, *sorted(p.relative_to(folder).as_posix() for p in folder.rglob('*.*')))
print(instance_folder())
"""


def environment_in(where: Path) -> dict[str, str]:
    # Neither the checkout's environment nor its settings may help.
    settings = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PYTHONPATH", "VIRTUAL_ENV", "ASSESSOR_INSTANCE"}
    }
    return {**settings, "XDG_DATA_HOME": str(where / "data")}


def run(command: Sequence[str | Path], where: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=where,
        env=environment_in(where),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def wheel(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    built = run([*command, project_root], folder)
    assert built.returncode == 0, built.stdout + built.stderr
    return next(folder.glob("assessor-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, project_root: Path) -> Path:
    """The `bin` folder of an environment that holds the wheel and what it asks for, no more."""
    where = wheel.parent
    uv: list[str | Path] = [sys.executable, "-m", "uv"]
    assert run([*uv, "venv", "--python", sys.executable, "empty"], where).returncode == 0
    pins = project_root / "requirements.txt"
    python = where / "empty" / "bin" / "python"
    install = [*uv, "pip", "install", "--python", python, "--constraint", pins, wheel]
    outcome = run(install, where)
    if any(sign in outcome.stderr for sign in NO_NETWORK):
        lacking("No package index can be reached to fill an empty environment from")
    assert outcome.returncode == 0, outcome.stderr
    return python.parent


def files_below(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }


def test_everything_the_package_needs_at_run_time_is_in_the_wheel(
    wheel: Path, project_root: Path
) -> None:
    carried = set(zipfile.ZipFile(wheel).namelist())
    package = {f"assessor/{name}" for name in files_below(project_root / "assessor")}
    wanted = {name for name in package if "node_modules" not in name}
    for shipped in ("migrations", "surveys"):
        files = files_below(project_root / shipped)
        wanted |= {f"assessor/_data/{shipped}/{name}" for name in files}
    assert wanted - carried == set()


def test_the_wheel_carries_nothing_of_a_site_or_of_the_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"assessor"}
    assert [name for name in names if "instance/" in name or "node_modules" in name] == []


def test_the_installed_command_says_its_version_and_its_commands(
    installed: Path, tmp_path: Path
) -> None:
    said = run([installed / "assessor", "--version"], tmp_path)
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith("assessor ")
    assert run([installed / "assessor", "--help"], tmp_path).returncode == 0


def test_the_installed_package_finds_what_travelled_with_it(
    installed: Path, project_root: Path, tmp_path: Path
) -> None:
    listed = run([installed / "python", "-c", LIST_WHAT_TRAVELLED], tmp_path)
    assert listed.returncode == 0, listed.stderr
    migrations, surveys, instance = listed.stdout.splitlines()
    assert files_below(project_root / "migrations") <= set(migrations.split()[1:])
    assert files_below(project_root / "surveys") <= set(surveys.split()[1:])
    assert Path(instance) == tmp_path / "data" / "assessor"


def test_the_installed_command_reads_and_checks_the_libraries_that_travelled(
    installed: Path, tmp_path: Path
) -> None:
    where = "from assessor.paths import surveys_folder; print(surveys_folder())"
    surveys = run([installed / "python", "-c", where], tmp_path).stdout.strip()
    document = Path(surveys) / "riverbend" / "plan.txt"
    read = run([installed / "assessor", "plan", "read", document, "--format", "json"], tmp_path)
    assert json.loads(read.stdout)["title"].startswith("Riverbend"), read.stderr
    checked = run([installed / "assessor", "check", surveys], tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "No problems" in checked.stdout


def test_the_installed_command_migrates_loads_the_demonstration_and_serves(
    installed: Path, tmp_path: Path
) -> None:
    assessor = installed / "assessor"
    migrated = run([assessor, "site", "migrate"], tmp_path)
    assert migrated.returncode == 0, migrated.stderr
    assert run([assessor, "site", "check-migrations"], tmp_path).returncode == 0
    shown = run([assessor, "site", "demo", "--no-serve"], tmp_path)
    assert shown.returncode == 0, shown.stdout + shown.stderr
    survey = re.search(r"Survey\s+http://127\.0\.0\.1:8000(/\S+)", shown.stdout)
    assert survey, shown.stdout
    port = free_port()
    server = subprocess.Popen(
        [assessor, "site", "serve", "--port", str(port), "--workers", "1"],
        cwd=tmp_path,
        env=environment_in(tmp_path),
    )
    try:
        page = fetch(f"http://127.0.0.1:{port}{survey.group(1)}")
        sheet = re.search(r'href="(/look/respond\.css[^"]*)"', page)
        assert "How is the library doing for you?" in page
        assert sheet, page
        assert "font-face" in fetch(f"http://127.0.0.1:{port}{sheet.group(1)}")
    finally:
        server.terminate()
        assert server.wait(timeout=30) == 0


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def fetch(address: str, seconds: float = 60) -> str:
    """A page of a server that may still be starting."""
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError:
            raise
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.3)
