"""`assessor site demo`: Riverbend, whole, after one command."""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import url_for
from flask_security import hash_password
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from assessor.actions.demonstration.fielding import FIELDINGS, Fielding, field_wave, is_fielded
from assessor.actions.demonstration.setting_up import (
    KEY,
    MEMBERS,
    Member,
    load_riverbend,
    read_riverbend,
    set_up_library,
)
from assessor.actions.scorecards import compute_scorecard
from assessor.cli.site_serve import PORT, refuse_taken_port, run
from assessor.cli.site_starting import database, or_stop, refuse_old_database, site, site_settings
from assessor.paths import surveys_folder
from assessor.settings import Settings
from assessor.store import fielding
from assessor.store.database import db
from assessor.store.migrating import is_empty, upgrade

PASSWORDS = "demonstration.txt"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@click.command()
@click.option("--no-serve", is_flag=True, help="Set up and fill the site, and stop there.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(1, 65535))
def demo(no_serve: bool, host: str, port: int) -> None:
    """Show Riverbend: set everything up, fill it with two years of answers, and serve it.

    Riverbend is a made-up library. Its answers are made up too, but go through the same doors as
    a patron's. Run again, it keeps whatever was added since.
    """
    settings = site_settings(host, port)
    if not no_serve:
        # Before the work, not after it.
        refuse_taken_port(host, port)
    with database(settings):
        if is_empty():
            upgrade()
            click.echo("Made the database")
        refuse_old_database()
        db.session.remove()
        db.engine.dispose()
    with site(settings):
        lines = list(_set_up(settings))
        db.session.remove()
        db.engine.dispose()
    for line in lines:
        click.echo(line)
    if no_serve:
        click.echo("Serve it with: assessor site serve")
        return
    click.echo("Serving until Ctrl-C.")
    run(settings, host, port)


def _set_up(settings: Settings) -> Iterator[str]:
    """Everything, step by step; the lines that lead on. Needs a request's context."""
    passwords = Passwords(settings.instance / PASSWORDS)
    library_id = or_stop(set_up_library(passwords.hash_of_new))
    read, folder = or_stop(read_riverbend(surveys_folder()))
    elements = len(read.reading.elements)
    click.echo(f"Read Riverbend's plan: {elements} elements, as in its file")
    if or_stop(load_riverbend(library_id, read, folder)):
        count = len(folder.mapping.indicators)
        click.echo(f"Loaded plan, mapping ({count} indicators) and instruments, and published them")
    else:
        click.echo("Kept plan, mapping and instruments as they are")
    _field_all(library_id)
    newest = 0
    for period in sorted({wave.period for wave in FIELDINGS if wave.closes_on is not None}):
        click.echo(f"Computing the scorecard of {period} …")
        newest = or_stop(compute_scorecard(library_id, KEY, str(period))).id
    yield ""
    yield "Riverbend is ready."
    yield ""
    yield f"  Scorecard  {url_for('scorecards.show', scorecard_id=newest, _external=True)}"
    yield f"  Survey     {_live_survey(library_id)}"
    yield f"  Sign in    {url_for('security.login', _external=True)}"
    for member in MEMBERS:
        yield f"             {member.email:<34} {passwords.shown(member)}"
    yield ""


def _field_all(library_id: int) -> None:
    for wave in FIELDINGS:
        if is_fielded(library_id, wave):
            click.echo(f"Kept “{wave.title}” as it is")
            continue
        if not wave.responses:
            or_stop(field_wave(library_id, wave))
            click.echo(f"Opened “{wave.title}” for signed-in staff")
            continue
        with counting(f"“{wave.title}”: sending {wave.responses} responses", wave) as sent:
            or_stop(field_wave(library_id, wave, sent))


@contextmanager
def counting(what: str, wave: Fielding) -> Iterator[Callable[[int], None]]:
    """Shows how far it is: a bar in a terminal, a plain line every hundred elsewhere."""
    console = Console()
    if not console.is_terminal:
        click.echo(f"{what} …")
        yield (
            lambda count: (
                click.echo(f"  {count} of {wave.responses}")
                if count % 100 == 0 or count == wave.responses
                else None
            )
        )
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(what, total=wave.responses)
        yield lambda count: progress.update(task, completed=count)


def _live_survey(library_id: int) -> str:
    """The newest open link, whoever opened it."""
    for wave in fielding.waves(library_id):
        if wave.access == "open_link" and wave.state == "open":
            return url_for("respond.welcome", wave_id=wave.id, _external=True)
    return "none is open; open one under Waves"


class Passwords:
    """The members' passwords: made once, kept beside the database for their owner's eyes only."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept = _read(path)

    def hash_of_new(self, member: Member) -> str:
        """The hash of a password that is made and kept now."""
        parts = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
        self._kept[member.email] = "-".join(parts)
        self._write()
        return hash_password(self._kept[member.email])

    def shown(self, member: Member) -> str:
        return self._kept.get(member.email, f"(assessor site reset-password {member.email})")

    def _write(self) -> None:
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write("# Who can sign in to the demonstration. Nothing of value lies behind it.\n")
            for email, password in self._kept.items():
                file.write(f"{email} {password}\n")


def _read(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    rows = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return {row[0]: row[1] for row in rows if len(row) == 2 and not row[0].startswith("#")}
