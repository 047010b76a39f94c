"""dashboard/view."""
