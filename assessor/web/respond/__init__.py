"""Pages of the feature “respond”."""
