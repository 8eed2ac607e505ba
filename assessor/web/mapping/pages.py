"""Pages of the feature “mapping”."""

from flask import Blueprint

blueprint = Blueprint("mapping", __name__, template_folder="templates")
