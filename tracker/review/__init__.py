"""Reviews: people accept, correct and reject figures, and undo it.

In: decisions on figures of a store (`Decision`), or a file of reviews from another store. Out: the history of each
figure, and review files. The rows themselves are in tracker.store.decisions, because storing articles needs them too.
"""
