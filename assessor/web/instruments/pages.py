"""Instruments on the site: read one, see it as a patron does, publish it."""

from flask import render_template
from flask.typing import ResponseReturnValue

from assessor.store import documents
from assessor.web.access import current_library_id, requires
from assessor.web.instruments.frame import blueprint

__all__ = ["blueprint"]


@blueprint.get("/")
@requires("leadership")
def index() -> ResponseReturnValue:
    """Every instrument of the library."""
    found = documents.instruments(current_library_id())
    return render_template("instruments/index.html", instruments=found)
