"""The pages, one module each with `layout(data, search)` and `register(app, data)`: see dashboard/site.py."""
