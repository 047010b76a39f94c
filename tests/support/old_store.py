"""A store as the first version of the tracker made it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from made_figures import ARTICLE, FIGURE

from tracker.model import COLUMNS, Status

FROM_ARTICLE = ("publisher", "published", "title", "url", "language")
OWN = [name for name in COLUMNS if name not in FROM_ARTICLE]

TYPES = {name: "BIGINT" if name in ("start", "end", "value", "low", "best", "high") else "TEXT" for name in OWN}

VERSION_1 = f"""
    CREATE TABLE meta (name TEXT NOT NULL, value BIGINT NOT NULL, PRIMARY KEY (name));
    CREATE TABLE articles (
        id TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL, published TEXT, publisher TEXT NOT NULL,
        url TEXT NOT NULL, language TEXT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (id)
    );
    CREATE TABLE ingests (
        article_id TEXT NOT NULL, path TEXT NOT NULL, first_seen DATETIME DEFAULT CURRENT_TIMESTAMP NOT NULL,
        PRIMARY KEY (article_id, path), FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
    );
    CREATE TABLE figures (
        {", ".join(f'"{name}" {kind}' for name, kind in TYPES.items())},
        PRIMARY KEY (figure_id), FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
    );
    CREATE INDEX ix_figures_article_id ON figures (article_id);
    INSERT INTO meta VALUES ('schema_version', 1), ('revision', 7);
"""


def make_version_1(path: Path) -> None:
    """A store as the first version of the tracker made it, with one article and a figure that a person accepted."""
    values = [Status.ACCEPTED if name == "status" else getattr(FIGURE, name) for name in OWN]
    article = ("a1", ARTICLE.title, ARTICLE.text, ARTICLE.published, ARTICLE.publisher, ARTICLE.url, "en", "hash")
    with sqlite3.connect(path) as connection:
        connection.executescript(VERSION_1)
        connection.execute(f"INSERT INTO articles VALUES ({', '.join('?' * 8)})", article)
        connection.execute("INSERT INTO ingests (article_id, path) VALUES ('a1', 'a.md')")
        connection.execute(f"INSERT INTO figures VALUES ({', '.join('?' * len(OWN))})", values)
