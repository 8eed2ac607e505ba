"""The blueprint that every page of instruments belongs to."""

from flask import Blueprint

blueprint = Blueprint(
    "instruments", __name__, template_folder="templates", url_prefix="/instruments"
)
