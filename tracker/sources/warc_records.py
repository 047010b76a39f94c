"""Divides a web archive into its records. A damaged record is named, and the search goes on at the next one."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO

GZIP_MAGIC = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")
BEGIN = re.compile(rb"WARC/\d\.\d{1,2}\s*", re.IGNORECASE)
BEGIN_INSIDE = re.compile(rb"(?:\A|\n)(?=WARC/[01]\.\d{1,2}\r?\n)")
CHUNK = 65_536
MAX_LINE = 65_536
MAX_HEADERS = 1_000
MAX_KEPT = 1_000_000  # packed bytes of a member in which the next one is looked for if it is damaged
SHORTER = "is shorter than it says"
MAX_NAMING = 4_000  # packed bytes of a damaged member that are unpacked to learn its address
MAX_SEARCHES = 100  # of the contents of records that are cut off, because each search reads them again


@dataclass(frozen=True, slots=True)
class Record:
    """A record: its headers by name in lower case, and its content, cut at the length that was asked for."""

    headers: dict[str, str]
    content: bytes


@dataclass(frozen=True, slots=True)
class Damage:
    """A record that cannot be read, and why: the address that it was fetched from, "" if that is unknown."""

    url: str
    why: str


def records(stream: IO[bytes], most: int) -> Iterator[Record | Damage]:
    """Yield the records of a web archive, packed with gzip or not. `most`: bytes of a content that are returned."""
    head = stream.read(CHUNK)
    if not GZIP_MAGIC.match(head):
        yield from _records(_Reader(stream, head), most)
        return
    members = _Members(stream, head)
    while members.begin():
        member = io.BufferedReader(members, CHUNK)
        yield from _records(_Reader(member, b""), most)
        member.detach()  # else it would close the file with itself


def url_of(headers: Mapping[str, str]) -> str:
    """Return the address that a record with these headers was fetched from, "" if they name none."""
    return headers.get("warc-target-uri", "").strip("<>")


class _Members(io.RawIOBase):
    """The members of a gzip file, one after the other. Each is read until its end."""

    def __init__(self, stream: IO[bytes], head: bytes) -> None:
        self._stream, self._packed = stream, head
        self._kept = b""  # the last packed bytes of the member that is being read
        self._unpacker: zlib._Decompress | None = None
        self._is_first = True
        self._wrong: zlib.error | None = None

    def begin(self) -> bool:
        """Go to the next member. Returns whether there is one."""
        found = None
        while found is None:
            found = GZIP_MAGIC.search(self._packed)
            if found is None:
                more = self._stream.read(CHUNK)
                if not more:
                    return False
                self._packed = self._packed[-3:] + more
        self._packed, self._kept = self._packed[found.start() :], b""
        self._unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._is_first, self._wrong = True, None
        return True

    def readable(self) -> bool:
        """Always true."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read the next bytes of the member. Raises zlib.error if it is damaged, EOFError if it is cut off."""
        if self._wrong is not None:
            raise self._wrong
        while self._unpacker is not None and not self._unpacker.eof:
            if not self._packed and not self._unpacker.unconsumed_tail:
                self._packed = self._stream.read(CHUNK)
                if not self._packed:
                    self._unpacker = None
                    raise EOFError
            data = self._unpack(len(buffer))
            if data or self._wrong is not None:
                buffer[: len(data)] = data
                return len(data)
        return 0

    def _unpack(self, size: int) -> bytes:
        unpacker = self._unpacker
        assert unpacker is not None
        packed = unpacker.unconsumed_tail or self._packed
        if packed is self._packed:
            self._kept = (self._kept + packed)[-MAX_KEPT:]
        self._packed = b""
        try:
            data = unpacker.decompress(packed, size)
        except zlib.error as error:
            self._unpacker, self._packed = None, self._kept[1:]  # the next member may begin in what was read
            if not self._is_first:
                raise
            self._wrong = error
            data = _beginning(packed)
        self._is_first = False
        if unpacker.eof and self._wrong is None:
            self._packed = unpacker.unused_data
        return data


