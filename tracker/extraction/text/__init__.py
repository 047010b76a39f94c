"""tracker/extraction/text."""
