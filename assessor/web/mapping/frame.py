"""The blueprint that every page of the mapping belongs to."""

from flask import Blueprint

from assessor.web.access import may

blueprint = Blueprint("mapping", __name__, template_folder="templates", url_prefix="/mapping")


@blueprint.context_processor
def rights() -> dict[str, object]:
    """Lets templates ask what the person at hand may do."""
    return {"may": may}