def _beginning(packed: bytes) -> bytes:
    """Return what comes before the damage in a member: the headers of its record, with its address."""
    unpacker, data = zlib.decompressobj(16 + zlib.MAX_WBITS), b""
    try:
        for at in range(min(len(packed), MAX_NAMING)):
            data += unpacker.decompress(packed[at : at + 1])
    except zlib.error:
        pass
    return data


class _Reader:
    """A stream of which parts can be put back."""

    def __init__(self, stream: IO[bytes], head: bytes) -> None:
        self._stream, self._ahead = stream, io.BytesIO(head)
        self._searches = 0

    def read(self, size: int) -> bytes:
        """Read `size` bytes, fewer at the end."""
        parts = [self._ahead.read(size)]
        size -= len(parts[0])
        while size > 0 and (part := self._stream.read(min(size, CHUNK))):
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def line(self) -> bytes:
        """Read a line with its end, b"" at the end of the stream."""
        line = self._ahead.readline(MAX_LINE)
        return line if line.endswith(b"\n") or len(line) == MAX_LINE else line + self._stream.readline(MAX_LINE)

    def back_to_a_record(self, data: bytes) -> bool:
        """Look for the beginning of a record in what was read last, and go back to it. Returns whether there is one."""
        found = BEGIN_INSIDE.search(data) if self._searches < MAX_SEARCHES else None
        if found is None:
            return False
        self._searches += 1
        self._ahead = io.BytesIO(data[found.end() :] + self._ahead.read())
        return True


def _records(reader: _Reader, most: int) -> Iterator[Record | Damage]:
    """Yield the records in a stream that is not packed, or in one member of a packed one."""
    url = ""
    try:
        line, is_lost = _next_line(reader), False
        while line:
            if not BEGIN.fullmatch(line):
                if not is_lost:
                    yield Damage("", "does not begin where it should")
                line, is_lost = reader.line(), True
                continue
            url = ""
            headers = _headers(reader)
            url = url_of(headers)
            found = _content(reader, headers, url, most)
            line = _next_line(reader)  # tells whether the member is whole
            if isinstance(found, Record) and _is_longer(found, line, reader):
                found, line = Damage(url, SHORTER), _next_line(reader)
            is_lost = isinstance(found, Damage)
            yield found
    except zlib.error:
        yield Damage(url, "is damaged")
    except EOFError:
        yield Damage(url, "is cut off")


def _is_longer(record: Record, line: bytes, reader: _Reader) -> bool:
    """Whether the record took a part of the next one, so that no record begins in the line behind it."""
    return bool(line) and not BEGIN.fullmatch(line) and reader.back_to_a_record(record.content + line)


def _next_line(reader: _Reader) -> bytes:
    """Return the next line that is not blank, b"" at the end."""
    line = reader.line()
    while line and not line.strip():
        line = reader.line()
    return line


def _headers(reader: _Reader) -> dict[str, str]:
    headers: dict[str, str] = {}
    while (line := reader.line()).strip() and len(headers) < MAX_HEADERS:
        name, colon, value = line.decode("utf-8", "replace").partition(":")
        if colon:
            headers.setdefault(name.strip().lower(), value.strip())
    return headers


def _content(reader: _Reader, headers: dict[str, str], url: str, most: int) -> Record | Damage:
    """Return the record with these headers. If it reaches into the next one, that one is put back."""
    stated = headers.get("content-length", "")
    if not (stated.isdecimal() and stated.isascii() and len(stated) < 16):
        return Damage(url, "does not say how long it is")
    length = int(stated)
    content = reader.read(min(length, most))
    cut_off = len(content) < min(length, most)
    if not cut_off and length > most:
        cut_off = _skipped(reader, length - most) < length - most
    if not cut_off:
        return Record(headers, content)
    reader.back_to_a_record(content)
    return Damage(url, SHORTER)


def _skipped(reader: _Reader, size: int) -> int:
    """Read over `size` bytes. Returns how many there were."""
    left = size
    while left > 0 and (part := reader.read(min(left, CHUNK))):
        left -= len(part)
    return size - left
