"""Web archives (WARC, ISO 28500): one article per saved page."""

from __future__ import annotations

import dataclasses
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from tracker.model import InputError, stable_id
from tracker.sources.checkpoints import begin_part
from tracker.sources.decoding import decode_html
from tracker.sources.html import read_html
from tracker.sources.items import Item, Reading

MAX_PAGE_BYTES = 10_000_000  # longer pages are cut: no article is this long


def read_warc(stream: BinaryIO, path: str) -> Iterator[Item]:
    """Yield one article per fetched page (HTTP 200, HTML), or an InputError for a page without an article.

    Other records (requests, images, redirects) are skipped. The id of an article is derived from the address that it
    was fetched from, which is also its url if the page states none.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    pages = 0
    try:
        for record in ArchiveIterator(stream):
            if _is_page(record):
                pages += 1
                url = record.rec_headers.get_header("WARC-Target-URI") or ""
                yield from _page(record.content_stream().read(MAX_PAGE_BYTES), url, path)
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
