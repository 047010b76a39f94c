"""Rows of the database: articles and figures become rows, and figures that come without articles are merged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, Self
from urllib.parse import urldefrag, urlsplit, urlunsplit

import sqlalchemy as sa

from tracker.model import COLUMNS, Article, Assigned, Figure, Status, stable_id
from tracker.store.database import FROM_ARTICLE, articles, extracted, figures, ingests
from tracker.store.decisions import decided, history, keep_extracted
from tracker.store.near_duplicates import sketch

Added = Literal["added", "unchanged", "updated"]
Row = dict[str, Any]

ASKED_AT_ONCE = 500  # ids in one query, because databases limit the parameters of a statement


class Entry(NamedTuple):
    """One article to store, with its figures, the path it was read from ("" for none) and the reasons for conflicts.

    `reasons` says by figure id why a figure belongs to its conflict, or to none. `rules` names the rules that found
    the figures, where known (tracker.knowledge.rules).
    """

    article: Article
    figures: Sequence[Figure]
    path: str = ""
    reasons: Mapping[str, str] = MappingProxyType({})
    rules: str | None = None

    @classmethod
    def of(cls, article: Article, found: Sequence[Assigned], path: str = "") -> Self:
        """The entry for an article that was read."""
        return cls(article, [one.figure for one in found], path, {one.figure.figure_id: one.why for one in found})


def row_of_article(article: Article) -> Row:
    """The article as a row, with the hash of its content."""
    row = {name: getattr(article, name) for name in Article.__dataclass_fields__}
    return row | {"content": stable_id(*row.values()), "address": address_of(article.url)}


def address_of(url: str) -> str:
    """The address of an article without its fragment, tracking parameters and the like, so that copies have the same.

    It is "" where there is none, and for the front page of a site, which many articles give as their address.
    """
    if not url:
        return ""
    from courlan import normalize_url

    try:
        parts = urlsplit(normalize_url(urldefrag(url.strip()).url))
    except ValueError:
        return ""
    if not parts.netloc or (parts.path in ("", "/") and not parts.query):
        return ""
    return urlunsplit(("", parts.netloc.removeprefix("www."), parts.path.rstrip("/"), parts.query, ""))


def row_of(figure: Figure, reason: str | None = None) -> Row:
    """The figure as a row. Enums are stored as their values, because drivers treat enums differently.

    `reason` says why it belongs to its conflict, or to none.
    """
    values = {name: getattr(figure, name) for name in COLUMNS if name not in FROM_ARTICLE}
    row = {name: value.value if isinstance(value, Enum) else value for name, value in values.items()}
    return row | {"conflict_reason": reason}


def sketch_row(article_id: str, text: str) -> Row | None:
    """The sketch of an article's text as a row; None for a text without words."""
    made = sketch(text)
    return {"article_id": article_id, "shingles": made.shingles, "sketch": made.numbers} if made else None


class Differing(NamedTuple):
    """The rows of new figures, those of changed figures, and the number of unchanged ones.

    `originals` are new rows, before reviews, of figures that people had reviewed already. `left`: the articles that the
    changed figures belonged to.
    """

    added: list[Row]
    updated: list[Row]
    originals: list[Row]
    unchanged: int
    left: set[str]

    def counts(self) -> dict[Added, int]:
        """The number of each."""
        return {"added": len(self.added), "unchanged": self.unchanged, "updated": len(self.updated)}


def differing(connection: sa.Connection, found: Sequence[Figure]) -> Differing:
    """The figures that differ from what is stored. Only reads."""
    new = {figure.figure_id: row_of(figure) for figure in found}
    old = {row["figure_id"]: row for row in stored(connection, figures, figures.c.figure_id, list(new))}
    added, originals = _with_decisions(connection, [row for figure_id, row in new.items() if figure_id not in old])
    decided_here = {row["figure_id"] for row in stored(connection, extracted, extracted.c.figure_id, list(old))}
    others = ((key, row) for key, row in new.items() if key in old and key not in decided_here)
    updated = [row for key, row in others if _replaces(row, old[key])]
    left = {old[row["figure_id"]]["article_id"] for row in updated}
    return Differing(added, updated, originals, len(new) - len(added) - len(updated), left)


