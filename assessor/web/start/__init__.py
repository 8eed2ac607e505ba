"""Pages of the feature “start”."""
