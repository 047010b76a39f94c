"""Connections to the database of a store: which one is meant, and how it is opened for writing or for reading only."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.pool import StaticPool

from tracker.store.database import StoreError

BUSY_TIMEOUT = 30.0  # seconds that a writer waits for another one; `?timeout=` in a URL overrides it
CONNECT_TIMEOUT = 10  # seconds that a server has to accept a connection
WRITERS_TURN = 0x7C45A17E  # the advisory lock that writers of a store take in PostgreSQL
IN_MEMORY = ":memory:"

LOG, INDEX_OF_LOG = "-wal", "-shm"
"""What SQLite adds to the name of a store for its write-ahead log, and for the index of that log."""


def default_path() -> str:
    """The place of the user's own store, which is used when none is named."""
    from platformdirs import user_data_dir

    return str(Path(user_data_dir("casualty-tracker", appauthor=False)) / "tracker.db")


def named(db: str | Path | None) -> sa.URL:
    """The SQLAlchemy URL of the store that is named; with None that of TRACKER_DB, else of the user's own store.

    StoreError for an empty name: it comes from an unset variable, and must not mean the user's own store.
    """
    if db is None:
        return url_of(os.environ.get("TRACKER_DB") or default_path())
    if not str(db).strip():
        raise StoreError("the store", "its name is empty: leave --db out for your own store, or name a file or a URL")
    return url_of(str(db))


def url_of(db: str) -> sa.URL:
    """The SQLAlchemy URL of a store that is named by a file path or a database URL; StoreError for anything else."""
    if "\0" in db:
        raise StoreError(db.replace("\0", "\ufffd"), "is not a name of a file")
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


def has_log(file: Path) -> bool:
    """Whether there is a log with something in it beside a store."""
    return beside(file, LOG).exists() and beside(file, LOG).stat().st_size > 0


def beside(file: Path, end: str) -> Path:
    """The file that SQLite keeps beside a store: LOG or INDEX_OF_LOG."""
    return file.with_name(file.name + end)


def engine_of(url: sa.URL, *, read_only: bool = False) -> sa.Engine:
    """An engine for the database, whose transactions are set up so that writers take turns.

    One that is `read_only` changes nothing: no row, no setting of the file, and it makes no file that is not there.
    """
    try:
        if url.get_backend_name() == "sqlite":
            return _sqlite_engine(url, read_only=read_only)
        engine = sa.create_engine(url, **_options_of_server(url, read_only=read_only))
    except (exc.ArgumentError, ImportError) as error:
        raise StoreError(url.render_as_string(hide_password=True), f"cannot be opened: {error}") from error
    if url.get_backend_name() == "postgresql":
        sa.event.listen(engine, "begin", _begin_postgresql)
    return engine


def _sqlite_engine(url: sa.URL, *, read_only: bool) -> sa.Engine:
    arguments: dict[str, Any] = {"check_same_thread": False}
    if "timeout" not in url.query:
        arguments["timeout"] = BUSY_TIMEOUT
    options: dict[str, Any] = {"connect_args": arguments}
    file = file_of(url)
    if file is None:
        options["poolclass"], read_only = StaticPool, False
    elif _cannot_change(file):
        # nobody can write there, so the log that readers and writers share is not needed, and there is no place for it
        url = _with_query(url, file, immutable="1")
    elif read_only:
        url = _with_query(url, file, mode="ro")
    engine = sa.create_engine(url, **options)
    sa.event.listen(engine, "connect", _set_up_for_reading if read_only else _set_up_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _with_query(url: sa.URL, file: Path, **options: str) -> sa.URL:
    return url.set(database=f"file:{quote(str(file.absolute()))}", query={**url.query, **options, "uri": "true"})


def _cannot_change(file: Path) -> bool:
    """Whether the files beside a store cannot be made: on a disk that is mounted read-only, in somebody else's folder.

    In the second case its owner may write there, and has then made a log, by which the store is read as usual.
    """
    if not hasattr(os, "statvfs") or not file.is_file():
        return False
    return bool(os.statvfs(file).f_flag & os.ST_RDONLY) or not (os.access(file.parent, os.W_OK) or has_log(file))


def _set_up_for_reading(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # sqlite3 begins no transactions itself: _begin_sqlite does


def _set_up_sqlite(connection: Any, record: object) -> None:
    _set_up_for_reading(connection, record)
    for pragma in ("synchronous = NORMAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    # A transaction that reads first and writes later fails at once if another process has written in between,
    # whatever the timeout. So writers take the lock at the start.
    options = connection.get_execution_options()
    if options.get("rebuilds"):  # replacing a table must not delete the rows that refer to it
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    if options.get("writes"):  # who only reads does not change how the file is written
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")


def _options_of_server(url: sa.URL, *, read_only: bool) -> dict[str, Any]:
    if url.get_backend_name() != "postgresql":
        return {}
    # Times are kept in UTC, as in SQLite. Without the encoding, a database in SQL_ASCII would answer in bytes.
    settings = "-c timezone=UTC -c client_encoding=UTF8"
    if read_only:
        settings += " -c default_transaction_read_only=on"
    asked = {} if "connect_timeout" in url.query else {"connect_timeout": CONNECT_TIMEOUT}
    # a connection that the server has closed is replaced
    return {"connect_args": {"options": settings, **asked}, "pool_pre_ping": True}


def _begin_postgresql(connection: sa.Connection) -> None:
    # Writers take turns as in SQLite: each looks up what is there and writes before the next one begins.
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY_TIMEOUT:g}s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS_TURN})")
