"""Rows, and the queries that turn them into the product's own values.

Nothing here commits: a transaction is opened by an action, and only actions commit.
"""
