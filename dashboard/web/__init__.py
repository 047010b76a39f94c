"""Serving the dashboard: the HTTP server, access control, and the data API.

In: HTTP requests. Out: pages of the Dash app, or tables as CSV, JSON, JSON Lines and Excel (`/api`); or a refusal.
"""
