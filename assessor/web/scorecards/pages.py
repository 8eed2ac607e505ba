"""Pages of the feature “scorecards”."""

from flask import Blueprint

blueprint = Blueprint("scorecards", __name__, template_folder="templates")
