"""Reviews as rows that are appended and never changed, and the state of a figure that follows from them.

A review keeps the words that it was made on, and the state of the figure after it. It is in force until it is undone;
the last one in force decides. It applies to a figure with the same id and the same words. If the article has other
words now, nobody has decided on those yet, and the review is an orphan.
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

    `figure` and `quote` are the words it was made on. `changes` has the values before and after of each changed
    column. `state` is the figure after it (STATE). `undoes` is the id of the review that it takes back. `at` is an ISO
    time in UTC.
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
    """The reviews of some figures (None: of all) by figure_id, in the order in which they were made."""
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
    """The reviews of the figures of some articles, in the form of `history`; at most ASKED_AT_ONCE articles."""
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
    """The review in force: the last one that is not undone; None where there is none."""
    undone = {review.undoes for review in made}
    left = [review for review in made if review.action != Action.UNDO and review.id not in undone]
    return left[-1] if left else None


def decided(row: Row, made: Sequence[Review]) -> Row | None:
    """A row as the rules found it, changed by the review in force; None where no review is about these words."""
    last = standing(made)
    if last is None or last.figure != row["figure"]:
        return None
    return row | {name: value for name, value in last.state.items() if name in STATE}


def keep_extracted(connection: sa.Connection, rows: Iterable[Row]) -> None:
    """Keep the rows of reviewed figures as the rules found them."""
    kept = [{"figure_id": row["figure_id"], "article_id": row["article_id"], "row": row} for row in rows]
    if kept:
        ids = [row["figure_id"] for row in kept]
        connection.execute(sa.delete(extracted).where(extracted.c.figure_id.in_(ids)))
        connection.execute(sa.insert(extracted), kept)


def extracted_row(connection: sa.Connection, figure_id: str) -> Row | None:
    """The row of a reviewed figure as the rules found it; None where no review is in force."""
    found = connection.execute(sa.select(extracted.c.row).where(extracted.c.figure_id == figure_id))
    row: Row | None = found.scalar_one_or_none()
    return row


def stored_row(connection: sa.Connection, figure_id: str) -> Row | None:
    """The row of a figure as it is shown. It is locked for the rest of the transaction."""
    locked = sa.select(figures).where(figures.c.figure_id == figure_id).with_for_update()
    row = connection.execute(locked).one_or_none()
    return dict(row._mapping) if row else None
