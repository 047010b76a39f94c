"""Limits for unpacking: total bytes, number of files, and nesting of archives."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from tracker.model import InputError

MAX_BYTES = 2_000_000_000  # from one archive, nested archives included
MAX_FILES = 20_000
MAX_DEPTH = 3  # nested archives
MAX_FILE_BYTES = 500_000_000  # for one file in an archive
MAX_RATIO = 200  # unpacked size to packed size; text reaches 10, zeros 1,000
ALWAYS_ALLOWED = 10_000_000  # bytes; below this the ratio is not checked


@dataclass
class Budget:
    """What may still be unpacked. An archive and everything nested in it share one budget."""

    size: int = field(default_factory=lambda: MAX_BYTES)
    files: int = field(default_factory=lambda: MAX_FILES)
    depth: int = field(default_factory=lambda: MAX_DEPTH)

    @contextlib.contextmanager
    def inside(self, path: str) -> Iterator[None]:
        """Count one level of nesting while an archive is open. Raises InputError if it is nested too deeply."""
        if self.depth == 0:
            raise InputError(path, f"is packed more than {MAX_DEPTH} times")
        self.depth -= 1
        try:
            yield
        finally:
            self.depth += 1

    def one_file(self, path: str) -> None:
        """Count one file. Raises InputError after the last one that is allowed."""
        if self.files == 0:
            raise InputError(path, f"holds more than {MAX_FILES:,} files: the rest is not read")
        self.files -= 1


class Bounded(io.RawIOBase):
    """A decompressed stream that raises InputError after `most` bytes."""

    def __init__(self, stream: IO[bytes], path: str, budget: Budget, most: int) -> None:
        self._stream, self._path, self._budget, self._most = stream, path, budget, most
        self._read = 0

    def readable(self) -> bool:
        """Always true."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read the next bytes. Raises InputError where a limit is passed."""
        part = self._stream.read(min(len(buffer), 1_000_000))
        self._read += len(part)
        self._budget.size -= len(part)
        if self._budget.size < 0:
            raise InputError(self._path, f"unpacks to more than {MAX_BYTES:,} bytes in all: the rest is not read")
        if self._read > self._most:
            raise InputError(self._path, f"unpacks to more than {self._most:,} bytes")
        buffer[: len(part)] = part
        return len(part)


def bounded(stream: IO[bytes], path: str, budget: Budget, most: int | None = None) -> io.BufferedReader:
    """Return the stream, buffered and limited to `most` bytes, or to the limit for any one file."""
    return io.BufferedReader(Bounded(stream, path, budget, MAX_FILE_BYTES if most is None else most), 65_536)


def max_unpacked(packed: int) -> int:
    """Return how many bytes a file of this packed size may unpack to."""
    return min(MAX_FILE_BYTES, max(ALWAYS_ALLOWED, packed * MAX_RATIO))
