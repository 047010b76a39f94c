"""From a file to rows of cells: plain, gzipped or zipped; CSV with , ; or tab, or a JSON array; any usual encoding."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
import sys
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.model import InputError

DELIMITERS = (",", ";", "\t")
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
MOST_BYTES = 4 << 30  # unpacked; the largest of these datasets have about 0.4 GB
LOOKED_AT = 1 << 16  # bytes at the beginning that tell the delimiter, and text from other things
UNCLOSED = "opens a quotation mark that is never closed: nothing after it can be read"
LONGEST_NAME = 100  # characters of a column's name; a longer cell in the first row is no name


@dataclass(frozen=True, slots=True)
class Rows:
    """A file that is being read: the names of its columns, then its rows, each with its place.

    A row is its cells, or a text that says why it is none. The place counts lines of a CSV file (where the row begins),
    or the items of a JSON array; `unit` is the word for it.
    """

    path: str
    header: tuple[str, ...]
    rows: Iterator[tuple[int, Sequence[str] | str]]
    unit: str = "line"


def open_rows(path: str | Path) -> Rows:
    """The rows of a file; InputError where it cannot be opened, is empty, or is neither CSV nor a JSON array."""
    data = content(Path(path))
    if not data.strip():
        raise InputError(path, "is empty")
    encoding = encoding_of(data)
    if encoding in ("utf-8", "cp1252") and b"\0" in data[:LOOKED_AT]:
        raise InputError(path, "is not text")
    beginning = data[:LOOKED_AT].decode(encoding, "ignore").lstrip()
    if beginning.startswith(("[", "{")):
        return _json_rows(data.decode(encoding, "replace"), str(path))
    lines = io.TextIOWrapper(io.BytesIO(data), encoding, errors="replace", newline="")
    return _csv_rows(lines, str(path), _delimiter(beginning))


def content(path: Path) -> bytes:
    """The bytes of a file, unpacked where it is gzipped, or zipped with one CSV or JSON file in it."""
    try:
        data = path.read_bytes()
        if data.startswith(b"\x1f\x8b"):
            return _at_most(gzip.GzipFile(fileobj=io.BytesIO(data)), path)
        if data.startswith(b"PK\x03\x04"):
            return _unzipped(data, path)
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise InputError(path, f"cannot be unpacked ({error})") from error
    except OSError as error:
        raise InputError(path, error.strerror or str(error)) from error
    except ValueError as error:  # a NUL in the name
        raise InputError(repr(str(path)), str(error)) from error
    return data


def _unzipped(data: bytes, path: Path) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        named = [name for name in archive.namelist() if name.lower().endswith((".csv", ".json"))]
        if len(named) != 1:
            raise InputError(path, f"is an archive with {len(named)} CSV or JSON files in it, not with one")
        with archive.open(named[0]) as file:
            return _at_most(file, path)


def _at_most(file: Any, path: Path) -> bytes:
    """What a packed file holds; a small file may unpack to more than there is room for."""
    data: bytes = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise InputError(path, f"unpacks to more than {MOST_BYTES >> 30} GB")
    return data


def encoding_of(data: bytes) -> str:
    """By byte order mark; else UTF-8 where most of what is not ASCII reads as that; else cp1252."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding
    if _is_utf8(data):
        return "utf-8"
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    # a few broken bytes among sound ones are rows pasted in from elsewhere; otherwise it never was UTF-8
    return "utf-8" if beyond_ascii - broken > broken else "cp1252"


def _is_utf8(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    step = 1 << 22  # piece by piece: the text of a whole dataset may take four times the room of its bytes
    try:
        for start in range(0, len(data), step):
            decoder.decode(data[start : start + step], final=start + step >= len(data))
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(beginning: str) -> str:
    """What stands most often in the first line."""
    first = beginning.splitlines()[0]
    return max(DELIMITERS, key=first.count)


def _csv_rows(lines: Iterator[str], path: str, delimiter: str) -> Rows:
    csv.field_size_limit(sys.maxsize)  # the list of an event's sources may be longer than csv takes by default
    # strict: a quotation mark that is never closed must not swallow the rows that follow unnoticed
    rows = _numbered(csv.reader(lines, delimiter=delimiter, strict=True))
    line, first = next(rows, (1, []))
    if isinstance(first, str):
        raise InputError(path, first, line)
    return Rows(path, tuple(name_of(cell) for cell in first), rows)


def _numbered(reader: Any) -> Iterator[tuple[int, Sequence[str] | str]]:
    """The rows that are not blank, each with the line it begins on."""
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, UNCLOSED if "unexpected end" in str(error) else f"is not CSV ({error})"
            continue
        if any(row) and not (len(row) == 1 and row[0].isspace()):
            yield line, row


def name_of(cell: str) -> str:
    """A column's name as it is compared: without blanks around it and in lower case."""
    return cell[:LONGEST_NAME].strip().casefold()


def _json_rows(text: str, path: str) -> Rows:
    try:
        # Numbers stay texts: a number of a million digits is a bad row then, not the end of everything.
        items = json.loads(text, parse_int=str, parse_float=str, parse_constant=lambda _: None)
    except RecursionError:
        raise InputError(path, "is nested too deeply") from None
    except ValueError as error:
        line = getattr(error, "lineno", None)
        raise InputError(path, f"is not JSON ({getattr(error, 'msg', error)})", line) from error
    if not isinstance(items, list):
        raise InputError(path, "is JSON, but not an array of reports")
    keys = dict.fromkeys(key for item in items if isinstance(item, dict) for key in item)
    header = tuple(name_of(key) for key in keys)
    return Rows(path, header, _json_cells(items, tuple(keys)), unit="item")


def _json_cells(items: list[Any], keys: tuple[str, ...]) -> Iterator[tuple[int, Sequence[str] | str]]:
    for place, item in enumerate(items, 1):
        if isinstance(item, dict):
            yield place, ["" if item.get(key) is None else str(item[key]) for key in keys]
        else:
            yield place, "is not an object"
