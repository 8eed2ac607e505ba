"""An app with nothing but the database: for migrations, commands and tests without pages."""

from flask import Flask

from assessor.store.engine import init_database


def bare_app(url: str) -> Flask:
    """A Flask app whose context gives the session of the database at `url`."""
    app = Flask("assessor")
    init_database(app, url)
    return app
