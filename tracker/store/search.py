"""Full-text search in the quotes: by SQLite's FTS5, kept up to date by triggers; in other databases by LIKE.

The index holds no text of its own. Its rows have the numbers of `quote_rows`, because VACUUM may change the row
numbers of `figures`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

import sqlalchemy as sa

from tracker.store.database import figures, schema

MOST_TERMS = 20
"""Words and phrases of a search that are looked at."""

TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')
WORD = re.compile(r"\w")

_THERE = "SELECT 1 FROM sqlite_master WHERE name = 'quotes'"  # another process may have made it meanwhile

_WORDS = "tokenize='unicode61 remove_diacritics 2'"

_MADE = (
    "CREATE TABLE quote_rows (id INTEGER PRIMARY KEY, figure_id TEXT NOT NULL UNIQUE)",
    "CREATE VIEW quote_texts AS SELECT id, quote FROM quote_rows JOIN figures USING (figure_id)",
    f"CREATE VIRTUAL TABLE quotes USING fts5(quote, content='quote_texts', content_rowid='id', {_WORDS})",
    """CREATE TRIGGER quotes_added AFTER INSERT ON figures BEGIN
        INSERT INTO quote_rows(figure_id) VALUES (new.figure_id);
        INSERT INTO quotes(rowid, quote) SELECT id, new.quote FROM quote_rows WHERE figure_id = new.figure_id;
    END""",
    """CREATE TRIGGER quotes_gone AFTER DELETE ON figures BEGIN
        INSERT INTO quotes(quotes, rowid, quote)
            SELECT 'delete', id, old.quote FROM quote_rows WHERE figure_id = old.figure_id;
        DELETE FROM quote_rows WHERE figure_id = old.figure_id;
    END""",
    """CREATE TRIGGER quotes_changed AFTER UPDATE OF quote ON figures BEGIN
        INSERT INTO quotes(quotes, rowid, quote)
            SELECT 'delete', id, old.quote FROM quote_rows WHERE figure_id = old.figure_id;
        INSERT INTO quotes(rowid, quote) SELECT id, new.quote FROM quote_rows WHERE figure_id = new.figure_id;
    END""",
)


def index_quotes(connection: sa.Connection) -> None:
    """Make the index from the stored figures, if there is none yet. Only in SQLite."""
    if connection.dialect.name != "sqlite" or connection.exec_driver_sql(_THERE).first():
        return
    for statement in _MADE:
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql("INSERT INTO quote_rows(figure_id) SELECT figure_id FROM figures ORDER BY rowid")
    connection.exec_driver_sql("INSERT INTO quotes(quotes) VALUES ('rebuild')")


def forget_quotes(connection: sa.Connection) -> None:
    """Delete the index, so that `index_quotes` can make it again after the table of figures was replaced."""
    for name in ("quotes_added", "quotes_gone", "quotes_changed"):
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    connection.exec_driver_sql("DROP VIEW quote_texts")
    for name in ("quotes", "quote_rows"):
        connection.exec_driver_sql(f"DROP TABLE {name}")


_COMPARED = (
    f"CREATE VIRTUAL TABLE temp.again USING fts5(quote, content='', {_WORDS})",
    "INSERT INTO temp.again(rowid, quote) SELECT id, quote FROM quote_texts",
    "CREATE VIRTUAL TABLE temp.words_again USING fts5vocab(temp, again, instance)",
    "CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, quotes, instance)",
)
_TO_COMPARE = ("SELECT term, doc, offset FROM temp.words", "SELECT term, doc, offset FROM temp.words_again")
_UNNUMBERED = "SELECT COUNT(*) FROM figures LEFT JOIN quote_rows USING (figure_id) WHERE id IS NULL"


def differences(connection: sa.Connection) -> Iterator[str]:
    """What is wrong with the index: it must hold every word of every quote at its place, and nothing else.

    The quotes are indexed again in the temporary database, so that nothing is written into the store.
    """
    try:
        if not connection.exec_driver_sql(_THERE).first():
            yield "the index of the quotes is missing"
            return
        missing = connection.exec_driver_sql(_UNNUMBERED).scalar_one()
        if missing:
            yield f"the index of the quotes lacks {missing} figures"
        for statement in _COMPARED:
            connection.exec_driver_sql(statement)
        kept, made = (connection.exec_driver_sql(words) for words in _TO_COMPARE)
        if any(one != other for one, other in zip_longest(kept, made)):
            yield "the index of the quotes holds other words than the quotes"
        kept.close()
        made.close()
        for name in ("words", "words_again", "again"):
            connection.exec_driver_sql(f"DROP TABLE temp.{name}")
    except (sa.exc.DatabaseError, sqlite3.DatabaseError) as error:
        yield f"the index of the quotes is damaged ({getattr(error, 'orig', error)})"


@sa.event.listens_for(schema, "after_create")
def _index_a_new_store(_: sa.MetaData, connection: sa.Connection, **_options: Any) -> None:
    index_quotes(connection)


def terms(words: str) -> list[str]:
    """The search terms: words, and phrases in quotation marks. Punctuation alone is not a term."""
    found = [(phrase or word).replace("\x00", " ").strip() for phrase, word in TERM.findall(words)]
    return [term for term in found if WORD.search(term)][:MOST_TERMS]


def search(connection: sa.Connection, words: str) -> list[str] | None:
    """The ids of the figures whose quote contains all the words; None where there are no words.

    Case and accents are ignored, and the last word may be the beginning of one. Nothing in `words` is query syntax.
    """
    wanted = terms(words)
    if not wanted:
        return None
    if connection.dialect.name == "sqlite":
        return list(connection.execute(_IDS, {"words": _expression(wanted)}).scalars())
    return list(connection.execute(having(wanted)).scalars())


def numbers(connection: sa.Connection, words: str) -> list[int] | None:
    """The numbers of these figures in the index (see `numbered`); None where there are no words, or no index.

    This is much faster than `search` where many figures are found.
    """
    wanted = terms(words)
    if not wanted or connection.dialect.name != "sqlite":
        return None
    cursor = connection.execute(_NUMBERS, {"words": _expression(wanted)}).cursor
    return [row[0] for row in cursor.fetchall()] if cursor is not None else []


def numbered(connection: sa.Connection) -> list[tuple[int, str]]:
    """The number of each figure in the index, and its id; empty where there is no index."""
    if connection.dialect.name != "sqlite":
        return []
    cursor = connection.exec_driver_sql("SELECT id, figure_id FROM quote_rows").cursor
    return list(cursor.fetchall()) if cursor is not None else []  # rows of the driver, because there may be millions


def having(wanted: list[str]) -> sa.Select[Any]:
    """The query for the ids of the figures whose quote contains all the terms, for a database without the index."""
    return sa.select(figures.c.figure_id).where(*(figures.c.quote.icontains(one, autoescape=True) for one in wanted))


def _expression(wanted: list[str]) -> str:
    return " ".join('"' + term.replace('"', '""') + '"' for term in wanted) + "*"


_NUMBERS = sa.text("SELECT rowid FROM quotes WHERE quotes MATCH :words")
_IDS = sa.text("SELECT figure_id FROM quote_rows WHERE id IN (SELECT rowid FROM quotes WHERE quotes MATCH :words)")
