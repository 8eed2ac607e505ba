"""The root command lists everything and loads only what is called."""

import subprocess
import sys
from importlib.util import find_spec

import click
import pytest
from click.testing import CliRunner

import assessor
from assessor.cli.main import COMMANDS, LazyCommand, main

THERE = [row for row in COMMANDS.values() if find_spec(row.module)]


def modules_loaded_by(code: str) -> set[str]:
    """What a fresh interpreter has loaded after running the code."""
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules, file=sys.stderr)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(run.stderr.split())


def test_the_version_is_the_package_s() -> None:
    shown = CliRunner().invoke(main, ["--version"])
    assert shown.output == f"assessor {assessor.__version__}\n"


def test_the_help_lists_every_command_in_the_order_of_the_work() -> None:
    shown = CliRunner().invoke(main, ["--help"])
    assert shown.exit_code == 0
    places = [shown.output.index(row.sentence) for row in THERE]
    assert places == sorted(places)


def test_the_help_loads_no_command() -> None:
    loaded = modules_loaded_by("from assessor.cli.main import main\nmain(['-h'], None, '', False)")
    assert "assessor.cli.main" in loaded
    assert loaded.isdisjoint({row.module for row in COMMANDS.values()} | {"flask", "sqlalchemy"})


@pytest.mark.parametrize("row", THERE, ids=lambda row: row.name)
def test_every_command_listed_is_one(row: LazyCommand) -> None:
    assert isinstance(row.load(), click.Command)


@pytest.mark.parametrize("row", [r for r in THERE if r.name != "site"], ids=lambda row: row.name)
def test_work_on_files_loads_neither_web_framework_nor_database(row: LazyCommand) -> None:
    loaded = modules_loaded_by(f"import {row.module}")
    assert loaded.isdisjoint({"flask", "sqlalchemy", "wtforms"})


def test_an_unknown_command_is_a_mistake_of_usage() -> None:
    shown = CliRunner().invoke(main, ["plna"])
    assert shown.exit_code == 2
    assert "No such command 'plna'" in shown.output
