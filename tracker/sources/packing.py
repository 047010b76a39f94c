"""Packed streams: gzip, Zstandard, bzip2 and xz are unpacked as they are read."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from collections.abc import Callable
from pathlib import PurePath
from typing import Any, BinaryIO, cast


def _zstandard(stream: BinaryIO) -> BinaryIO:
    import pyarrow as pa

    return cast("BinaryIO", pa.CompressedInputStream(pa.PythonFile(stream, mode="r"), "zstd"))


OPENERS: dict[str, Callable[[BinaryIO], Any]] = {
    ".gz": lambda stream: gzip.GzipFile(fileobj=stream),
    ".zst": _zstandard,
    ".bz2": bz2.BZ2File,
    ".xz": lzma.LZMAFile,
}
"""By suffix: what unpacks a stream while it is read."""

PACKINGS = {".gz": "gzip", ".zst": "Zstandard", ".bz2": "bzip2", ".xz": "xz"}
"""By suffix: what a packing is called."""


def bare_name(name: str) -> str:
    """The name without the suffix of a packing: news.jsonl.gz is news.jsonl."""
    suffix = PurePath(name.lower()).suffix
    return name[: -len(suffix)] if suffix in OPENERS else name


def unpacked(stream: BinaryIO, name: str) -> BinaryIO:
    """The bytes that a stream of this name (or suffix) holds, unpacked where that names a packing.

    What is no whole packed file shows while it is read: as an OSError, EOFError or zlib.error.
    """
    opener = OPENERS.get(name if name in OPENERS else PurePath(name.lower()).suffix)
    return stream if opener is None else cast("BinaryIO", io.BufferedReader(opener(stream)))
