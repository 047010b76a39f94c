"""Finds the files of a ZIP archive whose index is missing or damaged, by the header in front of each file."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO, cast

HEADER = struct.Struct("<4s2B4HL2L2H")
"""Signature, version (2), flags, method, time, date, CRC, packed and unpacked size, length of name and of extra."""

SIGNATURE = b"PK\x03\x04"
SIZES_FOLLOW = 8  # flag: the sizes stand behind the file
TOO_LARGE_TO_SAY = 0xFFFFFFFF  # the size stands in an extra field
MOST = 1 << 40
CHUNK = 1_000_000


def found_files(stream: IO[bytes]) -> Iterator[tuple[zipfile.ZipInfo, Callable[[], IO[bytes]]]]:
    """Yield an entry for each file header in the stream, and a function that opens the file for reading."""
    size = stream.seek(0, 2)
    at = _next_header(stream, 0)
    while at is not None:
        entry, begin = _entry(stream, at, size)
        end = begin
        if entry is not None:
            yield entry, partial(_opened, stream, entry, begin)
            end = begin + entry.compress_size if _has_sizes(entry) else begin
        at = _next_header(stream, end if end <= size else begin)


def _next_header(stream: IO[bytes], start: int) -> int | None:
    """Return where the next file header stands, None if there is none."""
    at, kept = start, b""
    stream.seek(at)
    while chunk := stream.read(CHUNK):
        data = kept + chunk
        found = data.find(SIGNATURE)
        if found >= 0:
            return at - len(kept) + found
        at, kept = at + len(chunk), data[1 - len(SIGNATURE) :]
    return None


def _entry(stream: IO[bytes], at: int, size: int) -> tuple[zipfile.ZipInfo | None, int]:
    """Return the entry with its header there, and where its content begins. None if the header is cut off."""
    stream.seek(at)
    data = stream.read(HEADER.size)
    if len(data) < HEADER.size:
        return None, at + len(SIGNATURE)
    _, _, _, flags, method, _, _, crc, packed, unpacked, of_name, of_extra = HEADER.unpack(data)
    entry = zipfile.ZipInfo(_name(stream.read(of_name)))
    entry.flag_bits, entry.compress_type = flags, method
    begin = at + HEADER.size + of_name + of_extra
    if flags & SIZES_FOLLOW or packed == TOO_LARGE_TO_SAY:
        entry.compress_size, entry.file_size = max(0, size - begin), MOST
    else:
        entry.compress_size, entry.file_size, entry.CRC = packed, unpacked, crc
    return entry, begin


def _has_sizes(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size != MOST


def _name(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp437")


def _opened(stream: IO[bytes], entry: zipfile.ZipInfo, begin: int) -> IO[bytes]:
    if not _has_sizes(entry) and entry.compress_type == zipfile.ZIP_STORED:
        raise zipfile.BadZipFile("the end of this file cannot be found")
    stream.seek(begin)
    return cast("IO[bytes]", zipfile.ZipExtFile(stream, "r", entry))
