"""Files, folders and standard input: which reader reads what."""

from __future__ import annotations

import gzip
import lzma
import os
import re
import sys
import zlib
from collections.abc import Generator, Iterable, Iterator
from itertools import chain
from pathlib import Path, PurePath
from typing import BinaryIO

from tracker.model import InputError
from tracker.sources.decoding import decode, decode_html, decode_lines, looks_binary
from tracker.sources.figures_table import TableReader, is_of_figures, leave_figures_out, refuse_figures
from tracker.sources.html import read_html
from tracker.sources.items import NAMES, Item, Note, storable
from tracker.sources.jsons import read_json, read_json_lines
from tracker.sources.packing import PACKINGS, bare_name, unpacked
from tracker.sources.table import read_csv
from tracker.sources.text import read_text
from tracker.sources.typed_tables import reader_of
from tracker.sources.warc import read_warc

STANDARD_INPUT = "-"
KINDS = {
    ".txt": "text",
    ".md": "text",
    ".markdown": "text",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".warc": "warc",
}
"""The kind of file by its suffix. Each may be packed (".jsonl.gz", see tracker.sources.packing)."""

ABOUT_THE_FOLDER = re.compile(
    r"(?:readme|licen[cs]e|changelog|contributing|notice|datapackage\.json)\b.*", re.IGNORECASE
)
"""Files that folders of articles often hold and that are none; named one by one, they are read."""

_PAGE = r"\s{0,100}(?:<!--.{0,2000}?-->\s{0,100})?<(?:!doctype\s+html|html|head|body)\b"
WEB_PAGE = re.compile(_PAGE, re.IGNORECASE | re.DOTALL)
WEB_PAGE_BYTES = re.compile(_PAGE.encode(), re.IGNORECASE | re.DOTALL)
JSON_VALUE = re.compile(r"\s{0,100}(?:\{\s{0,1000}[\"}]|\[\s{0,1000}[{\]])")
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def read_items(paths: Iterable[str | Path], tables: TableReader = refuse_figures) -> Iterator[Item]:
    """Everything that the paths hold, in order: readings, notes, and an InputError for each thing that fails.

    `tables` says what becomes of a table of figures that is named: by default it is refused, `read_figures` reads it.
    """
    for path in map(str, paths):
        try:
            if path == STANDARD_INPUT:
                yield from _read_stream(sys.stdin.buffer, "standard input", "", tables)
            elif not path or "\0" in path:
                yield InputError(storable(path), "is not a path")
            elif ADDRESS.match(path):
                yield InputError(path, "is a web address: save the page and name the file")
            elif Path(path).is_dir():
                yield from _read_folder(path)
            else:
                yield from _read_file(path, tables)
        except InputError as error:
            yield error
        except OSError as error:
            yield InputError(storable(path), f"cannot be read: {error.strerror or error}")


def _read_folder(folder: str) -> Iterator[Item]:
    empty = True
    for path in _files_of(folder):
        empty = False
        try:
            yield from _read_file(path, leave_figures_out, named=False)
        except InputError as error:
            yield error
    if empty:
        yield InputError(storable(folder), f"holds no articles ({' '.join(KINDS)})")


def _files_of(folder: str) -> Iterator[str]:
    """The files of the known kinds in a folder and those below it, in order; nothing hidden, no links to folders."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if _kind(name) and not name.startswith(".") and not ABOUT_THE_FOLDER.fullmatch(name):
                yield str(Path(place) / name)


def _kind(name: str) -> str:
    """The kind of a file by its name, "" where that tells nothing."""
    return KINDS.get(PurePath(bare_name(name.lower())).suffix, "")


def _read_file(path: str, tables: TableReader, *, named: bool = True) -> Iterator[Item]:
    shown = storable(path)
    try:
        with Path(path).open("rb") as file:
            read_table = reader_of(path)
            if named and read_table is not None:
                yield from read_table(file.read(), shown, tables)
                return
            yield from _read_opened(file, path, tables, named=named)
    except FileNotFoundError:
        yield InputError(shown, "does not exist")
    except OSError as error:
        yield InputError(shown, f"cannot be read: {error.strerror or error}")


def read_opened(stream: BinaryIO, name: str) -> Iterator[Item]:
    """The items in an open file of this name, which may be packed; tables of figures are refused."""
    yield from _read_opened(stream, name, refuse_figures, named=True)


def _read_opened(stream: BinaryIO, name: str, tables: TableReader, *, named: bool) -> Iterator[Item]:
    try:
        yield from _read_stream(unpacked(stream, name), storable(name), _kind(name), tables, named=named)
    except (gzip.BadGzipFile, EOFError, zlib.error, lzma.LZMAError):
        yield InputError(storable(name), f"is not a whole {PACKINGS[PurePath(name.lower()).suffix]} file")


def _read_stream(stream: BinaryIO, path: str, kind: str, tables: TableReader, *, named: bool = True) -> Iterator[Item]:
    """The items in a stream of bytes of a kind, "" where the bytes themselves must tell it.

    JSON Lines are read line by line, so that a file larger than memory, or a stream without end, can be read.
    """
    if kind == "warc":
        yield from read_warc(stream, path)
        return
    if kind in ("jsonl", ""):
        head = _first_lines(stream)
        if (kind or _begins_json_lines(head[-1])) and not looks_binary(head[-1]):
            yield from read_json_lines(chain(head, stream), path, tables)
            return
        data = b"".join(head) + stream.read()
    else:
        data = stream.read()
    yield from _read_whole(data, path, kind, tables, named=named)


def _first_lines(stream: BinaryIO) -> list[bytes]:
    """The blank lines at the beginning and the first one that is not blank (or b"" at the end)."""
    lines = [stream.readline()]
    while lines[-1] and not lines[-1].strip():
        lines.append(stream.readline())
    return lines


def _begins_json_lines(line: bytes) -> bool:
    """True for a line that looks like an object; one that is spread over many lines must be read as a whole."""
    line = line.strip().removeprefix(b"\xef\xbb\xbf")
    return line.startswith(b"{") and line.endswith(b"}")


def _read_whole(data: bytes, path: str, kind: str, tables: TableReader, *, named: bool) -> Iterator[Item]:
    text = decode_html(data, path) if kind == "html" or WEB_PAGE_BYTES.match(data) else decode(data, path)
    kind = kind or _sniffed(text)
    if kind == "html":
        yield from read_html(text, path)
    elif kind == "json":
        yield from read_json(text, path, tables)
    elif kind == "jsonl":
        yield from read_json_lines(text.encode("utf-8").split(b"\n"), path, tables)
    elif kind == "csv":
        if named and is_of_figures(re.findall(r"\w+", text.partition("\n")[0].casefold())):
            text = yield from _repaired(data, path)
        yield from read_csv(text, path, named=named, tables=tables)
    else:
        yield from read_text(text, path)


def _repaired(data: bytes, path: str) -> Generator[Note, None, str]:
    """The text of a table of which some lines may be in another encoding; a Note says which."""
    text, lines = decode_lines(data, path)
    if lines:
        more = f" (and {len(lines) - 1} more lines)" if len(lines) > 1 else ""
        yield Note(path, f"is not in UTF-8{more}: read as Western European (cp1252)", lines[0])
    return text


def _sniffed(text: str) -> str:
    """The kind that a text of unknown kind looks like."""
    if WEB_PAGE.match(text):
        return "html"
    if JSON_VALUE.match(text):
        return "json"
    cells = set(re.split(r"[,;\t]", text.lstrip().partition("\n")[0].strip().casefold()))
    return "csv" if len(cells.intersection(NAMES)) > 1 else "text"
