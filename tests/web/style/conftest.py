"""The living page on a small site of its own, as strict as the real one."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.serving import make_server

from assessor.web import headers
from assessor.web.style import blueprint


@pytest.fixture(scope="session")
def style_app() -> Flask:
    """A site that has the look, the security headers, and nothing else."""
    app = Flask("assessor", template_folder="web/templates", static_folder=None)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    headers.install(app)
    app.register_blueprint(blueprint)

    @app.context_processor
    def frame() -> dict[str, Any]:
        sections = ("Scorecards", "Plan", "Mapping", "Instruments", "Waves", "Accounts")
        return {
            "site_library": {"name": "Riverbend University Library", "logo_url": None},
            "nav_items": [
                {"label": name, "href": "/style", "current": name == "Plan"} for name in sections
            ],
            "current_account": {"name": "Ada Okafor", "email": "ada@riverbend.example"},
            "account_links": [{"label": "Your account", "href": "/style"}],
            "sign_out_url": "/style",
        }

    return app


@pytest.fixture(scope="session")
def style_site(style_app: Flask) -> Iterator[str]:
    """The address of that site, served on a free port."""
    server = make_server("127.0.0.1", 0, style_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
