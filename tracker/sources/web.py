"""Web addresses: what a server sends is read as a file would be."""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from tracker.fetching import Answer
from tracker.model import InputError, stable_id
from tracker.sources.how import How, Read
from tracker.sources.items import Item, Reading
from tracker.sources.kinds import kind_in_fact, kind_of_answer

ALONE = frozenset({"html", "pdf", "docx", "text", "mail"})
"""Kinds that are one article, that of the address."""

CHARSET = re.compile(r"charset\s{0,5}=\s{0,5}[\"']?([\w.:-]{2,40})", re.IGNORECASE | re.ASCII)

RELIEFWEB = "reliefweb:"
"""Begins what stands for a question to ReliefWeb."""


def is_address(text: str) -> bool:
    """Whether a text is a web address that could be fetched."""
    return text.lower().startswith(("http://", "https://"))


def read_address(url: str, how: How, read: Read) -> Iterator[Item]:
    """What an address that the user named holds, fetched: a page, a document, a feed, a list of articles."""
    if how.web is None:
        yield InputError(url, "is a web address, and nothing is fetched here: save the page and name the file")
        return
    answer = how.web.ask(url)
    # who names a feed or a list wants the articles in it, not the summaries
    yield from read_answer(answer, dataclasses.replace(how, follow=True), read)


def read_followed(url: str, how: How, read: Read) -> Iterator[Item]:
    """What an address that stands in another input holds, where its site lets robots read it; an InputError if not."""
    if how.web is None:
        yield InputError(url, "is not fetched")
        return
    try:
        answer = how.web.follow(url)
        yield from read_answer(answer, dataclasses.replace(how, follow=False, named=False), read)
    except InputError as error:
        yield error


def read_answer(answer: Answer, how: How, read: Read) -> Iterator[Item]:
    """What a server sent. An article takes the address where it states none, and is known by the address."""
    kind = kind_in_fact(answer.body, kind_of_answer(answer.content_type, answer.url))
    items = read(io.BytesIO(_in_utf_8(answer, kind)), answer.url, how, kind)
    yield from (_known_by(answer.url, item) if kind in ALONE and isinstance(item, Reading) else item for item in items)


def _in_utf_8(answer: Answer, kind: str) -> bytes:
    """The body; of a page or text that is in another encoding, which only the server names, its text in UTF-8."""
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
    """The reading with its address. What a page calls its own address counts only on the same host: any page can
    claim to be another one, whose article it would replace.
    """
    stated = reading.article.url
    own = stated if stated and urlsplit(stated).hostname == urlsplit(url).hostname else url
    if reading.path != url:  # an attachment, or a file in an archive
        return reading
    return Reading(dataclasses.replace(reading.article, url=own, id=stable_id(own)), url)
