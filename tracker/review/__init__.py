"""tracker/review."""
