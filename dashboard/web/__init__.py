"""dashboard/web."""
