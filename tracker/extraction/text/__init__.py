"""Text processing: the text of a field goes in, sentences with their tokens come out.

Each token carries what the lexicon knows of it. `prefilter.py` tells cheaply which phrases a sentence cannot hold.
"""
