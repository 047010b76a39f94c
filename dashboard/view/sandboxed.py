"""The reading that the dashboard does in sandbox processes: pasted texts, uploaded files, web addresses.

These functions run in other processes, which import this module by name. So it imports little.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from tracker.knowledge import load_publishers
from tracker.model import InputError, stable_id
from tracker.sources import Item, Reading, parse_text, read_figures, read_items

PASTED = "pasted text"

MAX_ARTICLE_LENGTH = 5_000_000
"""Characters of one article. A longer one is not sent to the server."""


def pasted(text: str, stated: Mapping[str, str]) -> Reading:
    """Return the article in a pasted text. `stated`: the values of the form, which override those in the text.

    Raises InputError if there is no article.
    """
    article = parse_text(text, PASTED)
    if stated:
        if "title" in stated and article.title not in ("", stated["title"]) and not text.lstrip().startswith("---"):
            # the first line was taken for the headline; with a typed headline it belongs to the text
            article = replace(article, text=f"{article.title}\n\n{article.text}".strip())
        article = replace(article, **stated)
        own_id = stable_id(article.title, article.text, article.published, article.publisher)
        article = replace(article, id=own_id)
    return Reading(load_publishers().named(article), PASTED)


def file_items(path: Path) -> Iterator[Item]:
    """Yield the items of an uploaded file, tables of figures included."""
    yield from _bounded(read_items([path], tables=read_figures))


def address_items(address: str) -> Iterator[Item]:
    """Fetch a web address and yield its items. Only public addresses are fetched."""
    yield from _bounded(read_items([address]))


def _bounded(items: Iterable[Item]) -> Iterator[Item]:
    for item in items:
        length = len(item.article.text) if isinstance(item, Reading) else 0
        if length > MAX_ARTICLE_LENGTH:
            yield InputError(item.path, f"has {length:,} characters: at most {MAX_ARTICLE_LENGTH:,} are read here")
        else:
            yield item
