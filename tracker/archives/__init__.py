"""tracker/archives."""
