"""Readers: files, folders and standard input become articles, one module per kind of input.

What cannot be read comes out as an InputError *value*, so that one broken item never stops the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from tracker.model import Article, InputError
from tracker.sources.feed import Entry
from tracker.sources.figures_table import read_figures
from tracker.sources.how import How
from tracker.sources.items import Figures, Item, Note, Reading, article_items
from tracker.sources.paths import read_items
from tracker.sources.text import read_text

__all__ = [
    "Figures",
    "How",
    "Item",
    "Note",
    "Reading",
    "parse_text",
    "read_feed_entry",
    "read_figures",
    "read_items",
    "read_paths",
]


def read_paths(paths: Iterable[str | Path]) -> Iterator[Article | InputError]:
    """The articles in files and folders ("-" is standard input), in order; an InputError for each that fails.

    `read_items` says more: where each article was found, and notes on what was left out.
    """
    for item in read_items(paths):
        if isinstance(item, Reading):
            yield item.article
        elif isinstance(item, InputError):
            yield item


def read_feed_entry(entry: Entry, path: str, how: How) -> Iterator[Item]:
    """The article that an item of a feed is: its full text fetched where `how` says so, else what the feed holds."""
    from tracker.sources.feed import read_entry
    from tracker.sources.streams import read_file

    if entry.is_full or not entry.url or not how.follow:
        yield from article_items(entry.values, path)
    else:
        yield from read_entry(entry, path, how, read_file)


def parse_text(text: str, name: str = "pasted text") -> Article:
    """The article in a pasted text, with or without YAML front matter; InputError (raised) where there is none."""
    for item in read_text(text, name):
        if isinstance(item, Reading):
            return item.article
        if isinstance(item, InputError):
            raise item
    raise InputError(name, "is empty")
