"""A mark in the file of a store: there is a log beside it, without which it is not complete.

The first write sets the mark and has it copied from the log into the file. Whoever closes the store takes it away. So a
file that is marked and has no log beside it was separated from its log: it is as it was at an earlier moment.
"""

from __future__ import annotations

import contextlib
import sqlite3
from contextlib import closing

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.dialects.sqlite import insert

from tracker.store.database import meta

NAME = "log"
"""The mark's name in `meta`: 1 while there may be a log, else 0 or missing."""

_SET = insert(meta).values(name=NAME, value=1)
_SET_ONCE = _SET.on_conflict_do_update(index_elements=["name"], set_={"value": 1}, where=meta.c.value == 0)
_IS_SET = sa.select(meta.c.value).where(meta.c.name == NAME)
LEFT_OPEN = (
    "it was not closed after it was last written, and the log of writes that belongs beside it (-wal) is missing:"
    " the store may be as it was at an earlier moment"
)


def set_mark(connection: sa.Connection) -> bool:
    """Set the mark, in a transaction that writes; whether it was not set before."""
    return bool(connection.execute(_SET_ONCE).rowcount)


def copy_to_file(engine: sa.Engine) -> None:
    """Copy what the log holds into the file, as far as no reader needs the older pages."""
    with engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")  # a checkpoint is not possible within a transaction
        connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")


def clear_mark(engine: sa.Engine) -> None:
    """Take the mark away, unless somebody else is writing, who does it then.

    The connection is that of the driver: a dashboard that lets nobody write still closes its store.
    """
    with contextlib.suppress(exc.SQLAlchemyError, sqlite3.Error), closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        if any(value for (value,) in cursor.execute("SELECT value FROM meta WHERE name = ?", (NAME,))):
            cursor.execute("PRAGMA busy_timeout = 0")
            cursor.execute("BEGIN IMMEDIATE")
            cursor.execute("UPDATE meta SET value = 0 WHERE name = ?", (NAME,))
            cursor.execute("COMMIT")


def was_left_open(engine: sa.Engine) -> str:
    """What to say of a file without a log that is marked; "" where it is not."""
    with engine.connect() as connection:
        return LEFT_OPEN if connection.execute(_IS_SET).scalar() else ""
