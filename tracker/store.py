"""The store: articles, the figures found in them, and where each article came from, in SQLite by SQLAlchemy Core."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import sqlalchemy as sa
from sqlalchemy import exc

from tracker.database import (
    FROM_ARTICLE,
    SCHEMA_VERSION,
    StoreError,
    articles,
    default_path,
    engine_of,
    figures,
    file_of,
    ingests,
    meta,
    reason,
    schema,
    url_of,
)
from tracker.model import COLUMNS, Article, Figure, Status
from tracker.rows import Added, merge, row_of, row_of_article
from tracker.timelines.schema import WORDS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Added", "Entry", "Store", "StoreError"]


class Entry(NamedTuple):
    """One article to store, the figures found in it, and the path it was read from ("" where there is none)."""

    article: Article
    figures: Sequence[Figure]
    path: str = ""


class Store:
    """Rows in, rows out. Writers of one store wait for each other; readers see the last finished write."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self.name = engine.url.database or engine.url.render_as_string(hide_password=True)
        with self._errors_told():
            self._prepare()

    @classmethod
    def open(cls, db: str | Path | None = None, *, create: bool = True) -> Self:
        """The store at a file path or database URL; without one that of TRACKER_DB, else the user's own.

        A store that does not exist is made where `create` is true, otherwise it is a StoreError; so is a file
        that is no store. ":memory:" is a store that ends with the process (for one thread at a time).
        """
        url = url_of(str(db) if db else os.environ.get("TRACKER_DB") or default_path())
        file = file_of(url)
        if file and not create and not file.exists():
            raise StoreError(str(file), "there is no store yet: `tracker add PATH` makes one")
        try:
            if file and create:
                file.parent.mkdir(parents=True, exist_ok=True)
            return cls(engine_of(url))
        except OSError as error:
            raise StoreError(str(file), f"cannot be made: {error.strerror}") from error

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, article: Article, found: Sequence[Figure], path: str = "") -> Added:
        """Store one article with its figures; says what that changed (see `add_many`)."""
        result = self.add_many([Entry(article, found, path)])[0]
        if isinstance(result, StoreError):
            raise result
        return result

    def add_many(self, entries: Iterable[Entry]) -> list[Added | StoreError]:
        """Store articles in one transaction: all of them are in it afterwards, or none.

        One answer per entry: "added", "unchanged" (the same content and figures are there), "updated" (content or
        figures differ: both are replaced, but figures that a person has reviewed stay as they are), or the
        StoreError that kept this one out.
        """
        with self._writing() as connection:
            results = [self._add_or_tell(connection, entry) for entry in entries]
            if "added" in results or "updated" in results:
                _new_revision(connection)
        return results

    def add_figures(self, found: Sequence[Figure], path: str = "") -> dict[Added, int]:
        """Store figures whose articles were not read, such as those of a table, in one transaction: all or none.

        How many of them were "added", "unchanged" or "updated" (one with the same id differed, and is replaced;
        but a figure that a person has reviewed stays where the new one is merely extracted). An article that the
        store lacks is made of what its figures say of it, without text; one that is there stays as it is, and
        when the whole article is added later, it takes the place of the empty one.
        """
        with self._writing() as connection:
            counts = merge(connection, found, path)
            if counts["added"] or counts["updated"]:
                _new_revision(connection)
        return counts

    def article(self, article_id: str) -> Article | None:
        """The article with this id, None where the store has none."""
        with self._reading() as connection:
            row = connection.execute(_ARTICLES.where(articles.c.id == article_id)).one_or_none()
        return Article(**row._mapping) if row else None

    def articles(self) -> Iterator[Article]:
        """All articles, by date of publication."""
        with self._reading() as connection:
            ordered = _ARTICLES.order_by(articles.c.published, articles.c.id)
            for row in connection.execution_options(yield_per=500).execute(ordered):
                yield Article(**row._mapping)

    def figures(self, article_id: str | None = None) -> list[Figure]:
        """All figures, or those of one article: by article, title before text, in the order of the words."""
        wanted = _FIGURES if article_id is None else _FIGURES.where(figures.c.article_id == article_id)
        with self._reading() as connection:
            return [_figure(row) for row in connection.execute(wanted)]

    def frame(self) -> pd.DataFrame:
        """All figures as a typed table (see tracker.timelines.columns.typed), in the order of `figures`."""
        import pandas as pd  # takes most of a second, and only tables need it

        from tracker.timelines.columns import typed

        with self._reading() as connection:
            rows = [tuple(row) for row in connection.execute(_FIGURES)]
        return typed(pd.DataFrame(rows, columns=list(COLUMNS), dtype=object))

    def sources_of(self, article_id: str) -> list[tuple[str, str]]:
        """Where an article was read from: (path, when it was first seen there, UTC, ISO), the earliest first."""
        wanted = sa.select(ingests.c.path, ingests.c.first_seen).where(ingests.c.article_id == article_id)
        with self._reading() as connection:
            rows = connection.execute(wanted.order_by(ingests.c.first_seen, ingests.c.path)).all()
        return [(path, seen.isoformat()) for path, seen in rows]

    def count_articles(self) -> int:
        """How many articles there are."""
        return self._number(sa.select(sa.func.count()).select_from(articles))

    def count_figures(self) -> int:
        """How many figures there are."""
        return self._number(sa.select(sa.func.count()).select_from(figures))

    def revision(self) -> int:
        """A number that grows with every write that changes articles or figures: what caches are keyed by."""
        return self._number(sa.select(meta.c.value).where(meta.c.name == "revision"))

    def _number(self, question: sa.Select[Any]) -> int:
        with self._reading() as connection:
            return int(connection.execute(question).scalar_one())

    def _prepare(self) -> None:
        """Make the tables of a new store, or check that those of an existing one are ours."""
        with self._engine.connect() as connection:
            tables = sa.inspect(connection).get_table_names()
        if not tables:
            with self._writing() as connection:
                schema.create_all(connection)
                if connection.execute(sa.select(meta)).first() is None:  # another process may have been faster
                    rows = [{"name": "schema_version", "value": SCHEMA_VERSION}, {"name": "revision", "value": 0}]
                    connection.execute(sa.insert(meta), rows)
        elif not {"meta", "articles", "figures"} <= set(tables):
            raise StoreError(self.name, "is a database, but not a store of the tracker")
        version = self._number(sa.select(meta.c.value).where(meta.c.name == "schema_version"))
        if version != SCHEMA_VERSION:
            raise StoreError(self.name, f"has schema version {version}, this tracker reads {SCHEMA_VERSION}")

    def _add_or_tell(self, connection: sa.Connection, entry: Entry) -> Added | StoreError:
        try:
            with connection.begin_nested():
                return _add(connection, entry)
        except _WRONG_ROW as error:
            return StoreError(self.name, f"article {entry.article.id} cannot be stored: {reason(error)}")

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with self._errors_told(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        with self._errors_told(), self._engine.execution_options(writes=True).begin() as connection:
            yield connection

    @contextmanager
    def _errors_told(self) -> Iterator[None]:
        try:
            yield
        except (exc.SQLAlchemyError, OverflowError, ValueError) as error:  # ValueError: a word that is no enum's
            raise StoreError(self.name, reason(error)) from error


_ARTICLES = sa.select(*(column for column in articles.c if column.name != "content"))

_FIGURES = (
    sa.select(*(articles.c[name] if name in FROM_ARTICLE else figures.c[name] for name in COLUMNS))
    .join_from(figures, articles)
    .order_by(figures.c.article_id, figures.c.field.desc(), figures.c.start, figures.c.figure_id)
)

# What is wrong with one row only (a number beyond 64 bits, a lone surrogate, a figure twice); anything else, such as a
# full disk, ends the whole transaction.
_WRONG_ROW = (exc.IntegrityError, exc.DataError, exc.InterfaceError, OverflowError, UnicodeError)


def _add(connection: sa.Connection, entry: Entry) -> Added:
    article = entry.article
    row = row_of_article(article)
    known = connection.execute(sa.select(articles.c.content).where(articles.c.id == article.id)).scalar_one_or_none()
    if known is None:
        connection.execute(sa.insert(articles).values(row))
    elif known != row["content"]:
        connection.execute(sa.update(articles).where(articles.c.id == article.id).values(row))
    others = _replace_figures(connection, article.id, entry.figures)
    _remember(connection, article.id, entry.path)
    if known is None:
        return "added"
    return "updated" if others or known != row["content"] else "unchanged"


def _replace_figures(connection: sa.Connection, article_id: str, found: Sequence[Figure]) -> bool:
    """Put the figures found in place of those stored; False where they are the same. Reviewed ones stay."""
    of_article = figures.c.article_id == article_id
    stored = [dict(row._mapping) for row in connection.execute(sa.select(figures).where(of_article))]
    reviewed = {row["figure_id"] for row in stored if row["status"] != Status.EXTRACTED}
    old = {row["figure_id"]: row for row in stored if row["figure_id"] not in reviewed}
    new = [row_of(figure) for figure in found if figure.figure_id not in reviewed]
    if len(new) == len(old) and all(old.get(row["figure_id"]) == row for row in new):
        return False
    connection.execute(sa.delete(figures).where(of_article, figures.c.status == Status.EXTRACTED.value))
    if new:
        connection.execute(sa.insert(figures), new)
    return True


def _remember(connection: sa.Connection, article_id: str, path: str) -> None:
    """Keep from which path the article came, with the time when it was first seen there."""
    row = {"article_id": article_id, "path": path}
    known = sa.select(ingests.c.path).where(ingests.c.article_id == article_id, ingests.c.path == path)
    if connection.execute(known).first() is None:
        connection.execute(sa.insert(ingests).values(row))


def _new_revision(connection: sa.Connection) -> None:
    connection.execute(sa.update(meta).where(meta.c.name == "revision").values(value=meta.c.value + 1))


def _figure(row: sa.Row[Any]) -> Figure:
    values = dict(row._mapping)
    for name, kind in WORDS.items():
        values[name] = kind(values[name]) if values[name] is not None else None
    return Figure(**values)
