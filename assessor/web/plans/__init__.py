"""Pages of the feature “plans”."""
