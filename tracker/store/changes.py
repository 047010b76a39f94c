"""Planning and writing of articles: `plan` compares a batch with the store, `apply` writes what differs.

The two steps are separate so that a dry run can leave out the second one. Working in batches means that a hundred
articles cost a dozen statements instead of a thousand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import sqlalchemy as sa

from tracker.model import Status
from tracker.store.database import articles, extracted, figures, ingests, sketches
from tracker.store.decisions import Review, decided, keep_extracted, of_articles
from tracker.store.rows import Added, Entry, Row, parts, row_of, row_of_article, sketch_row, stored


class Outcome(NamedTuple):
    """What happened to one article, and how many of its figures are new, changed and gone."""

    answer: Added
    added: int = 0
    changed: int = 0
    vanished: int = 0


class Known(NamedTuple):
    """What the store knows about an article: the hash of its content, the rules that read it, its number of figures."""

    content: str
    rules: str | None
    figures: int


@dataclass(slots=True)
class Changes:
    """The rows to add and to replace when some articles are stored, with one outcome per article."""

    outcomes: list[Outcome] = field(default_factory=list)
    new_articles: list[Row] = field(default_factory=list)
    changed_articles: list[Row] = field(default_factory=list)
    read_anew: list[Row] = field(default_factory=list)  # unchanged articles that other rules have read
    sketches: list[Row] = field(default_factory=list)
    figures_gone: list[str] = field(default_factory=list)
    figures: list[Row] = field(default_factory=list)
    extracted: list[Row] = field(default_factory=list)  # reviewed figures as the rules found them
    places: list[Row] = field(default_factory=list)

    @property
    def texts_differ(self) -> bool:
        """Whether any article is new or changed."""
        return bool(self.new_articles or self.changed_articles)


class _Stored(NamedTuple):
    """What the store already holds of the given articles."""

    articles: dict[str, Known]
    figures: dict[str, list[Row]]
    extracted: dict[str, Row]
    reviews: dict[str, list[Review]]
    places: set[tuple[str, str]]


def without_repetition(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """The entries in order, split into lists without repeated articles, so that a repeat finds the first one stored."""
    batch: dict[str, Entry] = {}
    for entry in entries:
        if entry.article.id in batch:
            yield list(batch.values())
            batch = {}
        batch[entry.article.id] = entry
    if batch:
        yield list(batch.values())


def plan(connection: sa.Connection, entries: Sequence[Entry]) -> Changes:
    """The changes that storing the entries would make. No article may be repeated. Only reads."""
    there = _look_up(connection, [entry.article.id for entry in entries])
    changes = Changes()
    for entry in entries:
        changes.outcomes.append(_plan_one(entry, there, changes))
    return changes


def known_articles(connection: sa.Connection, ids: Sequence[str]) -> dict[str, Known]:
    """What the store knows about those of the articles that it has."""
    number = sa.select(sa.func.count()).where(figures.c.article_id == articles.c.id).scalar_subquery()
    wanted = sa.select(articles.c.id, articles.c.content, articles.c.rules, number.label("figures"))
    found = {}
    for part in parts(ids):
        for row in connection.execute(wanted.where(articles.c.id.in_(part))):
            found[row.id] = Known(row.content, row.rules, row.figures)
    return found


def apply(connection: sa.Connection, changes: Changes) -> None:
    """Write the changes."""
    if changes.new_articles:
        connection.execute(sa.insert(articles), changes.new_articles)
    if changes.changed_articles:
        connection.execute(_CHANGE, changes.changed_articles)
        for ids in parts([row["this"] for row in changes.changed_articles]):
            connection.execute(sa.delete(sketches).where(sketches.c.article_id.in_(ids)))
    if changes.read_anew:
        connection.execute(_READ_ANEW, changes.read_anew)
    if changes.sketches:
        connection.execute(sa.insert(sketches), changes.sketches)
    for ids in parts(changes.figures_gone):
        connection.execute(sa.delete(figures).where(figures.c.figure_id.in_(ids)))
        connection.execute(sa.delete(extracted).where(extracted.c.figure_id.in_(ids)))
    if changes.figures:
        connection.execute(sa.insert(figures), changes.figures)
    keep_extracted(connection, changes.extracted)
    if changes.places:
        connection.execute(sa.insert(ingests), changes.places)


def remember(connection: sa.Connection, places: Sequence[tuple[str, str]]) -> list[Row]:
    """The pairs of (article id, path) that the store lacks, as rows. Only reads."""
    there: set[tuple[str, str]] = set()
    for part in parts([article_id for article_id, _ in places]):
        there |= _places(connection, part)
    new = dict.fromkeys(place for place in places if place not in there)
    return [{"article_id": article_id, "path": path} for article_id, path in new]


_THIS = articles.c.id == sa.bindparam("this")
_CHANGE = sa.update(articles).where(_THIS)
_READ_ANEW = sa.update(articles).where(_THIS).values(rules=sa.bindparam("rules"))


def _look_up(connection: sa.Connection, ids: Sequence[str]) -> _Stored:
    known = known_articles(connection, ids)
    there = _Stored(known, {}, {}, {}, set())
    for part in parts(ids):  # there may be reviews of figures that are not stored yet
        there.reviews.update(of_articles(connection, part))
    for part in parts(list(known)):
        for row in stored(connection, figures, figures.c.article_id, part):
            there.figures.setdefault(row["article_id"], []).append(row)
        for row in stored(connection, extracted, extracted.c.article_id, part):
            there.extracted[row["figure_id"]] = row["row"]
        there.places.update(_places(connection, part))
    return there


def _places(connection: sa.Connection, ids: Sequence[str]) -> set[tuple[str, str]]:
    wanted = sa.select(ingests.c.article_id, ingests.c.path).where(ingests.c.article_id.in_(ids))
    return {(row.article_id, row.path) for row in connection.execute(wanted)}


def _plan_one(entry: Entry, there: _Stored, changes: Changes) -> Outcome:
    article_id = entry.article.id
    row = row_of_article(entry.article) | {"rules": entry.rules}
    known = there.articles.get(article_id)
    differs = known is None or known.content != row["content"]
    if known is None:
        changes.new_articles.append(row)
    elif differs:
        changes.changed_articles.append(row | {"this": article_id})
    elif known.rules != entry.rules:
        changes.read_anew.append({"this": article_id, "rules": entry.rules})
    if differs and (made := sketch_row(article_id, entry.article.text)):
        changes.sketches.append(made)
    if (article_id, entry.path) not in there.places:
        changes.places.append({"article_id": article_id, "path": entry.path})
    added, changed, vanished = _plan_figures(entry, there, changes)
    if known is None:
        return Outcome("added", added)
    others = differs or added or changed or vanished
    return Outcome("updated" if others else "unchanged", added, changed, vanished)


def _plan_figures(entry: Entry, there: _Stored, changes: Changes) -> tuple[int, int, int]:
    """Plan to replace the stored figures of an article by those found now.

    Reviewed figures stay as people decided, as long as the article has the same words in the same place; what the
    rules find now is kept beside them. A figure that was gone and is found again gets its reviews back.
    """
    stored = there.figures.get(entry.article.id)
    if not stored and not entry.figures:
        return 0, 0, 0
    rows = {row["figure_id"]: row for row in stored or ()}
    found = {figure.figure_id: row_of(figure, entry.reasons.get(figure.figure_id)) for figure in entry.figures}
    if len(found) < len(entry.figures):
        raise sa.exc.IntegrityError("a figure stands twice in the article", None, ValueError("figure_id twice"))
    kept = {
        key for key, row in rows.items() if row["status"] != Status.EXTRACTED and not _is_outdated(entry, row, there)
    }
    old = {key: row for key, row in rows.items() if key not in kept}
    left = {key: row for key, row in found.items() if key not in kept}
    new = {key: decided(row, there.reviews.get(key, [])) or row for key, row in left.items()}
    put = [key for key, row in new.items() if old.get(key) != row]
    changed = [key for key in put if key in old]
    vanished = sorted(old.keys() - new.keys())
    changes.figures += [new[key] for key in put]
    changes.figures_gone += [*changed, *vanished]
    changes.extracted += [left[key] for key in put if left[key] is not new[key]]
    changes.extracted += [row for key, row in found.items() if key in kept and there.extracted.get(key, row) != row]
    return len(put) - len(changed), len(changed), len(vanished)


def _is_outdated(entry: Entry, row: Row, there: _Stored) -> bool:
    """Whether the article no longer has the words of a reviewed figure in the same place."""
    text = entry.article.title if row["field"] == "title" else entry.article.text
    return row["figure_id"] in there.reviews and bool(text) and text[row["start"] : row["end"]] != row["figure"]
