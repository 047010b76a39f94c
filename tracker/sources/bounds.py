"""How much may come out of what is packed: bytes, files, and packings within packings."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from tracker.model import InputError

MOST_BYTES = 2_000_000_000  # out of one archive, with all that is packed in it
MOST_FILES = 20_000
DEEPEST = 3  # archives within archives
LARGEST_FILE = 500_000_000  # bytes of one file in an archive
MOST_TIMES = 200  # as large as packed; text becomes ten times as large, zeros a thousand times
UNSUSPECTED = 10_000_000  # bytes that may come out of anything


@dataclass
class Budget:
    """What may still be unpacked. One is shared by an archive and all that is in it."""

    size: int = field(default_factory=lambda: MOST_BYTES)
    files: int = field(default_factory=lambda: MOST_FILES)
    depth: int = field(default_factory=lambda: DEEPEST)

    @contextlib.contextmanager
    def inside(self, path: str) -> Iterator[None]:
        """While an archive is open; InputError where there are too many around it."""
        if self.depth == 0:
            raise InputError(path, f"is packed more than {DEEPEST} times")
        self.depth -= 1
        try:
            yield
        finally:
            self.depth += 1

    def one_file(self, path: str) -> None:
        """Count a file; InputError where there were too many."""
        if self.files == 0:
            raise InputError(path, f"holds more than {MOST_FILES:,} files: the rest is not read")
        self.files -= 1


class Bounded(io.RawIOBase):
    """A stream out of something packed, which ends with an InputError where more than `most` bytes come out."""

    def __init__(self, stream: IO[bytes], path: str, budget: Budget, most: int) -> None:
        self._stream, self._path, self._budget, self._most = stream, path, budget, most
        self._read = 0

    def readable(self) -> bool:
        """Always true."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """The next bytes; InputError where there were too many."""
        part = self._stream.read(min(len(buffer), 1_000_000))
        self._read += len(part)
        self._budget.size -= len(part)
        if self._budget.size < 0:
            raise InputError(self._path, f"unpacks to more than {MOST_BYTES:,} bytes in all: the rest is not read")
        if self._read > self._most:
            raise InputError(self._path, f"unpacks to more than {self._most:,} bytes")
        buffer[: len(part)] = part
        return len(part)


def bounded(stream: IO[bytes], path: str, budget: Budget, most: int | None = None) -> io.BufferedReader:
    """The stream, buffered, with its bounds: `most` bytes, or as many as any file may have."""
    return io.BufferedReader(Bounded(stream, path, budget, LARGEST_FILE if most is None else most), 65_536)


def most_of(packed: int) -> int:
    """How many bytes may come out of a file that takes so many packed."""
    return min(LARGEST_FILE, max(UNSUSPECTED, packed * MOST_TIMES))
