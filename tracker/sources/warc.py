"""Web archives (WARC, ISO 28500): each saved page in one becomes an article."""

from __future__ import annotations

import dataclasses
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from tracker.model import InputError, stable_id
from tracker.sources.decoding import decode_html
from tracker.sources.html import read_html
from tracker.sources.items import Item, Reading
from tracker.sources.marks import begin_part

LARGEST_PAGE = 10_000_000  # bytes; what is longer is no article


def read_warc(stream: BinaryIO, path: str) -> Iterator[Item]:
    """One article per page that was fetched (HTTP 200, HTML); an InputError for each page without one.

    Every other record (requests, images, redirects) is passed over. An article takes the address that it was fetched
    from where the page states none, and is known by that address.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    pages = 0
    try:
        for record in ArchiveIterator(stream):
            if _is_page(record):
                pages += 1
                url = record.rec_headers.get_header("WARC-Target-URI") or ""
                yield from _page(record.content_stream().read(LARGEST_PAGE), url, path)
    except (ArchiveLoadFailed, EOFError, UnicodeError, ValueError, zlib.error) as error:
        yield InputError(path, f"is not a whole web archive: {_reason(error)}")
    else:
        if not pages:
            yield InputError(path, "holds no web pages")


def _reason(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), "") or type(error).__name__


def _is_page(record: Any) -> bool:
    if record.rec_type != "response" or record.http_headers is None:
        return False
    kind = (record.http_headers.get_header("Content-Type") or "").lower()
    return record.http_headers.get_statuscode() == "200" and "html" in kind


def _page(data: bytes, url: str, path: str) -> Iterator[Item]:
    which = f"{path}: {url}" if url else path
    if not begin_part(which):
        return
    try:
        page = decode_html(data, which)
    except InputError as error:
        yield error
        return
    for item in read_html(page, which):
        if isinstance(item, Reading) and url:
            known = dataclasses.replace(item.article, url=item.article.url or url, id=stable_id(url))
            yield Reading(known, which)
        else:
            yield item
