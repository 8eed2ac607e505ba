"""Pages of the feature “waves”."""

from flask import Blueprint

blueprint = Blueprint("waves", __name__, template_folder="templates")
