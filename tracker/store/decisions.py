"""What people decided on figures, as rows that are appended and never changed, and what follows from them.

A review keeps the words that it was made on, and the state of the figure after it. It stands as long as it is not
undone; the last one that stands decides. It holds for a figure that has the same id and the same words: where the
article says another number now, nobody has decided on that yet, and the review is an orphan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from tracker.store.database import extracted, figures, reviews

CORRECTABLE = (
    "value qualifier outcome source source_name source_type date date_precision period_start place country scope "
    "conflict victims victim_group cause"
).split()
"""The columns that a person may correct; of a range also `high`, its upper end."""

STATE = (*CORRECTABLE, "low", "best", "high", "status", "conflict_reason")
"""The columns that a review decides on."""

ASKED_AT_ONCE = 500

Row = dict[str, Any]


class Action(StrEnum):
    """What a person does with a figure."""

    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Review:
    """One decision. `number` grows within a store, `id` is the same in every store.

    `figure` and `quote` are the words it was made on; `changes` has before and after of each column that changed;
    `state` is what the figure is after it (STATE); `undoes` the id of the review that it takes back; `at` is UTC, ISO.
    """

    id: str
    figure_id: str
    article_id: str
    figure: str
    quote: str
    action: Action
    reviewer: str
    at: str
    note: str = ""
    undoes: str | None = None
    changes: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    state: Mapping[str, Any] = field(default_factory=dict)
    number: int = 0


def history(connection: sa.Connection, figure_ids: Iterable[str] | None = None) -> dict[str, list[Review]]:
    """The reviews of figures (of all where none are named) by figure_id, in the order in which they were made."""
    ordered = sa.select(reviews).order_by(reviews.c.at, reviews.c.number)
    if figure_ids is None:
        return _by_figure(connection.execute(ordered))
    ids = list(dict.fromkeys(figure_ids))
    found: dict[str, list[Review]] = {}
    for begin in range(0, len(ids), ASKED_AT_ONCE):
        part = ordered.where(reviews.c.figure_id.in_(ids[begin : begin + ASKED_AT_ONCE]))
        found |= _by_figure(connection.execute(part))
    return found


def of_articles(connection: sa.Connection, article_ids: Sequence[str]) -> dict[str, list[Review]]:
    """The reviews of the figures of some articles, as `history` has them; at most ASKED_AT_ONCE of them."""
    of_them = sa.select(reviews).where(reviews.c.article_id.in_(article_ids))
    return _by_figure(connection.execute(of_them.order_by(reviews.c.at, reviews.c.number)))


def _by_figure(rows: Iterable[sa.Row[Any]]) -> dict[str, list[Review]]:
    found: dict[str, list[Review]] = {}
    for row in rows:
        values = dict(row._mapping)
        review = Review(**values | {"action": Action(values["action"])})
        found.setdefault(review.figure_id, []).append(review)
    return found


def standing(made: Sequence[Review]) -> Review | None:
    """The review of a figure that decides what it is: the last one that is not undone; None where none stands."""
    undone = {review.undoes for review in made}
    left = [review for review in made if review.action != Action.UNDO and review.id not in undone]
    return left[-1] if left else None


def decided(row: Row, made: Sequence[Review]) -> Row | None:
    """A row as the rules made it, with what people decided on it; None where they decided nothing on these words."""
    last = standing(made)
    if last is None or last.figure != row["figure"]:
        return None
    return row | {name: value for name, value in last.state.items() if name in STATE}


def keep_extracted(connection: sa.Connection, rows: Iterable[Row]) -> None:
    """Keep the rows as the rules made them, of figures that are shown as people decided."""
    kept = [{"figure_id": row["figure_id"], "article_id": row["article_id"], "row": row} for row in rows]
    if kept:
        ids = [row["figure_id"] for row in kept]
        connection.execute(sa.delete(extracted).where(extracted.c.figure_id.in_(ids)))
        connection.execute(sa.insert(extracted), kept)


def extracted_row(connection: sa.Connection, figure_id: str) -> Row | None:
    """The row of a reviewed figure as the rules made it; None where no review stands."""
    found = connection.execute(sa.select(extracted.c.row).where(extracted.c.figure_id == figure_id))
    row: Row | None = found.scalar_one_or_none()
    return row


def stored_row(connection: sa.Connection, figure_id: str) -> Row | None:
    """The row of a figure as it is shown; for the rest of the transaction nobody else can change it."""
    locked = sa.select(figures).where(figures.c.figure_id == figure_id).with_for_update()
    row = connection.execute(locked).one_or_none()
    return dict(row._mapping) if row else None
