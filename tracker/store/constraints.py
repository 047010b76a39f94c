"""Check constraints of the table of figures: known words, possible numbers. The database enforces them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import sqlalchemy as sa

from tracker.timelines.schema import WORDS

FIELDS = ("title", "text")

WORDS_OF_FIGURES: dict[str, Collection[str]] = {"field": FIELDS} | {name: tuple(kind) for name, kind in WORDS.items()}
"""The columns of a figure that hold one of a few words."""

NEVER_EMPTY = frozenset({*WORDS_OF_FIGURES, "start", "end", "figure", "quote", "rule"} - {"date_precision"})
"""The columns of a figure that always hold something."""

RANGES_OF_FIGURES = {
    "start_counts": '"start" >= 0',
    "end_after_start": '"end" > "start"',
    "value_counts": "value >= 0",
    "low_counts": "low >= 0",
    "low_to_best": "low <= best",
    "low_to_high": "low <= high",
    "best_to_high": "best <= high",
    "confidence_range": "confidence >= 0 AND confidence <= 1",
    "part_of_another": "part_of <> figure_id",
}
"""Between the numbers of a figure; an empty one breaks nothing."""


def one_of(column: str, words: Collection[str]) -> sa.CheckConstraint:
    """The constraint that a column holds one of the words, or NULL."""
    listed = ", ".join(f"'{word}'" for word in words)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=f"{column}_is_known")


def checks_of_figures() -> Iterator[sa.CheckConstraint]:
    """All constraints on the row of a figure."""
    for column, words in WORDS_OF_FIGURES.items():
        yield one_of(column, words)
    for name, condition in RANGES_OF_FIGURES.items():
        yield sa.CheckConstraint(condition, name=name)
