"""How the dashboard looks: ids of components, colours of sources, theme of charts, wording.

In: figures and names. Out: colours, texts and ids for panels and charts. It knows no page and no store.
"""
