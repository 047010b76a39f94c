"""The database of the store: its tables, and how a connection is opened."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.pool import StaticPool

from tracker.model import COLUMNS, TrackerError
from tracker.store.constraints import NEVER_EMPTY, checks_of_figures, one_of

SCHEMA_VERSION = 4
BUSY_TIMEOUT = 30.0  # seconds that a writer waits for another one; `?timeout=` in a URL overrides it
CONNECT_TIMEOUT = 10  # seconds that a server has to accept a connection
WRITERS_TURN = 0x7C45A17E  # the advisory lock that writers of a store take in PostgreSQL
IN_MEMORY = ":memory:"

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


def default_path() -> str:
    """The place of the user's own store, which is used when none is named."""
    from platformdirs import user_data_dir

    return str(Path(user_data_dir("casualty-tracker", appauthor=False)) / "tracker.db")


def url_of(db: str) -> sa.URL:
    """The SQLAlchemy URL of a store that is named by a file path or a database URL; StoreError for anything else."""
    if "://" not in db:
        return sa.URL.create("sqlite", database=db if db == IN_MEMORY else str(Path(db).expanduser()))
    try:
        return sa.make_url(db)
    except (exc.ArgumentError, ValueError) as error:
        shown = db.partition("://")[0] + "://…"  # the rest may hold a password
        raise StoreError(shown, "is not a database URL") from error


def file_of(url: sa.URL) -> Path | None:
    """The file of an SQLite store; None for a store without a file."""
    if url.get_backend_name() != "sqlite" or url.database in (None, "", IN_MEMORY):
        return None
    name = str(url.database)
    return Path(unquote(name.removeprefix("file:").partition("?")[0])) if name.startswith("file:") else Path(name)


def engine_of(url: sa.URL) -> sa.Engine:
    """An engine for the database, whose transactions are set up so that writers take turns."""
    try:
        if url.get_backend_name() == "sqlite":
            return _sqlite_engine(url)
        engine = sa.create_engine(url, **_options_of_server(url))
    except (exc.ArgumentError, ImportError) as error:
        raise StoreError(url.render_as_string(hide_password=True), f"cannot be opened: {error}") from error
    if url.get_backend_name() == "postgresql":
        sa.event.listen(engine, "begin", _begin_postgresql)
    return engine


def _sqlite_engine(url: sa.URL) -> sa.Engine:
    arguments: dict[str, Any] = {"check_same_thread": False}
    if "timeout" not in url.query:
        arguments["timeout"] = BUSY_TIMEOUT
    options: dict[str, Any] = {"connect_args": arguments}
    file = file_of(url)
    if file is None:
        options["poolclass"] = StaticPool
    elif _on_read_only_disk(file):
        # nobody can write there, so no log of writes need be kept beside it, for which there would be no place
        query = {**url.query, "immutable": "1", "uri": "true"}
        url = url.set(database=f"file:{quote(str(file.absolute()))}", query=query)
    engine = sa.create_engine(url, **options)
    sa.event.listen(engine, "connect", _set_up_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _on_read_only_disk(file: Path) -> bool:
    if not hasattr(os, "statvfs") or not file.is_file():
        return False
    return bool(os.statvfs(file).f_flag & os.ST_RDONLY)


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # sqlite3 begins no transactions itself: _begin_sqlite does
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    # A transaction that reads first and writes later fails at once if another process has written in between,
    # whatever the timeout. So writers take the lock at the start.
    options = connection.get_execution_options()
    if options.get("rebuilds"):  # replacing a table must not delete the rows that refer to it
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")


def _options_of_server(url: sa.URL) -> dict[str, Any]:
    if url.get_backend_name() != "postgresql":
        return {}
    asked = {} if "connect_timeout" in url.query else {"connect_timeout": CONNECT_TIMEOUT}
    # times are kept in UTC, as in SQLite; a connection that the server has closed is replaced
    return {"connect_args": {"options": "-c timezone=UTC", **asked}, "pool_pre_ping": True}


def _begin_postgresql(connection: sa.Connection) -> None:
    # Writers take turns as in SQLite: each looks up what is there and writes before the next one begins.
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY_TIMEOUT:g}s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS_TURN})")


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


def new_revision(connection: sa.Connection, steps: int = 1) -> None:
    """Increase the revision (see Store.revision), because articles or figures changed. Each review is one step."""
    connection.execute(sa.update(meta).where(meta.c.name == "revision").values(value=meta.c.value + steps))


def reason(error: Exception) -> str:
    """The message of a database error, on one line."""
    words = (str(getattr(error, "orig", None) or error).strip() or type(error).__name__).splitlines()[0]
    for said, meaning in SAID.items():
        if said in words:
            return meaning.format(words)
    return words
