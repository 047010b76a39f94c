"""The dashboard: the timeline in a browser, with the evidence behind every figure.

In: a store and official datasets. Out: a Dash app on 127.0.0.1, and the same data by plain HTTP. `pages` are put
together from `panels`, panels draw `charts`; `view` holds what is in view, `look` how it looks, `web` serves it.
"""