def merge(connection: sa.Connection, found: Sequence[Figure], path: str) -> tuple[dict[Added, int], set[str]]:
    """Store figures, with an empty article for each that is missing (see Store.add_figures).

    Out: how many were added, unchanged and updated, and the articles that changed, or whose figures did.
    """
    touched = _merge_articles(connection, found, path) if found else set()
    differ = differing(connection, found)
    touched |= {row["article_id"] for row in differ.added + differ.updated} | differ.left
    for ids in parts([row["figure_id"] for row in differ.updated]):
        connection.execute(sa.delete(figures).where(figures.c.figure_id.in_(ids)))
    if differ.added or differ.updated:
        _forget_rules(connection, {row["article_id"] for row in differ.added + differ.updated})
        connection.execute(sa.insert(figures), differ.added + differ.updated)
        keep_extracted(connection, differ.originals)
    return differ.counts(), touched


def _forget_rules(connection: sa.Connection, article_ids: Iterable[str]) -> None:
    """Empty `rules` of the articles: figures from a table were not found by rules, so the article is read next time."""
    for ids in parts(sorted(article_ids)):
        connection.execute(sa.update(articles).where(articles.c.id.in_(ids)).values(rules=None))


def _with_decisions(connection: sa.Connection, rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """New rows with earlier reviews applied, and the rows of the reviewed ones before that."""
    made = history(connection, [row["figure_id"] for row in rows])
    shown = [decided(row, made.get(row["figure_id"], [])) or row for row in rows]
    return shown, [row for row, after in zip(rows, shown, strict=True) if after is not row]


def _replaces(new: Row, old: Row) -> bool:
    """Whether a figure replaces the stored one: it differs, and it does not undo a review."""
    decided = old["status"] != Status.EXTRACTED and new["status"] == Status.EXTRACTED
    return not decided and new != old | {"conflict_reason": None}  # a table states no reasons


def _merge_articles(connection: sa.Connection, found: Sequence[Figure], path: str) -> set[str]:
    """Make the missing articles, each from its first figure, and keep where they came from.

    An article without text was made from figures, or has nothing else to say: it is updated from the figures. Returns
    the articles that are new or updated.
    """
    named: dict[str, Row] = {}
    for figure in found:
        if figure.article_id not in named:
            named[figure.article_id] = row_of_article(_article(figure))
    known = {row["id"]: row for row in stored(connection, articles, articles.c.id, list(named))}
    made = [row for article_id, row in named.items() if article_id not in known]
    told = [row for article_id, row in named.items() if article_id in known and _tells_more(row, known[article_id])]
    if made:
        connection.execute(sa.insert(articles), made)
        connection.execute(sa.insert(ingests), [{"article_id": row["id"], "path": path} for row in made])
    if told:
        this = articles.c.id == sa.bindparam("this")
        connection.execute(sa.update(articles).where(this), [row | {"this": row["id"]} for row in told])
    return {row["id"] for row in made + told}


def _tells_more(new: Row, old: Row) -> bool:
    return not old["text"] and old["content"] != new["content"]


def _article(figure: Figure) -> Article:
    """The article of a figure: everything but the text."""
    told = {name: getattr(figure, name) for name in FROM_ARTICLE}
    return Article(id=figure.article_id, text="", **told)


def stored(connection: sa.Connection, table: sa.Table, key: sa.Column[str], ids: Sequence[str]) -> Iterator[Row]:
    """The rows of a table with these ids."""
    for part in parts(ids):
        yield from (dict(row._mapping) for row in connection.execute(sa.select(table).where(key.in_(part))))


def parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """The ids in parts that one query can take."""
    return (ids[begin : begin + ASKED_AT_ONCE] for begin in range(0, len(ids), ASKED_AT_ONCE))
