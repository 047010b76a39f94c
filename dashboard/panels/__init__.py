"""The parts of the page: each with `layout()` and `register(app, data)`."""
