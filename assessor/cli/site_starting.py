"""What every site command begins with: settings, the app, and failures told in plain words."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import NoReturn, TypeVar

import click
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from assessor.domain.problems import Checked, Problem
from assessor.settings import Settings, read_settings
from assessor.store.bare import bare_app
from assessor.store.faults import problem_of
from assessor.store.migrating import pending_migrations

T = TypeVar("T")


def stop(*problems: Problem) -> NoReturn:
    """Tell what is wrong, and end with status 1."""
    for problem in problems:
        click.echo(str(problem), err=True)
    raise SystemExit(1)


def or_stop(checked: Checked[T]) -> T:
    """The value; warnings are told on the way, errors end the command."""
    if checked.value is None or checked.errors:
        stop(*checked.problems)
    for problem in checked.problems:
        click.echo(str(problem), err=True)
    return checked.value


def site_settings(host: str | None = None, port: int | None = None) -> Settings:
    """The settings. Where no address is set, it is the one that is served at."""
    settings = or_stop(read_settings())
    with telling_faults():
        settings.instance.mkdir(parents=True, exist_ok=True)
    if host is None or port is None or os.environ.get("ASSESSOR_BASE_URL", "").strip():
        return settings
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104  compared, not bound
    if ":" in shown:
        shown = f"[{shown}]"
    return replace(settings, base_url=f"http://{shown}:{port}")


@contextmanager
def telling_faults() -> Iterator[None]:
    """What the database or the disk refuses becomes a sentence; a bug stays an exception."""
    try:
        yield
    except SQLAlchemyError as error:
        problem = problem_of(error)
        if problem is None:
            raise
        stop(problem)
    except OSError as error:
        if error.filename is None:
            raise
        stop(
            Problem(
                code="site.file",
                where=str(error.filename),
                message=f"This cannot be read or written ({error.strerror}). Check that it is "
                "there and that the account that runs the site may use it.",
            )
        )


@contextmanager
def database(settings: Settings) -> Iterator[Flask]:
    """An app context with the database and nothing else of the site."""
    with telling_faults():
        app = bare_app(settings.database_url)
        with app.app_context():
            yield app


@contextmanager
def site(settings: Settings) -> Iterator[Flask]:
    """A context of the whole site on a database that is up to date; ends the command if not."""
    from assessor.web.app import create_app

    with telling_faults():
        app = create_app(settings)
        with app.test_request_context(base_url=settings.base_url):
            refuse_old_database()
            yield app


def refuse_old_database() -> None:
    """End the command where migrations are missing. Needs an app context."""
    waiting = pending_migrations()
    if waiting:
        count = "One migration is" if len(waiting) == 1 else f"{len(waiting)} migrations are"
        stop(
            Problem(
                code="database.migration-missing",
                where="database",
                message=f"{count} missing in the database. Make a backup if it holds anything, "
                "run `assessor site migrate`, and try again.",
            )
        )
