"""Pages of the feature “instruments”."""

from flask import Blueprint

blueprint = Blueprint("instruments", __name__, template_folder="templates")
