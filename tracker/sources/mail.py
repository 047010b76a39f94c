"""E-mails (.eml), with the standard library: one article for the message and one for each readable attachment."""

from __future__ import annotations

import io
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from itertools import islice
from typing import Any

from tracker.model import InputError
from tracker.sources.archives import options_inside, shown
from tracker.sources.decoding import decode_html
from tracker.sources.html import read_html
from tracker.sources.html_fragments import text_of
from tracker.sources.isolation import isolated
from tracker.sources.items import Item, Note, Reading, article_items, one_line
from tracker.sources.kinds import CONTENT_TYPES, KINDS, kind_of
from tracker.sources.options import Read, ReadOptions

MAX_PARTS = 200
MUCH_MORE = 4  # a page this many times longer than the plain text replaces it
SUFFIXES = {kind: suffix for suffix, kind in reversed(KINDS.items())}


def read_mail(data: bytes, path: str, options: ReadOptions, read: Read) -> Iterator[Item]:
    """Yield the article of an e-mail (subject, sender, date, text) and the items of its attachments."""
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        parts = list(islice(message.walk(), MAX_PARTS + 1))
    except MemoryError:
        raise
    except Exception as error:
        # Broad on purpose: on malformed headers the library raises exceptions of any type.
        yield InputError(path, f"cannot be read as an e-mail ({type(error).__name__})")
        return
    if not message.keys():
        yield InputError(path, "is no e-mail: it has no headers")
        return
    attached = [part for part in parts[:MAX_PARTS] if _is_attached(part)]
    yield from isolated(_own_items(message, path, has_files=bool(attached)), path)
    inside = options_inside(options)
    with options.budget.inside(path):
        for number, part in enumerate(attached, start=1):
            options.budget.one_file(path)
            # one by one: all of them unpacked might fill the memory
            yield from isolated(_attachment(part, path, (inside, read)), f"{path}: attachment {number}")
    if len(parts) > MAX_PARTS:
        yield InputError(path, f"has more than {MAX_PARTS} parts: the rest is not read")


def _own_items(message: EmailMessage, path: str, *, has_files: bool) -> Iterator[Item]:
    """Yield the items of the message itself: none if it has no text but files."""
    body = _body(message, path)
    if body is not None or not has_files:
        yield from _article(message, body, path)


def _is_attached(part: EmailMessage) -> bool:
    """Whether a part is an attachment or an e-mail in this one. A part with a malformed header is taken for one."""
    try:
        return bool(part.is_attachment()) or _is_message(part)
    except Exception:
        # Broad on purpose: on malformed headers the library raises exceptions of any type.
        return True


def _body(message: EmailMessage, path: str) -> Any:
    """Return the plain text part, or the HTML part if the plain text is only a stub ("your program cannot show…")."""
    plain, page = message.get_body(("plain",)), message.get_body(("html",))
    if plain is None or page is None:
        return plain or page
    more = len(text_of(_text(page, path))) > MUCH_MORE * len(_text(plain, path).strip())
    return page if more else plain


def _is_message(part: EmailMessage) -> bool:
    return part.get_content_type() == "message/rfc822"


def _article(message: EmailMessage, body: Any, path: str) -> Iterator[Item]:
    """Yield the items of the message itself. An HTML body is read as a web page, else as a fragment."""
    name, address = parseaddr(str(message.get("From", "")))
    values: dict[str, object] = {
        "title": " ".join(str(message.get("Subject", "")).split()),
        "publisher": one_line(name or address),
        "published": _date(message),
    }
    if body is None:
        yield from article_items({**values, "text": ""}, path)
        return
    if body.get_content_subtype() == "html":
        page = _text(body, path)
        pages = [item for item in read_html(page, path) if isinstance(item, Reading)]
        values["text"] = pages[0].article.text if pages else text_of(page)
    else:
        values["text"] = _text(body, path).strip()
    yield from article_items(values, path)


def _text(body: Any, path: str) -> str:
    """Return the text of a part, even if its declared encoding is wrong."""
    content = body.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    charset = body.get_content_charset("")
    if charset not in ("", "us-ascii", "utf-8"):
        try:
            return data.decode(charset).replace("\r\n", "\n")
        except (LookupError, ValueError):
            pass
    return decode_html(data, path).replace("\r\n", "\n")


def _date(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(str(message["Date"])).isoformat() if message["Date"] else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return str(message["Date"])  # becomes a Note: not understood


def _attached(part: EmailMessage) -> tuple[str, bytes]:
    """Return the name of an attachment, with a suffix that tells its format, and its content."""
    kind = part.get_content_type()
    name = one_line(part.get_filename() or "")
    if not kind_of(name):
        known = SUFFIXES.get(CONTENT_TYPES.get(kind, "text" if kind == "text/plain" else ""), "")
        name = f"{name or 'attachment'}{known}"
    if _is_message(part):
        inner = part.get_payload(0)
        return name, inner.as_bytes() if isinstance(inner, EmailMessage) else b""
    content = part.get_payload(decode=True)
    return name, content if isinstance(content, bytes) else b""


def _attachment(part: EmailMessage, path: str, reading: tuple[ReadOptions, Read]) -> Iterator[Item]:
    options, read = reading
    name, content = _attached(part)
    which = shown(path, name)
    if kind_of(name):
        yield from isolated(read(io.BytesIO(content), which, options, ""), which)
    else:
        yield Note(which, "attachment left out: is of no kind that is read")
