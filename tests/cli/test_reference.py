"""The page of commands says what the commands say."""

from pathlib import Path

import click

from assessor.cli.main import main
from assessor.cli.reference import commands_page, walk_commands


def test_the_page_of_commands_is_the_help_of_today(project_root: Path) -> None:
    written = (project_root / "docs" / "commands.md").read_text()
    assert written == commands_page(), "Run `make docs`"


def test_hidden_commands_stay_off_the_page_and_nested_ones_are_on_it() -> None:
    @click.group()
    def outer() -> None: ...

    @outer.command()
    @click.argument("file")
    def seen(file: str) -> None: ...

    @outer.command(hidden=True)
    def unseen() -> None: ...

    paths = [c.command_path for c in walk_commands(click.Context(outer, info_name="outer"))]
    assert paths == ["outer", "outer seen"]


def test_the_page_begins_with_the_root() -> None:
    first = next(line for line in commands_page().splitlines() if line.startswith("## "))
    assert first == "## `assessor`"
    assert main.help is not None
    assert main.help.splitlines()[0] in commands_page()
