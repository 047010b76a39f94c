"""Files into rows of cells: CSV (with , ; or tab) or a JSON array, in any usual encoding, plain, gzipped or zipped."""

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
    (codecs.BOM_UTF32_LE, "utf-32"),  # must come before UTF-16, because its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
MOST_BYTES = 4 << 30  # unpacked; the largest of these datasets have about 0.4 GB
LOOKED_AT = 1 << 16  # bytes at the beginning by which delimiter and encoding are detected
UNCLOSED = "opens a quotation mark that is never closed: nothing after it can be read"
LONGEST_NAME = 100  # characters of a column name; a longer first cell means that there is no header


@dataclass(frozen=True, slots=True)
class Rows:
    """An open file: the names of its columns, and its rows, each with its place.

    A row is a sequence of cells, or a text that says why it cannot be read. The place is the first line of the row in a
    CSV file, or the number of the item in a JSON array; `unit` is the word for it.
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
    """The bytes of a file, unpacked if it is gzipped, or a ZIP archive with one CSV or JSON file in it."""
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
    """The unpacked content of a file; InputError where it is too large."""
    data: bytes = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise InputError(path, f"unpacks to more than {MOST_BYTES >> 30} GB")
    return data


def encoding_of(data: bytes) -> str:
    """The encoding: by byte order mark; else UTF-8 if most non-ASCII bytes are valid UTF-8; else cp1252."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding
    if _is_utf8(data):
        return "utf-8"
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    # a few bad bytes come from rows that were pasted in; many mean that it is not UTF-8
    return "utf-8" if beyond_ascii - broken > broken else "cp1252"


def _is_utf8(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    step = 1 << 22  # in pieces, because the text of a whole dataset may take four times the memory of its bytes
    try:
        for start in range(0, len(data), step):
            decoder.decode(data[start : start + step], final=start + step >= len(data))
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(beginning: str) -> str:
    """The delimiter that is most frequent in the first line."""
    first = beginning.splitlines()[0]
    return max(DELIMITERS, key=first.count)


def _csv_rows(lines: Iterator[str], path: str, delimiter: str) -> Rows:
    csv.field_size_limit(sys.maxsize)  # the list of sources of an event may be longer than the default limit
    # strict: a quotation mark that is never closed must not silently swallow the following rows
    rows = _numbered(csv.reader(lines, delimiter=delimiter, strict=True))
    line, first = next(rows, (1, []))
    if isinstance(first, str):
        raise InputError(path, first, line)
    return Rows(path, tuple(name_of(cell) for cell in first), rows)


def _numbered(reader: Any) -> Iterator[tuple[int, Sequence[str] | str]]:
    """The rows that are not blank, each with the line on which it begins."""
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
    """The name of a column for comparison: without surrounding blanks, in lower case."""
    return cell[:LONGEST_NAME].strip().casefold()


def _json_rows(text: str, path: str) -> Rows:
    try:
        # Numbers stay texts, so that a number with a million digits is one bad row and does not stop the program.
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
