"""All that is in a store, to be compared with all that is in another one."""

from __future__ import annotations

import sqlalchemy as sa

from tracker.store.database import schema
from tracker.store.mark import NAME as MARK

NO_MATTER = {
    ("failures", "times"),
    ("failures", "first_failed"),
    ("failures", "last_failed"),
    ("ingests", "first_seen"),
    ("stamps", "stamp"),
}
"""Columns that tell when, and how often, something was tried; and one that is drawn."""


def contents(store):
    """All rows of all tables but the columns of NO_MATTER, in an order of their own."""
    found = {}
    with store.snapshot() as connection:
        for table in schema.sorted_tables:
            names = [column for column in table.c if (table.name, column.name) not in NO_MATTER]
            # the mark (tracker.store.mark) is about the file, not about what was stored
            rows = [tuple(row) for row in connection.execute(sa.select(*names)) if row[0] != MARK]
            found[table.name] = sorted(rows, key=repr)
        if store.is_sqlite:
            connection.exec_driver_sql("INSERT INTO quotes(quotes) VALUES ('integrity-check')")
            found["quotes"] = sorted(connection.exec_driver_sql("SELECT figure_id FROM quote_rows").scalars())
            connection.rollback()
    return found
