"""Articles and figures as rows of the database, and many of them merged into it at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any, Literal

import sqlalchemy as sa

from tracker.database import FROM_ARTICLE, articles, figures, ingests
from tracker.model import Article, Figure, Status, stable_id

Added = Literal["added", "unchanged", "updated"]
Row = dict[str, Any]

ASKED_AT_ONCE = 500  # ids in one question: databases limit how many parameters a statement has


def row_of_article(article: Article) -> Row:
    """The article as a row, with the hash of all that is in it."""
    row = {name: getattr(article, name) for name in Article.__dataclass_fields__}
    return row | {"content": stable_id(*row.values())}


def row_of(figure: Figure) -> Row:
    """The figure as a row: enums are stored as their values, because what a driver makes of an enum differs."""
    values = {name: getattr(figure, name) for name in figures.c.keys()}  # noqa: SIM118  (a column collection)
    return {name: value.value if isinstance(value, Enum) else value for name, value in values.items()}


def merge(connection: sa.Connection, found: Sequence[Figure], path: str) -> dict[Added, int]:
    """Put figures, and empty articles where theirs are not there, among those stored (see Store.add_figures)."""
    counts: dict[Added, int] = {"added": 0, "unchanged": 0, "updated": 0}
    if not found:
        return counts
    _merge_articles(connection, found, path)
    new = {figure.figure_id: row_of(figure) for figure in found}
    old = {row["figure_id"]: row for row in _stored(connection, figures, figures.c.figure_id, list(new))}
    added = [row for figure_id, row in new.items() if figure_id not in old]
    updated = [row for figure_id, row in new.items() if figure_id in old and _replaces(row, old[figure_id])]
    for ids in _parts([row["figure_id"] for row in updated]):
        connection.execute(sa.delete(figures).where(figures.c.figure_id.in_(ids)))
    if added or updated:
        connection.execute(sa.insert(figures), added + updated)
    return {"added": len(added), "unchanged": len(new) - len(added) - len(updated), "updated": len(updated)}


def _replaces(new: Row, old: Row) -> bool:
    """Whether a figure takes the place of the stored one: it differs, and does not undo what a person decided."""
    decided = old["status"] != Status.EXTRACTED and new["status"] == Status.EXTRACTED
    return new != old and not decided


def _merge_articles(connection: sa.Connection, found: Sequence[Figure], path: str) -> None:
    """Make the articles that are not there, each by its first figure, and keep where they came from.

    One that is there without text was made so, or says nothing more: it takes what the figures say of it now.
    """
    named: dict[str, Row] = {}
    for figure in found:
        if figure.article_id not in named:
            named[figure.article_id] = row_of_article(_article(figure))
    known = {row["id"]: row for row in _stored(connection, articles, articles.c.id, list(named))}
    made = [row for article_id, row in named.items() if article_id not in known]
    told = [row for article_id, row in named.items() if article_id in known and _tells_more(row, known[article_id])]
    if made:
        connection.execute(sa.insert(articles), made)
        connection.execute(sa.insert(ingests), [{"article_id": row["id"], "path": path} for row in made])
    if told:
        this = articles.c.id == sa.bindparam("this")
        connection.execute(sa.update(articles).where(this), [row | {"this": row["id"]} for row in told])


def _tells_more(new: Row, old: Row) -> bool:
    return not old["text"] and old["content"] != new["content"]


def _article(figure: Figure) -> Article:
    """What a figure tells of its article: everything but the text."""
    told = {name: getattr(figure, name) for name in FROM_ARTICLE}
    return Article(id=figure.article_id, text="", **told)


def _stored(connection: sa.Connection, table: sa.Table, key: sa.Column[str], ids: Sequence[str]) -> Iterator[Row]:
    """The rows of a table with these ids."""
    for part in _parts(ids):
        yield from (dict(row._mapping) for row in connection.execute(sa.select(table).where(key.in_(part))))


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[begin : begin + ASKED_AT_ONCE] for begin in range(0, len(ids), ASKED_AT_ONCE))
