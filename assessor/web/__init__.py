"""The site: one folder a feature, and beside them what every feature shares.

The features never import one another; `app.py` puts them together.
"""
