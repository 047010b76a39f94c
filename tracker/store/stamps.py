"""Stamps: a number for each article that is another one after every change of the article or of its figures.

So whoever holds the figures of a store in memory or in a file reads only those of the articles whose stamp differs.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable

import sqlalchemy as sa

from tracker.store.database import articles, meta, stamps
from tracker.store.rows import parts

CHANCE = 31
"""Bits of a stamp that are drawn: two stores that were one once and went different ways have other stamps.

The bits before them are the revision, so that stamps grow. Together they fit into 63 bits.
"""

DRAWN = (1 << CHANCE) - 1
"""The bits of a stamp that are drawn."""

_REVISION = sa.select(meta.c.value).where(meta.c.name == "revision")


def new_revision(connection: sa.Connection, article_ids: Iterable[str], steps: int = 1) -> None:
    """Increase the revision (see Store.revision), and stamp the articles that changed, or whose figures did.

    Each review is one step. An article that the store does not have gets no stamp.
    """
    connection.execute(sa.update(meta).where(meta.c.name == "revision").values(value=meta.c.value + steps))
    revision = connection.execute(_REVISION).scalar_one()
    stamp = sa.literal(first_stamp(revision) + secrets.randbits(CHANCE), sa.BigInteger)
    for ids in parts(sorted(set(article_ids))):
        connection.execute(sa.delete(stamps).where(stamps.c.article_id.in_(ids)))
        changed = sa.select(articles.c.id, stamp).where(articles.c.id.in_(ids))
        connection.execute(sa.insert(stamps).from_select(["article_id", "stamp"], changed))


def first_stamp(revision: int) -> int:
    """The lowest stamp that this revision can give."""
    return revision << CHANCE
