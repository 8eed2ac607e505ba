"""The living page of the visual language: every component in every state."""

from assessor.web.style.pages import blueprint

__all__ = ["blueprint"]
