"""Lists of links to articles, as GDELT publishes them. The articles are fetched.

Supported are the lists of GDELT's DOC 2.0 API (JSON and CSV) and of its Global Knowledge Graph (GKG 1.0, 2.0, 2.1).
"""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from tracker.model import Article, InputError
from tracker.sources.items import Item, Note, Reading
from tracker.sources.options import Read, ReadOptions
from tracker.sources.table import first_line
from tracker.sources.web import is_address, read_followed

MAX_LINKS = 1_000
DOC_HEADER = frozenset({"url", "mobileurl", "date", "title"})
GKG_2 = re.compile(r"\d{14}-T?\d{1,9}\t(\d{14})\t")
GKG_1 = re.compile(r"DATE\tNUMARTS\t")
SEEN = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]?(\d\d):?(\d\d):?(\d\d))?")
ADDRESS_COLUMN = 4  # of GKG 2; the date is in column 1
BETWEEN = "<UDIV>"  # separator of addresses in a cell of GKG 1


@dataclasses.dataclass(frozen=True, slots=True)
class Link:
    """A link to an article: its address, the day it was seen (ISO), and its title in the list."""

    url: str
    seen: str = ""
    title: str = ""


def links_in_json(value: object) -> list[Link] | None:
    """Return the links in a JSON value, None if it is not a list of links."""
    if not isinstance(value, dict):
        return None
    articles = value.get("articles")
    if not isinstance(articles, list) or not all(isinstance(one, dict) for one in articles):
        return None
    if not articles and set(value) == {"articles"}:
        return []
    if not any("seendate" in one for one in articles):
        return None
    return [Link(_text(one, "url"), _day(_text(one, "seendate")), _text(one, "title")) for one in articles]


def _text(one: dict[str, Any], name: str) -> str:
    found = one.get(name)
    return found.strip() if isinstance(found, str) else ""


def links_in_table(text: str) -> list[Link] | None:
    """Return the links in a table, None if it is not a list of links."""
    text = text.lstrip("\ufeff")
    first = first_line(text)
    if GKG_2.match(first):
        return list(_gkg_2(text.split("\n")))
    if GKG_1.match(first):
        return list(_gkg_1(text.split("\n")))
    if frozenset(cell.strip(' "\r').casefold() for cell in first.split(",")) >= DOC_HEADER:
        try:
            rows = list(csv.DictReader(io.StringIO(text.replace("\0", ""), newline="")))
        except csv.Error:
            return None
        known = [{str(name).casefold(): cell for name, cell in row.items()} for row in rows]
        return [Link(_text(row, "url"), _day(_text(row, "date")), _text(row, "title")) for row in known]
    return None


def _gkg_2(lines: Iterable[str]) -> Iterator[Link]:
    for line in lines:
        cells = line.split("\t", ADDRESS_COLUMN + 1)
        if len(cells) > ADDRESS_COLUMN:
            yield Link(cells[ADDRESS_COLUMN].strip(), _day(cells[1]))


def _gkg_1(lines: Iterable[str]) -> Iterator[Link]:
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    for row in rows:
        for url in (row.get("SOURCEURLS") or "").split(BETWEEN):
            yield Link(url.strip(), _day(row.get("DATE") or ""))


def _day(seen: str) -> str:
    found = SEEN.match(seen)
    return "-".join(found.groups()[:3]) if found else ""


def read_links(links: list[Link], path: str, options: ReadOptions, read: Read) -> Iterator[Item]:
    """Yield the articles of a list, fetched one by one if `options.follow` is set. Each address is fetched once."""
    wanted = list({link.url: link for link in links if is_address(link.url)}.values())
    if not wanted:
        yield InputError(path, "is a list of articles without a web address in it")
        return
    if not options.follow or options.web is None:
        what = f"is a list of {len(wanted):,} web addresses, and holds no texts"
        what = options.advised(what, ": --fetch fetches them")
        yield InputError(path, what) if options.named else Note(path, f"left out: {what}")
        return
    if len(wanted) > MAX_LINKS:
        yield Note(path, f"lists {len(wanted):,} addresses, of which the first {MAX_LINKS:,} are fetched")
    for link in wanted[:MAX_LINKS]:
        for item in read_followed(link.url, options, read):
            yield from _dated(item, link) if isinstance(item, Reading) else (item,)


def _dated(reading: Reading, link: Link) -> Iterator[Item]:
    """Yield the reading, with the day from the list if the page has no date."""
    article: Article = reading.article
    if article.published is None and link.seen:
        yield Note(reading.path, f"states no date: {link.seen}, when GDELT saw it, is taken for the date")
        article = dataclasses.replace(article, published=link.seen)
    yield Reading(dataclasses.replace(article, title=article.title or link.title), reading.path)
