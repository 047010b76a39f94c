"""Counts: the tokens of a sentence go in, mentions (a number of people and what happened to them) come out.

`numbers.py` and `noun_phrases.py` read the counted phrases, `items.py` turns the sentence into tagged items,
`mentions.py` runs the patterns over them, and `facts.py` drops mentions that state no fact.
"""
