"""Backups: a consistent copy of a store as one SQLite file, made while others write, and a store made from a copy."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import islice
from pathlib import Path

import sqlalchemy as sa

from tracker.atomic import Target, replacing
from tracker.store.check import Checked, problems
from tracker.store.database import StoreError, articles, meta, reason, reviews, schema
from tracker.store.mark import NAME as MARK
from tracker.store.opening import copy_pages, is_database
from tracker.store.store import Store

ROWS_AT_A_TIME = 1000
NAMED = 3  # problems of a copy that are named
WRITTEN_WITH_A_LOG = 2
"""What bytes 18 and 19 of a database say where it is written by way of a log, as stores are and backups are not."""


def backup(store: Store, path: Path, *, force: bool = False, anyway: bool = False) -> None:
    """Write the store to an SQLite file, which appears when it is complete and was checked.

    An older backup is replaced; any other store, only with `force`; what is no store, never. A copy that is damaged
    (tracker.store.check) is not kept, unless `anyway` is true and no file has that name yet. StoreError or TrackerError
    where nothing was written.
    """
    if path.exists() and Path(store.name).exists() and path.samefile(store.name):
        raise StoreError(str(path), "is the store itself: name another file")
    if anyway and path.exists():
        raise StoreError(str(path), "exists: a copy that may be damaged takes the place of no other file")
    with replacing(Target(path, "a backup", is_backup, force, database=True)) as unfinished:
        if force and path.is_file() and path.stat().st_size:
            is_backup(path)  # raises where it is no store
        try:
            _copy(store, unfinished)
        except (StoreError, sqlite3.Error) as error:
            raise StoreError(str(path), error.what if isinstance(error, StoreError) else reason(error)) from error
        if not anyway:
            _check(unfinished, path, store.lost)


def is_backup(path: Path) -> bool:
    """Whether an existing file is a backup: a store that nobody has written to since it was made."""
    if not is_database(path):
        raise StoreError(str(path), "is no store of the tracker: it is not replaced")
    with path.open("rb") as file:
        with_a_log = WRITTEN_WITH_A_LOG in file.read(20)[18:]
    Store.open(path, create=False, read_only=True).close()
    return not with_a_log


def restore(path: Path, store: Store) -> None:
    """Put all that a backup holds into an empty store, on whatever database; StoreError where it is not empty.

    The backup is not changed, also where it is of an older version.
    """
    with Store.open(path, create=False, read_only=True) as source:
        copy_rows(source, store)


def copy_rows(source: Store, target: Store) -> None:
    """Copy every row of a store into an empty one, all or none, as they are at one moment."""
    not_empty = StoreError(target.name, "is not empty: a backup goes into a new store only")
    if target.count_articles():
        raise not_empty
    with source.snapshot() as reading, target.writing() as writing:
        if writing.execute(sa.select(articles.c.id)).first() is not None:  # another process may have been faster
            raise not_empty
        writing.execute(sa.delete(meta).where(meta.c.name != MARK))
        for table in schema.sorted_tables:
            wanted = sa.select(table) if table is not meta else sa.select(table).where(meta.c.name != MARK)
            rows = reading.execute(wanted.execution_options(yield_per=ROWS_AT_A_TIME))
            for part in rows.mappings().partitions():
                writing.execute(sa.insert(table), [dict(row) for row in part])
        if not target.is_sqlite:  # its sequence of numbers does not know the copied ones
            last = sa.select(sa.func.max(reviews.c.number)).scalar_subquery()
            writing.execute(
                sa.select(sa.func.setval("reviews_number_seq", sa.func.coalesce(last, 1), last.is_not(None)))
            )


def _copy(store: Store, path: Path) -> None:
    if store.is_sqlite:
        copy_pages(store.engine, path)
    else:
        with Store.open(path) as new:
            copy_rows(store, new)
    _in_one_file(path)


def _in_one_file(path: Path) -> None:
    """Have all of it in the one file, with no log beside it."""
    with closing(sqlite3.connect(path)) as target:
        target.execute("PRAGMA journal_mode = DELETE")
        target.execute("UPDATE meta SET value = 0 WHERE name = ?", (MARK,))
        target.commit()


def _check(copy: Path, path: Path, lost: str) -> None:
    """StoreError where the copy is damaged, or where the store itself lost writes with its log."""
    with Store.open(copy, create=False, read_only=True) as made:
        damage = (one.what for one in problems(made, Checked()) if one.damage)
        found = [lost] if lost else list(islice(damage, NAMED))
    if found:
        what = f"the store is damaged ({'; '.join(found)}); `tracker check` says more"
        raise StoreError(str(path), f"no backup is written, because {what}; --anyway writes it under a new name")
