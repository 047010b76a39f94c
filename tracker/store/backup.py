"""Backups: a consistent copy of a store as one SQLite file, made while others write, and a store made from a copy."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlalchemy as sa

from tracker.store.database import StoreError, articles, meta, reason, reviews, schema
from tracker.store.store import Store

ROWS_AT_A_TIME = 1000


def backup(store: Store, path: Path) -> None:
    """Write the store to an SQLite file, which is there in full or not at all; an older backup is replaced.

    StoreError where that cannot be done, and where the path is that of the store itself or of something else.
    """
    if path.exists():
        if path.is_file() and Path(store.name).exists() and path.samefile(store.name):
            raise StoreError(str(path), "is the store itself: name another file")
        Store.open(path, create=False).close()  # only an older backup may be replaced
    with _whole(path) as unfinished:
        if store.is_sqlite:
            with store.snapshot() as connection:
                _copy_pages(connection, unfinished)
        else:
            with Store.open(unfinished) as new:
                copy_rows(store, new)
            _in_one_file(unfinished)


def restore(path: Path, store: Store) -> None:
    """Put all that a backup holds into an empty store, on whatever database; StoreError where it is not empty."""
    with Store.open(path, create=False) as source:
        copy_rows(source, store)


def copy_rows(source: Store, target: Store) -> None:
    """Copy every row of a store into an empty one, all or none, as they are at one moment."""
    with source.snapshot() as reading, target.writing() as writing:
        if writing.execute(sa.select(articles.c.id)).first() is not None:
            raise StoreError(target.name, "is not empty: a backup goes into a new store only")
        writing.execute(sa.delete(meta))
        for table in schema.sorted_tables:
            rows = reading.execute(sa.select(table).execution_options(yield_per=ROWS_AT_A_TIME))
            for part in rows.mappings().partitions():
                writing.execute(sa.insert(table), [dict(row) for row in part])
        if not target.is_sqlite:  # which gives numbers of its own, and has not been told of these
            last = sa.select(sa.func.max(reviews.c.number)).scalar_subquery()
            writing.execute(
                sa.select(sa.func.setval("reviews_number_seq", sa.func.coalesce(last, 1), last.is_not(None)))
            )


def _copy_pages(connection: sa.Connection, path: Path) -> None:
    """SQLite's own way: all pages at one go, which writers need not wait for (they write to the log meanwhile)."""
    source = connection.connection.driver_connection
    assert isinstance(source, sqlite3.Connection)
    with closing(sqlite3.connect(path)) as target:
        source.backup(target)
    _in_one_file(path)


def _in_one_file(path: Path) -> None:
    """Have all of it in the one file, with no log beside it, and see that it is whole."""
    with closing(sqlite3.connect(path)) as target:
        target.execute("PRAGMA journal_mode = DELETE")
        (found,) = target.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise StoreError(str(path), f"is damaged ({found})")


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield unfinished
        unfinished.replace(path)
    except (OSError, sqlite3.Error) as error:
        what = error.strerror if isinstance(error, OSError) and error.strerror else reason(error)
        raise StoreError(str(path), f"cannot be written: {what}") from error
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            unfinished.with_name(unfinished.name + end).unlink(missing_ok=True)
