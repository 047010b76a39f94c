"""tracker/extraction/when."""
