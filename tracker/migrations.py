"""The ladder of the store's versions: what brings a store that an older tracker made up to date, step by step."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import sqlalchemy as sa

from tracker.database import SCHEMA_VERSION, articles, extracted, figures, meta, reviews, sketches
from tracker.quotes import index_quotes
from tracker.rows import sketch_row

ARTICLES_AT_ONCE = 500

_VERSION = sa.select(meta.c.value).where(meta.c.name == "schema_version")


def version_of(connection: sa.Connection) -> int:
    """The version of the tables that are there."""
    return int(connection.execute(_VERSION).scalar_one())


def climb(connection: sa.Connection) -> None:
    """Bring the tables up to SCHEMA_VERSION, in a transaction of the caller's: a failure leaves them as they were."""
    for version in range(version_of(connection), SCHEMA_VERSION):
        STEPS[version](connection)
        connection.execute(sa.update(meta).where(meta.c.name == "schema_version").values(value=version + 1))


def _add_reasons_and_sketches(connection: sa.Connection) -> None:
    """1 to 2: why a figure belongs to its conflict (filled as articles are added again), and sketches of the texts."""
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
    """2 to 3: what people decide is kept as rows, and the quotes can be searched."""
    reviews.create(connection)
    extracted.create(connection)
    index_quotes(connection)


STEPS: Mapping[int, Callable[[sa.Connection], None]] = {1: _add_reasons_and_sketches, 2: _add_reviews_and_quotes}
"""By the version a step starts from."""
