"""Pages of the feature “scorecards”."""
