"""dashboard/look."""
