"""A stream of bytes of any kind becomes articles: which reader reads what."""

from __future__ import annotations

import gzip
import io
import lzma
import re
import zlib
from collections.abc import Callable, Generator, Iterator
from itertools import chain
from pathlib import PurePath
from typing import IO, BinaryIO, cast

from tracker.model import InputError
from tracker.sources.archives import read_tar, read_zip
from tracker.sources.bounds import bounded
from tracker.sources.decoding import decode, decode_html, decode_lines, looks_binary
from tracker.sources.docx import read_docx
from tracker.sources.feed import read_feed
from tracker.sources.figures_table import is_of_figures
from tracker.sources.how import How
from tracker.sources.html import read_html
from tracker.sources.items import Item, Note, storable
from tracker.sources.jsons import is_service, parsed, read_json, read_json_lines
from tracker.sources.kinds import WEB_PAGE_BYTES, kind_in_fact, kind_of, kind_of_text, packing_of_bytes
from tracker.sources.links import links_in_json, links_in_table, read_links
from tracker.sources.mail import read_mail
from tracker.sources.packing import PACKINGS, unpacked
from tracker.sources.pdf import read_pdf
from tracker.sources.reliefweb import is_reports, read_reports
from tracker.sources.table import read_csv
from tracker.sources.text import read_text
from tracker.sources.typed_tables import read_parquet
from tracker.sources.warc import read_warc


def read_file(stream: IO[bytes], name: str, how: How, kind: str = "") -> Iterator[Item]:
    """The items in an open file of this name, which may be packed; its kind by the name where none is given."""
    kind, packing = kind or kind_of(name), PurePath(name.lower()).suffix
    if packing in PACKINGS:
        yield from _unpacked(stream, packing, storable(name), (kind, how))
    else:
        yield from read_stream(stream, storable(name), kind, how)


def _unpacked(stream: IO[bytes], packing: str, path: str, reading: tuple[str, How]) -> Iterator[Item]:
    kind, how = reading
    try:
        opened: IO[bytes] = unpacked(cast("BinaryIO", stream), packing)
        if kind not in ("warc", "tar", "jsonl"):  # those are read as they come, however long they are
            opened = bounded(opened, path, how.budget)
        yield from read_stream(opened, path, kind, how)
    except (gzip.BadGzipFile, EOFError, zlib.error, lzma.LZMAError):
        yield InputError(path, f"is not a whole {PACKINGS[packing]} file")


def read_stream(stream: IO[bytes], path: str, kind: str, how: How) -> Iterator[Item]:
    """The items in a stream of bytes of a kind, "" where the bytes themselves must tell it.

    JSON Lines and web archives are read as they come, so that a file larger than memory can be read.
    """
    if kind == "warc":
        yield from read_warc(cast("BinaryIO", stream), path)
    elif kind == "tar":
        yield from read_tar(stream, path, how, read_file)
    elif kind == "tgz":
        yield from _unpacked(stream, ".gz", path, ("tar", how))
    elif kind == "zip" and stream.seekable():
        yield from read_zip(stream, path, how, read_file)
    else:
        yield from _read_lines_or_whole(stream, path, kind, how)


def _read_lines_or_whole(stream: IO[bytes], path: str, kind: str, how: How) -> Iterator[Item]:
    if kind not in ("jsonl", ""):
        yield from _read_whole(stream.read(), path, kind, how)
        return
    head = _first_lines(stream)
    if (kind or _begins_json_lines(head[-1])) and not looks_binary(head[-1]):
        yield from read_json_lines(chain(head, stream), path, how)
        return
    data = b"".join(head) + stream.read()
    packing = packing_of_bytes(data) if not kind else ""
    if packing:
        with how.budget.inside(path):
            yield from _unpacked(io.BytesIO(data), packing, path, ("", how))
        return
    yield from _read_whole(data, path, kind, how)


def _first_lines(stream: IO[bytes]) -> list[bytes]:
    """The blank lines at the beginning and the first one that is not blank (or b"" at the end)."""
    lines = [stream.readline()]
    while lines[-1] and not lines[-1].strip():
        lines.append(stream.readline())
    return lines


def _begins_json_lines(line: bytes) -> bool:
    """True for a line that looks like an object; one that is spread over many lines must be read as a whole."""
    line = line.strip().removeprefix(b"\xef\xbb\xbf")
    return line.startswith(b"{") and line.endswith(b"}") and not is_service(line[:1_000].decode("ascii", "replace"))


def _read_whole(data: bytes, path: str, kind: str, how: How) -> Iterator[Item]:
    kind = kind_in_fact(data, kind)
    if not data.strip():
        yield InputError(path, "is empty")
    elif kind in ("warc", "tar"):
        yield from read_stream(io.BytesIO(data), path, kind, how)
    elif kind in BINARY:
        yield from BINARY[kind](data, path, how)
    else:
        yield from _read_text(data, path, kind, how)


def _read_text(data: bytes, path: str, kind: str, how: How) -> Iterator[Item]:
    is_page = kind == "html" or WEB_PAGE_BYTES.match(data)
    text = decode_html(data, path) if is_page else decode(data, path)
    kind = kind or kind_of_text(text)
    if kind == "html":
        yield from read_html(text, path)
    elif kind == "json":
        yield from _read_json(text, path, how)
    elif kind == "jsonl":
        yield from read_json_lines(text.encode("utf-8").split(b"\n"), path, how)
    elif kind == "csv":
        if how.named and is_of_figures(re.findall(r"\w+", text.partition("\n")[0].casefold())):
            text = yield from _repaired(data, path)
        links = links_in_table(text)
        yield from read_csv(text, path, how) if links is None else read_links(links, path, how, read_file)
    else:
        yield from read_text(text, path)


def _read_json(text: str, path: str, how: How) -> Iterator[Item]:
    """The articles of a JSON file, which may be the answer of a web service."""
    try:
        value = parsed(text) if is_service(text) else None
    except ValueError:
        value = None
    links = links_in_json(value)
    if links is not None:
        yield from read_links(links, path, how, read_file)
    elif is_reports(value):
        yield from read_reports(value, path, how, (read_file, parsed))
    else:
        yield from read_json(text, path, how)


def _repaired(data: bytes, path: str) -> Generator[Note, None, str]:
    """The text of a table of which some lines may be in another encoding; a Note says which."""
    text, lines = decode_lines(data, path)
    if lines:
        more = f" (and {len(lines) - 1} more lines)" if len(lines) > 1 else ""
        yield Note(path, f"is not in UTF-8{more}: read as Western European (cp1252)", lines[0])
    return text


BINARY: dict[str, Callable[[bytes, str, How], Iterator[Item]]] = {
    "pdf": lambda data, path, _: read_pdf(data, path),
    "docx": lambda data, path, _: read_docx(data, path),
    "mail": lambda data, path, how: read_mail(data, path, how, read_file),
    "feed": lambda data, path, how: read_feed(data, path, how, read_file),
    "zip": lambda data, path, how: read_zip(io.BytesIO(data), path, how, read_file),
    "parquet": read_parquet,
}
"""By kind: what reads its bytes."""
