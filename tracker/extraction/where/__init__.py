"""tracker/extraction/where."""
