"""Compressed streams: gzip, Zstandard, bzip2 and xz, decompressed while they are read."""

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
"""By suffix: the function that opens a compressed stream for reading."""

COMPRESSIONS = {".gz": "gzip", ".zst": "Zstandard", ".bz2": "bzip2", ".xz": "xz"}
"""By suffix: the name of the compression format."""


def without_compression(name: str) -> str:
    """Return the name without a compression suffix: "news.jsonl" for "news.jsonl.gz"."""
    suffix = PurePath(name.lower()).suffix
    return name[: -len(suffix)] if suffix in OPENERS else name


def decompressed(stream: BinaryIO, name: str) -> BinaryIO:
    """Return the stream, decompressed if its name (or suffix) names a compression format.

    A damaged file raises OSError, EOFError or zlib.error while the result is read.
    """
    opener = OPENERS.get(name if name in OPENERS else PurePath(name.lower()).suffix)
    return stream if opener is None else cast("BinaryIO", io.BufferedReader(opener(stream)))
