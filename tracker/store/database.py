"""The tables of the store, and what the errors of its database mean."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.model import COLUMNS, TrackerError
from tracker.store.constraints import NEVER_EMPTY, checks_of_figures, one_of

SCHEMA_VERSION = 5

FROM_ARTICLE = ("publisher", "published", "title", "url", "language")
"""Columns of a figure that are those of its article, and are kept there only."""

WHOLE_NUMBERS = ("start", "end", "value", "low", "best", "high")

DUPLICATES = ("address", "text", "near")
"""What two articles have in common: their address, their whole text, or most of it."""

Words = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
"""Text that is ordered by code points on every database, so that all of them give the same order."""

schema = sa.MetaData()

meta = sa.Table(
    "meta",
    schema,
    sa.Column("name", Words, primary_key=True),
    sa.Column("value", sa.BigInteger, nullable=False),
)
articles = sa.Table(
    "articles",
    schema,
    sa.Column("id", Words, primary_key=True),
    sa.Column("title", Words, nullable=False),
    sa.Column("text", Words, nullable=False),
    sa.Column("published", Words),
    sa.Column("publisher", Words, nullable=False),
    sa.Column("url", Words, nullable=False),
    sa.Column("language", Words, nullable=False),
    sa.Column("content", Words, nullable=False),  # hash of all columns above; it shows whether the article changed
    sa.Column("address", Words, nullable=False, server_default=""),  # the normalised url, by which duplicates are found
    sa.Column("rules", Words),  # the rules that found its figures (tracker.knowledge.rules); empty where unknown
)
ingests = sa.Table(
    "ingests",
    schema,
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("path", Words, primary_key=True),
    sa.Column("first_seen", sa.DateTime, nullable=False, server_default=sa.func.current_timestamp()),
)


def _figure_column(name: str) -> sa.Column[Any]:
    if name == "figure_id":
        return sa.Column(name, Words, primary_key=True)
    if name == "article_id":
        return sa.Column(name, sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True)
    if name == "confidence":
        return sa.Column(name, sa.Double, nullable=False)
    return sa.Column(name, sa.BigInteger if name in WHOLE_NUMBERS else Words, nullable=name not in NEVER_EMPTY)


figures = sa.Table(
    "figures",
    schema,
    *(_figure_column(name) for name in COLUMNS if name not in FROM_ARTICLE),
    sa.Column("conflict_reason", Words),  # why it belongs to its conflict, or to none; empty for figures from tables
    *checks_of_figures(),
)
# One sketch per article with a text, by which near-identical articles are found (tracker.store.near_duplicates).
sketches = sa.Table(
    "sketches",
    schema,
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("shingles", sa.Integer, nullable=False),
    sa.Column("sketch", sa.LargeBinary, nullable=False),
)
reviews = sa.Table(  # decisions of people, appended and never changed: see tracker.store.decisions
    "reviews",
    schema,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", Words, nullable=False, unique=True),
    sa.Column("figure_id", Words, nullable=False, index=True),  # no foreign key, because a review outlives its figure
    sa.Column("article_id", Words, nullable=False, index=True),
    sa.Column("figure", Words, nullable=False),
    sa.Column("quote", Words, nullable=False),
    sa.Column("action", Words, nullable=False),
    sa.Column("undoes", Words),
    sa.Column("changes", sa.JSON, nullable=False),
    sa.Column("state", sa.JSON, nullable=False),
    sa.Column("note", Words, nullable=False),
    sa.Column("reviewer", Words, nullable=False),
    sa.Column("at", Words, nullable=False),
    sqlite_autoincrement=True,  # a number is never used twice
)
extracted = sa.Table(  # for each reviewed figure the row as the rules last found it
    "extracted",
    schema,
    sa.Column("figure_id", Words, primary_key=True),
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("row", sa.JSON, nullable=False),
)

stamps = sa.Table(  # a number that is another one after each change of an article or its figures: tracker.store.stamps
    "stamps",
    schema,
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("stamp", sa.BigInteger, nullable=False, index=True),
)
duplicates = sa.Table(  # articles that another one represents (see tracker.store.duplicates)
    "duplicates",
    schema,
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("original", sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("kind", Words, nullable=False),
    one_of("kind", DUPLICATES),
    sa.CheckConstraint("article_id <> original", name="duplicate_of_another"),
)
failures = sa.Table(  # inputs that could not be read or stored (see tracker.store.failures)
    "failures",
    schema,
    sa.Column("id", Words, primary_key=True),  # a hash of the next three columns, which may be too long for an index
    sa.Column("path", Words, nullable=False),
    sa.Column("line", sa.BigInteger, nullable=False),  # 0 where there is none
    sa.Column("article_id", Words, nullable=False),  # "" where unknown
    sa.Column("what", Words, nullable=False),
    sa.Column("given", Words, nullable=False),  # the argument of `tracker add`, from which it can be read again
    sa.Column("times", sa.Integer, nullable=False),
    sa.Column("first_failed", sa.DateTime, nullable=False, server_default=sa.func.current_timestamp()),
    sa.Column("last_failed", sa.DateTime, nullable=False, server_default=sa.func.current_timestamp()),
)


class StoreError(TrackerError):
    """A store cannot be opened, read or written. The message names the store and the reason."""

    def __init__(self, store: str, what: str) -> None:
        self.store, self.what = store, what
        super().__init__(f"{store}: {what}")


SAID = {
    "not a database": "is no store of the tracker ({})",
    "malformed": "is damaged ({}): `tracker check` says where; a backup can take its place",
    "is locked": "is being written by another process, which did not end in time ({})",
    "lock timeout": "is being written by another process, which did not end in time ({})",
    "is full": "cannot be written: the disk is full",
    "No space left": "cannot be written: the disk is full",
    "readonly": "is read-only",
    "read-only": "is read-only",
    "disk I/O": "cannot be read or written ({})",
}
"""What databases say, and what it means."""


def reason(error: Exception) -> str:
    """The message of a database error, on one line."""
    words = (str(getattr(error, "orig", None) or error).strip() or type(error).__name__).splitlines()[0]
    for said, meaning in SAID.items():
        if said in words:
            return meaning.format(words)
    return words
