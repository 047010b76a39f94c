"""The charts. In: a table and a Theme. Out: a plotly figure. Pure functions: no page, no store, no callback."""
