"""`assessor site`: set up, fill and serve the site."""

import os
import tempfile
from pathlib import Path

import click

from assessor.actions.retention import forget_what_is_due
from assessor.cli.site_accounts import create_administrator, reset_password
from assessor.cli.site_demo import demo
from assessor.cli.site_files import answers, export, load
from assessor.cli.site_import import import_command
from assessor.cli.site_serve import serve
from assessor.cli.site_starting import (
    database,
    or_stop,
    refuse_old_database,
    site_settings,
)
from assessor.domain.problems import Problem
from assessor.settings import SETTINGS, read_settings
from assessor.store.bare import bare_app
from assessor.store.migrating import (
    latest_revision,
    model_differences,
    pending_migrations,
    upgrade,
)


@click.group()
def site() -> None:
    """Set up, fill and serve the site.

    Everything is kept in the instance folder unless settings say otherwise; `assessor site
    settings` lists them.
    """


@site.command()
def migrate() -> None:
    """Bring the database to what this version of Assessor needs.

    Makes it where there is none. Run it after every update; where nothing is missing it changes
    nothing.
    """
    with database(site_settings()):
        waiting = pending_migrations()
        if not waiting:
            click.echo(f"The database is up to date ({latest_revision()}).")
            return
        upgrade()
        left = pending_migrations()
        assert not left, f"still missing: {left}"
        for revision in waiting:
            click.echo(f"Ran migration {revision}.")
        click.echo("The database is up to date. Next: assessor site serve")


@site.command()
def check_migrations() -> None:
    """Compare the models with the migrations, on an empty database of its own.

    Exit status: 0 where they agree, 1 with every difference.
    """
    with tempfile.TemporaryDirectory() as folder:
        app = bare_app(f"sqlite:///{Path(folder) / 'empty.sqlite3'}")
        with app.app_context():
            upgrade()
            found = model_differences()
    for difference in found:
        click.echo(difference, err=True)
    if found:
        problem = Problem(
            code="migrations.differ",
            where="migrations",
            message=f"{len(found)} differences between models and migrations. Write a migration "
            "for them.",
        )
        click.echo(str(problem), err=True)
        raise SystemExit(1)
    click.echo("Models and migrations agree.")


@site.command()
def forget() -> None:
    """Delete what is kept no longer: responses past their promised time, and old drafts.

    A site served with `assessor site serve` does this by itself once a day.
    """
    with database(site_settings()):
        refuse_old_database()
        forgotten = or_stop(forget_what_is_due())
    click.echo(
        f"Deleted {forgotten.responses} responses of {forgotten.waves} waves and "
        f"{forgotten.drafts} unfinished drafts."
    )


@site.command()
def settings() -> None:
    """List every setting with its value; secrets are hidden."""
    checked = read_settings()
    width = max(len(setting.name) for setting in SETTINGS)
    for setting in SETTINGS:
        value = os.environ.get(setting.name, "").strip()
        shown = f"not set: {setting.default}"
        if value:
            shown = "set, hidden" if setting.secret else value
        click.echo(f"{setting.name:<{width}}  {shown.replace('`', '')}")
    or_stop(checked)


for command in (create_administrator, reset_password, serve, demo, load, export, answers):
    site.add_command(command)
site.add_command(import_command)
