"""The pages, one module each: `layout(data, search)` and `register(app, data)`.

In: the Data of a store and the address. Out: the components of the page, and its callbacks. dashboard/site.py lists
the pages.
"""
