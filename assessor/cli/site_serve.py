"""`assessor site serve`: gunicorn, started from Python, with what could go wrong said first."""

import socket
import time
from collections.abc import Mapping
from threading import Thread
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication

from assessor.actions.retention import forget_what_is_due
from assessor.cli.site_starting import database, refuse_old_database, site_settings, stop
from assessor.domain.problems import Problem
from assessor.settings import Settings
from assessor.store import account_queries
from assessor.store.database import db
from assessor.store.migrating import is_empty, upgrade

PORT = 8000
A_DAY = 24 * 60 * 60


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """Gunicorn with the site as its application, made anew in each worker after the fork."""

    def __init__(self, settings: Settings, options: Mapping[str, Any]) -> None:
        # Any: gunicorn's options are numbers, texts and truths.
        self._settings = settings
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        from assessor.web.app import create_app

        app = create_app(self._settings)
        Thread(target=forget_every_day, args=(app,), daemon=True).start()
        return app


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes."
)
@click.option(
    "--threads", default=8, show_default=True, type=click.IntRange(1, 64), help="In each process."
)
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Serve the site until Ctrl-C.

    A new site gets its database by itself, and its address for the first run is printed. An
    existing database that is behind is refused: `assessor site migrate` is yours to run.
    """
    settings = site_settings(host, port)
    with database(settings) as app:
        if is_empty():
            upgrade()
        refuse_old_database()
        refuse_taken_port(host, port)
        is_new = not account_queries.is_set_up()
        db.session.remove()
        # No connection may be shared with the workers that are forked from here.
        db.engine.dispose()
        del app
    click.echo(f"Serving at {settings.base_url} (Ctrl-C stops)")
    if is_new:
        click.echo("This site is new. Set it up at this address, which works until that is done:")
        click.echo(f"  {first_run_address(settings)}")
    run(settings, host, port, workers=workers, threads=threads)


def forget_every_day(app: Flask) -> None:
    """Keep the promise of how long answers are kept, at the start and then once a day.

    A failure is logged and tried again the next day: forgetting must never stop the serving.
    """
    while True:
        with app.app_context():
            try:
                forget_what_is_due()
            except Exception:
                app.logger.exception("what is due could not be forgotten")
            finally:
                db.session.remove()
        time.sleep(A_DAY)


def run(settings: Settings, host: str, port: int, *, workers: int = 2, threads: int = 8) -> None:
    """Serve until told to stop."""
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    options = {
        "bind": address,
        "workers": workers,
        "threads": threads,
        "worker_class": "gthread",
        # Logs of requests would say when somebody answered.
        "accesslog": None,
        "loglevel": "warning",
        "graceful_timeout": 20,
        "timeout": 120,
        "max_requests": 20_000,
        "max_requests_jitter": 2_000,
        "proc_name": "assessor",
        # Who is calling is for ASSESSOR_TRUSTED_PROXIES to say, in one place.
        "forwarded_allow_ips": "",
    }
    Server(settings, options).run()


def first_run_address(settings: Settings) -> str:
    """Where the first administrator is made; only who started the site knows the code."""
    from assessor.web.signing_in import setup_code

    return f"{settings.base_url}/start?code={setup_code(settings)}"


def refuse_taken_port(host: str, port: int) -> None:
    """End the command where nobody could listen at this address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            stop(
                Problem(
                    code="site.port",
                    where=f"{host}:{port}",
                    message=f"The site cannot listen there ({error.strerror}). Stop the program "
                    "that does, or choose another port, such as `--port 8001`.",
                )
            )
