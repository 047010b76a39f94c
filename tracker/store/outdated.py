"""Outdated articles: those whose figures were found by other rules than the current ones."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from tracker.model import Article
from tracker.store.database import articles, ingests
from tracker.store.store import Store

AT_A_TIME = 100


def count_outdated(store: Store, rules: str | None) -> int:
    """The number of articles with a text that were read by other rules than these; all of them if `rules` is None."""
    with store.snapshot() as connection:
        return int(connection.execute(sa.select(sa.func.count()).where(_is_outdated(rules))).scalar_one())


def outdated_articles(store: Store, rules: str | None) -> Iterator[tuple[Article, str]]:
    """Those articles, ordered by id, each with a path that it was read from.

    They are fetched a few at a time, so that other articles can be stored before this ends.
    """
    path = sa.select(sa.func.min(ingests.c.path)).where(ingests.c.article_id == articles.c.id).scalar_subquery()
    columns = [articles.c[name] for name in Article.__dataclass_fields__]
    wanted = sa.select(*columns, sa.func.coalesce(path, "")).where(_is_outdated(rules)).order_by(articles.c.id)
    last = ""
    while True:
        with store.snapshot() as connection:
            rows = connection.execute(wanted.where(articles.c.id > last).limit(AT_A_TIME)).all()
        if not rows:
            return
        for *values, path_of in rows:
            yield Article(**dict(zip(Article.__dataclass_fields__, values, strict=True))), path_of
        last = rows[-1].id


def _is_outdated(rules: str | None) -> sa.ColumnElement[bool]:
    with_text = articles.c.text != ""
    return with_text if rules is None else with_text & articles.c.rules.is_distinct_from(rules)
