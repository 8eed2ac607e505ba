"""Pages of the feature “respond”."""

from flask import Blueprint

blueprint = Blueprint("respond", __name__, template_folder="templates")
