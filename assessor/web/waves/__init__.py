"""Pages of the feature “waves”."""
