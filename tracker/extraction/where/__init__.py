"""Places: the context of a sentence goes in, place phrases with their countries come out.

`names.py` looks names up in the gazetteer, `patterns.py` and `kinds.py` classify tokens, `places.py` reads the phrases,
`place.py` chooses the place of a figure, and `countries.py` counts the countries an article names.
"""
