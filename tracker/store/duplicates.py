"""Duplicates: articles of one address, of one text or of nearly one, each linked to the one that stands for all.

All of them are kept, with their publishers and figures. The timeline counts what they print once
(tracker.store.near_duplicates).
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
    """The article that stands for another one, and what the two have in common (tracker.store.database.DUPLICATES)."""

    original: str
    kind: str


class Text(NamedTuple):
    """What duplicates are told by."""

    article_id: str
    published: str | None
    address: str
    sketch: Sketch


def texts(connection: sa.Connection) -> list[Text]:
    """Those of all articles that have a text."""
    wanted = sa.select(
        articles.c.id, articles.c.published, articles.c.address, sketches.c.shingles, sketches.c.sketch
    ).join_from(sketches, articles)
    rows = connection.execute(wanted.execution_options(yield_per=5000))
    return [Text(row.id, row.published, row.address, Sketch(row.shingles, row.sketch)) for row in rows]


def text_of(article: Article) -> Text | None:
    """The same of an article that need not be stored; None for one without words."""
    made = sketch(article.text)
    return Text(article.id, article.published, address_of(article.url), made) if made else None


def links(known: Sequence[Text]) -> dict[str, Link]:
    """By article: its link, for each that another one stands for. The same whatever the order."""
    named = groups(
        [one.article_id for one in known],
        [_day(one.published) for one in known],
        [one.sketch for one in known],
        [one.address for one in known],
    )
    by_id = {one.article_id: one for one in known if one.article_id in named}
    return {one: Link(other, _kind(by_id[one], by_id[other])) for one, other in named.items() if one != other}


def stored_links(connection: sa.Connection) -> dict[str, Link]:
    """The links that are kept."""
    rows = connection.execute(sa.select(duplicates.c.article_id, duplicates.c.original, duplicates.c.kind))
    return {row.article_id: Link(row.original, row.kind) for row in rows}


def keep_links(connection: sa.Connection, new: Mapping[str, Link]) -> None:
    """Put the links in place of those that are kept."""
    old = stored_links(connection)
    gone = [one for one, link in old.items() if new.get(one) != link]
    for ids in parts(gone):
        connection.execute(sa.delete(duplicates).where(duplicates.c.article_id.in_(ids)))
    rows = [{"article_id": one, **link._asdict()} for one, link in sorted(new.items()) if old.get(one) != link]
    if rows:
        connection.execute(sa.insert(duplicates), rows)


def copies(connection: sa.Connection, known: Mapping[str, Link]) -> dict[str, str]:
    """Of the articles that have figures: by each that is a copy, itself included, the one that stands for them."""
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
    """The day of a publication, counted from one fixed day; None where it is not known, or not as a day."""
    try:
        return dt.date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return None
