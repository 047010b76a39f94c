"""A corpus as partitions: files anywhere that fsspec reaches, and parts of large files, each read independently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import PurePath
from typing import Any, BinaryIO

from tracker.model import InputError, stable_id
from tracker.sources.compression import without_compression
from tracker.sources.items import Item
from tracker.sources.json_files import read_json_lines
from tracker.sources.kinds import KINDS
from tracker.sources.parquet import open_parquet, read_rows
from tracker.sources.paths import read_opened

PART = 64_000_000
"""Bytes of JSON Lines, or of row groups of Parquet, that one partition has at most; packed files are not divided."""

SUFFIXES = frozenset(KINDS)


@dataclass(frozen=True, slots=True)
class Partition:
    """A file or a part of it: bytes `begin` to `end` of JSON Lines, or such row groups of Parquet; (0, 0) means all."""

    url: str
    begin: int = 0
    end: int = 0

    @property
    def name(self) -> str:
        """A unique, stable name for the part. Its results have this name."""
        stem = "".join(
            letter if letter.isalnum() else "-" for letter in PurePath(without_compression(self.url)).stem[:40]
        )
        return f"{stem}-{stable_id(self.url, self.begin, self.end)}"

    def __str__(self) -> str:
        return f"{self.url} from {self.begin:,} to {self.end:,}" if self.end else self.url


def partitions(places: Iterable[str], part: int = PART) -> list[Partition]:
    """The partitions of files, folders and patterns (news/*.jsonl.gz, s3://bucket/2024/**/*.parquet), in order.

    InputError where a place cannot be reached or holds no file that can be read.
    """
    found = [one for place in places for url, size in _files(place) for one in _divided(url, size, part)]
    return list(dict.fromkeys(found))


def read_partition(one: Partition) -> Iterator[Item]:
    """The items of a partition: readings, notes, and an InputError for each thing in it that cannot be read."""
    filesystem, path = _reached(one.url)
    try:
        with filesystem.open(path, "rb") as stream:
            if _suffix(one.url) == ".parquet":
                groups = range(one.begin, one.end) if one.end else None
                yield from read_rows(open_parquet(stream, one.url), str(one), groups)
            elif one.end:
                lines = _lines(stream, one.begin, one.end)
                first = next(lines, None)
                if first is not None:  # a line may be longer than a part
                    yield from read_json_lines(chain([first], lines), str(one))
            else:
                yield from read_opened(stream, one.url)
    except InputError as error:
        yield error
    except OSError as error:
        yield InputError(one.url, f"cannot be read: {error.strerror or error}")


def _files(place: str) -> Iterator[tuple[str, int]]:
    """The files of a place, ordered by name: full address and size of each."""
    filesystem, path = _reached(place)
    try:
        paths = filesystem.glob(path) if any(sign in path for sign in "*?[") else [path]
        held = sorted(name for one in paths for name in (filesystem.find(one) if filesystem.isdir(one) else [one]))
        known = [name for name in held if _suffix(name) in SUFFIXES] or (held if held == [path] else [])
        for name in known:
            yield filesystem.unstrip_protocol(name), int(filesystem.size(name) or 0)
    except FileNotFoundError:
        raise InputError(place, "does not exist") from None
    except OSError as error:
        raise InputError(place, f"cannot be reached: {error.strerror or error}") from error
    if not known:
        raise InputError(place, f"holds no file of articles ({' '.join(sorted(SUFFIXES))})")


def _divided(url: str, size: int, part: int) -> Iterator[Partition]:
    if _suffix(url) == ".parquet":
        yield from _row_groups(url, part)
    elif size > part and _suffix(url) in (".jsonl", ".ndjson") and without_compression(url) == url:
        marks = [*range(0, size, part), size]
        yield from (Partition(url, begin, end) for begin, end in pairwise(marks))
    else:
        yield Partition(url)


def _row_groups(url: str, part: int) -> Iterator[Partition]:
    filesystem, path = _reached(url)
    with filesystem.open(path, "rb") as stream:
        metadata = open_parquet(stream, url).metadata
        sizes = [metadata.row_group(at).total_byte_size for at in range(metadata.num_row_groups)]
    begin = held = 0
    for at, size in enumerate(sizes):
        if held and held + size > part:
            yield Partition(url, begin, at)
            begin, held = at, 0
        held += size
    yield Partition(url, begin, len(sizes)) if begin else Partition(url)


def _lines(stream: BinaryIO, begin: int, end: int) -> Iterator[bytes]:
    """The lines that begin within a part of a file. The last one may reach beyond the end of the part."""
    if begin:
        stream.seek(begin - 1)
        stream.readline()
    while stream.tell() < end and (line := stream.readline()):
        yield line


def _suffix(name: str) -> str:
    return PurePath(without_compression(name.lower())).suffix


def _reached(place: str) -> tuple[Any, str]:
    """The file system that an address names, and the path in it; InputError where that kind is unknown."""
    import fsspec

    try:
        filesystem, path = fsspec.core.url_to_fs(place)
    except (ImportError, ValueError) as error:
        raise InputError(place, f"cannot be reached: {error}") from error
    return filesystem, path
