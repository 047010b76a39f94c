"""The store: articles, the figures in them, where they came from and what failed, in SQLite or PostgreSQL."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import sqlalchemy as sa
from sqlalchemy import exc

from tracker.model import Article, Figure
from tracker.store.changes import Changes, Known, Outcome, apply, known_articles, plan, remember, without_repetition
from tracker.store.connections import named
from tracker.store.database import (
    StoreError,
    articles,
    figures,
    ingests,
    meta,
    reason,
)
from tracker.store.duplicates import Link, copies, keep_links, links, stored_links, text_of, texts
from tracker.store.failures import Failure, all_failures, clear, keep
from tracker.store.frames import FIGURES, table_of
from tracker.store.mark import clear_mark, copy_to_file, set_mark
from tracker.store.opening import Opened, open_database
from tracker.store.rows import Added, Entry, differing, merge
from tracker.store.search import search
from tracker.store.stamps import new_revision
from tracker.timelines.schema import WORDS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Added", "Entry", "Store", "StoreError"]


class Store:
    """A store of articles, figures, reviews and failures. Writers wait for each other; readers see the last commit."""

    def __init__(self, opened: Opened, *, read_only: bool = False) -> None:
        self._engine = opened.engine
        self.name = opened.name
        self.lost = opened.lost
        """What writes were lost with the log of the store, in words; "" for none."""
        self.is_sqlite = self._engine.dialect.name == "sqlite"
        self.file = opened.file
        """The file of an SQLite store; None for one without a file."""
        self.may_write = not read_only
        self._keeps_log = opened.file is not None and not read_only
        # runs at the latest when Python ends, also where nobody closes the store
        self._close = weakref.finalize(self, _closed, opened, marked=self._keeps_log)

    @property
    def engine(self) -> sa.Engine:
        """The SQLAlchemy engine of the store, for tests that count statements."""
        return self._engine

    @classmethod
    def open(cls, db: str | Path | None = None, *, create: bool = True, read_only: bool = False) -> Self:
        """The store at a file path or database URL; without one that of TRACKER_DB, else the user's own.

        A store that does not exist is made where `create` is true; otherwise it is a StoreError. So is a file that is
        no store, which is not changed. `read_only`: nothing is made or changed, by whatever is called later.
        ":memory:" is a store that ends with the process (for one thread at a time).
        """
        return cls(open_database(named(db), create=create, read_only=read_only), read_only=read_only)

    def close(self) -> None:
        """Close all connections."""
        self._close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, article: Article, found: Sequence[Figure], path: str = "") -> Added:
        """Store one article with its figures; returns what that changed (see `add_many`)."""
        return self.add_entry(Entry(article, found, path))

    def add_entry(self, entry: Entry) -> Added:
        """Store one entry; returns what that changed. StoreError where it cannot be stored."""
        result = self.add_many([entry])[0]
        if isinstance(result, StoreError):
            raise result
        return result

    def add_many(self, entries: Iterable[Entry]) -> list[Added | StoreError]:
        """Store articles in one transaction: all of them, or none.

        Returns one answer per entry: "added"; "unchanged" (content and figures are the same); "updated" (content or
        figures differ and are replaced, but reviewed figures stay); or the StoreError that kept this entry out.
        """
        return [one if isinstance(one, StoreError) else one.answer for one in self.put_many(entries)]

    def put_many(self, entries: Iterable[Entry], failed: Iterable[Failure] = ()) -> list[Outcome | StoreError]:
        """Like `add_many`, but each answer counts figures, and `failed` is kept in the same transaction."""
        outcomes: list[Outcome | StoreError] = []
        with self.writing() as connection:
            for batch in without_repetition(entries):
                outcomes += self._put(connection, batch)
            keep(connection, failed)
        return outcomes

    def preview(self, entries: Iterable[Entry]) -> list[Outcome]:
        """What `put_many` would return. Changes nothing. No article may be repeated."""
        with self._reading() as connection:
            return plan(connection, list(entries)).outcomes

    def known(self, ids: Sequence[str]) -> dict[str, Known]:
        """What the store knows about these articles, by id; those that it lacks are left out."""
        with self._reading() as connection:
            return known_articles(connection, ids)

    def remember(self, places: Sequence[tuple[str, str]]) -> None:
        """Keep further paths from which stored articles were read: (article id, path)."""
        with self._reading() as connection:
            new = remember(connection, places)
        if new:
            with self.writing() as connection:
                connection.execute(sa.insert(ingests), remember(connection, places))

    def add_figures(self, found: Sequence[Figure], path: str = "", *, dry_run: bool = False) -> dict[Added, int]:
        """Store figures without their articles, such as those of a table, in one transaction: all or none.

        Returns how many were "added", "unchanged" or "updated" (the stored one differed and was replaced; but a
        reviewed figure is not replaced by one that is only extracted). A missing article is made from its figures,
        without text. When the whole article is added later, it replaces the empty one. A dry run changes nothing.
        """
        if dry_run:
            with self._reading() as connection:
                return differing(connection, found).counts()
        with self.writing() as connection:
            counts, touched = merge(connection, found, path)
            if touched:
                new_revision(connection, touched)
        return counts

    def article(self, article_id: str) -> Article | None:
        """The article with this id; None where the store has none."""
        with self._reading() as connection:
            row = connection.execute(_ARTICLES.where(articles.c.id == article_id)).one_or_none()
        return Article(**row._mapping) if row else None

    def articles(self) -> Iterator[Article]:
        """All articles, ordered by date of publication."""
        with self._reading() as connection:
            ordered = _ARTICLES.order_by(articles.c.published.nulls_first(), articles.c.id)
            for row in connection.execute(ordered.execution_options(yield_per=500)):
                yield Article(**row._mapping)

    def figures(self, article_id: str | None = None) -> list[Figure]:
        """All figures, or those of one article: ordered by article, title before text, and position."""
        wanted = _IN_ORDER if article_id is None else _IN_ORDER.where(figures.c.article_id == article_id)
        with self._reading() as connection:
            return [_figure(row) for row in connection.execute(wanted)]

    def frame(self, figure_ids: Sequence[str] | None = None) -> pd.DataFrame:
        """The figures (all, or those with the given ids) as a typed table, in the order of `figures`.

        See tracker.timelines.columns.typed. For more than a few ids, take the whole table.
        """
        wanted = _IN_ORDER if figure_ids is None else _IN_ORDER.where(figures.c.figure_id.in_(figure_ids))
        with self._reading() as connection:
            return table_of(connection, wanted)

    def reasons(self, article_id: str) -> dict[str, str]:
        """By figure id, for the figures of an article: why it belongs to its conflict, or to none, where known."""
        told = sa.select(figures.c.figure_id, figures.c.conflict_reason)
        wanted = told.where(figures.c.article_id == article_id, figures.c.conflict_reason.is_not(None))
        with self._reading() as connection:
            return {row.figure_id: row.conflict_reason for row in connection.execute(wanted)}

    def search(self, words: str) -> list[str] | None:
        """The ids of the figures whose quotes contain all these words (tracker.store.search); None for no words."""
        with self._reading() as connection:
            return search(connection, words)

    def copies(self) -> dict[str, str]:
        """For each article with figures that belongs to a group of copies: the article that represents the group.

        See tracker.store.duplicates. An article that was made from a table has no text and belongs to no group.
        """
        with self.snapshot() as connection:
            linked = _number(connection, "texts") == _number(connection, "linked")
            known = stored_links(connection) if linked else links(texts(connection))
            return copies(connection, known)

    def duplicates(self) -> dict[str, Link]:
        """By article id: the article that represents it, and what they share, as of the last `link`."""
        with self._reading() as connection:
            return stored_links(connection)

    def link(self) -> list[tuple[str, Link]]:
        """Link every duplicate to the article that represents it; returns the new links."""
        with self.snapshot() as connection:
            state = _number(connection, "texts")
            if state == _number(connection, "linked"):
                return []
            old, new = stored_links(connection), links(texts(connection))
        with self.writing() as connection:
            if _number(connection, "texts") != state:  # another process has stored texts meanwhile: link those too
                state, new = _number(connection, "texts"), links(texts(connection))
            keep_links(connection, new)
            connection.execute(sa.update(meta).where(meta.c.name == "linked").values(value=state))
        return sorted((one, link) for one, link in new.items() if one not in old)

    def preview_links(self, added: Iterable[Article]) -> list[tuple[str, Link]]:
        """The links that `link` would make if these articles were stored. Changes nothing."""
        new = {one.id: text for one in added if (text := text_of(one))}
        with self.snapshot() as connection:
            there = [one for one in texts(connection) if one.article_id not in new]
            old = stored_links(connection)
        return sorted((one, link) for one, link in links([*there, *new.values()]).items() if one not in old)

    def failures(self) -> list[Failure]:
        """The inputs that could not be read or stored, ordered by path and line."""
        with self._reading() as connection:
            return all_failures(connection)

    def clear_failures(self, ids: Sequence[str]) -> None:
        """Delete failures, because their inputs were read since, or are given up."""
        with self.writing() as connection:
            clear(connection, ids)

    def sources_of(self, article_id: str) -> list[tuple[str, str]]:
        """Where an article was read from: (path, ISO time in UTC of the first time), the earliest first."""
        wanted = sa.select(ingests.c.path, ingests.c.first_seen).where(ingests.c.article_id == article_id)
        with self._reading() as connection:
            rows = connection.execute(wanted.order_by(ingests.c.first_seen, ingests.c.path)).all()
        return [(path, seen.isoformat()) for path, seen in rows]

    def count_articles(self) -> int:
        """The number of articles."""
        return self._count(sa.select(sa.func.count()).select_from(articles))

    def count_figures(self) -> int:
        """The number of figures."""
        return self._count(sa.select(sa.func.count()).select_from(figures))

    def revision(self) -> int:
        """A number that grows with every change to articles or figures. Caches use it as their key."""
        with self._reading() as connection:
            return _number(connection, "revision")

    def transaction(self, *, writes: bool = False) -> AbstractContextManager[sa.Connection]:
        """A transaction for modules that use the tables, such as tracker.review. Its errors are StoreErrors.

        One that `writes` waits for other writers at the start, and is rolled back where anything is raised.
        """
        return self.writing() if writes else self.snapshot()

    def _count(self, question: sa.Select[Any]) -> int:
        with self._reading() as connection:
            return int(connection.execute(question).scalar_one())

    def _put(self, connection: sa.Connection, batch: Sequence[Entry]) -> Sequence[Outcome | StoreError]:
        """Store a batch at once; if a row is refused, store one by one, so that only its article is left out."""
        try:
            with connection.begin_nested():
                changes = plan(connection, batch)
                apply(connection, changes)
        except (exc.SQLAlchemyError, OverflowError, UnicodeError) as error:
            if not _is_of_one_row(error):
                raise
            if len(batch) > 1:
                return [answer for entry in batch for answer in self._put(connection, [entry])]
            return [StoreError(self.name, f"article {batch[0].article.id} cannot be stored: {reason(error)}")]
        _count_up(connection, batch, changes)
        return changes.outcomes

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with self._errors_told(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[sa.Connection]:
        """A transaction whose queries all see the same state; its errors are StoreErrors."""
        kept = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with self._errors_told(), self._engine.execution_options(**kept).connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction that writes everything or nothing while other writers wait; its errors are StoreErrors."""
        with self._errors_told():
            with self._engine.execution_options(writes=True).begin() as connection:
                first = self._keeps_log and set_mark(connection)
                yield connection
            if first:
                copy_to_file(self._engine)

    @contextmanager
    def _errors_told(self) -> Iterator[None]:
        try:
            yield
        except (exc.SQLAlchemyError, OverflowError, ValueError) as error:  # ValueError: a word that is not in an enum
            raise StoreError(self.name, reason(error)) from error


