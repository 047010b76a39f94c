"""Opening a store: is it one, is it up to date, and, for reading, without changing a byte of any file.

A file that is not a store is never touched. A store that an older tracker made is brought up to date where it lies when
it is opened for writing. For reading, a temporary copy of it is brought up to date instead.
"""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import exc

from tracker.store.connections import LOG, beside, engine_of, file_of
from tracker.store.database import SCHEMA_VERSION, StoreError, meta, reason, schema
from tracker.store.log import lost_writes
from tracker.store.mark import was_left_open
from tracker.store.migrations import migrate, version_of

MAGIC = b"SQLite format 3\0"
NONE_YET = "there is no store yet: `tracker add PATH` makes one"
TABLES = {"meta", "articles", "figures"}
"""Tables that every version of a store has."""


class Opened(NamedTuple):
    """The open database of a store. `lost`: what writes to it were lost ("" for none). `cleanup` closes it."""

    engine: sa.Engine
    name: str
    file: Path | None
    lost: str
    cleanup: ExitStack


def open_database(url: sa.URL, *, create: bool, read_only: bool) -> Opened:
    """The database of a store, with tables of the current version. StoreError where it is none, or cannot be opened.

    `create`: make it where there is none. `read_only`: change nothing, and make nothing that lasts.
    """
    name = url.database or url.render_as_string(hide_password=True)
    file, cleanup = file_of(url), ExitStack()
    with _told(name), _undone(cleanup):
        there = file is not None and _is_database(file)
        if file and not there and (read_only or not create):
            raise StoreError(str(file), NONE_YET)
        lost = lost_writes(file) if file and there else ""
        if file and there:
            _check_that_it_is_a_store(url, file, create=create)
            if read_only:
                cleanup.enter_context(_leaving_no_log(file))
        elif file:
            file.parent.mkdir(parents=True, exist_ok=True)
        engine = engine_of(url, read_only=read_only)
        cleanup.callback(engine.dispose)
        if read_only and there and _version(engine, name) < SCHEMA_VERSION:
            engine = _copy_up_to_date(engine, name, cleanup)
        _prepare(engine, name, create=create and not read_only)
        lost = lost or (was_left_open(engine) if file and there and not _has_log(file) else "")
    return Opened(engine, name, file, lost, cleanup)


def is_database(file: Path) -> bool:
    """Whether a file is an SQLite database."""
    with file.open("rb") as stream:
        return stream.read(len(MAGIC)) == MAGIC


def _is_database(file: Path) -> bool:
    """Whether there is a database in this file; an empty file is none yet. StoreError where it is something else."""
    if file.is_dir():
        raise StoreError(str(file), "is a folder: name a file in it")
    if not file.exists() or not file.stat().st_size:
        return False
    if not is_database(file):
        raise StoreError(str(file), "is no store of the tracker (file is not a database)")
    return True


def _check_that_it_is_a_store(url: sa.URL, file: Path, *, create: bool) -> None:
    """StoreError where the database of a file is not a store. It is looked at without changing it."""
    with _leaving_no_log(file), closing_engine(engine_of(url, read_only=True)) as engine:
        tables = _tables(engine)
    if not tables and not create:
        raise StoreError(str(file), NONE_YET)
    if tables and not tables >= TABLES:
        raise StoreError(str(file), "is a database, but not a store of the tracker")


@contextmanager
def closing_engine(engine: sa.Engine) -> Iterator[sa.Engine]:
    """The engine, whose connections are closed at the end."""
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _leaving_no_log(file: Path) -> Iterator[None]:
    """Take away the empty log that reading makes beside a file that had none."""
    had = beside(file, LOG).exists()
    try:
        yield
    finally:
        if not had and beside(file, LOG).exists() and not beside(file, LOG).stat().st_size:
            # SQLite itself takes them away, because it knows whether another process uses them
            with contextlib.suppress(sqlite3.Error), closing(sqlite3.connect(file, timeout=0)) as connection:
                connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()


def _has_log(file: Path) -> bool:
    return beside(file, LOG).exists() and beside(file, LOG).stat().st_size > 0


def _tables(engine: sa.Engine) -> set[str]:
    with engine.connect() as connection:
        return set(sa.inspect(connection).get_table_names())


def _prepare(engine: sa.Engine, name: str, *, create: bool) -> None:
    """Make the tables of a new store, or bring those of an existing one up to date."""
    if engine.dialect.name == "postgresql":
        _check_encoding(engine, name)
    tables = _tables(engine)
    if not tables:
        if not create:
            raise StoreError(name, NONE_YET)
        with engine.execution_options(writes=True).begin() as connection:
            schema.create_all(connection)
            if connection.execute(sa.select(meta)).first() is None:  # another process may have been faster
                values = {"schema_version": SCHEMA_VERSION, "revision": 0, "texts": 0, "linked": 0}
                connection.execute(sa.insert(meta), [{"name": k, "value": v} for k, v in values.items()])
    elif not tables >= TABLES:
        raise StoreError(name, "is a database, but not a store of the tracker")
    if _version(engine, name) < SCHEMA_VERSION:
        _migrate(engine)
    version = _version(engine, name)
    if version != SCHEMA_VERSION:
        raise StoreError(name, f"has schema version {version}, this tracker reads {SCHEMA_VERSION}")


def _check_encoding(engine: sa.Engine, name: str) -> None:
    with engine.connect() as connection:
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    if encoding != "UTF8":
        what = f"is a database in the encoding {encoding}, which does not hold every letter"
        raise StoreError(name, f"{what}: make one in UTF8 (createdb --encoding=UTF8 --template=template0 NAME)")


def _version(engine: sa.Engine, name: str) -> int:
    with engine.connect() as connection:
        version = version_of(connection)
    if version is None or version < 1:
        what = "states no schema version" if version is None else f"has schema version {version}, which never was"
        raise StoreError(name, f"{what}: it is damaged, or something else has changed it; a backup can take its place")
    return version


def _migrate(engine: sa.Engine) -> None:
    try:
        with engine.execution_options(writes=True, rebuilds=True).begin() as connection:
            migrate(connection)
    finally:
        engine.dispose()  # its connection does not enforce foreign keys


def _copy_up_to_date(engine: sa.Engine, name: str, cleanup: ExitStack) -> sa.Engine:
    """A temporary copy of an older store, brought up to date."""
    if engine.dialect.name != "sqlite":
        raise StoreError(name, "was made by an older tracker: a command that writes, such as add, brings it up to date")
    folder = Path(cleanup.enter_context(tempfile.TemporaryDirectory(prefix="tracker-", ignore_cleanup_errors=True)))
    copy_pages(engine, folder / "copy.db")
    copy = engine_of(sa.URL.create("sqlite", database=str(folder / "copy.db")))
    cleanup.callback(copy.dispose)
    return copy


def copy_pages(source: sa.Engine, path: Path) -> None:
    """Copy an SQLite database as it is at one moment, by SQLite's own means; writers need not wait."""
    with source.connect() as connection, closing(sqlite3.connect(path)) as target:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.backup(target)


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Errors of the database and of the file system as StoreErrors."""
    try:
        yield
    except OSError as error:
        raise StoreError(name, f"cannot be opened: {error.strerror or error}") from error
    except (exc.SQLAlchemyError, sqlite3.Error, ValueError, TypeError) as error:
        raise StoreError(name, reason(error)) from error


@contextmanager
def _undone(cleanup: ExitStack) -> Iterator[None]:
    """Clean up at once where opening fails."""
    try:
        yield
    except BaseException:
        cleanup.close()
        raise
