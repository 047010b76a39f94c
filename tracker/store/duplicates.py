"""Duplicates: articles with the same address or (nearly) the same text, each linked to one that represents them all.

All of them are kept, with their publishers and figures. The timeline counts them as one report. How nearly the same
texts are found is in tracker.store.near_duplicates.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from tracker.model import Article
from tracker.store.database import articles, duplicates, figures, sketches
from tracker.store.near_duplicates import Sketch, groups, sketch
from tracker.store.rows import address_of, parts


class Link(NamedTuple):
    """The article that represents another one, and what they share (tracker.store.database.DUPLICATES)."""

    original: str
    kind: str


class Text(NamedTuple):
    """The properties of an article by which duplicates are found."""

    article_id: str
    published: str | None
    address: str
    sketch: Sketch


def texts(connection: sa.Connection) -> list[Text]:
    """The properties of all articles that have a text."""
    wanted = sa.select(
        articles.c.id, articles.c.published, articles.c.address, sketches.c.shingles, sketches.c.sketch
    ).join_from(sketches, articles)
    rows = connection.execute(wanted.execution_options(yield_per=5000))
    return [Text(row.id, row.published, row.address, Sketch(row.shingles, row.sketch)) for row in rows]


def text_of(article: Article) -> Text | None:
    """The properties of one article, which need not be stored; None for one without words."""
    made = sketch(article.text)
    return Text(article.id, article.published, address_of(article.url), made) if made else None


def links(known: Sequence[Text]) -> dict[str, Link]:
    """The link of each duplicate, by article id. The order of the input does not matter."""
    named = groups(
        [one.article_id for one in known],
        [_day(one.published) for one in known],
        [one.sketch for one in known],
        [one.address for one in known],
    )
    by_id = {one.article_id: one for one in known if one.article_id in named}
    return {one: Link(other, _kind(by_id[one], by_id[other])) for one, other in named.items() if one != other}


def stored_links(connection: sa.Connection) -> dict[str, Link]:
    """The links in the store."""
    rows = connection.execute(sa.select(duplicates.c.article_id, duplicates.c.original, duplicates.c.kind))
    return {row.article_id: Link(row.original, row.kind) for row in rows}


def keep_links(connection: sa.Connection, new: Mapping[str, Link]) -> None:
    """Replace the links in the store."""
    old = stored_links(connection)
    gone = [one for one, link in old.items() if new.get(one) != link]
    for ids in parts(gone):
        connection.execute(sa.delete(duplicates).where(duplicates.c.article_id.in_(ids)))
    rows = [{"article_id": one, **link._asdict()} for one, link in sorted(new.items()) if old.get(one) != link]
    if rows:
        connection.execute(sa.insert(duplicates), rows)


def copies(connection: sa.Connection, known: Mapping[str, Link]) -> dict[str, str]:
    """For each article with figures that belongs to a group of copies: the article that represents the group."""
    wanted = sa.select(figures.c.article_id).distinct()
    counted = set(connection.execute(wanted).scalars())
    members: dict[str, set[str]] = {}
    for one, link in known.items():
        members.setdefault(link.original, {link.original}).add(one)
    kept = (group & counted for group in members.values())
    return {one: min(group) for group in kept if len(group) > 1 for one in group}


def _kind(one: Text, original: Text) -> str:
    if one.address and one.address == original.address:
        return "address"
    return "text" if one.sketch == original.sketch else "near"


def _day(published: str | None) -> int | None:
    """The day of publication as a number; None where it is unknown or less exact than a day."""
    try:
        return dt.date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return None
