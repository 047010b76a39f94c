"""tracker/sandbox."""
