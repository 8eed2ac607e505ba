"""Every feature of the site, one folder each; adding one is a row here."""

from importlib import import_module

from flask import Blueprint

FEATURES = (
    "start.pages",
    "accounts.pages",
    "plans.pages",
    "mapping.pages",
    "instruments.pages",
    "waves.pages",
    "respond.pages",
    "scorecards.pages",
    "style.pages",
)


def features() -> tuple[Blueprint, ...]:
    """The blueprint of every feature, in the order above."""
    return tuple(import_module(f"assessor.web.{name}").blueprint for name in FEATURES)
