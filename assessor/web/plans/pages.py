"""Pages of the feature “plans”."""

from flask import Blueprint

blueprint = Blueprint("plans", __name__, template_folder="templates")
