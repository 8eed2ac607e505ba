"""Assessor: how far a library's strategic plan has come, and how anyone knows."""

__version__ = "0.1.0"
