"""The blueprint that every page of waves belongs to."""

from flask import Blueprint

blueprint = Blueprint("waves", __name__, template_folder="templates", url_prefix="/waves")
