"""The parts that pages are put together from, one module each.

In: the Data of a store and the view (what is in the address). Out: components by `layout()`, and callbacks by
`register(app, data)`.
"""
