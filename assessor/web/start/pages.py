"""Pages of the feature “start”."""

from flask import Blueprint

blueprint = Blueprint("start", __name__, template_folder="templates")
