"""Opening a store: is it one, is it up to date, and, for reading, without changing a byte of any file.

A file that is not a store is never touched. A store that an older tracker made is brought up to date where it lies when
it is opened for writing. For reading, a temporary copy of it is brought up to date instead.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import exc

from tracker.atomic import DATABASE
from tracker.store.connections import LOG, beside, engine_of, file_of, has_log
from tracker.store.database import SCHEMA_VERSION, StoreError, meta, reason, schema
from tracker.store.log import lost_writes
from tracker.store.mark import was_left_open
from tracker.store.migrations import migrate, version_of

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
    file = file_of(url)
    with _told(name), ExitStack() as cleanup:  # where opening fails, it is cleaned up at once
        if file is None:
            place, lost = url, ""
        elif _is_database(file):
            place, lost = _place(url, file, cleanup, read_only=read_only, create=create)
        elif create and not read_only:
            _make_room(file)
            place, lost = url, ""
        else:
            raise StoreError(str(file), NONE_YET)
        engine = engine_of(place, read_only=read_only)
        cleanup.callback(engine.dispose)
        if read_only and file and _version(engine, name) < SCHEMA_VERSION:
            engine = _copy_up_to_date(engine, cleanup)
        _prepare(engine, name, create=create and not read_only)
        lost = lost or (_was_left_open(engine, file) if file else "")
        return Opened(engine, name, file, lost, cleanup.pop_all())


def _place(url: sa.URL, file: Path, cleanup: ExitStack, *, read_only: bool, create: bool) -> tuple[sa.URL, str]:
    """Where to read and write the store of a file, and what its log lost. StoreError where it is not a store."""
    lost = lost_writes(file)
    copy = _copied(file, cleanup) if lost else url  # SQLite would overwrite the traces in the original
    _check_that_it_is_a_store(copy, Path(file_of(copy) or file), str(file), create=create)
    if read_only and not lost:
        cleanup.enter_context(_leaving_no_log(file))
    return (copy if read_only else url), lost


def _make_room(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(str(file), f"cannot be made: {error.strerror or error}") from error


def is_database(file: Path) -> bool:
    """Whether a file is an SQLite database."""
    with file.open("rb") as stream:
        return stream.read(len(DATABASE)) == DATABASE


def _is_database(file: Path) -> bool:
    """Whether there is a database in this file; an empty file is none yet. StoreError where it is something else."""
    if file.is_dir():
        raise StoreError(str(file), "is a folder: name a file in it")
    if not file.exists() or not file.stat().st_size:
        return False
    if not is_database(file):
        raise StoreError(str(file), "is no store of the tracker (file is not a database)")
    return True


def _check_that_it_is_a_store(url: sa.URL, file: Path, name: str, *, create: bool) -> None:
    """StoreError where the database of a file is not a store. It is looked at without changing it."""
    with _leaving_no_log(file), _closing(engine_of(url, read_only=True)) as engine:
        tables = _tables(engine)
    if not tables and not create:
        raise StoreError(name, NONE_YET)
    if tables and not tables >= TABLES:
        raise StoreError(name, "is a database, but not a store of the tracker")


@contextmanager
def _closing(engine: sa.Engine) -> Iterator[sa.Engine]:
    """The engine, whose connections are closed at the end."""
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _leaving_no_log(file: Path) -> Iterator[None]:
    """Take away the empty log that reading makes beside a file that had none."""
    had = has_log(file)
    try:
        yield
    finally:
        if not had and beside(file, LOG).exists() and not has_log(file):
            # SQLite itself takes them away, because it knows whether another process uses them
            with contextlib.suppress(sqlite3.Error), closing(sqlite3.connect(file, timeout=0)) as connection:
                connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()


def _was_left_open(engine: sa.Engine, file: Path) -> str:
    """What to say of a file that was separated from its log; "" where it was not."""
    # asked twice, because somebody may begin to write, or end, in between
    return "" if has_log(file) or not was_left_open(engine) or has_log(file) else was_left_open(engine)


def _copied(file: Path, cleanup: ExitStack) -> sa.URL:
    """A temporary copy of a store that lost writes: SQLite would overwrite the traces of that in the original."""
    path = _folder(cleanup) / "copy.db"
    for end in ("", LOG):
        if beside(file, end).exists():
            shutil.copyfile(beside(file, end), beside(path, end))
    return sa.URL.create("sqlite", database=str(path))


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
    version = _version(engine, name)
    if version < SCHEMA_VERSION:
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


def _copy_up_to_date(engine: sa.Engine, cleanup: ExitStack) -> sa.Engine:
    """A temporary copy of an older store, to be brought up to date."""
    path = _folder(cleanup) / "copy.db"
    copy_pages(engine, path)
    copy = engine_of(sa.URL.create("sqlite", database=str(path)))
    cleanup.callback(copy.dispose)
    return copy


def _folder(cleanup: ExitStack) -> Path:
    """A temporary folder that is gone when the store is closed."""
    return Path(cleanup.enter_context(tempfile.TemporaryDirectory(prefix="tracker-", ignore_cleanup_errors=True)))


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
