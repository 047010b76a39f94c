"""Articles and figures as rows of the database: one article with its figures put into it, and many merged at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, Self

import sqlalchemy as sa

from tracker.copies import sketch
from tracker.database import FROM_ARTICLE, articles, extracted, figures, ingests, sketches
from tracker.decisions import decided, history, is_stale, keep_extracted, of_article
from tracker.model import COLUMNS, Article, Assigned, Figure, Status, stable_id

Added = Literal["added", "unchanged", "updated"]
Row = dict[str, Any]

ASKED_AT_ONCE = 500  # ids in one question: databases limit how many parameters a statement has


class Entry(NamedTuple):
    """One article to store, the figures found in it, the path it was read from ("" where there is none), and by the
    ids of the figures why each belongs to its conflict, or to none.
    """

    article: Article
    figures: Sequence[Figure]
    path: str = ""
    reasons: Mapping[str, str] = MappingProxyType({})

    @classmethod
    def of(cls, article: Article, found: Sequence[Assigned], path: str = "") -> Self:
        """What is to be stored of an article that was read."""
        return cls(article, [one.figure for one in found], path, {one.figure.figure_id: one.why for one in found})


def row_of_article(article: Article) -> Row:
    """The article as a row, with the hash of all that is in it."""
    row = {name: getattr(article, name) for name in Article.__dataclass_fields__}
    return row | {"content": stable_id(*row.values())}


def row_of(figure: Figure, reason: str | None = None) -> Row:
    """The figure as a row: enums are stored as their values, because what a driver makes of an enum differs.

    `reason` is why it belongs to its conflict, or to none.
    """
    values = {name: getattr(figure, name) for name in COLUMNS if name not in FROM_ARTICLE}
    row = {name: value.value if isinstance(value, Enum) else value for name, value in values.items()}
    return row | {"conflict_reason": reason}


def sketch_row(article_id: str, text: str) -> Row | None:
    """The sketch of an article's text as a row; None for a text without words."""
    made = sketch(text)
    return {"article_id": article_id, "shingles": made.shingles, "sketch": made.numbers} if made else None


def put(connection: sa.Connection, entry: Entry) -> Added:
    """Put one article with its figures among those stored (see Store.add_many)."""
    article = entry.article
    row = row_of_article(article)
    known = connection.execute(sa.select(articles.c.content).where(articles.c.id == article.id)).scalar_one_or_none()
    if known is None:
        connection.execute(sa.insert(articles).values(row))
    elif known != row["content"]:
        connection.execute(sa.update(articles).where(articles.c.id == article.id).values(row))
    if known != row["content"]:
        _keep_sketch(connection, article)
    others = _replace_figures(connection, entry)
    _remember(connection, article.id, entry.path)
    if known is None:
        return "added"
    return "updated" if others or known != row["content"] else "unchanged"


def _keep_sketch(connection: sa.Connection, article: Article) -> None:
    connection.execute(sa.delete(sketches).where(sketches.c.article_id == article.id))
    row = sketch_row(article.id, article.text)
    if row:
        connection.execute(sa.insert(sketches).values(row))


def _replace_figures(connection: sa.Connection, entry: Entry) -> bool:
    """Put the figures found in place of those stored; False where they are the same.

    Figures that people decided on stay as they are shown, as long as the article has their words in that place; what
    the rules find of them now is kept beside them. One that comes back gets its decisions back.
    """
    of_article_ = figures.c.article_id == entry.article.id
    stored = [dict(row._mapping) for row in connection.execute(sa.select(figures).where(of_article_))]
    made = of_article(connection, entry.article.id)
    found = {figure.figure_id: row_of(figure, entry.reasons.get(figure.figure_id)) for figure in entry.figures}
    if len(found) < len(entry.figures):
        raise sa.exc.IntegrityError("a figure stands twice in the article", None, ValueError("figure_id twice"))
    kept = {row["figure_id"] for row in stored if row["status"] != Status.EXTRACTED}
    gone = {row["figure_id"] for row in stored if row["figure_id"] in made and is_stale(connection, row)}
    old = {row["figure_id"]: row for row in stored if row["figure_id"] not in kept - gone}
    known = {
        row["figure_id"]: row["row"] for row in connection.execute(_EXTRACTED, {"of": entry.article.id}).mappings()
    }
    changed = [row for key, row in found.items() if key in kept - gone and key in known and known[key] != row]
    keep_extracted(connection, changed)
    left = {key: row for key, row in found.items() if key not in kept - gone}
    new = {key: decided(row, made.get(key, [])) or row for key, row in left.items()}
    if new == old:
        return False
    for part in _parts(list(old)):
        connection.execute(sa.delete(figures).where(figures.c.figure_id.in_(part)))
        connection.execute(sa.delete(extracted).where(extracted.c.figure_id.in_(part)))
    if new:
        connection.execute(sa.insert(figures), list(new.values()))
        keep_extracted(connection, [row for key, row in left.items() if row is not new[key]])
    return True


_EXTRACTED = sa.select(extracted).where(extracted.c.article_id == sa.bindparam("of"))


def _remember(connection: sa.Connection, article_id: str, path: str) -> None:
    """Keep from which path the article came, with the time when it was first seen there."""
    row = {"article_id": article_id, "path": path}
    known = sa.select(ingests.c.path).where(ingests.c.article_id == article_id, ingests.c.path == path)
    if connection.execute(known).first() is None:
        connection.execute(sa.insert(ingests).values(row))


def merge(connection: sa.Connection, found: Sequence[Figure], path: str) -> dict[Added, int]:
    """Put figures, and empty articles where theirs are not there, among those stored (see Store.add_figures)."""
    counts: dict[Added, int] = {"added": 0, "unchanged": 0, "updated": 0}
    if not found:
        return counts
    _merge_articles(connection, found, path)
    new = {figure.figure_id: row_of(figure) for figure in found}
    old = {row["figure_id"]: row for row in _stored(connection, figures, figures.c.figure_id, list(new))}
    added, originals = _with_decisions(connection, [row for figure_id, row in new.items() if figure_id not in old])
    decided_here = {row["figure_id"] for row in _stored(connection, extracted, extracted.c.figure_id, list(old))}
    others = ((key, row) for key, row in new.items() if key in old and key not in decided_here)
    updated = [row for key, row in others if _replaces(row, old[key])]
    for ids in _parts([row["figure_id"] for row in updated]):
        connection.execute(sa.delete(figures).where(figures.c.figure_id.in_(ids)))
    if added or updated:
        connection.execute(sa.insert(figures), added + updated)
        keep_extracted(connection, originals)
    return {"added": len(added), "unchanged": len(new) - len(added) - len(updated), "updated": len(updated)}


def _with_decisions(connection: sa.Connection, rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """New rows as people decided on them before, and those of them on which somebody did, as they came."""
    made = history(connection, [row["figure_id"] for row in rows])
    shown = [decided(row, made.get(row["figure_id"], [])) or row for row in rows]
    return shown, [row for row, after in zip(rows, shown, strict=True) if after is not row]


def _replaces(new: Row, old: Row) -> bool:
    """Whether a figure takes the place of the stored one: it differs, and does not undo what a person decided."""
    decided = old["status"] != Status.EXTRACTED and new["status"] == Status.EXTRACTED
    return not decided and new != old | {"conflict_reason": None}  # a table tells no reasons


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
