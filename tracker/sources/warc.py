"""Web archives (WARC, ISO 28500): one article per saved page."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from tracker.model import InputError, stable_id
from tracker.sources.archives import shown
from tracker.sources.checkpoints import begin_part
from tracker.sources.decoding import decode_html
from tracker.sources.html import read_html
from tracker.sources.isolation import isolated
from tracker.sources.items import Item, Reading
from tracker.sources.warc_records import Damage, Record, records, url_of

if TYPE_CHECKING:
    from warcio.statusandheaders import StatusAndHeaders

MAX_PAGE_BYTES = 10_000_000  # longer pages are cut: no article is this long


def read_warc(stream: IO[bytes], path: str) -> Iterator[Item]:
    """Yield one article per fetched page (HTTP 200, HTML), or an InputError for a page without an article.

    Other records (requests, images, redirects) are skipped. A damaged record is an InputError with its address, and
    those behind it are read. The id of an article is derived from the address that it was fetched from, which is also
    its url if the page states none.
    """
    nothing = True
    for number, record in enumerate(records(stream, MAX_PAGE_BYTES), start=1):
        if isinstance(record, Damage):
            nothing = False
            yield InputError(_named(path, record.url), f"is not a whole web archive: record {number} {record.why}")
        elif record.headers.get("warc-type") == "response":
            url = url_of(record.headers)
            for item in isolated(_of_response(record, url, path, number), _named(path, url)):
                nothing = False
                yield item
    if nothing:
        yield InputError(path, "holds no web pages")


def _named(path: str, url: str) -> str:
    return shown(path, url) if url else path


def _of_response(record: Record, url: str, path: str, number: int) -> Iterator[Item]:
    """Yield the items of an answer, nothing if it is no page."""
    from warcio.statusandheaders import StatusAndHeadersParser

    content = io.BytesIO(record.content)
    if not record.content.strip():
        return
    http = StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1"], verify=False).parse(content)
    if http.get_statuscode() != "200" or "html" not in (http.get_header("Content-Type") or "").lower():
        return
    if not url:
        yield InputError(path, f"record {number} of the web archive names no address: its page is not read")
        return
    yield from _page(_body(record, http, content), url, path)


def _body(record: Record, http: StatusAndHeaders, content: IO[bytes]) -> bytes:
    """Return the page, unpacked if it was sent in chunks or packed."""
    from warcio.recordloader import ArcWarcRecord

    whole = ArcWarcRecord("warc", "response", None, content, http, "", len(record.content))
    data: bytes = whole.content_stream().read(MAX_PAGE_BYTES)
    return data


def _page(data: bytes, url: str, path: str) -> Iterator[Item]:
    which = _named(path, url)
    if not begin_part(which):
        return
    for item in read_html(decode_html(data, which), which):
        if isinstance(item, Reading):
            known = dataclasses.replace(item.article, url=item.article.url or url, id=stable_id(url))
            yield Reading(known, which)
        else:
            yield item
