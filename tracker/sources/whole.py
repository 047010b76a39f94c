"""How large a file may be that has to be held in memory as a whole.

A text takes up to four bytes of memory for each byte of the file, and readers copy it. The limits keep the reading of
each format below the memory that a sandbox process has (tests/sources/test_memory.py measures it). Larger files are
refused before they fill it. JSON Lines, TAR and web archives are streamed and have no such limit.
"""

from __future__ import annotations

from typing import IO

from tracker.model import InputError

MAX_WHOLE = {
    "csv": 300_000_000,
    "docx": 300_000_000,
    "feed": 100_000_000,
    "html": 20_000_000,
    "json": 200_000_000,
    "mail": 80_000_000,
    "parquet": 500_000_000,
    "pdf": 300_000_000,
    "text": 100_000_000,
    "zip": 1_000_000_000,
}
"""By format: bytes. A ZIP archive is held only where it comes as a stream."""

MAX_UNKNOWN = 100_000_000
"""Of a format that only the bytes tell."""


def read_whole(stream: IO[bytes], path: str, kind: str, head: bytes = b"") -> bytes:
    """Read a stream to its end. `head`: what was read of it before. Raises InputError if it is too large."""
    most = MAX_WHOLE.get(kind, MAX_UNKNOWN)
    data = head + stream.read(max(0, most + 1 - len(head)))
    if len(data) > most:
        what = f"{kind} is read" if kind else "what is of no known kind is read"
        raise InputError(path, f"is larger than {most // 1_000_000} MB: {what} up to that size, JSON Lines at any size")
    return data
