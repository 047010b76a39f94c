"""The database below the store: its tables, and how one is opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.pool import StaticPool

from tracker.model import COLUMNS, TrackerError

SCHEMA_VERSION = 3
BUSY_TIMEOUT = 30.0  # seconds that a writer waits for another one before it gives up
IN_MEMORY = ":memory:"

FROM_ARTICLE = ("publisher", "published", "title", "url", "language")
"""Columns of a figure that are those of its article, and are kept there only."""

WHOLE_NUMBERS = ("start", "end", "value", "low", "best", "high")

schema = sa.MetaData()

meta = sa.Table(
    "meta",
    schema,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.BigInteger, nullable=False),
)
articles = sa.Table(
    "articles",
    schema,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("published", sa.Text),
    sa.Column("publisher", sa.Text, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("content", sa.Text, nullable=False),  # hash of all of the above: tells whether it changed
)
ingests = sa.Table(
    "ingests",
    schema,
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("path", sa.Text, primary_key=True),
    sa.Column("first_seen", sa.DateTime, nullable=False, server_default=sa.func.current_timestamp()),
)


def _figure_column(name: str) -> sa.Column[Any]:
    if name == "figure_id":
        return sa.Column(name, sa.Text, primary_key=True)
    if name == "article_id":
        return sa.Column(name, sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True)
    if name == "confidence":
        return sa.Column(name, sa.Double, nullable=False)
    return sa.Column(name, sa.BigInteger if name in WHOLE_NUMBERS else sa.Text)


figures = sa.Table(
    "figures",
    schema,
    *(_figure_column(name) for name in COLUMNS if name not in FROM_ARTICLE),
    sa.Column("conflict_reason", sa.Text),  # why it belongs to its conflict, or to none; empty where a table said so
)
sketches = sa.Table(  # of the articles that have a text: what near-identical ones are told by (see tracker.copies)
    "sketches",
    schema,
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("shingles", sa.Integer, nullable=False),
    sa.Column("sketch", sa.LargeBinary, nullable=False),
)
reviews = sa.Table(  # what people decided, appended and never changed: see tracker.decisions
    "reviews",
    schema,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("figure_id", sa.Text, nullable=False, index=True),  # no foreign key: a review outlives its figure
    sa.Column("article_id", sa.Text, nullable=False, index=True),
    sa.Column("figure", sa.Text, nullable=False),
    sa.Column("quote", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("undoes", sa.Text),
    sa.Column("changes", sa.JSON, nullable=False),
    sa.Column("state", sa.JSON, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("reviewer", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sqlite_autoincrement=True,  # a number is never given twice
)
extracted = sa.Table(  # of the figures that a person decided on: the row as the rules made it last
    "extracted",
    schema,
    sa.Column("figure_id", sa.Text, primary_key=True),
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("row", sa.JSON, nullable=False),
)


class StoreError(TrackerError):
    """A store cannot be opened, read or written: which one, and why."""

    def __init__(self, store: str, what: str) -> None:
        self.store, self.what = store, what
        super().__init__(f"{store}: {what}")


def default_path() -> str:
    """Where the user's own store lies when none is named."""
    from platformdirs import user_data_dir

    return str(Path(user_data_dir("casualty-tracker", appauthor=False)) / "tracker.db")


def url_of(db: str) -> sa.URL:
    """The address of a store named by a file path or a database URL; StoreError where that is not understood."""
    if "://" not in db:
        return sa.URL.create("sqlite", database=db if db == IN_MEMORY else str(Path(db).expanduser()))
    try:
        return sa.make_url(db)
    except (exc.ArgumentError, ValueError) as error:
        shown = db.partition("://")[0] + "://…"  # the rest may hold a password
        raise StoreError(shown, "is not a database URL") from error


def file_of(url: sa.URL) -> Path | None:
    """The file of an SQLite store, None where it has none."""
    if url.get_backend_name() != "sqlite" or url.database in (None, "", IN_MEMORY):
        return None
    return Path(str(url.database))


def engine_of(url: sa.URL) -> sa.Engine:
    """What connects to the database; for SQLite with transactions, foreign keys and write-ahead log set up."""
    try:
        if url.get_backend_name() != "sqlite":
            return sa.create_engine(url)
        options: dict[str, Any] = {"connect_args": {"timeout": BUSY_TIMEOUT, "check_same_thread": False}}
        if file_of(url) is None:
            options["poolclass"] = StaticPool
        engine = sa.create_engine(url, **options)
    except (exc.ArgumentError, ImportError) as error:
        raise StoreError(url.render_as_string(hide_password=True), f"cannot be opened: {error}") from error
    sa.event.listen(engine, "connect", _set_up_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # sqlite3 begins no transactions of its own accord: _begin_sqlite does
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    # A transaction that reads first and writes later fails at once when another process has written meanwhile,
    # whatever the timeout; so writers take their turn at the start.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def new_revision(connection: sa.Connection, steps: int = 1) -> None:
    """Say that articles or figures have changed: see Store.revision. Each review is one step."""
    connection.execute(sa.update(meta).where(meta.c.name == "revision").values(value=meta.c.value + steps))


def reason(error: Exception) -> str:
    """What a database error says, on one line."""
    words = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
    if "not a database" in words or "malformed" in words:
        return f"is no store of the tracker ({words})"
    return words
