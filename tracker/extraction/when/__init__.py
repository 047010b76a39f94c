"""Dates: the text of a sentence and the date of its article go in, resolved date phrases come out.

`phrases.py` finds the phrases, `resolution.py` resolves them, and `dateline.py` reads the dateline of a wire story.
"""
