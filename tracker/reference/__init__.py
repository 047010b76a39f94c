"""Official datasets as they are published, read into running totals and laid beside the reports."""
