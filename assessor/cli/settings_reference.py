"""Writes the page of all settings out of their own table, so that the page cannot drift.

`python -m assessor.cli.settings_reference` prints it; `make docs` keeps it in `docs/settings.md`;
a test compares the two.
"""

import click

from assessor.settings import SETTINGS, Setting

HEADER = """\
# Settings

Everything that can be set, as variables of the environment. A site needs none of them. The page is
written by `make docs` and compared in a test: mend `assessor/settings.py`, not this page.

| setting | does | where it is not set |
|---|---|---|
"""
FOOTER = """
Settings with a key (🔑) hold secrets: `assessor site settings` hides their values, and they belong
in the environment of the service, not in a file that others can read.
"""


def settings_page() -> str:
    """The whole page as Markdown, in the order of the table."""
    return HEADER + "".join(_row(setting) for setting in SETTINGS) + FOOTER


def _row(setting: Setting) -> str:
    key = " 🔑" if setting.secret else ""
    return f"| `{setting.name}`{key} | {setting.does} | {setting.default} |\n"


if __name__ == "__main__":
    click.echo(settings_page(), nl=False)
