"""The extraction engine: an article goes in, its casualty figures come out.

`text` cuts an article into sentences and tokens. `counts`, `who`, `when`, `where` and `kind` each answer one question
about a sentence. `extract.py` asks them for each mention and builds the figures. `conflicts.py` then assigns each
figure to a conflict. All words of a language come from `data/languages`, none from here.
"""
