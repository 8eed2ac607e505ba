"""The root of all commands.

A command's module is imported when the command is called and not before: reading a plan must not
wait for the web framework, and must work where the site's packages are broken.
"""

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

import click

import assessor


@dataclass(frozen=True)
class LazyCommand:
    """Where a command lives, and the sentence that lists it without importing it.

    `called` is what people type, where that is no name Python allows.
    """

    module: str
    name: str
    sentence: str
    called: str = ""

    def load(self) -> click.Command:
        command = getattr(import_module(self.module), self.name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{self.module}.{self.name} is no click command")
        return command


COMMANDS: dict[str, LazyCommand] = {
    row.called or row.name: row
    for row in (
        LazyCommand("assessor.cli.plan", "plan", "Read a strategic plan out of a document."),
        LazyCommand(
            "assessor.cli.import_file",
            "import_command",
            "Turn another tool's questionnaire into an instrument.",
            "import",
        ),
        LazyCommand("assessor.cli.check", "check", "Check plan, mapping and instrument files."),
        LazyCommand(
            "assessor.cli.try_instrument", "try_command", "Let robots answer an instrument.", "try"
        ),
        LazyCommand(
            "assessor.cli.translate",
            "translate",
            "Take an instrument's texts out, and translations in.",
        ),
        LazyCommand(
            "assessor.cli.print_instrument",
            "print_command",
            "Print a questionnaire as PDF.",
            "print",
        ),
        LazyCommand(
            "assessor.cli.export_file",
            "export_command",
            "Turn an instrument into another tool's questionnaire.",
            "export",
        ),
        LazyCommand("assessor.cli.score", "score", "Score answers into a scorecard file."),
        LazyCommand("assessor.cli.report", "report", "Turn a scorecard file into a page."),
        LazyCommand("assessor.cli.site", "site", "Set up, fill and serve the site."),
    )
}
"""In the order of the work, which is the order of the help."""


class LazyGroup(click.Group):
    """A group that lists its commands from a table and imports only the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        # A command is there when its module is: looking for it does not run it.
        return [name for name, row in COMMANDS.items() if find_spec(row.module)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return COMMANDS[cmd_name].load() if cmd_name in self.list_commands(ctx) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, COMMANDS[name].sentence) for name in self.list_commands(ctx)]
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Only `assessor site` needs a database. All other commands read and write files.",
)
@click.version_option(assessor.__version__, prog_name="assessor", message="%(prog)s %(version)s")
def main() -> None:
    """How far a library's strategic plan has come, and how anyone knows."""


if __name__ == "__main__":
    main()
