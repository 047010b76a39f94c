"""Consistency check of a store: every problem in it, as one line of text each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

import sqlalchemy as sa

from tracker.model import Article, Status
from tracker.store.database import StoreError, articles, duplicates, figures, ingests, meta, sketches
from tracker.store.decisions import history, standing
from tracker.store.rows import row_of_article, stored
from tracker.store.search import differences
from tracker.store.store import Store

AT_A_TIME = 500
T = TypeVar("T")

COUNTERS = ("schema_version", "revision", "texts", "linked")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `damage`: the store holds something else than what was stored, or less of it.

    A review whose figure the article no longer has is a problem for people to solve, but no damage.
    """

    what: str
    damage: bool = True


@dataclass(slots=True)
class Checked:
    """How much was checked. `without_text`: figures from tables, whose article has no text to compare with."""

    articles: int = 0
    figures: int = 0
    without_text: int = 0
    problems: int = field(default=0)


def problems(store: Store, checked: Checked) -> Iterator[Problem]:
    """Every problem, as it is found; `checked` counts along. Where the store cannot be read further, this ends."""
    try:
        for problem in _problems(store, checked):
            checked.problems += 1
            yield problem
    except StoreError as error:
        checked.problems += 1
        yield Problem(error.what)


def _problems(store: Store, checked: Checked) -> Iterator[Problem]:
    if store.lost:
        yield Problem(store.lost)
    with store.snapshot() as connection:
        if store.is_sqlite:
            yield from map(Problem, _of_database(connection))
            yield from map(Problem, differences(connection))
        yield from map(Problem, _of_counters(connection))
        yield from map(Problem, _of_links(connection))
        yield from (Problem(what, damage=False) for what in _of_reviews(connection))
        rows = connection.execute(sa.select(articles).order_by(articles.c.id).execution_options(yield_per=AT_A_TIME))
        for part in _in_parts(rows):
            yield from _of_articles(connection, part, checked)


def _of_database(connection: sa.Connection) -> Iterator[str]:
    for (said,) in connection.execute(sa.text("PRAGMA integrity_check")):
        if said != "ok":
            yield f"the database is damaged: {' '.join(said.split())}"
    for table, row, parent, _ in connection.execute(sa.text("PRAGMA foreign_key_check")):
        yield f"{table}: row {row} refers to a row of {parent} that is not there"


def _of_counters(connection: sa.Connection) -> Iterator[str]:
    there = set(connection.execute(sa.select(meta.c.name)).scalars())
    for name in COUNTERS:
        if name not in there:
            yield f"meta: {name} is not there"


def _of_links(connection: sa.Connection) -> Iterator[str]:
    """Chains of duplicates: an article that represents others must not be a duplicate itself."""
    originals = sa.select(duplicates.c.original)
    chained = sa.select(duplicates.c.article_id).where(duplicates.c.article_id.in_(originals))
    for article_id in connection.execute(chained.order_by(duplicates.c.article_id)).scalars():
        yield f"article {article_id}: stands for others, and another one stands for it"


def _of_reviews(connection: sa.Connection) -> Iterator[str]:
    """Reviews in force of figures that are gone or have other words now."""
    wanted = sa.select(figures.c.figure_id, figures.c.figure)
    for part in _in_parts(history(connection).items()):
        there = wanted.where(figures.c.figure_id.in_([figure_id for figure_id, _ in part]))
        words = {row.figure_id: row.figure for row in connection.execute(there)}
        for figure_id, made in part:
            last = standing(made)
            if last is not None and words.get(figure_id) != last.figure:
                what = "says something else now" if figure_id in words else "is not there any more"
                named = f"figure {figure_id} ({last.figure!r}, article {last.article_id})"
                yield f"review by {last.reviewer} of {named}: the figure {what}"


def _of_articles(connection: sa.Connection, rows: Sequence[sa.Row[Any]], checked: Checked) -> Iterator[Problem]:
    ids = [row.id for row in rows]
    with_sketch = _ids(connection, sketches.c.article_id, ids)
    with_path = _ids(connection, ingests.c.article_id, ids)
    figures_of: dict[str, list[dict[str, object]]] = {}
    for figure in stored(connection, figures, figures.c.article_id, ids):
        figures_of.setdefault(figure["article_id"], []).append(figure)
    for row in rows:
        article = Article(**{name: row._mapping[name] for name in Article.__dataclass_fields__})
        found = figures_of.get(article.id, [])
        checked.articles += 1
        checked.figures += len(found)
        if row_of_article(article)["content"] != row.content:
            yield Problem(f"article {article.id}: its content is not what was stored (the hash differs)")
        if article.id not in with_path:
            yield Problem(f"article {article.id}: it is not known where it was read from", damage=False)
        if article.id not in with_sketch and any(map(str.isalnum, article.text)):
            yield Problem(f"article {article.id}: has no sketch to tell copies by")
        here = [row for row in found if article.text or (row["field"] == "title" and article.title)]
        checked.without_text += len(found) - len(here)
        yield from map(Problem, _of_figures(article, here, {row["figure_id"] for row in found}))


def _of_figures(article: Article, rows: Sequence[dict[str, object]], ids: set[object]) -> Iterator[str]:
    """What is wrong with these figures; `ids` are those of all figures of the article."""
    for row in rows:
        named = f"figure {row['figure_id']} of article {article.id}"
        if row["status"] != Status.REJECTED:
            yield from (f"{named}: {what}" for what in _of_words(article, row))
        if row["status"] == Status.EXTRACTED and row["part_of"] is not None and row["part_of"] not in ids:
            yield f"{named}: is part of {row['part_of']}, which is not among the figures of the article"


def _of_words(article: Article, row: dict[str, object]) -> Iterator[str]:
    """Whether the article has the figure at its offsets, and the quote around it, character for character."""
    words = article.title if row["field"] == "title" else article.text
    start, end, quote = int(str(row["start"])), int(str(row["end"])), str(row["quote"])
    if words[start:end] != row["figure"]:
        yield f"{row['figure']!r} does not stand at {start} to {end} of the {row['field']}"
        return
    begin = words.find(quote, max(0, end - len(quote)))
    if not 0 <= begin <= start:
        yield f"its quotation does not stand around it in the {row['field']}"


def _in_parts(things: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(things)
    while part := list(islice(iterator, AT_A_TIME)):
        yield part


def _ids(connection: sa.Connection, column: sa.Column[str], ids: Sequence[str]) -> set[str]:
    return set(connection.execute(sa.select(column).where(column.in_(ids))).scalars())
