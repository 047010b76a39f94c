"""Lists of articles elsewhere, as GDELT gives them: addresses and dates in, texts fetched.

Read are the lists of GDELT's DOC 2.0 API (JSON and CSV) and of its Global Knowledge Graph (GKG 1.0, 2.0 and 2.1).
"""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from tracker.model import Article, InputError
from tracker.sources.how import How, Read
from tracker.sources.items import Item, Note, Reading
from tracker.sources.web import is_address, read_followed

MOST_LINKS = 1_000
DOC_HEADER = frozenset({"url", "mobileurl", "date", "title"})
GKG_2 = re.compile(r"\d{14}-T?\d{1,9}\t(\d{14})\t")
GKG_1 = re.compile(r"DATE\tNUMARTS\t")
SEEN = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]?(\d\d):?(\d\d):?(\d\d))?")
ADDRESS_COLUMN = 4  # of GKG 2: the document; its date is in column 1
BETWEEN = "<UDIV>"  # addresses in a cell of GKG 1


@dataclasses.dataclass(frozen=True, slots=True)
class Link:
    """An article elsewhere: its address, the day it was seen (ISO), and what the list calls it."""

    url: str
    seen: str = ""
    title: str = ""


def links_in_json(value: object) -> list[Link] | None:
    """The list of articles that a JSON value is, None where it is none."""
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
    """The list of articles that a table is, None where it is none."""
    text = text.lstrip("\ufeff")
    first = text.partition("\n")[0]
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


def read_links(links: list[Link], path: str, how: How, read: Read) -> Iterator[Item]:
    """The articles of a list, fetched one after another where the user wants that. Each address is fetched once."""
    wanted = list({link.url: link for link in links if is_address(link.url)}.values())
    if not wanted:
        yield InputError(path, "is a list of articles without a web address in it")
        return
    if not how.follow or how.web is None:
        what = f"is a list of {len(wanted):,} web addresses, and holds no texts: --fetch fetches them"
        yield InputError(path, what) if how.named else Note(path, f"left out: {what}")
        return
    if len(wanted) > MOST_LINKS:
        yield Note(path, f"lists {len(wanted):,} addresses, of which the first {MOST_LINKS:,} are fetched")
    for link in wanted[:MOST_LINKS]:
        for item in read_followed(link.url, how, read):
            yield from _dated(item, link) if isinstance(item, Reading) else (item,)


def _dated(reading: Reading, link: Link) -> Iterator[Item]:
    """The reading, with the day on which the list saw it where the page states none."""
    article: Article = reading.article
    if article.published is None and link.seen:
        yield Note(reading.path, f"states no date: {link.seen}, when GDELT saw it, is taken for the date")
        article = dataclasses.replace(article, published=link.seen)
    yield Reading(dataclasses.replace(article, title=article.title or link.title), reading.path)
