"""The blueprint that every page of plans belongs to."""

from flask import Blueprint

from assessor.web.access import may

blueprint = Blueprint("plans", __name__, template_folder="templates", url_prefix="/plans")


@blueprint.context_processor
def rights() -> dict[str, object]:
    """Lets templates ask what the person at hand may do."""
    return {"may": may}
