"""tracker/store."""