_ARTICLES = sa.select(*(articles.c[name] for name in Article.__dataclass_fields__))

_IN_ORDER = FIGURES.order_by(figures.c.article_id, figures.c.field.desc(), figures.c.start, figures.c.figure_id)

_NUMBER = sa.select(meta.c.value).where(meta.c.name == sa.bindparam("name"))  # built once

_WRONG_ROW = (exc.IntegrityError, exc.DataError, exc.InterfaceError, OverflowError, UnicodeError)


def _is_of_one_row(error: Exception) -> bool:
    """Whether the error is about one row (a number beyond 64 bits, a lone surrogate, a repeated figure, a long id).

    Any other error, such as a full disk, ends the whole transaction.
    """
    if isinstance(error, _WRONG_ROW):
        return True
    return str(getattr(getattr(error, "orig", None), "sqlstate", None)).startswith("54")  # "program limit exceeded"


def _number(connection: sa.Connection, name: str) -> int:
    value = connection.execute(_NUMBER, {"name": name}).scalar()
    if not isinstance(value, int):
        raise exc.NoResultFound(f"is damaged: its number {name!r} is missing; a backup can take its place")
    return value


def _closed(opened: Opened, *, marked: bool) -> None:
    if marked:
        clear_mark(opened.engine)
    opened.cleanup.close()


def _count_up(connection: sa.Connection, batch: Sequence[Entry], changes: Changes) -> None:
    answers = zip(batch, changes.outcomes, strict=True)
    if touched := [entry.article.id for entry, one in answers if one.answer != "unchanged"]:
        new_revision(connection, touched)
    if changes.texts_differ:
        connection.execute(sa.update(meta).where(meta.c.name == "texts").values(value=meta.c.value + 1))


def _figure(row: sa.Row[Any]) -> Figure:
    values = dict(row._mapping)
    for name, kind in WORDS.items():
        values[name] = kind(values[name]) if values[name] is not None else None
    return Figure(**values)
