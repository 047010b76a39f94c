"""Attribution: the context of a sentence goes in, the sources that it names come out.

`bodies.py` finds where the names of speaking bodies begin and end, `names.py` gives a name its normalised form and
type, `attribution.py` finds who speaks in a sentence, and `headlines.py` who signs a headline.
"""
