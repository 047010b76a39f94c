"""Web addresses: fetches them and reads the answer like a file."""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tracker.model import InputError, stable_id
from tracker.sources.items import Item, Reading
from tracker.sources.kinds import kind_in_fact, kind_of_answer
from tracker.sources.options import Read, ReadOptions

if TYPE_CHECKING:
    from tracker.fetching import Answer

ALONE = frozenset({"html", "pdf", "docx", "text", "mail"})
"""Formats that hold one article, which is identified by the address."""

CHARSET = re.compile(r"charset\s{0,5}=\s{0,5}[\"']?([\w.:-]{2,40})", re.IGNORECASE | re.ASCII)

RELIEFWEB = "reliefweb:"
"""The prefix of a query to ReliefWeb."""


def is_address(text: str) -> bool:
    """Whether a text is an http or https address."""
    return text.lower().startswith(("http://", "https://"))


def read_address(url: str, options: ReadOptions, read: Read) -> Iterator[Item]:
    """Fetch an address that the user named and yield its items: a page, a document, a feed, or a list of articles."""
    if options.web is None:
        yield InputError(url, "is a web address, and nothing is fetched here: save the page and name the file")
        return
    answer = options.web.ask(url)
    # a user who names a feed or a list wants full articles, not summaries
    yield from read_answer(answer, dataclasses.replace(options, follow=True), read)


def read_followed(url: str, options: ReadOptions, read: Read) -> Iterator[Item]:
    """Fetch a link found in another input and yield its items, or an InputError (also if robots.txt forbids it)."""
    if options.web is None:
        yield InputError(url, "is not fetched")
        return
    try:
        answer = options.web.follow(url)
        yield from read_answer(answer, dataclasses.replace(options, follow=False, named=False), read)
    except InputError as error:
        yield error


def read_answer(answer: Answer, options: ReadOptions, read: Read) -> Iterator[Item]:
    """Yield the items in an HTTP answer. A single article gets its id from the address, and its url if it has none."""
    kind = kind_in_fact(answer.body, kind_of_answer(answer.content_type, answer.url))
    items = read(io.BytesIO(_in_utf_8(answer, kind)), answer.url, options, kind)
    yield from (_known_by(answer.url, item) if kind in ALONE and isinstance(item, Reading) else item for item in items)


def _in_utf_8(answer: Answer, kind: str) -> bytes:
    """Return the body; convert text in an encoding that only the server names to UTF-8."""
    stated = CHARSET.search(answer.headers.get("content-type", "")[:200])
    if kind not in ("html", "text") or stated is None or "utf" in stated.group(1).lower():
        return answer.body
    try:
        answer.body.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return answer.body.decode(stated.group(1), "replace").encode("utf-8", "replace")
        except (LookupError, ValueError):
            return answer.body
    return answer.body


def _known_by(url: str, reading: Reading) -> Reading:
    """Return the reading with its address and the id derived from it.

    The address that a page states for itself counts only on the same host. Otherwise any page could claim to be
    another one and replace its article.
    """
    stated = reading.article.url
    own = stated if stated and urlsplit(stated).hostname == urlsplit(url).hostname else url
    if reading.path != url:  # an attachment or an archive member keeps its own id
        return reading
    return Reading(dataclasses.replace(reading.article, url=own, id=stable_id(own)), url)
