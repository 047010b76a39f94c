"""Casualty figures out of news articles: every figure with its source, date, place and exact quotation."""
