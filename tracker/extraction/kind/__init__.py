"""tracker/extraction/kind."""
