"""The coverage matrix: which element is measured how, and which is not."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from assessor.web.access import current_library_id, requires
from assessor.web.chosen_plan import chosen_plan
from assessor.web.mapping.frame import blueprint

__all__ = ["blueprint"]


@blueprint.get("/")
@requires("leadership")
def index() -> ResponseReturnValue:
    """The matrix of the plan in force; without a plan, the way to one."""
    stored = chosen_plan(current_library_id())
    if stored is None:
        return render_template("mapping/empty.html")
    return render_template("mapping/empty.html")


@blueprint.get("/elements/<code>")
@requires("leadership")
def element(code: str) -> ResponseReturnValue:
    """What measures one element, and the weights of its parts."""
    abort(404)
