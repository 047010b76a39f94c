"""Chooses the reader for a stream of bytes, by its format. It is imported when something in its format comes."""

from __future__ import annotations

import gzip
import io
import lzma
import re
import zlib
from collections.abc import Generator, Iterator
from itertools import chain
from pathlib import PurePath
from typing import IO, BinaryIO, cast

from tracker.model import InputError
from tracker.sources.bounds import bounded
from tracker.sources.checkpoints import begin_part
from tracker.sources.compression import COMPRESSIONS, decompressed
from tracker.sources.decoding import decode, decode_html, decode_lines, looks_binary
from tracker.sources.figures_table import is_of_figures
from tracker.sources.items import Item, Note, storable
from tracker.sources.json_files import is_service, parsed, parsed_service, read_json, read_json_lines
from tracker.sources.kinds import WEB_PAGE_BYTES, compression_of_bytes, kind_in_fact, kind_of, kind_of_text
from tracker.sources.options import ReadOptions
from tracker.sources.text import read_text
from tracker.sources.whole import read_whole


def read_file(stream: IO[bytes], name: str, options: ReadOptions, kind: str = "") -> Iterator[Item]:
    """Yield the items in an open file, which may be compressed. Without `kind` the name tells the format."""
    if not begin_part(storable(name)):
        return
    kind, compression = kind or kind_of(name), PurePath(name.lower()).suffix
    if compression in COMPRESSIONS and (kind, compression) != ("warc", ".gz"):  # which is packed record by record
        yield from _decompressed(stream, compression, storable(name), (kind, options))
    else:
        yield from read_stream(stream, storable(name), kind, options)


def _decompressed(stream: IO[bytes], compression: str, path: str, reading: tuple[str, ReadOptions]) -> Iterator[Item]:
    kind, options = reading
    try:
        opened: IO[bytes] = decompressed(cast("BinaryIO", stream), compression)
        if kind not in ("warc", "tar", "jsonl"):  # these are streamed, so their size does not matter
            opened = bounded(opened, path, options.budget)
        yield from read_stream(opened, path, kind, options)
    except (gzip.BadGzipFile, EOFError, zlib.error, lzma.LZMAError):
        yield InputError(path, f"is not a whole {COMPRESSIONS[compression]} file")


def read_stream(stream: IO[bytes], path: str, kind: str, options: ReadOptions) -> Iterator[Item]:
    """Yield the items in a stream. `kind`: the format, "" to detect it from the bytes.

    JSON Lines and web archives are streamed, so files larger than memory can be read.
    """
    if kind == "warc":
        from tracker.sources.warc import read_warc

        yield from read_warc(cast("BinaryIO", stream), path)
    elif kind == "tar":
        from tracker.sources.tar_archives import read_tar

        yield from read_tar(stream, path, options, read_file)
    elif kind == "tgz":
        yield from _decompressed(stream, ".gz", path, ("tar", options))
    elif kind == "zip" and stream.seekable():
        from tracker.sources.zip_archives import read_zip

        yield from read_zip(stream, path, options, read_file)
    else:
        yield from _read_lines_or_whole(stream, path, kind, options)


def _read_lines_or_whole(stream: IO[bytes], path: str, kind: str, options: ReadOptions) -> Iterator[Item]:
    if kind not in ("jsonl", ""):
        yield from _read_whole(read_whole(stream, path, kind), path, kind, options)
        return
    head = _first_lines(stream)
    if (kind or _begins_json_lines(head[-1])) and not looks_binary(head[-1]):
        yield from read_json_lines(chain(head, stream), path, options)
        return
    data = read_whole(stream, path, "", b"".join(head))
    compression = compression_of_bytes(data) if not kind else ""
    if compression:
        with options.budget.inside(path):
            yield from _decompressed(io.BytesIO(data), compression, path, ("", options))
        return
    yield from _read_whole(data, path, kind, options)


def _first_lines(stream: IO[bytes]) -> list[bytes]:
    """Read the leading blank lines and the first line that is not blank (b"" at the end)."""
    lines = [stream.readline()]
    while lines[-1] and not lines[-1].strip():
        lines.append(stream.readline())
    return lines


