"""tracker/extraction/who."""
