"""Writes the page of all commands out of their own help, so that the page cannot drift.

`python -m assessor.cli.reference` prints it; `make docs` keeps it in `docs/commands.md`; a test
compares the two.
"""

from collections.abc import Iterator

import click

from assessor.cli.main import main

HEADER = """\
# Commands

What `assessor … --help` says, in one page. It is written by `make docs` and compared in a test:
mend the help, not this page.
"""

# Narrower than a terminal may be, and the same on every machine.
WIDTH = 88


def commands_page() -> str:
    """The whole page as Markdown: every command that is not hidden, in the order of the help."""
    sections = (
        f"## `{context.command_path}`\n\n```text\n{_help_of(context)}\n```\n"
        for context in walk_commands(_context(main, "assessor", None))
    )
    return "\n".join((HEADER, *sections))


def walk_commands(context: click.Context) -> Iterator[click.Context]:
    """A command's context, then those of all commands below it, depth first."""
    yield context
    group = context.command
    if not isinstance(group, click.Group):
        return
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None and not command.hidden:
            yield from walk_commands(_context(command, name, context))


def _context(command: click.Command, name: str, parent: click.Context | None) -> click.Context:
    # Resilient parsing makes a context without asking for arguments and without running anything.
    return command.make_context(
        name, [], parent, resilient_parsing=True, terminal_width=WIDTH, max_content_width=WIDTH
    )


def _help_of(context: click.Context) -> str:
    lines = context.get_help().splitlines()
    return "\n".join(line.rstrip() for line in lines).strip()


if __name__ == "__main__":
    click.echo(commands_page(), nl=False)
