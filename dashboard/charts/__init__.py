"""The charts: pure functions, a table becomes a plotly figure. No page, no store, no callback."""
