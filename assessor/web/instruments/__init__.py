"""Pages of the feature “instruments”."""
