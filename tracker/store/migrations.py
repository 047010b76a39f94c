"""Schema migrations: the steps that bring a store made by an older tracker up to date."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import sqlalchemy as sa
from sqlalchemy.schema import CreateTable, DropTable

from tracker.store.database import (
    SCHEMA_VERSION,
    StoreError,
    articles,
    duplicates,
    extracted,
    failures,
    figures,
    meta,
    reviews,
    sketches,
    stamps,
)
from tracker.store.rows import address_of, sketch_row
from tracker.store.search import forget_quotes, index_quotes
from tracker.store.stamps import new_revision

ARTICLES_AT_ONCE = 500
FIRST_ON_SERVERS = 4
"""The first version that could be a PostgreSQL database."""

_VERSION = sa.select(meta.c.value).where(meta.c.name == "schema_version")


def version_of(connection: sa.Connection) -> int | None:
    """The schema version of the store; None where it states none."""
    version = connection.execute(_VERSION).scalar()
    return version if isinstance(version, int) else None


def migrate(connection: sa.Connection) -> None:
    """Bring the tables up to SCHEMA_VERSION, in the caller's transaction, so that a failure changes nothing."""
    first = version_of(connection) or 0
    if connection.dialect.name != "sqlite" and first < FIRST_ON_SERVERS:
        raise StoreError(str(connection.engine.url.database), "was made by a tracker that did not know PostgreSQL yet")
    for version in range(first, SCHEMA_VERSION):
        STEPS[version](connection)
        connection.execute(sa.update(meta).where(meta.c.name == "schema_version").values(value=version + 1))


def _add_reasons_and_sketches(connection: sa.Connection) -> None:
    """1 to 2: the reason why a figure belongs to its conflict (empty until articles are read again), and sketches."""
    connection.execute(sa.text(f"ALTER TABLE {figures.name} ADD COLUMN conflict_reason TEXT"))
    sketches.create(connection)
    ids = connection.execute(sa.select(articles.c.id)).scalars().all()
    for begin in range(0, len(ids), ARTICLES_AT_ONCE):
        part = articles.c.id.in_(ids[begin : begin + ARTICLES_AT_ONCE])
        texts = connection.execute(sa.select(articles.c.id, articles.c.text).where(part))
        rows = [row for article_id, text in texts if (row := sketch_row(article_id, text))]
        if rows:
            connection.execute(sa.insert(sketches), rows)


def _add_reviews_and_quotes(connection: sa.Connection) -> None:
    """2 to 3: reviews are kept as rows, and the quotes can be searched."""
    reviews.create(connection)
    extracted.create(connection)
    index_quotes(connection)


def _add_checks_and_links(connection: sa.Connection) -> None:
    """3 to 4: constraints on figures, the rules of each article, duplicates, and failures."""
    for column in ("address TEXT NOT NULL DEFAULT ''", "rules TEXT"):
        connection.execute(sa.text(f"ALTER TABLE {articles.name} ADD COLUMN {column}"))
    urls = connection.execute(sa.select(articles.c.id, articles.c.url).where(articles.c.url != "")).all()
    known = [{"this": row.id, "address": address_of(row.url)} for row in urls]
    if known:
        connection.execute(sa.update(articles).where(articles.c.id == sa.bindparam("this")), known)
    duplicates.create(connection)
    failures.create(connection)
    connection.execute(sa.insert(meta), [{"name": "texts", "value": 1}, {"name": "linked", "value": 0}])
    _rebuild_figures(connection)


def _rebuild_figures(connection: sa.Connection) -> None:
    """Move the figures into a table with constraints, because SQLite cannot add them to an existing table.

    Each step uses the names of its own version, except this one: a later change of the table rebuilds it again.
    """
    forget_quotes(connection)
    apart = sa.MetaData()
    articles.to_metadata(apart)
    new = figures.to_metadata(apart, name="figures_with_checks")
    connection.execute(CreateTable(new))
    names = [column.name for column in figures.c]
    connection.execute(sa.insert(new).from_select(names, sa.select(*(figures.c[name] for name in names))))
    connection.execute(DropTable(figures))
    connection.execute(sa.text(f"ALTER TABLE {new.name} RENAME TO {figures.name}"))
    for index in figures.indexes:
        index.create(connection)
    index_quotes(connection)
    broken = connection.execute(sa.text("PRAGMA foreign_key_check")).first()
    if broken is not None:
        raise StoreError(str(connection.engine.url.database), f"a row of {broken[0]} refers to none in {broken[2]}")


def _add_stamps(connection: sa.Connection) -> None:
    """4 to 5: a stamp for each article."""
    stamps.create(connection)
    new_revision(connection, connection.execute(sa.select(articles.c.id)).scalars().all(), steps=0)


STEPS: Mapping[int, Callable[[sa.Connection], None]] = {
    1: _add_reasons_and_sketches,
    2: _add_reviews_and_quotes,
    3: _add_checks_and_links,
    4: _add_stamps,
}
"""By the version a step starts from."""
