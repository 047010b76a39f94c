"""Readers: one module per input format.

In: paths, folders, web addresses or standard input, and ReadOptions. Out: a stream of items: a Reading (one Article
and the path it came from), Figures (rows of a table of figures), a Note, or an InputError. An InputError is returned
as a value, so one broken item never stops the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.model import Article, InputError
from tracker.sources.figures_table import read_figures
from tracker.sources.items import Figures, Item, Note, Reading, article_items
from tracker.sources.options import ReadOptions
from tracker.sources.paths import read_items
from tracker.sources.text import read_text

if TYPE_CHECKING:
    from tracker.sources.feed import Entry

__all__ = [
    "Figures",
    "Item",
    "Note",
    "ReadOptions",
    "Reading",
    "parse_text",
    "read_feed_entry",
    "read_figures",
    "read_items",
    "read_paths",
]


def read_paths(paths: Iterable[str | Path]) -> Iterator[Article | InputError]:
    """Yield the articles in files and folders ("-" is standard input), in order, and an InputError for each failure.

    `read_items` also yields the path of each article and notes on what was skipped.
    """
    for item in read_items(paths):
        if isinstance(item, Reading):
            yield item.article
        elif isinstance(item, InputError):
            yield item


def read_feed_entry(entry: Entry, path: str, options: ReadOptions) -> Iterator[Item]:
    """Yield the article of a feed entry. If the feed holds less and `options.follow` is set, its text is fetched."""
    from tracker.sources.feed import read_entry
    from tracker.sources.streams import read_file

    if entry.wrong:
        yield InputError(path, f"an item of the feed {entry.wrong}")
    elif entry.is_full or not entry.url or not options.follow:
        yield from article_items(entry.values, path)
    else:
        yield from read_entry(entry, path, options, read_file)


def parse_text(text: str, name: str = "pasted text") -> Article:
    """Return the article in a pasted text, with or without YAML front matter. Raises InputError if there is none."""
    for item in read_text(text, name):
        if isinstance(item, Reading):
            return item.article
        if isinstance(item, InputError):
            raise item
    raise InputError(name, "is empty")
