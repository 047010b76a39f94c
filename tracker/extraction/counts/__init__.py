"""tracker/extraction/counts."""