def _begins_json_lines(line: bytes) -> bool:
    """Whether a line looks like a complete JSON object. An object over several lines is not JSON Lines."""
    line = line.strip().removeprefix(b"\xef\xbb\xbf")
    return line.startswith(b"{") and line.endswith(b"}") and not is_service(line[:1_000].decode("ascii", "replace"))


def _read_whole(data: bytes, path: str, kind: str, options: ReadOptions) -> Iterator[Item]:
    kind = kind_in_fact(data, kind)
    if not data.strip():
        yield InputError(path, "is empty")
    elif kind in ("warc", "tar"):
        yield from read_stream(io.BytesIO(data), path, kind, options)
    elif kind in BINARY:
        yield from _read_binary(data, path, kind, options)
    else:
        yield from _read_text(data, path, kind, options)


def _read_text(data: bytes, path: str, kind: str, options: ReadOptions) -> Iterator[Item]:
    is_page = kind == "html" or WEB_PAGE_BYTES.match(data)
    text = decode_html(data, path) if is_page else decode(data, path)
    kind = kind or kind_of_text(text)
    if kind == "html":
        from tracker.sources.html import read_html

        yield from read_html(text, path)
    elif kind == "json":
        yield from _read_json(text, path, options)
    elif kind == "jsonl":
        yield from read_json_lines(text.encode("utf-8").split(b"\n"), path, options)
    elif kind == "csv":
        from tracker.sources.table import first_line

        if options.named and is_of_figures(re.findall(r"\w+", first_line(text).casefold())):
            text = yield from _repaired(data, path)
        del data  # of a large table only the text is held
        yield from _read_table(text, path, options)
    else:
        yield from read_text(text, path)


def _read_table(text: str, path: str, options: ReadOptions) -> Iterator[Item]:
    from tracker.sources.links import links_in_table, read_links
    from tracker.sources.table import read_csv

    links = links_in_table(text)
    yield from read_csv(text, path, options) if links is None else read_links(links, path, options, read_file)


def _read_json(text: str, path: str, options: ReadOptions) -> Iterator[Item]:
    """Yield the articles of a JSON file, which may be the answer of a web service."""
    from tracker.sources.links import links_in_json, read_links
    from tracker.sources.reliefweb import is_reports, read_reports

    try:
        value, is_cut = parsed_service(text) if is_service(text) else (None, False)
    except ValueError:
        value, is_cut = None, False
    links = links_in_json(value)
    if links is not None:
        if is_cut:
            yield Note(path, "is cut off: the addresses before the cut are read")
        yield from read_links(links, path, options, read_file)
    elif is_reports(value):
        yield from read_reports(value, path, options, (read_file, parsed))
    else:
        yield from read_json(text, path, options)


def _repaired(data: bytes, path: str) -> Generator[Note, None, str]:
    """Return the text of a table. Yields a Note if some lines are in another encoding."""
    text, lines = decode_lines(data, path)
    if lines:
        more = f" (and {len(lines) - 1} more lines)" if len(lines) > 1 else ""
        yield Note(path, f"is not in UTF-8{more}: read as Western European (cp1252)", lines[0])
    return text


BINARY = frozenset({"pdf", "docx", "mail", "feed", "zip", "parquet"})
"""The formats of bytes that are no text."""


def _read_binary(data: bytes, path: str, kind: str, options: ReadOptions) -> Iterator[Item]:
    if kind == "pdf":
        from tracker.sources.pdf import read_pdf

        yield from read_pdf(data, path)
    elif kind == "docx":
        from tracker.sources.docx import read_docx

        yield from read_docx(data, path)
    elif kind == "mail":
        from tracker.sources.mail import read_mail

        yield from read_mail(data, path, options, read_file)
    elif kind == "feed":
        from tracker.sources.feed import read_feed

        yield from read_feed(data, path, options, read_file)
    elif kind == "zip":
        from tracker.sources.zip_archives import read_zip

        yield from read_zip(io.BytesIO(data), path, options, read_file)
    else:
        from tracker.sources.typed_tables import read_parquet

        yield from read_parquet(data, path, options)
