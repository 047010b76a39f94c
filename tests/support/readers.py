"""The rules, loaded once for all tests of a process. They can share them: reading changes nothing in them."""

from __future__ import annotations

from tracker.model import Article
from tracker.reader import Reader, load_reader

READER = load_reader()


def places_read(reader: Reader, text: str, title: str = "") -> list[str | None]:
    """The place of each figure of a text of March 2024."""
    article = Article(id="test", title=title, text=text, published="2024-03-06")
    return [figure.place for figure in reader.read(article)]
