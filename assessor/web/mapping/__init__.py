"""Pages of the feature “mapping”."""
