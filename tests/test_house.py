"""What holds for the repository as a whole, whoever adds to it."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.ground import lacking

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE = 400
LIBRARY = ("domain", "planning", "formats", "scoring", "reports")
WEB_PACKAGES = {"flask", "sqlalchemy", "wtforms", "flask_wtf", "flask_sqlalchemy"}


@cache
def project_files() -> tuple[Path, ...]:
    """Every file of the project that git keeps, and that is there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode != 0:
        lacking("The checkout is no git repository, so its files cannot be told")
    names = listed.stdout.decode().split("\0")
    return tuple(path for name in names if name and (path := ROOT / name).is_file())


def python_files(folder: str = "") -> list[Path]:
    return [
        path
        for path in project_files()
        if path.suffix == ".py" and path.is_relative_to(ROOT / folder)
    ]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def contract(contract_id: str) -> dict[str, Any]:
    contracts: list[dict[str, Any]] = pyproject()["tool"]["importlinter"]["contracts"]
    return next(c for c in contracts if c["id"] == contract_id)


# --- setting up


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):(?!=)", (ROOT / "Makefile").read_text(), re.MULTILINE))


def test_make_alone_says_what_can_be_made() -> None:
    shown = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in make_targets():
        assert re.search(rf"^  {target} +\S", shown, re.MULTILINE), f"make help leaves out {target}"
    assert make_targets() >= {
        "help", "install", "demo", "serve", "test", "check", "bench", "format", "clean", "wheel",
    }  # fmt: skip


def test_pages_name_only_targets_there_are() -> None:
    for page in (path for path in project_files() if path.suffix == ".md"):
        named = set(re.findall(r"(?:`|^)make ([a-z-]+)", page.read_text(), re.MULTILINE))
        assert named <= make_targets(), name_of(page)


@pytest.mark.parametrize("script", ["run", "install-chromium", "install-pango"])
def test_the_scripts_of_continuous_integration_can_run(script: str) -> None:
    path = ROOT / ".ci" / script
    assert os.access(path, os.X_OK)
    assert subprocess.run(["bash", "-n", str(path)], check=False).returncode == 0
    assert "set -euo pipefail" in path.read_text()


# --- packages


def pins(name: str) -> dict[str, list[str]]:
    """The versions a file of pins allows for each package; one a platform at most."""
    found: dict[str, list[str]] = {}
    for line in (ROOT / name).read_text().splitlines():
        if not line.lstrip().startswith("#"):
            requirement = Requirement(line)
            version = str(requirement.specifier).removeprefix("==")
            found.setdefault(canonicalize_name(requirement.name), []).append(version)
    return found


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_pins_are_names_and_versions_and_nothing_else(name: str) -> None:
    for line in (ROOT / name).read_text().splitlines():
        assert re.fullmatch(r"[a-z0-9-]+(\[[a-z,]+\])?==[\w.+]+( ; .+)?| {4}#.*", line), line
        assert "://" not in line


def test_every_declared_package_is_pinned_to_a_version_it_allows() -> None:
    project = pyproject()["project"]
    declared = {
        "requirements.txt": project["dependencies"],
        "requirements-dev.txt": project["dependencies"] + project["optional-dependencies"]["test"],
    }
    for name, requirements in declared.items():
        pinned = pins(name)
        for requirement in map(Requirement, requirements):
            versions = pinned.get(canonicalize_name(requirement.name), [])
            assert versions, f"{name} lacks {requirement.name}; run make pins"
            assert all(requirement.specifier.contains(version) for version in versions)


def test_tests_run_on_the_versions_the_site_runs_on() -> None:
    tested = pins("requirements-dev.txt")
    for name, versions in pins("requirements.txt").items():
        assert tested[name] == versions, f"{name} differs; run make pins"


def imported_packages(path: Path) -> set[str]:
    """The top-level names a module imports, wherever in it."""
    nodes = list(ast.walk(ast.parse(path.read_text())))
    whole = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    parts = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return {name.partition(".")[0] for name in whole | parts}


def test_the_package_imports_nothing_it_does_not_declare() -> None:
    declared = {
        canonicalize_name(Requirement(line).name) for line in pyproject()["project"]["dependencies"]
    }
    owners = packages_distributions()
    undeclared = {
        f"{name_of(path)}: {name}"
        for path in python_files("assessor")
        # What a build script makes is committed; the script brings an environment of its own.
        if not (path.parent / "build.sh").exists()
        for name in imported_packages(path) - sys.stdlib_module_names - {"assessor"}
        if not declared & {canonicalize_name(owner) for owner in owners.get(name, [name])}
    }
    assert undeclared == set(), "Declare it in pyproject.toml and run make pins"


# --- what stays out


def forbidden_hosts() -> list[str]:
    """Hosts packages come from, and those this machine was told to get them from."""
    known = ["pypi." + "org", "python" + "hosted.org", "registry." + "npmjs.org", "npm" + "mirror."]
    settings = ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "UV_INDEX_URL", "UV_DEFAULT_INDEX")
    configured = (urlsplit(os.environ.get(name, "")).hostname for name in settings)
    return known + [host for host in configured if host and host != "localhost"]


def test_no_file_names_a_package_host_or_a_path_of_one_machine() -> None:
    hosts = "|".join(map(re.escape, forbidden_hosts()))
    machine = r"(?<![\w.~/-])/(?:work|root|home/\w+|Users/\w+)/"
    pattern = re.compile(f"{hosts}|{machine}".encode())
    found = {
        name_of(path): match.group().decode()
        for path in project_files()
        if (match := pattern.search(path.read_bytes()))
    }
    assert found == {}


def test_nothing_is_promised_for_later() -> None:
    promise = re.compile(r"\b(TO" + r"DO|FIX" + r"ME)\b|[Cc]oming " + "soon")
    found = {
        name_of(path): match.group()
        for path in project_files()
        if path.suffix in {".py", ".md", ".html", ".css", ".yaml"}
        and (match := promise.search(path.read_text()))
    }
    assert found == {}


def test_no_module_is_named_after_nothing() -> None:
    empty_names = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
    assert [
        p for p in map(name_of, python_files()) if empty_names & set(re.split(r"[/._]", p))
    ] == []


# --- how it reads


def test_every_module_says_why_it_exists() -> None:
    silent = [
        p for p in python_files("assessor") if not ast.get_docstring(ast.parse(p.read_text()))
    ]
    assert [name_of(path) for path in silent] == []


def test_every_file_can_be_read_in_one_sitting() -> None:
    long = {
        name_of(path): lines
        for path in python_files()
        if not path.is_relative_to(ROOT / "migrations")
        and (lines := len(path.read_text().splitlines())) > LONGEST_FILE
    }
    assert long == {}, "Split by reason to change"


def test_every_link_between_pages_leads_somewhere() -> None:
    broken = [
        f"{name_of(page)}: {target}"
        for page in project_files()
        if page.suffix == ".md"
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text())
        if not urlsplit(target).scheme and not (page.parent / target).exists()
    ]
    assert broken == []


# --- imports


def test_imports_go_down_only() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-logo", "--no-cache"]
    linted = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert linted.returncode == 0, linted.stdout + linted.stderr


def test_the_contract_of_the_library_forgets_no_layer() -> None:
    layers = {
        f"assessor.{name}"
        for name in LIBRARY
        if (ROOT / "assessor" / name / "__init__.py").is_file()
    }
    assert set(contract("library")["source_modules"]) >= layers
    assert set(contract("library")["forbidden_modules"]) >= WEB_PACKAGES
