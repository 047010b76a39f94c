"""RSS and Atom feeds, with feedparser: one article per item."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterator, Mapping
from typing import Any

from tracker.fetching import joined
from tracker.model import Article, InputError, stable_id
from tracker.sources.feed_dates import doubt_about, written_date
from tracker.sources.feed_items import count_items, feeds_of_one
from tracker.sources.html_fragments import text_of
from tracker.sources.items import Item, Note, Reading, article_items, one_line
from tracker.sources.options import Read, ReadOptions
from tracker.sources.publication_date import iso_date
from tracker.sources.web import is_address, read_followed

MAX_ITEMS = 2_000
FULL = 600  # characters; a longer text is the full article, not a summary


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """An item of a feed: the values of its article by name, whether it holds the full text, and a unique key.

    `doubt`: why its date is left out, "" if it is not. `wrong`: why the item cannot be read, "" if it can.
    """

    values: Mapping[str, object]
    is_full: bool
    key: str = ""
    doubt: str = ""
    wrong: str = ""

    @property
    def url(self) -> str:
        """The address of the article, "" if the item has none."""
        return str(self.values.get("url") or "")


def read_feed(data: bytes, path: str, options: ReadOptions, read: Read) -> Iterator[Item]:
    """Yield the articles of a feed, in feed order.

    If an item holds only a summary and `options.follow` is set, the full text is fetched. If that fails, the summary
    is read and a Note says so.
    """
    try:
        entries = parse_feed(data, path)
    except ValueError as error:
        what = str(error)
        yield InputError(path, what) if options.named else Note(path, f"left out: {what}")
        return
    if not entries:
        yield InputError(path, "is a feed without items")
    if len(entries) > MAX_ITEMS:
        yield Note(path, f"has {len(entries):,} items, of which the first {MAX_ITEMS:,} are read")
    summaries = 0
    for number, entry in enumerate(entries[:MAX_ITEMS], start=1):
        if entry.doubt:
            yield Note(path, f"item {number} {entry.doubt}")
        if entry.wrong:
            yield InputError(path, f"item {number} {entry.wrong}")
        elif not entry.is_full and entry.url and options.follow and options.web is not None:
            yield from read_entry(entry, path, options, read)
        else:
            summaries += not entry.is_full
            yield from article_items(entry.values, path, which=f"item {number} ")
    if summaries and not options.follow:
        what = f"items with no more than a summary: {summaries}"
        yield Note(path, options.advised(what, "; --fetch reads the full texts"))


def read_entry(entry: Entry, path: str, options: ReadOptions, read: Read) -> Iterator[Item]:
    """Yield the article that an item links to. Values missing on the page are taken from the item."""
    found = list(read_followed(entry.url, options, read))
    readings = [item for item in found if isinstance(item, Reading)]
    if len(readings) == 1:
        yield Reading(_completed(readings[0].article, entry), readings[0].path)
        return
    why = next((item.what for item in found if isinstance(item, InputError)), "holds no single article")
    yield Note(entry.url, f"full text not read, its summary is: {why}")
    yield from article_items(entry.values, path)


def _completed(article: Article, entry: Entry) -> Article:
    """Return the article of a page, with title, date and publisher from the feed where the page has none."""
    stated = iso_date(str(entry.values.get("published") or ""))
    return dataclasses.replace(
        article,
        title=article.title or str(entry.values.get("title") or ""),
        published=article.published or stated,
        publisher=article.publisher or str(entry.values.get("publisher") or ""),
    )


def parse_feed(data: bytes, address: str = "") -> list[Entry]:
    """Return the items of a feed, in feed order. Relative links are resolved against `address`.

    Raises ValueError with a short reason if the data is not a feed.
    """
    found = _parsed(data)
    if found is None or len(found.entries) < count_items(data):
        entries = _one_by_one(data, address)
        if found is None or len(entries) > len(found.entries):
            if any(not entry.wrong for entry in entries):
                return entries
            raise ValueError("cannot be read as a feed")
    if not found.get("version") and not found.entries:
        raise ValueError("is no feed")
    return _entries(found, address)


def _parsed(data: bytes) -> Any:
    """Return what feedparser finds, None if it fails."""
    import feedparser

    try:
        # bytes, never a name: feedparser would open it as a file or address
        return feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except MemoryError:
        raise
    except Exception:
        # Broad on purpose: on a broken feed the lenient parser raises exceptions of any type.
        return None


def _one_by_one(data: bytes, address: str) -> list[Entry]:
    """Return the items of a feed in which one item ends or swallows the others."""
    entries = []
    for one in feeds_of_one(data, MAX_ITEMS):
        found = _parsed(one)
        key = stable_id(one.decode("latin-1"))
        of_one = _entries(found, address) if found is not None else []
        entries += of_one or [Entry({}, is_full=True, key=key, wrong="cannot be read")]
    return entries


def _entries(found: Any, address: str) -> list[Entry]:
    publisher = _plain(found.feed.get("title"))
    language = str(found.feed.get("language") or "")
    return [_entry_or_why(item, publisher, language, address) for item in found.entries]


def _entry_or_why(item: Mapping[str, Any], publisher: str, language: str, address: str) -> Entry:
    try:
        return _entry(item, publisher, language, address)
    except MemoryError:
        raise
    except Exception as error:
        # Broad on purpose: the values of a broken item may be of any type.
        key = stable_id(str(item.get("id") or item.get("link") or item.get("title") or ""))
        return Entry({}, is_full=True, key=key, wrong=f"cannot be read ({type(error).__name__})")


def _entry(item: Mapping[str, Any], publisher: str, language: str, address: str) -> Entry:
    contents = [str(part.get("value") or "") for part in item.get("content") or () if isinstance(part, Mapping)]
    texts = [text_of(text) for text in (*contents, str(item.get("summary") or ""))]
    text = max(texts, key=len)
    source = item.get("source")
    named = _plain(source.get("title")) if isinstance(source, Mapping) else ""
    url = joined(address, str(item.get("link") or "")) if is_address(address) else str(item.get("link") or "").strip()
    published = written_date(item)
    doubt = doubt_about(published) if published is not None else ""
    values = {
        "title": _plain(item.get("title")),
        "text": text,
        "published": None if doubt else published,
        "publisher": named or publisher,
        "url": url if is_address(url) else None,
        "language": str(item.get("language") or language) or None,
    }
    key = stable_id(item.get("id") or url or f"{values['title']}{values['published']}")
    return Entry(values, is_full=len(text) >= FULL, key=key, doubt=doubt)


def _plain(title: object) -> str:
    """Return a title, which may contain HTML, as plain text on one line."""
    return one_line(text_of(str(title or "")))
