"""tracker/cli."""
